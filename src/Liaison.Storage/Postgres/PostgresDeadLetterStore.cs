using System.Globalization;
using Liaison.Failures;
using Liaison.Work;

namespace Liaison.Storage.Postgres;

/// <summary>Dead letters in a PostgreSQL database.</summary>
public sealed class PostgresDeadLetterStore(PostgresDatabase database) : IDeadLetterStore
{
    private const string Letters = """
        SELECT r.id, l.sequence, r.pipeline, l.connection, l.record_type, l.record_id, l.state, l.failure_kind, l.failure, l.operation,
            l.note, l.closed_by, l.created_at, l.updated_at, l.replay_at, l.replay_by
        FROM dead_letters l JOIN runs r ON r.run_no = l.run_no
        """;

    private readonly PostgresRuns runs = new(database);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return database.ReadAsync<IReadOnlyList<DeadLetter>>(
            async session => await session.Statement($"""
                {Letters}
                WHERE (@state::text IS NULL OR l.state = @state)
                    AND (@of_run::text IS NULL OR r.id = @of_run)
                    AND (@pipeline::text IS NULL OR r.pipeline = @pipeline)
                    AND (@connection::text IS NULL OR l.connection = @connection)
                    AND (@kind::text IS NULL OR l.failure_kind = @kind)
                    AND (@record::text IS NULL OR l.record_id = @record)
                    AND (@after_at::timestamptz IS NULL OR (l.created_at, r.id, l.sequence) > (@after_at, @after_run, @after_sequence))
                ORDER BY l.created_at, r.id, l.sequence LIMIT @limit
                """)
                .With("@state", query.State is { } state ? StoredName<DeadLetterState>.Of(state) : null)
                .With("@of_run", query.RunId)
                .With("@pipeline", query.Pipeline)
                .With("@connection", query.Connection?.Value)
                .With("@kind", query.FailureKind?.ToString())
                .With("@record", query.RecordId)
                .With("@after_at", query.After?.CreatedAt)
                .With("@after_run", query.After?.RunId)
                .With("@after_sequence", query.After?.Sequence)
                .With("@limit", query.Limit)
                .ListAsync(Read),
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
            async session =>
            {
                var found = await session.Statement($"{Letters} WHERE r.id >= @beginning AND r.id < @behind AND l.sequence = @sequence ORDER BY r.id LIMIT 2")
                    .WithBeginning(id[..slash])
                    .With("@sequence", sequence)
                    .ListAsync(Read);
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
            async session =>
            {
                var run = new RunKey(runId, await runs.NumberOfAsync(session, runId));
                var items = await PostgresItems.ReopenAsync(session, run, sequences, worker, lease);
                await session.Statement("UPDATE dead_letters SET state = 'replaying' WHERE run_no = @run AND sequence = ANY(@sequences)")
                    .With("@run", run.Number)
                    .With("@sequences", items.Select(item => item.Sequence))
                    .ExecuteAsync();
                return items;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> CloseAsync(IReadOnlyList<DeadLetterClosing> closings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(closings);
        return database.WriteAsync(
            async session =>
            {
                var closed = 0;
                foreach (var closing in closings)
                {
                    closed += await CloseAsync(session, closing);
                }

                return closed;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> PlanAsync(IReadOnlyList<DeadLetter> planning, PlannedReplay? planned, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(planning);
        return database.WriteAsync(
            async session =>
            {
                var changed = 0;
                foreach (var run in planning.GroupBy(letter => letter.RunId, StringComparer.Ordinal))
                {
                    changed += await session.Statement("""
                        UPDATE dead_letters SET replay_at = @at, replay_by = @by
                        WHERE run_no = @run AND sequence = ANY(@sequences) AND state = 'waiting'
                        """)
                        .With("@at", planned?.At)
                        .With("@by", planned?.ByJson())
                        .With("@run", await runs.NumberOfAsync(session, run.Key))
                        .With("@sequences", run.Select(letter => letter.Sequence))
                        .ExecuteAsync();
                }

                return changed;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeadLetter>> ListDueAsync(int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<DeadLetter>>(
            async session => await session.Statement($"""
                {Letters}
                WHERE l.replay_at <= liaison_now() AND l.state = 'waiting'
                ORDER BY l.replay_at, r.id, l.sequence LIMIT @limit
                """)
                .With("@limit", limit)
                .ListAsync(Read),
            cancellationToken);

    /// <inheritdoc/>
    public Task<NewerSuccess?> FindNewerAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return database.ReadAsync(
            session => session.Statement("""
                SELECT r.id, w.updated_at FROM runs r
                JOIN work_items w ON w.run_no = r.run_no
                    AND w.record_id = @record_id AND w.record_type = @record_type AND w.connection = @connection
                WHERE r.pipeline = @pipeline AND r.id <> @of_run AND w.state IN ('done', 'skipped') AND w.updated_at > @since
                ORDER BY w.updated_at DESC LIMIT 1
                """)
                .With("@record_id", letter.Record.Id)
                .With("@record_type", letter.Record.Type.Name)
                .With("@connection", letter.Record.Connection.Value)
                .With("@pipeline", letter.Pipeline)
                .With("@of_run", letter.RunId)
                .With("@since", letter.CreatedAt)
                .FirstAsync(row => new NewerSuccess(row.Text(0), row.Time(1))),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            var removed = await session.Statement("DELETE FROM dead_letters WHERE state IN ('replayed', 'superseded', 'discarded') AND updated_at < @before")
                .With("@before", before)
                .ExecuteAsync();
            return removed + await session.Statement("""
                UPDATE dead_letters SET operation = (operation::jsonb - 'values')::text
                WHERE updated_at < @before AND operation::jsonb ->> 'values' IS NOT NULL
                """)
                .With("@before", before)
                .ExecuteAsync();
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, long>> CountWaitingAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, long>>(
            async session => (await session.Statement("SELECT connection, count(*) FROM dead_letters WHERE state = 'waiting' GROUP BY connection")
                .ListAsync(row => KeyValuePair.Create(row.Text(0), row.Number(1))))
                .ToDictionary(StringComparer.Ordinal),
            cancellationToken);

    private async Task<int> CloseAsync(PostgresSession session, DeadLetterClosing closing)
    {
        var run = await runs.NumberOfAsync(session, closing.Letter.RunId);
        var closed = await session.Statement("""
            UPDATE dead_letters SET state = @state, note = @note, closed_by = @by, updated_at = liaison_now()
            WHERE run_no = @run AND sequence = @sequence AND state = 'waiting'
            """)
            .With("@state", StoredName<DeadLetterState>.Of(closing.State))
            .With("@note", closing.Note)
            .With("@by", closing.By)
            .With("@run", run)
            .With("@sequence", closing.Letter.Sequence)
            .ExecuteAsync();
        if (closed == 1 && closing.State == DeadLetterState.Superseded)
        {
            await session.Statement("""
                UPDATE work_items SET state = 'skipped', failure_kind = NULL, failure = @note, updated_at = liaison_now()
                WHERE run_no = @run AND sequence = @sequence AND state = 'dead'
                """)
                .With("@note", closing.Note)
                .With("@run", run)
                .With("@sequence", closing.Letter.Sequence)
                .ExecuteAsync();
        }

        return closed;
    }

    private static DeadLetter Read(PostgresRow row) => new(
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
