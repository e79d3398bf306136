using Liaison.Failures;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Reading;

namespace Liaison.Writeback;

/// <summary>A change set beside the record as its proposer read it.</summary>
public sealed record ProposedChange(ChangeSet Change, Record AsRead);

/// <summary>Takes changes in: judges each, applies those that need no person, and stores the rest to wait for one.</summary>
public sealed class SubmitChanges(TypeOpener types, IChangeSetStore store, ApplyChanges apply, TimeProvider time)
{
    /// <summary>Submits changes to records of one type.</summary>
    /// <returns>One outcome a change, in the order given; a failure where none could be judged.</returns>
    internal async Task<Result<IReadOnlyList<ChangeOutcome>>> ExecuteAsync(
        Permit permit, IReadOnlyList<ProposedChange> changes, CancellationToken cancellationToken)
    {
        if (!(await types.OpenAsync(permit, cancellationToken)).TryGet(out var open, out var failure))
        {
            return failure;
        }

        var outcomes = new Dictionary<string, ChangeOutcome>(StringComparer.Ordinal);
        var valid = Judge(permit, open, changes, outcomes);
        var automatic = valid.Where(change => change.IsAutomatic).ToList();
        if (automatic.Count > 0)
        {
            Note(outcomes, await apply.ExecuteAsync(permit, open, automatic, cancellationToken));
        }

        await StoreAsync([.. valid.Where(change => !change.IsAutomatic)], outcomes, cancellationToken);
        return Result<IReadOnlyList<ChangeOutcome>>.Of([.. changes.Select(change => outcomes[change.Change.Id])]);
    }

    private List<ValidatedChangeSet> Judge(
        Permit permit, OpenType open, IReadOnlyList<ProposedChange> changes, Dictionary<string, ChangeOutcome> outcomes)
    {
        var validator = new ChangeValidator(permit, open.Permitted, open.Whole, open.Dialect);
        var now = time.GetUtcNow();
        var valid = new List<ValidatedChangeSet>(changes.Count);
        var turns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (change, asRead) in changes)
        {
            // Lost outcomes are told by the stamp of time: two changes to one record must not carry the same.
            var turn = turns[asRead.Ref.Id] = turns.GetValueOrDefault(asRead.Ref.Id, -1) + 1;
            if (!validator.Validate(change, asRead, now.AddMilliseconds(turn)).TryGet(out var judged, out var failure))
            {
                outcomes[change.Id] = new ChangeOutcome(change, null, failure);
            }
            else if (judged is null)
            {
                outcomes[change.Id] = new ChangeOutcome(change, null, null, Unchanged: true);
            }
            else
            {
                valid.Add(judged);
            }
        }

        return valid;
    }

    private async Task StoreAsync(
        IReadOnlyList<ValidatedChangeSet> changes, Dictionary<string, ChangeOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
        {
            return;
        }

        var rows = await store.AddAsync(
            [.. changes.Select(change => change.IsDryRun
                ? apply.RowOf(change, ChangeState.Validated, "dry run: shown, not sent")
                : apply.RowOf(change, ChangeState.Waiting, "waits for approval"))],
            cancellationToken);
        for (var index = 0; index < changes.Count; index++)
        {
            var row = rows[index];
            var change = changes[index].Change;
            outcomes[change.Id] = new ChangeOutcome(change, new Receipt(row.Id, row.Record, row.State, Sent: false), null);
        }
    }

    private static void Note(Dictionary<string, ChangeOutcome> outcomes, IReadOnlyList<ChangeOutcome> applied)
    {
        foreach (var outcome in applied)
        {
            outcomes[outcome.Change.Id] = outcome;
        }
    }
}
