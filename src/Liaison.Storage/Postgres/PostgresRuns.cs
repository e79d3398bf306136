using System.Collections.Concurrent;
using Liaison.Model;
using Liaison.Work;

namespace Liaison.Storage.Postgres;

/// <summary>The runs of the work store.</summary>
internal sealed class PostgresRuns(PostgresDatabase database)
{
    public const string Columns = """
        id, pipeline, connection, subject_kind, subject, actor, purpose, caller_run,
        state, parameters, cursor, selected, reason, created_at, updated_at, finished_at, leader, resume_at, report
        """;

    // A run's number never changes, and the database finds the run's partition by it before it runs a statement.
    private readonly ConcurrentDictionary<string, long> numbers = new(StringComparer.Ordinal);

    public Task CreateAsync(Run run, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Statement($"""
            INSERT INTO runs (run_no, {Columns})
            VALUES (liaison_next_run(), @id, @pipeline, @connection, @subject_kind, @subject, @actor, @purpose, @caller_run,
                @state, @parameters, @cursor, @selected, @reason, @created, @updated, @finished, NULL, NULL, NULL)
            """)
            .With("@id", run.Id)
            .With("@pipeline", run.Pipeline)
            .With("@connection", run.Connection.Value)
            .With(run.Caller)
            .With("@state", StoredName<RunState>.Of(run.State))
            .With("@parameters", run.Parameters)
            .With("@cursor", run.Cursor)
            .With("@selected", run.Selected)
            .With("@reason", run.Reason)
            .With("@created", run.CreatedAt)
            .With("@updated", run.UpdatedAt)
            .With("@finished", run.FinishedAt)
            .ExecuteAsync(),
        cancellationToken);

    public Task<Run?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var found = await session.Statement($"""
                SELECT {Columns} FROM runs WHERE id >= @beginning AND id < @behind ORDER BY id LIMIT 2
                """)
                .WithBeginning(id)
                .ListAsync(Read);

            // In this order a whole id comes before the longer ones that begin with it.
            return found.Count == 1 || (found.Count > 1 && found[0].Id == id) ? found[0] : null;
        },
        cancellationToken);

    public Task<IReadOnlyList<Run>> ListAsync(int limit, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Run>>(
        async session => await session.Statement($"SELECT {Columns} FROM runs ORDER BY created_at DESC, run_no DESC LIMIT @limit")
            .With("@limit", limit)
            .ListAsync(Read),
        cancellationToken);

    public Task<IReadOnlyList<Run>> ListAsync(RunState state, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Run>>(
        async session => await session.Statement($"""
            SELECT {Columns} FROM runs WHERE state = @state {(IsEnd(state) ? "" : "AND state NOT IN ('finished', 'cancelled')")} ORDER BY run_no
            """)
            .With("@state", StoredName<RunState>.Of(state))
            .ListAsync(Read),
        cancellationToken);

    public Task<IReadOnlyList<Run>> ListDueAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Run>>(
        async session => await session.Statement($"""
            SELECT {Columns} FROM runs
            WHERE state = 'parked' AND state NOT IN ('finished', 'cancelled') AND resume_at <= liaison_now() ORDER BY run_no
            """)
            .ListAsync(Read),
        cancellationToken);

    public Task<bool> TryParkAsync(string runId, RunState from, string reason, TimeSpan? resumeAfter, CancellationToken cancellationToken) => database.WriteAsync(
        async session => await MoveAsync(session, runId, from, RunState.Parked, reason) == 1
            && (resumeAfter is not { } after || await session.Statement("UPDATE runs SET resume_at = liaison_now() + @after WHERE id = @id")
                .With("@after", after)
                .With("@id", runId)
                .ExecuteAsync() == 1),
        cancellationToken);

    public Task SetStateAsync(string runId, RunState state, string? reason, CancellationToken cancellationToken) => database.WriteAsync(
        async session => await MoveAsync(session, runId, from: null, state, reason) == 1 ? 1 : throw Unknown(runId), cancellationToken);

    public Task<bool> TryMoveAsync(string runId, RunState from, RunState to, string? reason, CancellationToken cancellationToken) =>
        database.WriteAsync(async session => await MoveAsync(session, runId, from, to, reason) == 1, cancellationToken);

    /// <summary>Sets where the selection goes on, inside the transaction that adds its page; until its end nobody else adds to the run.</summary>
    /// <returns>The run's internal number; <see langword="null"/> where another than the worker leads it.</returns>
    public async Task<long?> MoveCursorAsync(PostgresSession session, string runId, string? next, string worker)
    {
        var moved = await session.Statement("""
            UPDATE runs SET cursor = @next, selected = @selected, updated_at = liaison_now()
            WHERE id = @id AND (leads = 0 OR leader = @worker) RETURNING run_no
            """)
            .With("@next", next)
            .With("@selected", next is null)
            .With("@id", runId)
            .With("@worker", worker)
            .NumberAsync();
        if (moved is null)
        {
            await NumberOfAsync(session, runId);
        }

        return moved;
    }

    /// <summary>Gives the run's internal number; 0, which no run has, where there is none.</summary>
    public async Task<long> FindNumberAsync(PostgresSession session, string runId)
    {
        if (numbers.TryGetValue(runId, out var known))
        {
            return known;
        }

        var number = await session.Statement("SELECT run_no FROM runs WHERE id = @id").With("@id", runId).NumberAsync() ?? 0;
        if (number != 0)
        {
            numbers[runId] = number;
        }

        return number;
    }

    public async Task<long> NumberOfAsync(PostgresSession session, string runId) =>
        await FindNumberAsync(session, runId) is not 0 and var number ? number : throw Unknown(runId);

    private static async Task<int> MoveAsync(PostgresSession session, string runId, RunState? from, RunState to, string? reason)
    {
        var moved = await SetAsync(session, runId, from, to, reason);
        if (moved > 0 && to == RunState.Running)
        {
            await PostgresHints.TellAsync(session);
        }

        return moved;
    }

    private static Task<int> SetAsync(PostgresSession session, string runId, RunState? from, RunState to, string? reason) => session.Statement("""
        UPDATE runs SET state = @state, reason = @reason, updated_at = liaison_now(), resume_at = NULL,
            finished_at = CASE WHEN @ends THEN liaison_now() END
        WHERE id = @id AND (@from IS NULL OR state = @from)
        """)
        .With("@state", StoredName<RunState>.Of(to))
        .With("@reason", reason)
        .With("@ends", IsEnd(to))
        .With("@id", runId)
        .With("@from", from is { } known ? StoredName<RunState>.Of(known) : null)
        .ExecuteAsync();

    private static bool IsEnd(RunState state) => state is RunState.Finished or RunState.Cancelled;

    private static InvalidOperationException Unknown(string runId) => new($"There is no run {runId}.");

    public static Run Read(PostgresRow row) => new(
        row.Text(0),
        row.Text(1),
        new ConnectionName(row.Text(2)),
        row.Caller(3),
        row.Named<RunState>(8),
        row.Text(9),
        row.TextOrNull(10),
        row.Flag(11),
        row.TextOrNull(12),
        row.Time(13),
        row.Time(14),
        row.TimeOrNull(15))
    {
        Leader = row.TextOrNull(16),
        ResumeAt = row.TimeOrNull(17),
        Report = row.TextOrNull(18),
    };
}
