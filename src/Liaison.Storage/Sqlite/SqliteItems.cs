using Liaison.Model;
using Liaison.Work;

namespace Liaison.Storage.Sqlite;

/// <summary>How work items lie in their table, and how they move.</summary>
internal static class SqliteItems
{
    public const string Columns =
        "sequence, connection, record_type, record_id, state, attempts, fence, failure_kind, failure, result, updated_at";

    public static List<WorkItem> AddItems(
        SqliteSession session, string runId, IReadOnlyList<RecordRef> records, string? next, string worker, TimeSpan lease, DateTimeOffset now)
    {
        if (SqliteRuns.MoveCursor(session, runId, next, worker, now) is not { } runNo)
        {
            return [];
        }

        var sequence = session.Statement("SELECT max(sequence) FROM work_items WHERE run_no = $run")
            .With("$run", runNo)
            .Number() ?? 0;

        var insert = session.Statement("""
            INSERT INTO work_items (run_no, sequence, connection, record_type, record_id, state, attempts, fence, worker, lease_ends_at, updated_at)
            VALUES ($run, $sequence, $connection, $record_type, $record_id, 'leased', 1, 1, $worker, $ends, $now)
            ON CONFLICT (run_no, record_id, record_type, connection) DO NOTHING
            """);
        var added = new List<WorkItem>(records.Count);
        foreach (var record in records)
        {
            var isNew = insert
                .With("$run", runNo)
                .With("$sequence", sequence + 1)
                .With(record)
                .With("$worker", worker)
                .With("$ends", now + lease)
                .With("$now", now)
                .Execute() == 1;
            if (isNew)
            {
                sequence++;
                added.Add(new WorkItem(
                    runId, sequence, record, ItemState.Leased, Attempts: 1, Fence: 1, FailureKind: null, Failure: null, Result: null, now));
            }
        }

        return added;
    }

    public static List<WorkItem> Claim(SqliteSession session, string runId, string worker, int limit, TimeSpan lease, DateTimeOffset now)
    {
        // Left to itself SQLite walks the run from its first item, past all that is done, to spare itself the sorting.
        var claimed = session.Statement($"""
            WITH claimable AS (
                SELECT sequence FROM (
                    SELECT sequence FROM work_items INDEXED BY work_items_ready
                    WHERE run_no = (SELECT run_no FROM runs WHERE id = $run) AND state = 'ready'
                    ORDER BY sequence LIMIT $limit)
                UNION ALL
                SELECT sequence FROM (
                    SELECT sequence FROM work_items INDEXED BY work_items_leased
                    WHERE run_no = (SELECT run_no FROM runs WHERE id = $run) AND state = 'leased' AND lease_ends_at <= $now
                    ORDER BY sequence LIMIT $limit)
                ORDER BY sequence LIMIT $limit)
            UPDATE work_items
            SET state = 'leased', attempts = attempts + 1, fence = fence + 1, worker = $worker, lease_ends_at = $ends, updated_at = $now
            WHERE run_no = (SELECT run_no FROM runs WHERE id = $run) AND sequence IN (SELECT sequence FROM claimable)
            RETURNING {Columns}
            """)
            .With("$run", runId)
            .With("$limit", limit)
            .With("$now", now)
            .With("$worker", worker)
            .With("$ends", now + lease)
            .List(row => Read(row, runId));

        // SQLite returns updated rows in no promised order.
        claimed.Sort((one, other) => one.Sequence.CompareTo(other.Sequence));
        return claimed;
    }

    public static int Complete(SqliteSession session, string runId, IReadOnlyList<ItemOutcome> outcomes, DateTimeOffset now)
    {
        var runNo = SqliteRuns.NumberOf(session, runId);
        var update = session.Statement("""
            UPDATE work_items
            SET state = $state, worker = NULL, lease_ends_at = NULL,
                failure_kind = $kind, failure = $failure, result = $result, updated_at = $now
            WHERE run_no = $run AND sequence = $sequence AND fence = $fence AND state = 'leased'
            """);
        var replaying = SqliteDeadLetters.AnyReplaying(session, runNo);
        var taken = 0;
        foreach (var outcome in outcomes)
        {
            var isTaken = update
                .With("$state", StoredName<ItemState>.Of(outcome.State))
                .With("$kind", outcome.FailureKind)
                .With("$failure", outcome.Failure)
                .With("$result", outcome.Result)
                .With("$now", now)
                .With("$run", runNo)
                .With("$sequence", outcome.Sequence)
                .With("$fence", outcome.Fence)
                .Execute() == 1;
            if (!isTaken)
            {
                continue;
            }

            taken++;
            SqliteDeadLetters.Bury(session, runNo, outcome, now);
            if (replaying)
            {
                SqliteDeadLetters.Close(session, runNo, outcome, now);
            }
        }

        return taken;
    }

