using Liaison.Failures;
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

    public DeadLetter? Letter { get; set; }

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

    /// <summary>Gives the item that died its letter, or closes the letter of one whose replay came to a better end.</summary>
    public void Note(string pipeline, ItemOutcome outcome, DateTimeOffset now)
    {
        if (outcome is { State: ItemState.Dead, Failed: { } failed })
        {
            var kind = Enum.Parse<FailureKind>(outcome.FailureKind ?? nameof(FailureKind.Invalid));
            Letter = new DeadLetter(
                Item.RunId, Item.Sequence, pipeline, Item.Record, DeadLetterState.Waiting, kind, outcome.Failure ?? "",
                Letter is null ? failed : failed.After(Letter.Operation), Note: null, ClosedBy: null, Letter?.CreatedAt ?? now, now);
        }
        else if (outcome.State != ItemState.Dead && Letter is { State: DeadLetterState.Replaying } letter)
        {
            Letter = letter with { State = DeadLetterState.Replayed, Note = $"A replay ended it as {outcome.State}.", ClosedBy = "liaison", UpdatedAt = now };
        }
    }

    /// <summary>Takes a dead item in hand again.</summary>
    public WorkItem? Reopen(string worker, DateTimeOffset now, DateTimeOffset ends)
    {
        var free = Item.State == ItemState.Dead || (Item.State == ItemState.Leased && LeaseEndsAt <= now);
        if (!free || Letter is not { State: DeadLetterState.Waiting or DeadLetterState.Replaying } letter)
        {
            return null;
        }

        Letter = letter with { State = DeadLetterState.Replaying };
        return Claim(worker, now, ends);
    }

    /// <summary>Closes the letter; a superseded item had nothing left to do.</summary>
    public bool Close(DeadLetterClosing closing, DateTimeOffset now)
    {
        if (Letter is not { State: DeadLetterState.Waiting } letter)
        {
            return false;
        }

        Letter = letter with { State = closing.State, Note = closing.Note, ClosedBy = closing.By, UpdatedAt = now };
        if (closing.State == DeadLetterState.Superseded)
        {
            Item = Item with { State = ItemState.Skipped, FailureKind = null, Failure = closing.Note, UpdatedAt = now };
        }

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
