using System.Collections.Frozen;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Policy;

namespace Liaison.Reading;

/// <summary>A schema as narrow as the permit: what is not in it does not exist for the caller.</summary>
/// <remarks>
/// Names, filters and sorts are resolved against this and nothing else, so a forbidden field and an unknown one are told
/// alike by construction and not by care (R54).
/// </remarks>
internal static class PermittedSchema
{
    public static RecordSchema Of(RecordSchema schema, Permit permit) => schema with
    {
        Fields = schema.Fields.Where(field => permit.MayRead(field.Value)).ToFrozenDictionary(StringComparer.Ordinal),
    };

    public static Result<IReadOnlyList<FieldDefinition>> Resolve(RecordSchema permitted, IReadOnlyList<string> names)
    {
        var fields = new List<FieldDefinition>(names.Count);
        foreach (var name in names)
        {
            if (permitted.Find(name) is not { } field)
            {
                return Unknown(name, permitted.Type);
            }

            fields.Add(field);
        }

        return fields;
    }

    public static Failure Unknown(string name, RecordType type) => new(
        FailureKind.NotFound,
        $"There is no field \"{name}\" on {type} for this caller; liaison describe lists those that there are.")
    {
        Field = name,
    };
}
