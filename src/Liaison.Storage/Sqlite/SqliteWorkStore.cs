using System.Runtime.CompilerServices;
using Liaison.Model;
using Liaison.Work;

namespace Liaison.Storage.Sqlite;

/// <summary>Runs and work items in a SQLite file.</summary>
/// <remarks>The database's time is that of the process's clock: SQLite serves one node, where all processes share the machine's.</remarks>
public sealed class SqliteWorkStore(SqliteDatabase database) : IWorkStore
{
    private const int PageSize = 1000;

    private readonly SqliteRuns runs = new(database);

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public Task CreateRunAsync(Run run, CancellationToken cancellationToken) => runs.CreateAsync(run, cancellationToken);

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
    public Task<IWorkHold?> TryHoldAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Task.FromResult<IWorkHold?>(SqliteHold.TryTake(database.Path, name));
    }

    /// <inheritdoc/>
    public Task JoinAsync(string runId, string worker, CancellationToken cancellationToken) => runs.JoinAsync(runId, worker, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryLeadAsync(string runId, string worker, CancellationToken cancellationToken) =>
        runs.TryLeadAsync(runId, worker, cancellationToken);

    /// <inheritdoc/>
    public Task<int> LeaveAsync(string runId, string worker, CancellationToken cancellationToken) =>
        database.WriteAsync(session => SqliteItems.Leave(session, runId, worker, Now), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListWorkersAsync(string runId, CancellationToken cancellationToken) =>
        runs.ListWorkersAsync(runId, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkItem>> AddItemsAsync(
        string runId, IReadOnlyList<RecordRef> records, string? next, string worker, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        return database.WriteAsync<IReadOnlyList<WorkItem>>(session => SqliteItems.AddItems(session, runId, records, next, worker, lease, Now), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkItem>> ClaimAsync(
        string runId, string worker, int limit, TimeSpan lease, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<WorkItem>>(session => SqliteItems.Claim(session, runId, worker, limit, lease, Now), cancellationToken);

    /// <inheritdoc/>
    public Task RenewAsync(string runId, string worker, TimeSpan lease, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.Statement("""
                UPDATE work_items INDEXED BY work_items_leased SET lease_ends_at = $ends
                WHERE run_no = (SELECT run_no FROM runs WHERE id = $run) AND state = 'leased' AND worker = $worker
                """)
                .With("$ends", Now + lease)
                .With("$run", runId)
                .With("$worker", worker)
                .Execute(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<int> CompleteAsync(string runId, IReadOnlyList<ItemOutcome> outcomes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        if (outcomes.FirstOrDefault(outcome => outcome.State is ItemState.Ready or ItemState.Leased) is { } open)
        {
            throw new ArgumentException($"Item {open.Sequence} was to be completed as {open.State}, which is no end.", nameof(outcomes));
        }

        return database.WriteAsync(session => SqliteItems.Complete(session, runId, outcomes, Now), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> ReleaseAsync(string runId, CancellationToken cancellationToken) =>
        database.WriteAsync(session => SqliteItems.Release(session, runId, Now), cancellationToken);

    /// <inheritdoc/>
    public Task<int> HandOverAsync(string runId, IReadOnlyList<WorkItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        return database.WriteAsync(session => SqliteItems.HandOver(session, runId, items, Now), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> CountReadyAsync(string runId, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.Statement("""
            SELECT count(*) FROM work_items INDEXED BY work_items_ready WHERE run_no = (SELECT run_no FROM runs WHERE id = $run) AND state = 'ready'
            """)
            .With("$run", runId)
            .Number() ?? 0,
        cancellationToken);

    /// <inheritdoc/>
    public Task<RunCounts> CountAsync(string runId, CancellationToken cancellationToken) =>
        database.ReadAsync(session => SqliteItems.Count(session, runId), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<WorkItem> ListItemsAsync(
        string runId, ItemState? state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Page by page: a reader that stays open keeps the log from being folded into the file.
        var after = 0L;
        List<WorkItem> page;
        do
        {
            page = await database.ReadAsync(session => SqliteItems.List(session, runId, state, after, PageSize), cancellationToken);
            foreach (var item in page)
            {
                yield return item;
                after = item.Sequence;
            }
        }
        while (page.Count == PageSize);
    }

    private DateTimeOffset Now => database.Time.GetUtcNow();
}
