using Liaison.Model;
using Liaison.Work;

namespace Liaison.Storage.Postgres;

/// <summary>How work items lie in their table, and how they move.</summary>
internal static class PostgresItems
{
    private const string Columns =
        "sequence, connection, record_type, record_id, state, attempts, fence, failure_kind, failure, result, updated_at";

    /// <summary>Adds what is new, under the lock of the run's row, which keeps the numbering without gaps.</summary>
    public static async Task<List<WorkItem>> AddAsync(
        PostgresSession session, RunKey run, IReadOnlyList<RecordRef> records, string worker, TimeSpan lease)
    {
        var added = await session.Statement($"""
            WITH given AS (
                SELECT * FROM unnest(@connections, @record_types, @record_ids) WITH ORDINALITY AS record (connection, record_type, record_id, place)),
            fresh AS (
                SELECT *, row_number() OVER (ORDER BY place) AS number FROM given
                WHERE NOT EXISTS (
                    SELECT FROM work_items AS item
                    WHERE item.run_no = @run AND item.record_id = given.record_id
                        AND item.record_type = given.record_type AND item.connection = given.connection))
            INSERT INTO work_items (run_no, sequence, connection, record_type, record_id, state, attempts, fence, worker, lease_ends_at, updated_at)
            SELECT @run, number + (SELECT coalesce(max(sequence), 0) FROM work_items WHERE run_no = @run),
                connection, record_type, record_id, 'leased', 1, 1, @worker, liaison_now() + @lease, liaison_now()
            FROM fresh
            RETURNING {Columns}
            """)
            .With([.. records.Distinct()])
            .With("@run", run.Number)
            .With("@worker", worker)
            .With("@lease", lease)
            .ListAsync(row => Read(row, run.Id));
        return Ordered(added);
    }

    /// <summary>Claims what no other worker has its hands on just now: of two that claim at once, each gets other items.</summary>
    public static async Task<List<WorkItem>> ClaimAsync(PostgresSession session, RunKey run, string worker, int limit, TimeSpan lease)
    {
        // Made an array once: joined freely, the selection could be run again for each row and lock more than the limit, and a limit
        // that the planner does not know makes it read the whole run.
        var claimed = await session.Statement($"""
            WITH claimable AS MATERIALIZED (
                SELECT ARRAY(
                    SELECT sequence FROM (
                        SELECT sequence FROM work_items WHERE run_no = @run AND state = 'ready'
                        ORDER BY sequence LIMIT @limit FOR UPDATE SKIP LOCKED) AS ready
                    UNION ALL
                    SELECT sequence FROM (
                        SELECT sequence FROM work_items WHERE run_no = @run AND state = 'leased' AND lease_ends_at <= liaison_now()
                        ORDER BY sequence LIMIT @limit FOR UPDATE SKIP LOCKED) AS ended
                    ORDER BY sequence LIMIT @limit) AS sequences)
            UPDATE work_items
            SET state = 'leased', attempts = attempts + 1, fence = fence + 1, worker = @worker,
                lease_ends_at = liaison_now() + @lease, updated_at = liaison_now()
            WHERE run_no = @run AND sequence = ANY ((SELECT sequences FROM claimable)::bigint[])
            RETURNING {Columns}
            """)
            .With("@run", run.Number)
            .With("@limit", limit)
            .With("@worker", worker)
            .With("@lease", lease)
            .ListAsync(row => Read(row, run.Id));
        return Ordered(claimed);
    }

    public static async Task<int> CompleteAsync(PostgresSession session, long run, IReadOnlyList<ItemOutcome> outcomes)
    {
        // Of two ends of one item the first counts; the database would take either.
        List<ItemOutcome> first = [.. outcomes.DistinctBy(outcome => (outcome.Sequence, outcome.Fence))];
        var taken = await session.Statement("""
            UPDATE work_items AS item
            SET state = outcome.state, worker = NULL, lease_ends_at = NULL, failure_kind = outcome.failure_kind,
                failure = outcome.failure, result = outcome.result, updated_at = liaison_now()
            FROM unnest(@sequences, @fences, @states, @kinds, @failures, @results)
                AS outcome (sequence, fence, state, failure_kind, failure, result)
            WHERE item.run_no = @run AND item.sequence = outcome.sequence AND item.fence = outcome.fence AND item.state = 'leased'
            RETURNING item.sequence, EXISTS (SELECT FROM dead_letters WHERE run_no = @run AND state = 'replaying')
            """)
            .With("@sequences", first.Select(outcome => outcome.Sequence))
            .With("@fences", first.Select(outcome => outcome.Fence))
            .With("@states", first.Select(outcome => StoredName<ItemState>.Of(outcome.State)))
            .With("@kinds", first.Select(outcome => outcome.FailureKind))
            .With("@failures", first.Select(outcome => outcome.Failure))
            .With("@results", first.Select(outcome => outcome.Result))
            .With("@run", run)
            .ListAsync(row => KeyValuePair.Create(row.Number(0), row.Flag(1)));
        var replaying = taken.Count > 0 && taken[0].Value;
        if (replaying || first.Any(outcome => outcome.State == ItemState.Dead))
        {
            var sequences = taken.Select(item => item.Key).ToHashSet();
            await PostgresDeadLetters.NoteAsync(session, run, [.. first.Where(outcome => sequences.Contains(outcome.Sequence))], replaying);
        }

        return taken.Count;
    }

