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

    public List<string> Workers { get; } = [];

    public bool IsReported { get; private set; }

    private bool WasLed { get; set; }

    public bool Note(string report, bool last)
    {
        if (Run.FinishedAt is null || IsReported)
        {
            return false;
        }

        Run = Run with { Report = report };
        IsReported = last;
        return true;
    }

    /// <summary>Drops what has no letter, where nothing more will be asked of it.</summary>
    public int Drop()
    {
        var going = IsReported ? Items.Where(held => held is { Letter: null, IsDropped: false }).ToList() : [];
        going.ForEach(held => held.IsDropped = true);
        return going.Count;
    }

    public bool TryMove(RunState from, RunState to, string? reason, DateTimeOffset now, TimeSpan? resumeAfter = null)
    {
        if (Run.State != from)
        {
            return false;
        }

        Move(to, reason, now);
        Run = Run with { ResumeAt = now + resumeAfter };
        return true;
    }

    public void Move(RunState state, string? reason, DateTimeOffset now) => Run = Run with
    {
        State = state,
        Reason = reason,
        UpdatedAt = now,
        ResumeAt = null,
        FinishedAt = state is RunState.Finished or RunState.Cancelled ? now : null,
    };

    public bool MayAdd(string worker) => !WasLed || Run.Leader == worker;

    public bool TryLead(string worker)
    {
        if (Run.Leader is not null && Run.Leader != worker)
        {
            return false;
        }

        WasLed = true;
        Run = Run with { Leader = worker };
        return true;
    }

    public void Join(string worker)
    {
        Workers.Remove(worker);
        Workers.Add(worker);
    }

    public int Leave(string worker, DateTimeOffset now)
    {
        Workers.Remove(worker);
        Run = Run.Leader == worker ? Run with { Leader = null } : Run;
        return Items.Count(held => held.IsLeasedTo(worker) && held.HandOver(held.Item.Fence, now));
    }

    public bool Complete(ItemOutcome outcome, DateTimeOffset now)
    {
        if (outcome.Sequence < 1 || outcome.Sequence > Items.Count || !Items[(int)outcome.Sequence - 1].Complete(outcome, now))
        {
            return false;
        }

        Items[(int)outcome.Sequence - 1].Note(Run.Pipeline, outcome, now);
        return true;
    }

    public static RunCounts Count(IEnumerable<InMemoryItem> items)
    {
        var counts = items.CountBy(held => held.Item.State).ToDictionary(pair => pair.Key, pair => (long)pair.Value);
        return new RunCounts(
            Ready: counts.GetValueOrDefault(ItemState.Ready),
            Leased: counts.GetValueOrDefault(ItemState.Leased),
            Done: counts.GetValueOrDefault(ItemState.Done),
            Skipped: counts.GetValueOrDefault(ItemState.Skipped),
            Gone: counts.GetValueOrDefault(ItemState.Gone),
            Parked: counts.GetValueOrDefault(ItemState.Parked),
            Dead: counts.GetValueOrDefault(ItemState.Dead));
    }

    public int Release(DateTimeOffset now) => Items.Count(held => held.Release(Workers, now));

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

    /// <summary>Gets or sets a value indicating whether it is only counted any more.</summary>
    public bool IsDropped { get; set; }

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
                Letter is null ? failed : failed.After(Letter.Operation), Note: null, ClosedBy: null, Letter?.CreatedAt ?? now, now)
            {
                Planned = Letter?.Planned,
            };
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

    /// <summary>Plans the replay of a waiting letter, or takes off what was planned.</summary>
    public bool Plan(PlannedReplay? planned)
    {
        if (Letter is not { State: DeadLetterState.Waiting } letter)
        {
            return false;
        }

        Letter = letter with { Planned = planned };
        return true;
    }

    public bool IsLeasedTo(string worker) => Item.State == ItemState.Leased && Worker == worker;

    public bool HandOver(long fence, DateTimeOffset now)
    {
        if (Item.State != ItemState.Leased || Item.Fence != fence)
        {
            return false;
        }

        Item = Item with { State = ItemState.Ready, UpdatedAt = now };
        return true;
    }

    public bool Release(List<string> workers, DateTimeOffset now)
    {
        if (Item.State != ItemState.Parked && (Item.State != ItemState.Leased || workers.Contains(Worker!)))
        {
            return false;
        }

        Item = Item with { State = ItemState.Ready, UpdatedAt = now };
        return true;
    }
}
