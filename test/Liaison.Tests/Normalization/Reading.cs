using Liaison.Connectors;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Tests.Schema;

namespace Liaison.Tests.Normalization;

/// <summary>Reads one value the way that a record's values are read.</summary>
internal static class Reading
{
    public static readonly ValueDialect HubSpot = new() { EverythingIsText = true, EmptyTextClears = true, EpochMilliseconds = true };
    public static readonly ValueDialect Salesforce = new();
    public static readonly ValueDialect Dynamics = new() { ListSeparator = ',', NumericOptions = true };
    public static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static Field Field(FieldDefinition definition, NativeValue raw, ValueDialect? dialect = null) =>
        Record(definition, new Dictionary<string, NativeValue> { [definition.NativeName] = raw }, dialect).Fields[definition.Name];

    public static FieldValue? Value(FieldDefinition definition, string raw, ValueDialect? dialect = null) =>
        Field(definition, NativeValue.OfText(raw), dialect).Value;

    public static Model.Record Record(
        FieldDefinition definition, Dictionary<string, NativeValue> values, ValueDialect? dialect = null)
    {
        var native = new NativeRecord(RecordType.Contact, "1", values, null, null, null, null);
        return RecordNormalizer.Normalize(
            native, ASchema.Of(definition), [definition], new ConnectionName("crm"), dialect ?? HubSpot, Now);
    }
}
