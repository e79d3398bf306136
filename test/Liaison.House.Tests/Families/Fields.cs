using System.Collections.Frozen;
using Liaison.Model;
using Liaison.Reading.Filters;

namespace Liaison.House.Tests.Families;

/// <summary>One field of every type, named after it.</summary>
internal static class Fields
{
    private static readonly Dictionary<FieldType, string> Texts = new()
    {
        [FieldType.Text] = "a text", [FieldType.RichText] = "a text", [FieldType.Number] = "5", [FieldType.Money] = "5", [FieldType.Flag] = "true",
        [FieldType.Date] = "2026-12-31", [FieldType.Instant] = "2026-12-31T08:00:00Z", [FieldType.TimeOfDay] = "13:00",
        [FieldType.Option] = "a", [FieldType.OptionList] = "a", [FieldType.Reference] = "7",
    };

    public static IReadOnlyList<FieldDefinition> All { get; } = [.. Enum.GetValues<FieldType>().Select(Of)];

    public static RecordSchema Schema { get; } = new(
        RecordType.Contact, "contacts", All.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal));

    public static FieldDefinition Of(FieldType type) => new(type.ToString(), type.ToString(), type.ToString(), type)
    {
        Options = type is FieldType.Option or FieldType.OptionList ? [new OptionDefinition("a", "A"), new OptionDefinition("b", "B")] : [],
    };

    public static string TextOf(FieldType type) => Texts[type];

    public static FilterOperand OperandOf(string field) => new(Texts[Enum.Parse<FieldType>(field)], Quoted: true, 3);
}
