using System.Runtime.CompilerServices;
using Liaison.Model;
using Liaison.Work;

namespace Liaison.Testing.Stores;

/// <summary>Runs and items in memory: keeps the contract, and nothing past the process.</summary>
public sealed class InMemoryWorkStore(TimeProvider time) : IWorkStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, InMemoryRun> runs = new(StringComparer.Ordinal);
    private readonly HashSet<string> held = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool IsShared { get; init; }

    internal TimeProvider Time => time;

    /// <inheritdoc/>
    public Task CreateRunAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        lock (gate)
        {
            runs.Add(run.Id, new InMemoryRun(run));
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<Run?> FindRunAsync(string id, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(Beginnings.Find(runs, id)?.Run);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> ListRunsAsync(int limit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<Run>>(
                [.. runs.Values.Select(held => held.Run).Reverse().OrderByDescending(run => run.CreatedAt).Take(limit)]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> ListRunsAsync(RunState state, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<Run>>([.. runs.Values.Select(held => held.Run).Where(run => run.State == state)]);
        }
    }

    /// <inheritdoc/>
    public Task SetStateAsync(string runId, RunState state, string? reason, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            Known(runId).Move(state, reason, time.GetUtcNow());
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<bool> TryMoveAsync(string runId, RunState from, RunState to, string? reason, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(runs.TryGetValue(runId, out var held) && held.TryMove(from, to, reason, time.GetUtcNow()));
        }
    }

    /// <inheritdoc/>
    public Task<bool> TryParkAsync(string runId, RunState from, string reason, TimeSpan? resumeAfter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(runs.TryGetValue(runId, out var held) && held.TryMove(from, RunState.Parked, reason, time.GetUtcNow(), resumeAfter));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> ListDueAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<Run>>([.. runs.Values.Select(held => held.Run).Where(run => run.ResumeAt <= time.GetUtcNow())]);
        }
    }

    /// <inheritdoc/>
    public Task<IWorkHold?> TryHoldAsync(string name, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IWorkHold?>(held.Add(name) ? new InMemoryHold(held, gate, name) : null);
        }
    }

    /// <inheritdoc/>
    public Task JoinAsync(string runId, string worker, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            Known(runId).Join(worker);
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<bool> TryLeadAsync(string runId, string worker, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(Known(runId).TryLead(worker));
        }
    }

    /// <inheritdoc/>
    public Task<int> LeaveAsync(string runId, string worker, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(runs.TryGetValue(runId, out var held) ? held.Leave(worker, time.GetUtcNow()) : 0);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListWorkersAsync(string runId, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<string>>(runs.TryGetValue(runId, out var held) ? [.. held.Workers] : []);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkItem>> AddItemsAsync(
        string runId, IReadOnlyList<RecordRef> records, string? next, string worker, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        lock (gate)
        {
            var held = Known(runId);
            var now = time.GetUtcNow();
            if (!held.MayAdd(worker))
            {
                return Task.FromResult<IReadOnlyList<WorkItem>>([]);
            }

            held.Run = held.Run with { Cursor = next, Selected = next is null, UpdatedAt = now };
            return Task.FromResult<IReadOnlyList<WorkItem>>(
                [.. records.Where(held.Records.Add).Select(record => held.Add(record, worker, now, now + lease))]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkItem>> ClaimAsync(
        string runId, string worker, int limit, TimeSpan lease, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            return Task.FromResult<IReadOnlyList<WorkItem>>(
                [.. Items(runId).Where(held => held.IsClaimable(now)).Take(limit).Select(held => held.Claim(worker, now, now + lease))]);
        }
    }

    /// <inheritdoc/>
    public Task RenewAsync(string runId, string worker, TimeSpan lease, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            foreach (var held in Items(runId).Where(held => held.Item.State == ItemState.Leased && held.Worker == worker))
            {
                held.LeaseEndsAt = time.GetUtcNow() + lease;
            }

            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<int> CompleteAsync(string runId, IReadOnlyList<ItemOutcome> outcomes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        if (outcomes.Any(outcome => outcome.State is ItemState.Ready or ItemState.Leased))
        {
            throw new ArgumentException("Ready and leased are no ends.", nameof(outcomes));
        }

        lock (gate)
        {
            return Task.FromResult(outcomes.Count(outcome => Known(runId).Complete(outcome, time.GetUtcNow())));
        }
    }

    /// <inheritdoc/>
    public Task<int> ReleaseAsync(string runId, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(runs.TryGetValue(runId, out var held) ? held.Release(time.GetUtcNow()) : 0);
        }
    }

    /// <inheritdoc/>
    public Task<int> HandOverAsync(string runId, IReadOnlyList<WorkItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        lock (gate)
        {
            return Task.FromResult(items.Count(item => Known(runId).Items[(int)item.Sequence - 1].HandOver(item.Fence, time.GetUtcNow())));
        }
    }

    /// <inheritdoc/>
    public Task<long> CountReadyAsync(string runId, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(Items(runId).LongCount(held => held.Item.State == ItemState.Ready));
        }
    }

    /// <inheritdoc/>
    public Task<RunCounts> CountAsync(string runId, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(InMemoryRun.Count(Items(runId)));
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<WorkItem> ListItemsAsync(
        string runId, ItemState? state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        List<WorkItem> snapshot;
        lock (gate)
        {
            snapshot = [.. Items(runId).Where(held => !held.IsDropped).Select(held => held.Item).Where(item => state is null || item.State == state)];
        }

        foreach (var item in snapshot)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }
    }

    internal TOutcome OnRuns<TOutcome>(Func<IReadOnlyDictionary<string, InMemoryRun>, TOutcome> work)
    {
        lock (gate)
        {
            return work(runs);
        }
    }

    private List<InMemoryItem> Items(string runId) => runs.TryGetValue(runId, out var held) ? held.Items : [];

    private InMemoryRun Known(string runId) =>
        runs.TryGetValue(runId, out var held) ? held : throw new InvalidOperationException($"There is no run {runId}.");
}
