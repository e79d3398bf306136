using Liaison.Connectors;
using Liaison.Model;

namespace Liaison.Normalization;

/// <summary>Brings a native record to the typed model: types come from the schema, never from the payload.</summary>
/// <remarks>
/// Nothing in a value makes it throw: what does not read as its type says becomes <see cref="FieldValue.Unreadable"/>. Every
/// field keeps what the CRM sent, so that an untouched one is written back byte-equal. Pure and safe for concurrent use.
/// </remarks>
internal static class RecordNormalizer
{
    /// <summary>Types the asked fields; one that the answer left out is <see cref="FieldState.Absent"/>, and what was not asked for is dropped.</summary>
    public static Record Normalize(
        NativeRecord native,
        RecordSchema schema,
        IReadOnlyList<FieldDefinition> asked,
        ConnectionName connection,
        ValueDialect dialect,
        DateTimeOffset readAt)
    {
        var fields = new Dictionary<string, Field>(asked.Count, StringComparer.Ordinal);
        for (var index = 0; index < asked.Count; index++)
        {
            var definition = asked[index];
            fields[definition.Name] = native.Values.TryGetValue(definition.NativeName, out var raw)
                ? Type(definition, raw, native, schema, dialect)
                : new Field(definition.Name, FieldState.Absent, null, NativeValue.Missing);
        }

        var reference = new RecordRef(connection, native.Type, native.Id);
        return new Record(
            reference, fields, native.CreatedAt, native.UpdatedAt, native.Version, native.Url,
            new Provenance(reference, schema.NativeType, readAt));
    }

    /// <summary>Gives the asked fields and those that their typing needs: a sum is nothing without the currency that stands beside it.</summary>
    public static IReadOnlyList<FieldDefinition> WithNeeded(IReadOnlyList<FieldDefinition> asked, RecordSchema schema)
    {
        List<FieldDefinition>? needed = null;
        foreach (var definition in asked)
        {
            if (definition is { Type: FieldType.Money, CurrencyField: { } currency }
                && schema.ByNativeName.TryGetValue(currency, out var field)
                && !(needed ?? asked).Contains(field))
            {
                needed ??= [.. asked];
                needed.Add(field);
            }
        }

        return needed ?? asked;
    }

    private static Field Type(
        FieldDefinition definition, NativeValue raw, NativeRecord native, RecordSchema schema, ValueDialect dialect)
    {
        if (raw.Kind == NativeKind.Missing)
        {
            return new Field(definition.Name, FieldState.Absent, null, raw);
        }

        var value = definition.Type == FieldType.Money
            ? MoneyReader.Read(definition, raw, native, schema)
            : ValueReader.Read(definition, raw, dialect);
        return new Field(definition.Name, value.IsEmpty ? FieldState.Empty : FieldState.Present, value, raw);
    }
}
