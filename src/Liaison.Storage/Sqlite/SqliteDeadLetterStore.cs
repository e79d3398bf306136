using System.Globalization;
using Liaison.Failures;
using Liaison.Work;

namespace Liaison.Storage.Sqlite;

/// <summary>Dead letters in a SQLite file.</summary>
public sealed class SqliteDeadLetterStore(SqliteDatabase database) : IDeadLetterStore
{
    private const string Letters = """
        SELECT r.id, l.sequence, r.pipeline, w.connection, w.record_type, w.record_id, l.state, l.failure_kind, l.failure, l.operation,
            l.note, l.closed_by, l.created_at, l.updated_at, l.replay_at, l.replay_by
        FROM dead_letters l
        JOIN runs r ON r.run_no = l.run_no
        JOIN work_items w ON w.run_no = l.run_no AND w.sequence = l.sequence
        """;

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return database.ReadAsync<IReadOnlyList<DeadLetter>>(
            session => session.Statement($"""
                {Letters}
                WHERE ($state IS NULL OR l.state = $state)
                    AND ($run IS NULL OR r.id = $run)
                    AND ($pipeline IS NULL OR r.pipeline = $pipeline)
                    AND ($connection IS NULL OR w.connection = $connection)
                    AND ($kind IS NULL OR l.failure_kind = $kind)
                    AND ($record IS NULL OR w.record_id = $record)
                    AND ($after_at IS NULL OR (l.created_at, r.id, l.sequence) > ($after_at, $after_run, $after_sequence))
                ORDER BY l.created_at, r.id, l.sequence LIMIT $limit
                """)
                .With("$state", query.State is { } state ? StoredName<DeadLetterState>.Of(state) : null)
                .With("$run", query.RunId)
                .With("$pipeline", query.Pipeline)
                .With("$connection", query.Connection?.Value)
                .With("$kind", query.FailureKind?.ToString())
                .With("$record", query.RecordId)
                .With("$after_at", query.After?.CreatedAt)
                .With("$after_run", query.After?.RunId)
                .With("$after_sequence", query.After?.Sequence)
                .With("$limit", query.Limit)
                .List(Read),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        var slash = id.LastIndexOf('/');
        if (slash < 1 || !long.TryParse(id.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return Task.FromResult<DeadLetter?>(null);
        }

        return database.ReadAsync(
            session =>
            {
                var found = session.Statement($"{Letters} WHERE r.id >= $beginning AND r.id < $behind AND l.sequence = $sequence ORDER BY r.id LIMIT 2")
                    .WithBeginning(id[..slash])
                    .With("$sequence", sequence)
                    .List(Read);
                return found.Count == 1 || (found.Count > 1 && found[0].RunId == id[..slash]) ? found[0] : null;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkItem>> ReopenAsync(
        string runId, IReadOnlyList<long> sequences, string worker, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        return database.WriteAsync<IReadOnlyList<WorkItem>>(
            session =>
            {
                var now = database.Time.GetUtcNow();
                var runNo = SqliteRuns.NumberOf(session, runId);
                return [.. sequences.Select(sequence => Reopen(session, runId, runNo, sequence, worker, now, now + lease)).OfType<WorkItem>()];
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> CloseAsync(IReadOnlyList<DeadLetterClosing> closings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(closings);
        return database.WriteAsync(session => closings.Sum(closing => Close(session, closing)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> PlanAsync(IReadOnlyList<DeadLetter> planning, PlannedReplay? planned, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(planning);
        return database.WriteAsync(
            session => planning.Sum(letter => session.Statement("""
                UPDATE dead_letters SET replay_at = $at, replay_by = $by
                WHERE run_no = $run AND sequence = $sequence AND state = 'waiting'
                """)
                .With("$at", planned?.At)
                .With("$by", planned?.ByJson())
                .With("$run", SqliteRuns.NumberOf(session, letter.RunId))
                .With("$sequence", letter.Sequence)
                .Execute()),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeadLetter>> ListDueAsync(int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<DeadLetter>>(
            session => session.Statement($"""
                {Letters}
                WHERE l.replay_at <= $now AND l.state = 'waiting'
                ORDER BY l.replay_at, r.id, l.sequence LIMIT $limit
                """)
                .With("$now", database.Time.GetUtcNow())
                .With("$limit", limit)
                .List(Read),
            cancellationToken);

    /// <inheritdoc/>
    public Task<NewerSuccess?> FindNewerAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return database.ReadAsync(
            session => session.Statement("""
                SELECT r.id, w.updated_at FROM runs r
                JOIN work_items w ON w.run_no = r.run_no
                    AND w.record_id = $record_id AND w.record_type = $record_type AND w.connection = $connection
                WHERE r.pipeline = $pipeline AND r.id <> $run AND w.state IN ('done', 'skipped') AND w.updated_at > $since
                ORDER BY w.updated_at DESC LIMIT 1
                """)
                .With("$record_id", letter.Record.Id)
                .With("$record_type", letter.Record.Type.Name)
                .With("$connection", letter.Record.Connection.Value)
                .With("$pipeline", letter.Pipeline)
                .With("$run", letter.RunId)
                .With("$since", letter.CreatedAt)
                .First(row => new NewerSuccess(row.Text(0), row.Time(1))),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            var removed = session.Statement("DELETE FROM dead_letters WHERE state IN ('replayed', 'superseded', 'discarded') AND updated_at < $before")
                .With("$before", before)
                .Execute();
            return removed + session.Statement("""
                UPDATE dead_letters SET operation = json_remove(operation, '$.values')
                WHERE updated_at < $before AND json_extract(operation, '$.values') IS NOT NULL
                """)
                .With("$before", before)
                .Execute();
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, long>> CountWaitingAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, long>>(
            session => session.Statement("""
                SELECT r.connection, count(*) FROM dead_letters l JOIN runs r ON r.run_no = l.run_no
                WHERE l.state = 'waiting' GROUP BY r.connection
                """)
                .List(row => KeyValuePair.Create(row.Text(0), row.Number(1)))
                .ToDictionary(StringComparer.Ordinal),
            cancellationToken);

    private static WorkItem? Reopen(
        SqliteSession session, string runId, long runNo, long sequence, string worker, DateTimeOffset now, DateTimeOffset ends)
    {
        var taken = session.Statement($"""
            UPDATE work_items
            SET state = 'leased', attempts = attempts + 1, fence = fence + 1, worker = $worker, lease_ends_at = $ends, updated_at = $now
            WHERE run_no = $run AND sequence = $sequence
                AND (state = 'dead' OR (state = 'leased' AND lease_ends_at <= $now))
                AND EXISTS (
                    SELECT 1 FROM dead_letters l
                    WHERE l.run_no = $run AND l.sequence = $sequence AND l.state IN ('waiting', 'replaying'))
            RETURNING {SqliteItems.Columns}
            """)
            .With("$worker", worker)
            .With("$ends", ends)
            .With("$now", now)
            .With("$run", runNo)
            .With("$sequence", sequence)
            .List(row => SqliteItems.Read(row, runId));
        if (taken is not [var item])
        {
            return null;
        }

        session.Statement("UPDATE dead_letters SET state = 'replaying' WHERE run_no = $run AND sequence = $sequence")
            .With("$run", runNo)
            .With("$sequence", sequence)
            .Execute();
        return item;
    }

    private int Close(SqliteSession session, DeadLetterClosing closing)
    {
        var now = database.Time.GetUtcNow();
        var runNo = SqliteRuns.NumberOf(session, closing.Letter.RunId);
        var closed = session.Statement("""
            UPDATE dead_letters SET state = $state, note = $note, closed_by = $by, updated_at = $now
            WHERE run_no = $run AND sequence = $sequence AND state = 'waiting'
            """)
            .With("$state", StoredName<DeadLetterState>.Of(closing.State))
            .With("$note", closing.Note)
            .With("$by", closing.By)
            .With("$now", now)
            .With("$run", runNo)
            .With("$sequence", closing.Letter.Sequence)
            .Execute();
        if (closed == 1 && closing.State == DeadLetterState.Superseded)
        {
            session.Statement("""
                UPDATE work_items SET state = 'skipped', failure_kind = NULL, failure = $note, updated_at = $now
                WHERE run_no = $run AND sequence = $sequence AND state = 'dead'
                """)
                .With("$note", closing.Note)
                .With("$now", now)
                .With("$run", runNo)
                .With("$sequence", closing.Letter.Sequence)
                .Execute();
        }

        return closed;
    }

    private static DeadLetter Read(SqliteRow row) => new(
        row.Text(0),
        row.Number(1),
        row.Text(2),
        row.Record(3),
        row.Named<DeadLetterState>(6),
        Enum.Parse<FailureKind>(row.Text(7)),
        row.Text(8),
        FailedOperation.FromJson(row.Text(9)),
        row.TextOrNull(10),
        row.TextOrNull(11),
        row.Time(12),
        row.Time(13))
    {
        Planned = PlannedReplay.Of(row.TimeOrNull(14), row.TextOrNull(15)),
    };
}
