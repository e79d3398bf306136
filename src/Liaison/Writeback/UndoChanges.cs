using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Reading;
using Liaison.Work;

namespace Liaison.Writeback;

/// <summary>What became of the undoing of one change set.</summary>
/// <param name="Restored">Whether what stood there before stands there again.</param>
/// <param name="Why">Where it does not: what stands in the way, in one sentence.</param>
/// <param name="Fields">The fields that somebody has changed since.</param>
public sealed record UndoOutcome(string ChangeId, RecordRef Record, bool Restored, string? Why, IReadOnlyList<string> Fields);

/// <summary>Puts back what change sets did, where nobody has changed it since; an undo is a change set itself, once and durable.</summary>
public sealed class UndoChanges(IChangeSetStore store, TypeOpener types, ChangeSender sender, IdSource ids, TimeProvider time)
{
    /// <summary>Undoes change sets about records of one type.</summary>
    /// <param name="permit">Whose rights the writes are made with.</param>
    /// <returns>One outcome a change set, in the order given; a failure where none could be looked at.</returns>
    internal async Task<Result<IReadOnlyList<UndoOutcome>>> ExecuteAsync(
        Caller caller, Permit permit, IReadOnlyList<ChangeSetRow> changes, string reason, CancellationToken cancellationToken)
    {
        if (!(await types.OpenAsync(permit, cancellationToken)).TryGet(out var open, out var failure))
        {
            return failure;
        }

        var begun = await store.FindByKeysAsync([.. changes.Select(change => KeyOf(change.Id))], cancellationToken);
        var plans = new List<UndoPlan>();
        foreach (var group in changes.Select(change => new UndoPlan(change, begun.GetValueOrDefault(KeyOf(change.Id)))).GroupBy(plan => plan.Type))
        {
            var schema = Result<RecordSchema>.Of(open.Whole);
            if (group.Key != permit.Type)
            {
                schema = await types.DescribeBesideAsync(open, group.Key, cancellationToken);
            }

            if (!schema.TryGet(out var whole, out failure)
                || !(await CompareAsync(new RecordComparison(open, whole), [.. group], cancellationToken)).TryGet(out _, out failure))
            {
                return failure;
            }

            plans.AddRange(group);
        }

        var writes = await BeginAsync(caller, open, [.. plans.Where(plan => plan.Hindrance is null)], reason, cancellationToken);

        // Whoever has stopped an agent wants to undo what it did: the stop does not hold this up.
        await sender.SendAsync(permit, open, [.. writes.Values], cancellationToken, stoppable: false);
        await CloseAsync(caller, plans, writes, reason);
        return changes.Select(change => OutcomeOf(plans.First(plan => plan.Change.Id == change.Id), writes.GetValueOrDefault(change.Id))).ToList();
    }

    private static string KeyOf(string changeId) => $"undo/{changeId}";

    private static async Task<Result<Done>> CompareAsync(RecordComparison comparison, IReadOnlyList<UndoPlan> plans, CancellationToken cancellationToken)
    {
        var readings = plans.Where(plan => plan.Hindrance is null && !plan.IsLink).Select(plan => new RecordReading(plan.RecordId, plan.Content));
        if (!(await comparison.ReadAsync([.. readings], cancellationToken)).TryGet(out var records, out var failure))
        {
            return failure;
        }

        foreach (var plan in plans.Where(plan => plan.Hindrance is null && !plan.IsLink))
        {
            plan.Compare(records.GetValueOrDefault(plan.RecordId), comparison);
        }

        return Done.Value;
    }

    /// <summary>Makes the intents durable; an undo that was begun before is taken up where it stands.</summary>
    private async Task<Dictionary<string, PendingWrite>> BeginAsync(
        Caller caller, OpenType open, IReadOnlyList<UndoPlan> plans, string reason, CancellationToken cancellationToken)
    {
        var rows = new List<ChangeSetRow>(plans.Count);
        var now = time.GetUtcNow();
        foreach (var plan in plans)
        {
            if (plan.ContentOf(open, reason, now).TryGet(out var content, out var failure))
            {
                var json = content.ToJson();
                var target = plan.Change.Record with { Type = plan.Type, Id = plan.RecordId };
                rows.Add(new ChangeSetRow(
                    ids.Next("chg"), KeyOf(plan.Change.Id), target, ChangeState.Applying, plan.Change.Risk, json,
                    ChangeContent.HashOf(target, json), RecordVersion: null, caller, $"undoes {plan.Change.Id}", now, now));
            }
            else
            {
                plan.Hinder(failure.Message);
            }
        }

        var stored = await store.AddAsync(rows, cancellationToken);
        var failed = stored.Where(row => row.State == ChangeState.Failed).ToList();
        await store.MoveAsync([.. failed.Select(row => ChangeStates.Move(row, ChangeState.Applying, ChangeStates.Engine, "tried again"))], cancellationToken);
        return rows.Zip(stored).ToDictionary(
            pair => pair.First.Key[KeyOf("").Length..],
            pair => new PendingWrite(
                pair.Second.State == ChangeState.Failed ? pair.Second with { State = ChangeState.Applying } : pair.Second,
                mayBeThere: pair.First.Id != pair.Second.Id),
            StringComparer.Ordinal);
    }

    private Task<IReadOnlySet<string>> CloseAsync(Caller caller, List<UndoPlan> plans, Dictionary<string, PendingWrite> writes, string reason) => store.MoveAsync(
        [.. plans
            .Where(plan => writes.TryGetValue(plan.Change.Id, out var write) && IsDone(write))
            .Select(plan => ChangeStates.Move(plan.Change, ChangeState.Undone, caller.Subject.Id, reason))],
        CancellationToken.None);

    private static bool IsDone(PendingWrite write) =>
        write.Failure is null || (write is { Content.Operation: WriteOperation.Delete, Failure.Kind: FailureKind.NotFound });

    private static UndoOutcome OutcomeOf(UndoPlan plan, PendingWrite? write)
    {
        var record = plan.Change.Record with { Type = plan.Type, Id = plan.RecordId };
        return plan.Hindrance is { } hindrance ? new UndoOutcome(plan.Change.Id, record, Restored: false, hindrance, plan.ChangedSince)
            : write is not null && !IsDone(write) ? new UndoOutcome(plan.Change.Id, record, Restored: false, write.Failure!.Message, [])
            : new UndoOutcome(plan.Change.Id, record, Restored: true, null, []);
    }
}
