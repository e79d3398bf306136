namespace Liaison.Storage.Postgres;

/// <summary>Who works on runs, and who leads them.</summary>
internal sealed class PostgresRunWorkers(PostgresDatabase database, PostgresRuns runs)
{
    public Task JoinAsync(string runId, string worker, CancellationToken cancellationToken) => database.WriteAsync(
        async session => await session.Statement("""
            INSERT INTO run_workers (run_no, worker, joined_at) VALUES (@run, @worker, liaison_now()) ON CONFLICT DO NOTHING
            """)
            .With("@run", await runs.NumberOfAsync(session, runId))
            .With("@worker", worker)
            .ExecuteAsync(),
        cancellationToken);

    public Task<bool> TryLeadAsync(string runId, string worker, CancellationToken cancellationToken) => database.WriteAsync(
        async session => await session.Statement("""
            UPDATE runs SET leads = leads + (leader IS NULL)::int, leader = @worker
            WHERE run_no = @run AND (leader IS NULL OR leader = @worker)
            """)
            .With("@worker", worker)
            .With("@run", await runs.NumberOfAsync(session, runId))
            .ExecuteAsync() == 1,
        cancellationToken);

    public Task<int> LeaveAsync(string runId, string worker, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            var run = await runs.FindNumberAsync(session, runId);
            await session.Statement("UPDATE runs SET leader = NULL WHERE run_no = @run AND leader = @worker")
                .With("@run", run)
                .With("@worker", worker)
                .ExecuteAsync();
            await session.Statement("DELETE FROM run_workers WHERE run_no = @run AND worker = @worker")
                .With("@run", run)
                .With("@worker", worker)
                .ExecuteAsync();
            return await PostgresHints.ToldAsync(session, await session.Statement("""
                UPDATE work_items SET state = 'ready', worker = NULL, lease_ends_at = NULL, updated_at = liaison_now()
                WHERE run_no = @run AND state = 'leased' AND worker = @worker
                """)
                .With("@run", run)
                .With("@worker", worker)
                .ExecuteAsync());
        },
        cancellationToken);

    public Task<IReadOnlyList<string>> ListAsync(string runId, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<string>>(
        async session => await session.Statement("SELECT worker FROM run_workers WHERE run_no = @run ORDER BY joined_at, worker")
            .With("@run", await runs.FindNumberAsync(session, runId))
            .ListAsync(row => row.Text(0)),
        cancellationToken);
}