    public static int Release(SqliteSession session, string runId, DateTimeOffset now)
    {
        var leased = session.Statement("""
            UPDATE work_items INDEXED BY work_items_leased
            SET state = 'ready', worker = NULL, lease_ends_at = NULL, updated_at = $now
            WHERE run_no = (SELECT run_no FROM runs WHERE id = $run) AND state = 'leased'
                AND worker NOT IN (SELECT worker FROM run_workers WHERE run_no = (SELECT run_no FROM runs WHERE id = $run))
            """)
            .With("$now", now)
            .With("$run", runId)
            .Execute();
        var parked = session.Statement("""
            UPDATE work_items INDEXED BY work_items_ended
            SET state = 'ready', updated_at = $now
            WHERE run_no = (SELECT run_no FROM runs WHERE id = $run) AND state NOT IN ('ready', 'leased') AND state = 'parked'
            """)
            .With("$now", now)
            .With("$run", runId)
            .Execute();
        return leased + parked;
    }

    public static int Leave(SqliteSession session, string runId, string worker, DateTimeOffset now)
    {
        SqliteRuns.Leave(session, runId, worker);
        return session.Statement("""
            UPDATE work_items INDEXED BY work_items_leased
            SET state = 'ready', worker = NULL, lease_ends_at = NULL, updated_at = $now
            WHERE run_no = (SELECT run_no FROM runs WHERE id = $run) AND state = 'leased' AND worker = $worker
            """)
            .With("$now", now)
            .With("$run", runId)
            .With("$worker", worker)
            .Execute();
    }

    public static int HandOver(SqliteSession session, string runId, IReadOnlyList<WorkItem> items, DateTimeOffset now)
    {
        var runNo = SqliteRuns.NumberOf(session, runId);
        var update = session.Statement("""
            UPDATE work_items SET state = 'ready', worker = NULL, lease_ends_at = NULL, updated_at = $now
            WHERE run_no = $run AND sequence = $sequence AND fence = $fence AND state = 'leased'
            """);
        return items.Sum(item => update
            .With("$now", now)
            .With("$run", runNo)
            .With("$sequence", item.Sequence)
            .With("$fence", item.Fence)
            .Execute());
    }

    public static RunCounts Count(SqliteSession session, string runId)
    {
        var counted = session.Statement("""
            SELECT 'ready', count(*) FROM work_items INDEXED BY work_items_ready WHERE run_no = (SELECT run_no FROM runs WHERE id = $run) AND state = 'ready'
            UNION ALL
            SELECT 'leased', count(*) FROM work_items INDEXED BY work_items_leased WHERE run_no = (SELECT run_no FROM runs WHERE id = $run) AND state = 'leased'
            UNION ALL
            SELECT state, count(*) FROM work_items INDEXED BY work_items_ended
            WHERE run_no = (SELECT run_no FROM runs WHERE id = $run) AND state NOT IN ('ready', 'leased')
            GROUP BY state
            UNION ALL
            SELECT gone.key, gone.value FROM runs, json_each(runs.dropped) AS gone WHERE runs.id = $run
            UNION ALL
            SELECT 'in', coalesce(
                (SELECT taken_in FROM runs WHERE id = $run),
                (SELECT max(sequence) FROM work_items WHERE run_no = (SELECT run_no FROM runs WHERE id = $run)),
                0)
            """)
            .With("$run", runId)
            .List(row => KeyValuePair.Create(row.Text(0), row.Number(1)));
        return ItemCounts.Sum($"Run {runId}", counted);
    }

    public static List<WorkItem> List(SqliteSession session, string runId, ItemState? state, long after, int limit)
    {
        // The conditions repeat those of the partial indexes: SQLite uses one only where it finds its own words.
        var (index, wanted) = state switch
        {
            null => ("NOT INDEXED", "1"),
            ItemState.Ready => ("INDEXED BY work_items_ready", "state = 'ready'"),
            ItemState.Leased => ("INDEXED BY work_items_leased", "state = 'leased'"),
            { } ended => ("INDEXED BY work_items_ended", $"state NOT IN ('ready', 'leased') AND state = '{StoredName<ItemState>.Of(ended)}'"),
        };
        return session.Statement($"""
            SELECT {Columns} FROM work_items {index}
            WHERE run_no = (SELECT run_no FROM runs WHERE id = $run) AND sequence > $after AND {wanted}
            ORDER BY sequence LIMIT $limit
            """)
            .With("$limit", limit)
            .With("$run", runId)
            .With("$after", after)
            .List(row => Read(row, runId));
    }

    public static WorkItem Read(SqliteRow row, string runId) => new(
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
