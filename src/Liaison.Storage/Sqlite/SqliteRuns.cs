using Liaison.Model;
using Liaison.Work;

namespace Liaison.Storage.Sqlite;

/// <summary>The runs of the work store.</summary>
internal sealed class SqliteRuns(SqliteDatabase database)
{
    private const string Columns = """
        id, pipeline, connection, subject_kind, subject, actor, purpose, caller_run,
        state, parameters, cursor, selected, reason, created_at, updated_at, finished_at
        """;

    public Task CreateAsync(Run run, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Statement($"""
            INSERT INTO runs ({Columns})
            VALUES ($id, $pipeline, $connection, $subject_kind, $subject, $actor, $purpose, $caller_run,
                $state, $parameters, $cursor, $selected, $reason, $created, $updated, $finished)
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

    public Task SetStateAsync(string runId, RunState state, string? reason, CancellationToken cancellationToken)
    {
        return database.WriteAsync(SetState, cancellationToken);

        int SetState(SqliteSession session)
        {
            var now = database.Time.GetUtcNow();
            var isEnd = state is RunState.Finished or RunState.Cancelled;
            var changed = session.Statement("UPDATE runs SET state = $state, reason = $reason, updated_at = $now, finished_at = $finished WHERE id = $id")
                .With("$state", StoredName<RunState>.Of(state))
                .With("$reason", reason)
                .With("$now", now)
                .With("$finished", isEnd ? now : null)
                .With("$id", runId)
                .Execute();
            return changed == 1 ? changed : throw Unknown(runId);
        }
    }

    /// <summary>Sets where the selection goes on, inside the transaction that adds its page.</summary>
    /// <returns>The run's internal number.</returns>
    public static long MoveCursor(SqliteSession session, string runId, string? next, DateTimeOffset now) =>
        session.Statement("UPDATE runs SET cursor = $next, selected = $selected, updated_at = $now WHERE id = $id RETURNING run_no")
            .With("$next", next)
            .With("$selected", next is null)
            .With("$now", now)
            .With("$id", runId)
            .Number() ?? throw Unknown(runId);

    public static long NumberOf(SqliteSession session, string runId) =>
        session.Statement("SELECT run_no FROM runs WHERE id = $id").With("$id", runId).Number() ?? throw Unknown(runId);

    private static InvalidOperationException Unknown(string runId) => new($"There is no run {runId}.");

    private static Run Read(SqliteRow row) => new(
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
        row.TimeOrNull(15));
}
