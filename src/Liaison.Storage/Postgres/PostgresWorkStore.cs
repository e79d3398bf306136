using System.Runtime.CompilerServices;
using Liaison.Model;
using Liaison.Work;

namespace Liaison.Storage.Postgres;

/// <summary>Runs and work items in a PostgreSQL database, for any number of nodes.</summary>
/// <remarks>Leases begin and end by the database's clock, so that nodes whose clocks differ agree on them.</remarks>
public sealed class PostgresWorkStore(PostgresDatabase database) : IWorkStore
{
    private const int PageSize = 1000;

    private readonly PostgresRuns runs = new(database);

    private PostgresRunWorkers Workers => field ??= new PostgresRunWorkers(database, runs);

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    public long HintsHeard => database.Hints.Heard;

    /// <inheritdoc/>
    public Task WaitForHintAsync(long heard, TimeSpan longest, TimeProvider time, CancellationToken cancellationToken) =>
        database.Hints.WaitAsync(heard, longest, time, cancellationToken);

    /// <inheritdoc/>
    public Task CreateRunAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        return runs.CreateAsync(run, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Run?> FindRunAsync(string id, CancellationToken cancellationToken) => runs.FindAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> ListRunsAsync(int limit, CancellationToken cancellationToken) =>
        runs.ListAsync(limit, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> ListRunsAsync(RunState state, CancellationToken cancellationToken) =>
        runs.ListAsync(state, cancellationToken);

    /// <inheritdoc/>
    public Task SetStateAsync(string runId, RunState state, string? reason, CancellationToken cancellationToken) =>
        runs.SetStateAsync(runId, state, reason, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryMoveAsync(string runId, RunState from, RunState to, string? reason, CancellationToken cancellationToken) =>
        runs.TryMoveAsync(runId, from, to, reason, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryParkAsync(string runId, RunState from, string reason, TimeSpan? resumeAfter, CancellationToken cancellationToken) =>
        runs.TryParkAsync(runId, from, reason, resumeAfter, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> ListDueAsync(CancellationToken cancellationToken) => runs.ListDueAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<IWorkHold?> TryHoldAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return await PostgresHold.TryTakeAsync(database, name, cancellationToken);
    }

    /// <inheritdoc/>
    public Task JoinAsync(string runId, string worker, CancellationToken cancellationToken) => Workers.JoinAsync(runId, worker, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryLeadAsync(string runId, string worker, CancellationToken cancellationToken) =>
        Workers.TryLeadAsync(runId, worker, cancellationToken);

    /// <inheritdoc/>
    public Task<int> LeaveAsync(string runId, string worker, CancellationToken cancellationToken) =>
        Workers.LeaveAsync(runId, worker, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListWorkersAsync(string runId, CancellationToken cancellationToken) =>
        Workers.ListAsync(runId, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkItem>> AddItemsAsync(
        string runId, IReadOnlyList<RecordRef> records, string? next, string worker, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        return database.WriteAsync<IReadOnlyList<WorkItem>>(
            async session =>
            {
                var run = await runs.MoveCursorAsync(session, runId, next, worker);
                return run is not { } number || records.Count == 0
                    ? []
                    : await PostgresItems.AddAsync(session, new RunKey(runId, number), records, worker, lease);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkItem>> ClaimAsync(
        string runId, string worker, int limit, TimeSpan lease, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<WorkItem>>(
            async session => await PostgresItems.ClaimAsync(
                session, new RunKey(runId, await runs.FindNumberAsync(session, runId)), worker, limit, lease),
            cancellationToken);

    /// <inheritdoc/>
    public Task RenewAsync(string runId, string worker, TimeSpan lease, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session => await session.Statement("""
                UPDATE work_items SET lease_ends_at = liaison_now() + @lease
                WHERE run_no = @run AND state = 'leased' AND worker = @worker
                """)
                .With("@lease", lease)
                .With("@run", await runs.FindNumberAsync(session, runId))
                .With("@worker", worker)
                .ExecuteAsync(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<int> CompleteAsync(string runId, IReadOnlyList<ItemOutcome> outcomes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        if (outcomes.FirstOrDefault(outcome => outcome.State is ItemState.Ready or ItemState.Leased) is { } open)
        {
            throw new ArgumentException($"Item {open.Sequence} was to be completed as {open.State}, which is no end.", nameof(outcomes));
        }

        return database.WriteAsync(
            async session => await PostgresItems.CompleteAsync(session, await runs.NumberOfAsync(session, runId), outcomes),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> ReleaseAsync(string runId, CancellationToken cancellationToken) => database.WriteAsync(
        async session => await PostgresHints.ToldAsync(session, await PostgresItems.ReleaseAsync(session, await runs.FindNumberAsync(session, runId))), cancellationToken);

    /// <inheritdoc/>
    public Task<int> HandOverAsync(string runId, IReadOnlyList<WorkItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        return database.WriteAsync(
            async session => await PostgresHints.ToldAsync(session, await PostgresItems.HandOverAsync(session, await runs.NumberOfAsync(session, runId), items)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> CountReadyAsync(string runId, CancellationToken cancellationToken) => database.ReadAsync(
        async session => await session.Statement("SELECT count(*) FROM work_items WHERE run_no = @run AND state = 'ready'")
            .With("@run", await runs.FindNumberAsync(session, runId))
            .NumberAsync() ?? 0,
        cancellationToken);

    /// <inheritdoc/>
    public Task<RunCounts> CountAsync(string runId, CancellationToken cancellationToken) => database.ReadAsync(
        async session => await PostgresItems.CountAsync(session, await runs.FindNumberAsync(session, runId)), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<WorkItem> ListItemsAsync(
        string runId, ItemState? state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Page by page: a reader that stays open keeps the server from clearing away dead rows.
        var after = 0L;
        List<WorkItem> page;
        do
        {
            page = await database.ReadAsync(
                async session => await PostgresItems.ListAsync(
                    session, new RunKey(runId, await runs.FindNumberAsync(session, runId)), state, after, PageSize),
                cancellationToken);
            foreach (var item in page)
            {
                yield return item;
                after = item.Sequence;
            }
        }
        while (page.Count == PageSize);
    }
}
