using Liaison.Model;
using Liaison.Work;

namespace Liaison.Testing.Stores;

/// <summary>A run of the in-memory store with its items.</summary>
internal sealed class InMemoryRun(Run run)
{
    public Run Run { get; set; } = run;

    public HashSet<RecordRef> Records { get; } = [];

    public List<InMemoryItem> Items { get; } = [];

    public WorkItem Add(RecordRef record, string worker, DateTimeOffset now, DateTimeOffset ends)
    {
        var item = new WorkItem(
            Run.Id, Items.Count + 1, record, ItemState.Leased, Attempts: 1, Fence: 1, FailureKind: null, Failure: null, Result: null, now);
        Items.Add(new InMemoryItem(item) { Worker = worker, LeaseEndsAt = ends });
        return item;
    }
}

/// <summary>An item with its lease.</summary>
internal sealed class InMemoryItem(WorkItem item)
{
    public WorkItem Item { get; private set; } = item;

    public string? Worker { get; set; }

    public DateTimeOffset LeaseEndsAt { get; set; }

    public bool IsClaimable(DateTimeOffset now) =>
        Item.State == ItemState.Ready || (Item.State == ItemState.Leased && LeaseEndsAt <= now);

    public WorkItem Claim(string worker, DateTimeOffset now, DateTimeOffset ends)
    {
        Worker = worker;
        LeaseEndsAt = ends;
        return Item = Item with { State = ItemState.Leased, Attempts = Item.Attempts + 1, Fence = Item.Fence + 1, UpdatedAt = now };
    }

    public bool Complete(ItemOutcome outcome, DateTimeOffset now)
    {
        if (Item.State != ItemState.Leased || Item.Fence != outcome.Fence)
        {
            return false;
        }

        Item = Item with
        {
            State = outcome.State,
            FailureKind = outcome.FailureKind,
            Failure = outcome.Failure,
            Result = outcome.Result,
            UpdatedAt = now,
        };
        return true;
    }

    public bool Release(DateTimeOffset now)
    {
        if (Item.State is not (ItemState.Parked or ItemState.Leased))
        {
            return false;
        }

        Item = Item with { State = ItemState.Ready, UpdatedAt = now };
        return true;
    }
}
