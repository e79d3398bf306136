using Liaison.Work;

namespace Liaison.Testing.Stores;

/// <summary>Random workers on a run: each step does to the store what workers do, dead and late ones included.</summary>
internal sealed class WorkStoreWalk(IWorkStore store, SuiteClock clock, int seed)
{
    private static readonly ItemState[] Ends = [ItemState.Done, ItemState.Skipped, ItemState.Gone, ItemState.Parked, ItemState.Dead];

    private readonly Random random = new(seed);
    private readonly List<WorkItem> held = [];

    /// <summary>Gets how many items the run was given.</summary>
    public long Added { get; private set; }

    /// <summary>Gets the last step in words.</summary>
    public string Told { get; private set; } = "nothing";

    public async Task StepAsync(TimeSpan lease, CancellationToken cancellationToken)
    {
        switch (random.Next(6))
        {
            case 0:
                // Pages overlap: a part of the records is in the run already.
                var added = await store.AddItemsAsync(
                    "run-1", Sample.Records(random.Next(300), random.Next(20)), "next", Worker(), lease, cancellationToken);
                Added += added.Count;
                held.AddRange(added);
                Told = $"adding {added.Count}";
                break;
            case 1:
                var claimed = await store.ClaimAsync("run-1", Worker(), random.Next(1, 20), lease, cancellationToken);
                held.AddRange(claimed);
                Told = $"claiming {claimed.Count}";
                break;
            case 2 or 3:
                var outcomes = Some().Select(item => new ItemOutcome(item.Sequence, item.Fence, Ends[random.Next(Ends.Length)])).ToList();
                Told = $"completing {await store.CompleteAsync("run-1", outcomes, cancellationToken)} of {outcomes.Count}";
                break;
            case 4:
                clock.Advance(lease * random.NextDouble());
                await store.RenewAsync("run-1", Worker(), lease, cancellationToken);
                Told = "letting time pass";
                break;
            default:
                Told = $"releasing {await store.ReleaseAsync("run-1", cancellationToken)}";
                break;
        }
    }

    private string Worker() => $"w{random.Next(3)}";

    // What was held long ago stays in the pot: some outcomes come under an outdated fence, and some twice.
    private IEnumerable<WorkItem> Some() => held.Where(_ => random.Next(3) == 0).TakeLast(20);
}
