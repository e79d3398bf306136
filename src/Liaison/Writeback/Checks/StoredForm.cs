using Liaison.Connectors;
using Liaison.Model;
using Liaison.Normalization;

namespace Liaison.Writeback.Checks;

/// <summary>A proposed value as its field would hold it: a rule judges what will be stored and not how a model spelled it.</summary>
internal static class StoredForm
{
    private static readonly ValueDialect Dialect = new();

    /// <summary>Types a value by its field; one that the field would refuse stays what it is.</summary>
    public static FieldValue Of(FieldValue value, FieldDefinition field)
    {
        // What was read from the CRM may be a choice that is no longer offered, which no write would take.
        if (value is FieldValue.Unreadable || IsOfType(value, field.Type))
        {
            return value;
        }

        return ValueWriter.Write(value, field with { Writable = true, MaxLength = null }, Dialect).TryGet(out var written, out _)
            ? ValueReader.Read(field, written, Dialect)
            : value;
    }

    // Choices are left out: whoever proposes one may have put its label where the value belongs.
    private static bool IsOfType(FieldValue value, FieldType type) => value switch
    {
        FieldValue.Text => type == FieldType.Text,
        FieldValue.RichText => type == FieldType.RichText,
        FieldValue.Number or FieldValue.Money => type is FieldType.Number or FieldType.Money,
        FieldValue.Flag => type == FieldType.Flag,
        FieldValue.Date => type == FieldType.Date,
        FieldValue.Instant => type == FieldType.Instant,
        FieldValue.TimeOfDay => type == FieldType.TimeOfDay,
        FieldValue.Reference => type == FieldType.Reference,
        _ => false,
    };
}
