using Liaison.Model;
using Liaison.Normalization;
using Liaison.Policy;
using Liaison.Schema;
using Liaison.Writeback.Checks;

namespace Liaison.Writeback;

/// <summary>Which fields of a record the engine reads to judge a change of it.</summary>
internal static class ProposalFields
{
    // What the claims of a text about somebody are looked up in beside what is cited; only what the caller may read, or guesses
    // at a hidden value could be tried out here.
    private static readonly string[] Known =
    [
        FieldNames.FirstName, FieldNames.LastName, FieldNames.Email, FieldNames.Phone, FieldNames.JobTitle, FieldNames.Name, FieldNames.Domain,
    ];

    /// <summary>Gives the fields that change, those that rules on them look at, and those that tell whom it is about.</summary>
    public static IReadOnlyList<FieldDefinition> Of(ChangeAction action, RecordSchema schema, Permit permit, PolicyOptions policy)
    {
        var plan = ActionPlan.Of(action, default);
        var changed = plan.Type == schema.Type
            ? plan.Fields.Select(change => schema.Find(change.Field)?.Name).OfType<string>().ToList()
            : [];
        if (changed.Any(name => name is FieldNames.Stage or FieldNames.Pipeline))
        {
            changed.AddRange([FieldNames.Stage, FieldNames.Pipeline]);
        }

        var rules = BusinessRules.Compile([.. policy.Rules.Where(rule => rule.Type == schema.Type.Name)], schema, default)
            .TryGet(out var compiled, out _) ? compiled.FieldsNeeded(changed) : [];
        FieldDefinition[] fields =
        [
            .. changed.Concat(rules).Concat(AiFields.Stamps).Append(FieldNames.OptedOut)
                .Select(schema.Find)
                .Concat(Known.Select(schema.Find).Where(field => field is not null && permit.MayRead(field)))
                .OfType<FieldDefinition>()
                .DistinctBy(field => field.NativeName),
        ];
        return RecordNormalizer.WithNeeded(fields, schema);
    }
}