    /// <summary>Takes dead items in hand again, and those that a replay which died had in hand.</summary>
    public static async Task<List<WorkItem>> ReopenAsync(
        PostgresSession session, RunKey run, IReadOnlyList<long> sequences, string worker, TimeSpan lease)
    {
        var taken = await session.Statement($"""
            UPDATE work_items
            SET state = 'leased', attempts = attempts + 1, fence = fence + 1, worker = @worker,
                lease_ends_at = liaison_now() + @lease, updated_at = liaison_now()
            WHERE run_no = @run AND sequence = ANY(@sequences)
                AND (state = 'dead' OR (state = 'leased' AND lease_ends_at <= liaison_now()))
                AND EXISTS (
                    SELECT FROM dead_letters AS letter
                    WHERE letter.run_no = work_items.run_no AND letter.sequence = work_items.sequence AND letter.state IN ('waiting', 'replaying'))
            RETURNING {Columns}
            """)
            .With("@worker", worker)
            .With("@lease", lease)
            .With("@run", run.Number)
            .With("@sequences", sequences)
            .ListAsync(row => Read(row, run.Id));
        return Ordered(taken);
    }

    public static Task<int> ReleaseAsync(PostgresSession session, long run) => session.Statement("""
        UPDATE work_items SET state = 'ready', worker = NULL, lease_ends_at = NULL, updated_at = liaison_now()
        WHERE run_no = @run AND ((state NOT IN ('ready', 'leased') AND state = 'parked')
            OR (state = 'leased' AND worker NOT IN (SELECT worker FROM run_workers WHERE run_no = @run)))
        """)
        .With("@run", run)
        .ExecuteAsync();

    public static Task<int> HandOverAsync(PostgresSession session, long run, IReadOnlyList<WorkItem> items) => session.Statement("""
        UPDATE work_items AS item SET state = 'ready', worker = NULL, lease_ends_at = NULL, updated_at = liaison_now()
        FROM unnest(@sequences, @fences) AS given (sequence, fence)
        WHERE item.run_no = @run AND item.sequence = given.sequence AND item.fence = given.fence AND item.state = 'leased'
        """)
        .With("@sequences", items.Select(item => item.Sequence))
        .With("@fences", items.Select(item => item.Fence))
        .With("@run", run)
        .ExecuteAsync();

    public static async Task<RunCounts> CountAsync(PostgresSession session, long run)
    {
        var counted = await session.Statement("""
            SELECT 'ready', count(*) FROM work_items WHERE run_no = @run AND state = 'ready'
            UNION ALL
            SELECT 'leased', count(*) FROM work_items WHERE run_no = @run AND state = 'leased'
            UNION ALL
            SELECT state, count(*) FROM work_items WHERE run_no = @run AND state NOT IN ('ready', 'leased') GROUP BY state
            UNION ALL
            SELECT gone.key, gone.value::bigint FROM runs, jsonb_each_text(runs.dropped::jsonb) AS gone WHERE runs.run_no = @run
            UNION ALL
            SELECT 'in', coalesce(
                (SELECT taken_in FROM runs WHERE run_no = @run),
                (SELECT max(sequence) FROM work_items WHERE run_no = @run),
                0)
            """)
            .With("@run", run)
            .ListAsync(row => KeyValuePair.Create(row.Text(0), row.Number(1)));
        return ItemCounts.Sum("A run", counted);
    }

    public static Task<List<WorkItem>> ListAsync(PostgresSession session, RunKey run, ItemState? state, long after, int limit)
    {
        // The conditions repeat those of the partial indexes: one is used only where its own words are found.
        var wanted = state switch
        {
            null => "true",
            ItemState.Ready => "state = 'ready'",
            ItemState.Leased => "state = 'leased'",
            { } ended => $"state NOT IN ('ready', 'leased') AND state = '{StoredName<ItemState>.Of(ended)}'",
        };
        return session.Statement($"""
            SELECT {Columns} FROM work_items WHERE run_no = @run AND sequence > @after AND {wanted} ORDER BY sequence LIMIT @limit
            """)
            .With("@run", run.Number)
            .With("@after", after)
            .With("@limit", limit)
            .ListAsync(row => Read(row, run.Id));
    }

    // Rows come back from a change in no promised order.
    private static List<WorkItem> Ordered(List<WorkItem> items)
    {
        items.Sort((one, other) => one.Sequence.CompareTo(other.Sequence));
        return items;
    }

    private static WorkItem Read(PostgresRow row, string runId) => new(
        runId,
        row.Number(0),
        row.Record(1),
        row.Named<ItemState>(4),
        (int)row.Number(5),
        row.Number(6),
        row.TextOrNull(7),
        row.TextOrNull(8),
        row.TextOrNull(9),
        row.Time(10));
}

/// <summary>A run by its public id and its internal number.</summary>
internal readonly record struct RunKey(string Id, long Number);
