using Liaison.Model;
using Liaison.Work;

namespace Liaison.Storage.Sqlite;

/// <summary>The runs of the work store.</summary>
internal sealed class SqliteRuns(SqliteDatabase database)
{
    public const string Columns = """
        id, pipeline, connection, subject_kind, subject, actor, purpose, caller_run,
        state, parameters, cursor, selected, reason, created_at, updated_at, finished_at, leader, resume_at, report
        """;

    public Task CreateAsync(Run run, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Statement($"""
            INSERT INTO runs ({Columns})
            VALUES ($id, $pipeline, $connection, $subject_kind, $subject, $actor, $purpose, $caller_run,
                $state, $parameters, $cursor, $selected, $reason, $created, $updated, $finished, NULL, NULL, NULL)
            """)
            .With("$id", run.Id)
            .With("$pipeline", run.Pipeline)
            .With("$connection", run.Connection.Value)
            .With(run.Caller)
            .With("$state", StoredName<RunState>.Of(run.State))
            .With("$parameters", run.Parameters)
            .With("$cursor", run.Cursor)
            .With("$selected", run.Selected)
            .With("$reason", run.Reason)
            .With("$created", run.CreatedAt)
            .With("$updated", run.UpdatedAt)
            .With("$finished", run.FinishedAt)
            .Execute(),
        cancellationToken);

    public Task<Run?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        session =>
        {
            var found = session.Statement($"""
                SELECT {Columns} FROM runs WHERE id >= $beginning AND id < $behind ORDER BY id LIMIT 2
                """)
                .WithBeginning(id)
                .List(Read);

            // In this order a whole id comes before the longer ones that begin with it.
            return found.Count == 1 || (found.Count > 1 && found[0].Id == id) ? found[0] : null;
        },
        cancellationToken);

    public Task<IReadOnlyList<Run>> ListAsync(int limit, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Run>>(
        session => session.Statement($"SELECT {Columns} FROM runs ORDER BY created_at DESC, run_no DESC LIMIT $limit")
            .With("$limit", limit)
            .List(Read),
        cancellationToken);

    public Task<IReadOnlyList<Run>> ListAsync(RunState state, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Run>>(
        session => session.Statement($"""
            SELECT {Columns} FROM runs WHERE state = $state {(IsEnd(state) ? "" : "AND state NOT IN ('finished', 'cancelled')")} ORDER BY run_no
            """)
            .With("$state", StoredName<RunState>.Of(state))
            .List(Read),
        cancellationToken);

    public Task<IReadOnlyList<Run>> ListDueAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Run>>(
        session => session.Statement($"""
            SELECT {Columns} FROM runs
            WHERE state = 'parked' AND state NOT IN ('finished', 'cancelled') AND resume_at <= $now ORDER BY run_no
            """)
            .With("$now", database.Time.GetUtcNow())
            .List(Read),
        cancellationToken);

    public Task<bool> TryParkAsync(string runId, RunState from, string reason, TimeSpan? resumeAfter, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Move(session, runId, from, RunState.Parked, reason, resumeAfter) == 1, cancellationToken);

    public Task SetStateAsync(string runId, RunState state, string? reason, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Move(session, runId, from: null, state, reason) == 1 ? 1 : throw Unknown(runId), cancellationToken);

    public Task<bool> TryMoveAsync(string runId, RunState from, RunState to, string? reason, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Move(session, runId, from, to, reason) == 1, cancellationToken);

    public Task JoinAsync(string runId, string worker, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Statement("INSERT INTO run_workers (run_no, worker, joined_at) VALUES ($run, $worker, $now) ON CONFLICT DO NOTHING")
            .With("$run", NumberOf(session, runId))
            .With("$worker", worker)
            .With("$now", database.Time.GetUtcNow())
            .Execute(),
        cancellationToken);

    public Task<bool> TryLeadAsync(string runId, string worker, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Statement("""
            UPDATE runs SET leads = leads + (leader IS NULL), leader = $worker WHERE run_no = $run AND (leader IS NULL OR leader = $worker)
            """)
            .With("$worker", worker)
            .With("$run", NumberOf(session, runId))
            .Execute() == 1,
        cancellationToken);

    /// <summary>Takes a worker out of a run, and the lead from it.</summary>
    public static void Leave(SqliteSession session, string runId, string worker)
    {
        session.Statement("UPDATE runs SET leader = NULL WHERE id = $id AND leader = $worker")
            .With("$id", runId)
            .With("$worker", worker)
            .Execute();
        session.Statement("DELETE FROM run_workers WHERE run_no = (SELECT run_no FROM runs WHERE id = $id) AND worker = $worker")
            .With("$id", runId)
            .With("$worker", worker)
            .Execute();
    }

    public Task<IReadOnlyList<string>> ListWorkersAsync(string runId, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<string>>(
        session => session.Statement("""
            SELECT worker FROM run_workers WHERE run_no = (SELECT run_no FROM runs WHERE id = $id) ORDER BY joined_at, worker
            """)
            .With("$id", runId)
            .List(row => row.Text(0)),
        cancellationToken);

    /// <summary>Sets where the selection goes on, inside the transaction that adds its page.</summary>
    /// <returns>The run's internal number; <see langword="null"/> where another than the worker leads it.</returns>
    public static long? MoveCursor(SqliteSession session, string runId, string? next, string worker, DateTimeOffset now)
    {
        var moved = session.Statement("""
            UPDATE runs SET cursor = $next, selected = $selected, updated_at = $now
            WHERE id = $id AND (leads = 0 OR leader = $worker) RETURNING run_no
            """)
            .With("$next", next)
            .With("$selected", next is null)
            .With("$now", now)
            .With("$id", runId)
            .With("$worker", worker)
            .Number();
        if (moved is null)
        {
            NumberOf(session, runId);
        }

        return moved;
    }

    public static long NumberOf(SqliteSession session, string runId) =>
        session.Statement("SELECT run_no FROM runs WHERE id = $id").With("$id", runId).Number() ?? throw Unknown(runId);

    private int Move(SqliteSession session, string runId, RunState? from, RunState to, string? reason, TimeSpan? resumeAfter = null)
    {
        var now = database.Time.GetUtcNow();
        return session.Statement("""
            UPDATE runs SET state = $state, reason = $reason, updated_at = $now, finished_at = $finished, resume_at = $resume
            WHERE id = $id AND ($from IS NULL OR state = $from)
            """)
            .With("$state", StoredName<RunState>.Of(to))
            .With("$reason", reason)
            .With("$now", now)
            .With("$finished", IsEnd(to) ? now : null)
            .With("$resume", now + resumeAfter)
            .With("$id", runId)
            .With("$from", from is { } known ? StoredName<RunState>.Of(known) : null)
            .Execute();
    }

    private static bool IsEnd(RunState state) => state is RunState.Finished or RunState.Cancelled;

    private static InvalidOperationException Unknown(string runId) => new($"There is no run {runId}.");

    public static Run Read(SqliteRow row) => new(
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
