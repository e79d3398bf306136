using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Reading;

namespace Liaison.Writeback;

/// <summary>A person's decision on one change set.</summary>
/// <param name="ContentHash">The hash of what the person saw; <see langword="null"/> takes the content as it stands.</param>
/// <param name="Comment">What the person says to it.</param>
public sealed record Decision(string Id, string? ContentHash = null, string? Comment = null);

/// <summary>Takes a person's yes or no; a yes is bound to the content, the target and the record as it stands at that moment.</summary>
public sealed class DecideChanges(IChangeSetStore store, TypeOpener types, ApproverRules approvers, TimeProvider time)
{
    /// <summary>Says yes to change sets of one proposer to records of one type.</summary>
    /// <param name="permit">The proposer's own: nobody's yes gives a change more rights than it was proposed with.</param>
    /// <returns>One result a change set, in the order given.</returns>
    internal async Task<Result<IReadOnlyList<Result<ChangeSetRow>>>> ApproveAsync(
        Caller caller, Permit permit, IReadOnlyList<ChangeSetRow> changes, Decision decision, CancellationToken cancellationToken)
    {
        if (!(await types.OpenAsync(permit, cancellationToken)).TryGet(out var open, out var failure))
        {
            return failure;
        }

        var comparison = new RecordComparison(open, open.Whole);
        var judged = changes.ToDictionary(change => change.Id, change => Judge(caller, change, decision), StringComparer.Ordinal);
        var standing = changes.Where(change => judged[change.Id].Failure is null && change.Record.Id.Length > 0).ToList();
        if (!(await comparison.ReadAsync([.. standing.Select(RecordReading.Of)], cancellationToken)).TryGet(out var records, out failure))
        {
            return failure;
        }

        var results = new List<Result<ChangeSetRow>>(changes.Count);
        foreach (var change in changes)
        {
            results.Add(judged[change.Id].TryGet(out var standsInFor, out failure)
                ? await ApproveAsync(caller, change, decision, standsInFor, comparison, records.GetValueOrDefault(change.Record.Id), cancellationToken)
                : failure);
        }

        return results;
    }

    /// <summary>Says no to one change set.</summary>
    internal async Task<Result<ChangeSetRow>> RejectAsync(
        Caller caller, ChangeSetRow change, Decision decision, CancellationToken cancellationToken) =>
        change.State is not (ChangeState.Waiting or ChangeState.Approved) ? NotWaiting(change)
        : approvers.Judge(caller, change).TryGet(out _, out var denied)
            ? await MoveAsync(change, ChangeState.Rejected, caller.Subject.Id, decision.Comment ?? "rejected", approval: null, cancellationToken)
            : denied;

    private Result<string> Judge(Caller caller, ChangeSetRow change, Decision decision) =>
        change.State != ChangeState.Waiting ? NotWaiting(change)
        : decision.ContentHash is { } seen && seen != change.ContentHash
            ? new Failure(FailureKind.Conflict, $"Change {change.Id} is not what was shown; look at it again and decide on what it is now.")
            : approvers.Judge(caller, change);

    private async Task<Result<ChangeSetRow>> ApproveAsync(
        Caller caller,
        ChangeSetRow change,
        Decision decision,
        string standsInFor,
        RecordComparison comparison,
        NativeRecord? record,
        CancellationToken cancellationToken)
    {
        if (change.Record.Id.Length > 0)
        {
            // The fields of the change are compared with the proposal; the version of the whole record is what the yes binds to.
            var changed = record is null ? ["the record itself, which is gone"] : comparison.ChangedSinceProposal(RecordReading.Of(change).Content, record);
            if (changed.Count > 0)
            {
                var sentence = $"Since it was proposed somebody has changed {string.Join(", ", changed)}.";
                await MoveAsync(change, ChangeState.Conflicted, ChangeStates.Engine, sentence, approval: null, cancellationToken);
                return new Failure(FailureKind.Conflict, $"{sentence} Propose anew on what stands there now.");
            }
        }

        var approval = new Approval(
            caller.Subject.Id, standsInFor.Length > 0 ? standsInFor : null, time.GetUtcNow(), change.ContentHash, record?.Version, decision.Comment);
        var note = standsInFor.Length > 0 ? $"approved in place of {standsInFor}" : "approved";
        return await MoveAsync(change, ChangeState.Approved, caller.Subject.Id, decision.Comment ?? note, approval, cancellationToken);
    }

    private async Task<Result<ChangeSetRow>> MoveAsync(
        ChangeSetRow change, ChangeState to, string by, string note, Approval? approval, CancellationToken cancellationToken)
    {
        await store.MoveAsync([ChangeStates.Move(change, to, by, note) with { Approval = approval }], cancellationToken);

        // Whoever was quicker has decided: what stands there now is the answer.
        var stands = await store.FindAsync(change.Id, cancellationToken) ?? change;
        return stands.State == to ? stands : NotWaiting(stands);
    }

    private static Failure NotWaiting(ChangeSetRow change) => new(
        FailureKind.Conflict,
        $"Change {change.Id} waits for nobody: it is {change.State.ToString().ToLowerInvariant()}{(change.Note is { } note ? $" ({note.TrimEnd('.')})" : "")}.");
}
