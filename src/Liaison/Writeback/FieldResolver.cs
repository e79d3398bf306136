using Liaison.Failures;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Reading;
using Liaison.Schema;

namespace Liaison.Writeback;

/// <summary>A field that is to be written and what it is to hold, as it was asked.</summary>
internal sealed record ResolvedField(FieldDefinition Definition, FieldChange Asked);

/// <summary>Finds the fields of a change and judges the right to write each.</summary>
/// <param name="permitted">What the caller may know of the type that the permit is for.</param>
/// <param name="schema">Every field of the type that is written.</param>
internal sealed class FieldResolver(Permit permit, RecordSchema permitted, RecordSchema schema)
{
    public Result<IReadOnlyList<ResolvedField>> Resolve(ChangeKind kind, ActionPlan plan)
    {
        var fields = new List<ResolvedField>(plan.Fields.Count + plan.Welcome.Count);
        foreach (var asked in plan.Fields)
        {
            if (!(plan.Asked ? ResolveAsked(kind, asked) : ResolveOwn(asked)).TryGet(out var field, out var failure))
            {
                return failure with { Field = asked.Field };
            }

            if (fields.Any(other => other.Definition.NativeName == field.NativeName))
            {
                return new Failure(FailureKind.Invalid, $"The field \"{field.Name}\" is given twice; give it once.") { Field = asked.Field };
            }

            fields.Add(new ResolvedField(field, asked));
        }

        fields.AddRange(plan.Welcome
            .Where(welcome => schema.Find(welcome.Field) is { Writable: true })
            .Select(welcome => new ResolvedField(schema.Find(welcome.Field)!, welcome)));
        return plan.Operation == WriteOperation.Create && kind == ChangeKind.CreateRecord && Lacking(fields) is { } lacking
            ? lacking
            : fields;
    }

    private Result<FieldDefinition> ResolveAsked(ChangeKind kind, FieldChange asked)
    {
        // What the engine itself writes beside every change; a caller cannot set or forge it (R72, R73).
        if (AiFields.Stamps.Contains(schema.Find(asked.Field)?.Name ?? asked.Field))
        {
            return new Failure(FailureKind.Invalid, $"\"{asked.Field}\" is written by the engine beside every change and cannot be asked for.");
        }

        // What the caller may not read does not exist for a write either: the answer shows what stood there, and whether it was equal.
        if (schema.Find(asked.Field) is not { } field || !permit.MayRead(field))
        {
            return PermittedSchema.Unknown(asked.Field, permitted.Type);
        }

        // For a create the action is what was granted; only what is guarded has to be opened by name all the same.
        var closed = kind == ChangeKind.CreateRecord
            ? field.Guard != FieldGuard.None && permit.LevelOf(field) == WriteLevel.Off
            : permit.LevelOf(field) == WriteLevel.Off;
        return closed ? permit.RefusalOf(field) : field;
    }

    // A field that the action itself names: the right to the action is the right to it.
    private Result<FieldDefinition> ResolveOwn(FieldChange own) => schema.Find(own.Field) is { } field
        ? field
        : new Failure(FailureKind.Unsupported, $"{schema.Type} has no field for {own.Field} in this CRM, so that this action cannot be carried out on it.");

    // Told before the call, all that the CRM says it requires at once (R71).
    private Failure? Lacking(List<ResolvedField> given)
    {
        var lacking = schema.Fields.Values
            .Where(field => field is { Required: true, Writable: true } && given.All(other => other.Definition.NativeName != field.NativeName))
            .Select(field => field.Name)
            .Order(StringComparer.Ordinal)
            .ToList();
        return lacking.Count == 0 ? null : new Failure(
            FailureKind.Invalid, $"A new {schema.Type} needs {string.Join(", ", lacking)} in this CRM; give them too.") { Field = lacking[0] };
    }
}
