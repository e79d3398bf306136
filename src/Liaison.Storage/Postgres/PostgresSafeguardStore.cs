using Liaison.Policy;

namespace Liaison.Storage.Postgres;

/// <summary>Stopped agents and approved volumes in a PostgreSQL database.</summary>
public sealed class PostgresSafeguardStore(PostgresDatabase database) : ISafeguardStore
{
    /// <inheritdoc/>
    public Task StopAsync(StoppedAgent stop, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stop);
        return database.WriteAsync(
            session => session.Statement("""
                INSERT INTO stopped_agents (actor, stopped_by, reason, stopped_at) VALUES (@actor, @by, @reason, @at)
                ON CONFLICT (actor) DO NOTHING
                """)
                .With("@actor", stop.Actor)
                .With("@by", stop.By)
                .With("@reason", stop.Reason)
                .With("@at", stop.At)
                .ExecuteAsync(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> ReleaseAsync(string actor, CancellationToken cancellationToken) => database.WriteAsync(
        async session => await session.Statement("DELETE FROM stopped_agents WHERE actor = @actor").With("@actor", actor).ExecuteAsync() == 1,
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoppedAgent>> ListStoppedAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StoppedAgent>>(
            async session => await session.Statement("SELECT actor, stopped_by, reason, stopped_at FROM stopped_agents ORDER BY actor")
                .ListAsync(row => new StoppedAgent(row.Text(0), row.Text(1), row.Text(2), row.Time(3))),
            cancellationToken);

    /// <inheritdoc/>
    public Task ApproveVolumeAsync(string runId, string approvedBy, DateTimeOffset at, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Statement("""
            INSERT INTO approved_volumes (run_id, approved_by, approved_at) VALUES (@run, @by, @at)
            ON CONFLICT (run_id) DO NOTHING
            """)
            .With("@run", runId)
            .With("@by", approvedBy)
            .With("@at", at)
            .ExecuteAsync(),
        cancellationToken);

    /// <inheritdoc/>
    public Task<string?> FindVolumeApprovalAsync(string runId, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.Statement("SELECT approved_by FROM approved_volumes WHERE run_id = @run").With("@run", runId).FirstAsync(row => row.Text(0)),
        cancellationToken);
}
