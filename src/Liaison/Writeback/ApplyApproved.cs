using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Policy;
using Liaison.Reading;

namespace Liaison.Writeback;

/// <summary>Applies what a person said yes to, as it was then: changed content or a changed record makes the yes void (R229).</summary>
public sealed class ApplyApproved(
    IChangeSetStore store, TypeOpener types, ChangeSender sender, DuplicateCreates duplicates, TimeProvider time)
{
    /// <summary>Applies approved change sets of one proposer to records of one type.</summary>
    /// <param name="caller">Who asks for it to be done now.</param>
    /// <param name="permit">The proposer's own, judged now: rights that were taken away since do not come back by an approval.</param>
    /// <returns>One result a change set, in the order given.</returns>
    internal async Task<Result<IReadOnlyList<Result<ChangeSetRow>>>> ExecuteAsync(
        Caller caller, Permit permit, IReadOnlyList<ChangeSetRow> changes, CancellationToken cancellationToken)
    {
        if (!(await types.OpenAsync(permit, cancellationToken)).TryGet(out var open, out var failure))
        {
            return failure;
        }

        var comparison = new RecordComparison(open, open.Whole);
        var standing = changes
            .Where(change => change.State is ChangeState.Approved or ChangeState.Applying or ChangeState.Failed)
            .Where(change => change.Record.Id.Length > 0 && change.ValuesDroppedAt is null)
            .Select(RecordReading.Of);
        if (!(await comparison.ReadAsync([.. standing], cancellationToken)).TryGet(out var records, out failure))
        {
            return failure;
        }

        var grounds = new Grounds(caller, permit, open, comparison, records);
        var refusals = new Dictionary<string, Failure>(StringComparer.Ordinal);
        var writes = new List<PendingWrite>();
        foreach (var change in changes)
        {
            if (!(await InTurnAsync(grounds, change, cancellationToken)).TryGet(out var write, out failure))
            {
                refusals[change.Id] = failure;
            }
            else if (write is not null)
            {
                // One whose answer was lost may stand itself; it is looked for by its stamps.
                write.Failure ??= write.MayBeThere ? null : await duplicates.StandingAsync(open, write.Row, cancellationToken);
                writes.Add(write);
            }
        }

        await sender.SendAsync(permit, open, writes, cancellationToken);
        var results = new List<Result<ChangeSetRow>>(changes.Count);
        foreach (var change in changes)
        {
            results.Add(refusals.TryGetValue(change.Id, out var refused) ? refused
                : writes.Find(write => write.Row.Id == change.Id)?.FailureTold is { } failed ? failed
                : await store.FindAsync(change.Id, cancellationToken) ?? change);
        }

        return results;
    }

    // The turn ends before the CRM is asked anything: no node waits for another's call.
    private async Task<Result<PendingWrite?>> InTurnAsync(Grounds grounds, ChangeSetRow change, CancellationToken cancellationToken)
    {
        await using var turn = await duplicates.TurnAsync(change, cancellationToken);
        var taken = await TakeUpAsync(grounds, change, cancellationToken);
        if (taken.TryGet(out var write, out _) && write is not null)
        {
            write.Failure = await duplicates.BesideAsync(grounds.Open, write.Row, write.MayBeThere, cancellationToken);
        }

        return taken;
    }

    /// <summary>Takes one change set up for sending.</summary>
    /// <returns>The write; <see langword="null"/> where it stands applied already; or why it cannot be.</returns>
    private async Task<Result<PendingWrite?>> TakeUpAsync(Grounds grounds, ChangeSetRow change, CancellationToken cancellationToken)
    {
        switch (change.State)
        {
            case ChangeState.Applied or ChangeState.Verified:
                return Result<PendingWrite?>.Of(null);

            case ChangeState.Applying when ChangeStates.LongestInHand - (time.GetUtcNow() - change.UpdatedAt) is var rest && rest > TimeSpan.Zero:
                return new Failure(
                    FailureKind.Ambiguous, $"Change {change.Id} is being sent; asking again in {Math.Ceiling(rest.TotalSeconds)} s tells what became of it.", rest);

            case ChangeState.Failed when change.ValuesDroppedAt is not null:
                return ApplyChanges.Dropped(change);

            case ChangeState.Applying or ChangeState.Failed:
                return await BeginAsync(grounds, change, mayBeThere: true, cancellationToken);

            case ChangeState.Waiting:
                return new Failure(FailureKind.NeedsApproval, $"Change {change.Id} waits for a person; liaison change approve {change.Id} says yes to it.");

            case ChangeState.Approved when HindranceOf(grounds, change) is { } hindrance:
                await store.MoveAsync([ChangeStates.Move(change, hindrance.To, ChangeStates.Engine, hindrance.Note)], cancellationToken);
                return hindrance.Failure;

            case ChangeState.Approved:
                return await BeginAsync(grounds, change, mayBeThere: false, cancellationToken);

            default:
                return new Failure(FailureKind.Conflict, $"Change {change.Id} cannot be applied: it is {change.State.ToString().ToLowerInvariant()}.");
        }
    }

    // What was tried before is judged like what was not: between the two the record may have changed, and what was allowed been taken back.
    private static Hindrance? HindranceOf(Grounds grounds, ChangeSetRow change)
    {
        if ((change.Approval?.ContentHash ?? change.ContentHash) != ChangeContent.HashOf(change.Record, change.Content))
        {
            return Hindrance.Void(change, change.Approval is null ? "the content is not what was proposed" : "the content is not what was approved");
        }

        if (ClosedSince(grounds.Permit, grounds.Open, change) is { } closed)
        {
            return new Hindrance(ChangeState.Refused, closed.Message, closed);
        }

        if (change.Record.Id.Length == 0)
        {
            return null;
        }

        var record = grounds.Records.GetValueOrDefault(change.Record.Id);
        var changed = record is null ? ["the record itself, which is gone"] : grounds.Comparison.ChangedSinceProposal(RecordReading.Of(change).Content, record);
        if (changed.Count > 0)
        {
            var sentence = $"Since it was {(change.Approval is null ? "proposed" : "approved")} somebody has changed {string.Join(", ", changed)}.";
            return new Hindrance(ChangeState.Conflicted, sentence, new Failure(FailureKind.Conflict, $"{sentence} Propose anew on what stands there now."));
        }

        // One that is under way may have a sibling that was sent with it, and moved the record's version.
        return change.State != ChangeState.Applying && change.Approval is { } approval && record!.Version != approval.RecordVersion
            ? Hindrance.Void(change, "the record has changed since it was approved")
            : null;
    }

    private static Failure? ClosedSince(Permit permit, OpenType open, ChangeSetRow change)
    {
        var content = ChangeContent.FromJson(change.Content);
        var kind = Enum.GetValues<ChangeKind>().First(kind => ChangeCatalogue.NameOf(kind) == content.Action);
        var fields = content.Fields
            .Where(delta => !Schema.AiFields.Stamps.Contains(delta.Field))
            .Select(delta => open.Whole.Find(delta.NativeName))
            .ToList();
        if (permit.Unpromoted(kind, fields.OfType<FieldDefinition>()) is { Count: > 0 } unpromoted)
        {
            return permit.RefusalOf(unpromoted);
        }

        var needed = change.Approval is null ? WriteLevel.Auto : WriteLevel.Suggest;
        if (kind != ChangeKind.UpdateFields)
        {
            return permit.LevelOf(kind) < needed ? permit.RefusalOf(kind) : null;
        }

        var closed = fields.FirstOrDefault(field => field is null || permit.LevelOf(field) < needed);
        return closed is null ? null : permit.RefusalOf(closed);
    }

    private async Task<Result<PendingWrite?>> BeginAsync(
        Grounds grounds, ChangeSetRow change, bool mayBeThere, CancellationToken cancellationToken)
    {
        var note = change.State switch
        {
            ChangeState.Failed => "tried again",
            ChangeState.Applying => "taken up again: whoever sent it is gone",
            _ => null,
        };
        var moved = await store.MoveAsync(
            [ChangeStates.Move(change, ChangeState.Applying, grounds.Caller.Subject.Id, note) with { Seen = change.UpdatedAt }], cancellationToken);
        return moved.Count == 0
            ? new Failure(FailureKind.Ambiguous, $"Change {change.Id} was taken up by somebody else; asking again tells what became of it.")
            : new PendingWrite((await store.FindAsync(change.Id, cancellationToken))!, mayBeThere, await StampedAsync(grounds.Open, change, cancellationToken))
            {
                Hindrance = mayBeThere ? HindranceOf(grounds, change)?.Failure : null,
                Version = mayBeThere ? null : change.Approval?.RecordVersion,
            };
    }

    // The stamp of time of an approved change is that of the sending and not that of the proposal, which may be days old. It is
    // durable as the time of the move by which it was first sent, so that after a death it is known what to look for.
    private async Task<ChangeContent> StampedAsync(OpenType open, ChangeSetRow change, CancellationToken cancellationToken)
    {
        var content = ChangeContent.FromJson(change.Content);
        if (change.Approval is null || open.Whole.Find(FieldNames.AiUpdated) is not { } field)
        {
            return content;
        }

        var moves = await store.ListMovesAsync(change.Id, cancellationToken);
        var sent = moves.Last(move => move.To == ChangeState.Applying && move.From != ChangeState.Applying).At;
        return ValueWriter.Write(new FieldValue.Instant(sent), field, open.Dialect).TryGet(out var stamp, out _)
            ? content with { Fields = [.. content.Fields.Select(delta => delta.Field == FieldNames.AiUpdated ? delta with { After = stamp } : delta)] }
            : content;
    }

    /// <summary>What the change sets of one apply are judged by.</summary>
    /// <param name="Records">The records of those that are approved, as they stand now.</param>
    private sealed record Grounds(
        Caller Caller, Permit Permit, OpenType Open, RecordComparison Comparison, IReadOnlyDictionary<string, NativeRecord> Records);

    /// <summary>Why a change set may not be sent.</summary>
    /// <param name="To">The state of one that was never sent.</param>
    /// <param name="Note">What its move says.</param>
    private sealed record Hindrance(ChangeState To, string Note, Failure Failure)
    {
        /// <summary>Makes that of a yes which no longer holds; only one that was never sent can be looked at and approved anew.</summary>
        public static Hindrance Void(ChangeSetRow change, string why)
        {
            var mend = change.State == ChangeState.Approved ? "look at it again and approve anew" : "propose it anew";
            return new Hindrance(
                ChangeState.Waiting,
                $"The approval is void: {why}.",
                new Failure(
                    change.State == ChangeState.Approved ? FailureKind.NeedsApproval : FailureKind.Conflict,
                    change.Approval is null ? $"Change {change.Id} cannot be tried again: {why}; {mend}." : $"The approval of change {change.Id} is void: {why}; {mend}."));
        }
    }
}
