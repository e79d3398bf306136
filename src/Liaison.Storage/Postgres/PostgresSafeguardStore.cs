using Liaison.Model;
using Liaison.Policy;

namespace Liaison.Storage.Postgres;

/// <summary>Stopped agents, approved volumes and promotions in a PostgreSQL database.</summary>
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

    /// <inheritdoc/>
    public Task PromoteAsync(IReadOnlyList<Promotion> promotions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(promotions);
        return database.WriteAsync(
            async session =>
            {
                foreach (var promotion in promotions)
                {
                    await session.Statement("""
                        INSERT INTO promotions (connection, record_type, name, native_name, promoted_by, promoted_at, sandbox, change_id, reason)
                        VALUES (@connection, @type, @name, @native, @by, @at, @sandbox, @change, @reason)
                        ON CONFLICT (connection, record_type, name, native_name) DO UPDATE SET
                            promoted_by = excluded.promoted_by, promoted_at = excluded.promoted_at,
                            sandbox = excluded.sandbox, change_id = excluded.change_id, reason = excluded.reason
                        """)
                        .With("@connection", promotion.Connection.Value)
                        .With("@type", promotion.Write.Type.Name)
                        .With("@name", promotion.Write.Name)
                        .With("@native", promotion.Write.NativeName)
                        .With("@by", promotion.By)
                        .With("@at", promotion.At)
                        .With("@sandbox", promotion.Sandbox?.Value)
                        .With("@change", promotion.ChangeId)
                        .With("@reason", promotion.Reason)
                        .ExecuteAsync();
                }

                return promotions.Count;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> WithdrawPromotionsAsync(
        ConnectionName connection, IReadOnlyList<PromotedWrite> writes, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            var withdrawn = 0;
            foreach (var write in writes)
            {
                withdrawn += await session.Statement("DELETE FROM promotions WHERE connection = @connection AND record_type = @type AND name = @name")
                    .With("@connection", connection.Value)
                    .With("@type", write.Type.Name)
                    .With("@name", write.Name)
                    .ExecuteAsync();
            }

            return withdrawn;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Promotion>> ListPromotionsAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Promotion>>(
        async session => await session.Statement("""
            SELECT connection, record_type, name, native_name, promoted_by, promoted_at, sandbox, change_id, reason
            FROM promotions ORDER BY connection COLLATE "C", record_type COLLATE "C", name COLLATE "C", native_name COLLATE "C"
            """)
            .ListAsync(row => new Promotion(
                new ConnectionName(row.Text(0)), new PromotedWrite(new RecordType(row.Text(1)), row.Text(2), row.Text(3)), row.Text(4), row.Time(5))
            {
                Sandbox = row.TextOrNull(6) is { } sandbox ? new ConnectionName(sandbox) : null,
                ChangeId = row.TextOrNull(7),
                Reason = row.TextOrNull(8),
            }),
        cancellationToken);
}
