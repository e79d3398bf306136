using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Writeback.Checks;

namespace Liaison.Writeback;

/// <summary>Judges change sets against schema, permit, rules and the record as it stands, before any call is made.</summary>
/// <remarks>The order is that of the cheapest refusal first: where it is about, what it may, whether each value is right, whether all are.</remarks>
internal sealed class ChangeValidator(Permit permit, WritableTypes types, PolicyOptions policy, ValueDialect dialect)
{
    private readonly Dictionary<RecordType, ChangeRules> rules = [];

    /// <summary>Validates one change set.</summary>
    /// <param name="current">The record as it was read; <see langword="null"/> for one that is yet to be made.</param>
    /// <returns>The valid change; <see langword="null"/> when the record already holds every value; or the first rule that refused.</returns>
    public Result<ValidatedChangeSet?> Validate(ChangeSet change, Record? current, DateTimeOffset now)
    {
        var plan = ActionPlan.Of(change.Action, now);
        if (Misdirected(change.Action, current) is { } misdirected)
        {
            return misdirected;
        }

        // A person reads the reason before the yes, in a console, a mail or a spreadsheet: it must not act or deceive there.
        if (ActiveContent.CheckReason(change.Reason) is { } active)
        {
            return active;
        }

        var level = permit.LevelOf(change.Action.Kind);
        if (level == WriteLevel.Off && change.Action.Kind != ChangeKind.UpdateFields)
        {
            return permit.RefusalOf(change.Action.Kind);
        }

        // What is made starts from nothing; what is updated, from the record that was read.
        var schema = types.Of(plan.Type);
        var basis = plan.Operation == WriteOperation.Create ? null : current;
        var writer = new DeltaWriter(dialect, basis);
        if (!new FieldResolver(permit, types.Target, schema).Resolve(change.Action.Kind, plan).TryGet(out var fields, out var failure)
            || !writer.Write(fields).TryGet(out var written, out failure)
            || !RulesOf(schema, now).Check(change, plan, written, basis, current).TryGet(out var warnings, out failure))
        {
            return failure;
        }

        var deltas = writer.DeltasOf(written);
        if (plan.Operation == WriteOperation.Update && deltas.Count == 0)
        {
            return Result<ValidatedChangeSet?>.Of(null);
        }

        if (!new SourceStamps(schema, permit.Connection.Name, dialect).Add(change, plan, now, deltas).TryGet(out deltas, out failure))
        {
            return failure;
        }

        // What production was not promoted to is shown and not sent; that it is so must be seen by whoever waits for it (R192).
        var opened = change.Action.Kind == ChangeKind.UpdateFields ? fields.Min(field => permit.LevelOf(field.Definition)) : level;
        var unpromoted = permit.Unpromoted(change.Action.Kind, fields.Select(field => field.Definition));
        if (unpromoted.Count > 0)
        {
            change = change with { Remarks = [.. change.Remarks, $"It is shown and not sent: {permit.RefusalOf(unpromoted).Message}"] };
            opened = opened < WriteLevel.DryRun ? opened : WriteLevel.DryRun;
        }

        return Result<ValidatedChangeSet?>.Of(Judge(change, plan, current, opened, deltas, warnings));
    }

    private ChangeRules RulesOf(RecordSchema schema, DateTimeOffset now) => rules.TryGetValue(schema.Type, out var known)
        ? known
        : rules[schema.Type] = new ChangeRules(policy, types.Target, schema, now);

    // The write goes to the permit's type and connection whatever the change says, and what is a change is told from the record
    // that was read: both have to be those that were meant.
    private Failure? Misdirected(ChangeAction action, Record? current) =>
        action is ChangeAction.LogSummary { IsLoggable: false } ? new Failure(
            FailureKind.Invalid, $"A summary is logged as one of {string.Join(", ", ChangeAction.LogSummary.Forms)}.") { Field = "as" }
        : action.Target.Connection != permit.Connection.Name
        || action.Target.Type != permit.Type
        || (action is not ChangeAction.CreateRecord && current?.Ref != action.Target)
            ? new Failure(
                FailureKind.Invalid,
                $"The change is not about a {permit.Type} of {permit.Connection.Name}, or another record was read for it; read the record and propose again.")
            : null;

    private ValidatedChangeSet Judge(
        ChangeSet change, ActionPlan plan, Record? current, WriteLevel level, List<FieldDelta> deltas, IReadOnlyList<string> warnings)
    {
        var limit = policy.Agents.GetValueOrDefault(permit.Caller.Actor.Id)?.Limits.ValueOfChange;
        var risk = RiskJudge.Of(change.Action, deltas, warnings, limit);
        var content = new ChangeContent(
            ChangeCatalogue.NameOf(change.Action.Kind), plan.Operation, plan.Type.Name, change.Reason, change.Source, deltas)
        {
            Links = [.. plan.Parting, .. plan.Links.Select(link => new LinkDelta(link.ToType.Name, link.ToId, link.Label, Remove: false))],
            Evidence = change.Evidence ?? [],
            Warnings = [.. change.Remarks, .. warnings, .. RiskJudge.WarningsOf(change.Action, deltas)],
            Undoes = change.Undoes,
        };
        return new ValidatedChangeSet(
            change,
            content,
            risk,
            automatic: level == WriteLevel.Auto && risk == RiskClass.Low,
            dryRun: level == WriteLevel.DryRun,
            current?.Version)
        {
            NaturalKey = change.Action is ChangeAction.CreateRecord ? NaturalKeyOf(types.Of(plan.Type), change, deltas) : null,
        };
    }

    private string? NaturalKeyOf(RecordSchema schema, ChangeSet change, List<FieldDelta> deltas) => NaturalKey.Of(
        [.. deltas.Select(delta => (Field: schema.Find(delta.NativeName), delta.After.Raw)).Where(pair => pair.Field is not null).Select(pair => (pair.Field!, pair.Raw))],
        policy.PlusAddressesAreOne)?.Hash(change.Action.Target);
}
