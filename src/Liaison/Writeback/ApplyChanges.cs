using Liaison.Failures;
using Liaison.Policy;
using Liaison.Reading;

namespace Liaison.Writeback;

/// <summary>Applies changes that need no person, once: the intent is durable before the call, and a lost answer is settled by looking.</summary>
public sealed class ApplyChanges(IChangeSetStore store, ChangeSender sender, TimeProvider time)
{
    /// <summary>Stores changes as intents, in the order given; nothing is sent before <see cref="SendAsync"/>.</summary>
    internal async Task<IReadOnlyList<Intent>> PrepareAsync(IReadOnlyList<ValidatedChangeSet> changes, CancellationToken cancellationToken)
    {
        // Asked before storing: afterwards a change set that is submitted again under its own id would look like a new one.
        var earlier = await store.FindByKeysAsync([.. changes.Select(change => change.Change.Key)], cancellationToken);
        var stored = await store.AddAsync([.. changes.Select(change => RowOf(change, ChangeState.Applying))], cancellationToken);
        var writes = new Dictionary<string, PendingWrite>(StringComparer.Ordinal);
        for (var index = 0; index < changes.Count; index++)
        {
            // One wish that comes twice in one submit is one write: the first carries it, the others get its outcome.
            var isNew = !earlier.ContainsKey(stored[index].Key) && stored[index].Id == changes[index].Change.Id;
            if (!writes.ContainsKey(stored[index].Id) && !IsInHand(stored[index], isNew) && Pending(stored[index], isNew, changes[index]) is { } write)
            {
                writes.Add(stored[index].Id, write);
            }
        }

        await ReopenFailedAsync([.. writes.Values], cancellationToken);
        return [.. changes.Select((change, index) => new Intent(
            change.Change, writes.GetValueOrDefault(stored[index].Id) is { } write ? write.Row : stored[index], writes.GetValueOrDefault(stored[index].Id)))];
    }

    /// <summary>Sends intents that were stored; the outcome of each stands in it afterwards.</summary>
    internal Task SendAsync(Permit permit, OpenType open, IEnumerable<Intent> intents, CancellationToken cancellationToken) =>
        sender.SendAsync(permit, open, [.. intents.Select(intent => intent.Write).OfType<PendingWrite>().Distinct()], cancellationToken);

    /// <summary>Answers wishes that their records meet already from what became of them, where they were asked before.</summary>
    /// <remarks>An intent that is still open is settled: whoever recorded it died after the CRM had taken it.</remarks>
    /// <returns>The outcomes of those that were asked before; the rest is met by somebody else's doing.</returns>
    internal async Task<IReadOnlyList<ChangeOutcome>> SettleAsync(
        Permit permit, OpenType open, IReadOnlyList<ChangeSet> met, CancellationToken cancellationToken)
    {
        var rows = await store.FindByKeysAsync([.. met.Select(change => change.Key)], cancellationToken);
        var asked = met
            .Where(change => rows.GetValueOrDefault(change.Key)?.State is ChangeState.Applying or ChangeState.Applied or ChangeState.Verified)
            .DistinctBy(change => change.Key)
            .ToList();
        var left = asked
            .Where(change => rows[change.Key].State == ChangeState.Applying && !IsInHand(rows[change.Key], isNew: false))
            .ToDictionary(change => change.Id, change => new PendingWrite(rows[change.Key], mayBeThere: true));
        await sender.SendAsync(permit, open, [.. left.Values], cancellationToken);
        return [.. asked.Select(change => new Intent(change, rows[change.Key], left.GetValueOrDefault(change.Id)).Outcome)];
    }

    internal ChangeSetRow RowOf(ValidatedChangeSet change, ChangeState state, string? note = null)
    {
        var json = change.Content.ToJson();
        var now = time.GetUtcNow();
        return new ChangeSetRow(
            change.Change.Id,
            change.Change.Key,
            change.Target,
            state,
            change.Risk,
            json,
            ChangeContent.HashOf(change.Target, json),
            change.RecordVersion,
            change.Change.Proposer,
            note,
            now,
            now)
        {
            RequestHash = change.RequestHash,
            NaturalKey = change.NaturalKey,
            TraceId = change.TraceId,
        };
    }

    // Of requests through a door anybody may ask for the same at the same time, and whoever came first may be sending it. Items of
    // a run have one worker each, so that an intent which one of them left behind is taken up at once.
    private bool IsInHand(ChangeSetRow row, bool isNew) =>
        !isNew && row is { State: ChangeState.Applying, RequestHash: not null } && time.GetUtcNow() - row.UpdatedAt < ChangeStates.LongestInHand;

    // What stands under the key decides: the same wish asked again is answered from what became of it the first time.
    private static PendingWrite? Pending(ChangeSetRow row, bool isNew, ValidatedChangeSet change) => isNew

        // The stored form is in the store now, and what is sent is at hand: of thousands on their way only one is held. A run reads a
        // record once and may write it more than once; a request has read it just now.
        ? new PendingWrite(row with { Content = "" }, mayBeThere: false, change.Content)
        {
            Version = row.RequestHash is null ? null : row.RecordVersion,
            LockedBy = change.Change.LockedBy,
        }
        : row is { State: ChangeState.Failed, ValuesDroppedAt: not null } ? new PendingWrite(row, mayBeThere: true) { Failure = Dropped(row) }
        : row.State is ChangeState.Applying or ChangeState.Failed

            // The process that recorded this intent died before it learned the outcome; or the write failed and has grown old, so
            // that a newer one may have come in between. Either way the record is looked at first.
            ? new PendingWrite(row, mayBeThere: true) { LockedBy = change.Change.LockedBy }
            : null;

    /// <summary>Tells that what failed cannot be tried again, since what it was to write is not kept any more.</summary>
    internal static Failure Dropped(ChangeSetRow row) => new(
        FailureKind.Conflict,
        $"Change {row.Id} failed, and what it was to write has been kept for as long as changes.keepDays says and is dropped; ask for it anew, under another key.");

    /// <summary>Opens failed intents anew; one that another process has taken up in the meantime is left to it.</summary>
    private async Task ReopenFailedAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var failed = writes.Where(write => write is { Row.State: ChangeState.Failed, Failure: null }).ToList();
        var moved = await store.MoveAsync(
            [.. failed.Select(write => ChangeStates.Move(write.Row, ChangeState.Applying, ChangeStates.Engine, "tried again"))], cancellationToken);
        foreach (var write in failed)
        {
            if (moved.Contains(write.Row.Id))
            {
                write.Row = write.Row with { State = ChangeState.Applying };
            }
            else
            {
                write.Failure = new Failure(
                    FailureKind.Ambiguous, "Another process is trying this change again; asking once more tells what became of it.");
            }
        }
    }
}

/// <summary>A change that is durable as an intent, or stood so already.</summary>
/// <param name="Row">What stands under its key.</param>
/// <param name="Write">What is sent of it; <see langword="null"/> where nothing is.</param>
internal sealed record Intent(ChangeSet Change, ChangeSetRow Row, PendingWrite? Write)
{
    /// <summary>Gets what became of it so far.</summary>
    public ChangeOutcome Outcome => Write switch
    {
        null => new ChangeOutcome(Change, new Receipt(Row.Id, Row.Record, Row.State, Sent: false), null),
        { FailureTold: { } failure } => new ChangeOutcome(Change, null, failure),
        _ => new ChangeOutcome(Change, new Receipt(Row.Id, Row.Record, Write.State, Write.Sent) { MadeId = Write.MadeId }, null),
    };
}
