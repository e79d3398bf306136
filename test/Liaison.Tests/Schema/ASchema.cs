using System.Collections.Frozen;
using Liaison.Model;

namespace Liaison.Tests.Schema;

/// <summary>Makes schemas and definitions; a test states only what it is about.</summary>
internal static class ASchema
{
    public static RecordSchema Of(params FieldDefinition[] fields) =>
        new(RecordType.Contact, "contacts", fields.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal))
        {
            DefaultCurrency = "EUR",
        };

    public static FieldDefinition Field(FieldType type, string name = "it") =>
        new(name, "native_" + name, name, type) { NativeType = "test" };

    public static FieldDefinition Choice(params string[] values) => Choice(FieldType.Option, values);

    public static FieldDefinition Choice(FieldType type, params string[] values) => Field(type) with
    {
        Options = [.. values.Select(value => new OptionDefinition(value, value.ToUpperInvariant() + " label"))],
    };
}
