using Liaison.Model;

namespace Liaison.Reading;

/// <summary>Which fields are meant where a request names none.</summary>
public static class DefaultFields
{
    private const int SmallType = 40;

    /// <summary>Gives every canonical field that the caller may read, and of a small record type the CRM's own too.</summary>
    public static IReadOnlyList<string> Of(RecordSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return
        [
            .. schema.Fields.Values
                .Where(field => field.Name != field.NativeName || schema.Fields.Count <= SmallType)
                .Select(field => field.Name)
                .Order(StringComparer.Ordinal),
        ];
    }
}
