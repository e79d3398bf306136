using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Policy;
using Liaison.Schema;

namespace Liaison.Writeback;

/// <summary>Judges change sets against schema, permit, rules and the record as it stands, before any call is made.</summary>
internal sealed class ChangeValidator(Permit permit, RecordSchema permitted, RecordSchema whole, ValueDialect dialect)
{
    // What the engine itself writes beside every change; a caller cannot set or forge them (R72, R73).
    private static readonly string[] Stamps = [FieldNames.AiSource, FieldNames.AiUpdated];

    /// <summary>Validates one change set.</summary>
    /// <returns>The valid change; <see langword="null"/> when the record already holds every value; or the first rule that refused.</returns>
    public Result<ValidatedChangeSet?> Validate(ChangeSet change, Record current, DateTimeOffset now)
    {
        var update = (ChangeAction.UpdateFields)change.Action;
        if (Misdirected(update, current) is { } misdirected)
        {
            return misdirected;
        }

        if (!ResolveAll(update.Fields).TryGet(out var fields, out var unresolved))
        {
            return unresolved;
        }

        // By what the fields are and not by how the caller called them.
        if (AiOutputRules.Check([.. update.Fields.Zip(fields, (asked, field) => asked with { Field = field.Name })]) is { } broken)
        {
            return broken;
        }

        var deltas = new List<FieldDelta>(fields.Count + Stamps.Length);
        var level = WriteLevel.Auto;
        foreach (var (asked, field) in update.Fields.Zip(fields))
        {
            if (!ValueWriter.Write(asked.Value, field, dialect).TryGet(out var after, out var failure))
            {
                return failure with { Field = asked.Field };
            }

            var fieldLevel = permit.LevelOf(field);
            level = fieldLevel < level ? fieldLevel : level;
            if (!Holds(current, field, after))
            {
                deltas.Add(DeltaOf(field, current, after, asked.Value));
            }
        }

        if (deltas.Count == 0)
        {
            return Result<ValidatedChangeSet?>.Of(null);
        }

        return Stamp(change, current, now, deltas) is { } refused
            ? refused
            : Result<ValidatedChangeSet?>.Of(Judge(change, current, level, deltas));
    }

    // The write goes to the permit's type and connection whatever the change says, and what is a change is told from the record
    // that was read: both have to be those that were meant.
    private Failure? Misdirected(ChangeAction.UpdateFields update, Record current) =>
        update.Record.Connection != permit.Connection.Name || update.Record.Type != permit.Type || current.Ref != update.Record
            ? new Failure(
                FailureKind.Invalid,
                $"The change is not about a {permit.Type} of {permit.Connection.Name}, or another record was read for it; read the record and propose again.")
            : null;

    private Result<IReadOnlyList<FieldDefinition>> ResolveAll(IReadOnlyList<FieldChange> changes)
    {
        var fields = new List<FieldDefinition>(changes.Count);
        foreach (var asked in changes)
        {
            if (!Resolve(asked).TryGet(out var field, out var failure))
            {
                return failure with { Field = asked.Field };
            }

            if (fields.Any(other => other.NativeName == field.NativeName))
            {
                return new Failure(FailureKind.Invalid, $"The field \"{field.Name}\" is given twice; give it once.") { Field = asked.Field };
            }

            fields.Add(field);
        }

        return fields;
    }

    // A field that was not read may hold anything: only what was read and found equal is left out.
    private static bool Holds(Record current, FieldDefinition field, NativeValue after) =>
        current.Fields.TryGetValue(field.Name, out var held)
        && held.State is FieldState.Present or FieldState.Empty
        && (held.Raw == after || (held.Raw.Raw is null or "" && after.Raw is null or ""));

    private Result<FieldDefinition> Resolve(FieldChange asked)
    {
        if (Stamps.Contains(whole.Find(asked.Field)?.Name ?? asked.Field))
        {
            return new Failure(FailureKind.Invalid, $"\"{asked.Field}\" is written by the engine beside every change and cannot be asked for.");
        }

        // A field that may not be written is told like one that does not exist, unless the caller may read it.
        if (whole.Find(asked.Field) is not { } field || (permit.LevelOf(field) == WriteLevel.Off && !permit.MayRead(field)))
        {
            return Reading.PermittedSchema.Unknown(asked.Field, permitted.Type);
        }

        return permit.LevelOf(field) == WriteLevel.Off
            ? new Failure(FailureKind.Denied, $"No grant opens writing \"{field.Name}\" on {permitted.Type}; policy.grants can open it.") { DeniedBy = DeniedBy.Policy }
            : field;
    }

    private static FieldDelta DeltaOf(FieldDefinition field, Record current, NativeValue after, FieldValue value)
    {
        var before = current.Fields.TryGetValue(field.Name, out var held) ? held : default;
        return new FieldDelta(
            field.Name, field.NativeName, before.Raw, after, ValueText.Of(before.Value), ValueText.Of(value));
    }

    /// <summary>Adds source and time; gives the refusal where the record type cannot carry them.</summary>
    private Failure? Stamp(ChangeSet change, Record current, DateTimeOffset now, List<FieldDelta> deltas)
    {
        // The CRMs keep milliseconds; more digits would make a read-back look like another value.
        var moment = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        FieldValue[] values = [new FieldValue.Text(change.Source), new FieldValue.Instant(moment)];
        for (var index = 0; index < Stamps.Length; index++)
        {
            if (whole.Find(Stamps[index]) is not { } field)
            {
                return new Failure(
                    FailureKind.Drifted,
                    $"{permitted.Type} has no field for {Stamps[index]}, without which nothing is written; liaison fields apply {permit.Connection.Name} creates it.");
            }

            if (!ValueWriter.Write(values[index], field, dialect).TryGet(out var after, out var failure))
            {
                return failure;
            }

            deltas.Add(DeltaOf(field, current, after, values[index]));
        }

        return null;
    }

    private static ValidatedChangeSet Judge(ChangeSet change, Record current, WriteLevel level, List<FieldDelta> deltas)
    {
        // Fields that only AI writes are low in risk; whatever people and their workflows act upon waits for a person (R227).
        var risk = deltas.TrueForAll(delta => AiFields.Names.Contains(delta.Field)) ? RiskClass.Low : RiskClass.Consequential;
        var content = new ChangeContent("update", change.Reason, change.Source, deltas);
        return new ValidatedChangeSet(
            change,
            content,
            risk,
            automatic: level == WriteLevel.Auto && risk == RiskClass.Low,
            dryRun: level == WriteLevel.DryRun,
            current.Version);
    }
}
