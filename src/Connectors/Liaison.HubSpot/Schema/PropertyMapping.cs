using System.Collections.Frozen;
using Liaison.Connectors;
using Liaison.HubSpot.Declaration;
using Liaison.HubSpot.Wire;
using Liaison.Model;

namespace Liaison.HubSpot.Schema;

/// <summary>Brings property definitions to field definitions; section 5 of contracts/hubspot.md, where every member may be missing.</summary>
internal static class PropertyMapping
{
    /// <summary>The most characters that HubSpot takes in a text.</summary>
    internal const int MaxTextLength = 65_536;

    private const string Owner = "hubspot_owner_id";

    private static readonly RecordType User = new("user");

    private static readonly FrozenDictionary<string, RecordType> References = new Dictionary<string, RecordType>(StringComparer.Ordinal)
    {
        ["OWNER"] = User,
        ["CONTACT"] = RecordType.Contact,
        ["COMPANY"] = RecordType.Company,
        ["DEAL"] = RecordType.Deal,
        ["TICKET"] = RecordType.Ticket,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Maps a whole type, giving canonical names where the type has them.</summary>
    internal static FrozenDictionary<string, FieldDefinition> Map(RecordTypeDescriptor type, IEnumerable<PropertyDocument> properties)
    {
        var fields = new Dictionary<string, FieldDefinition>(StringComparer.Ordinal);
        foreach (var property in properties)
        {
            if (property.Name is { Length: > 0 } native && property.Archived is not true)
            {
                var name = HubSpotRecordTypes.NameOf(type, native);
                fields.TryAdd(name, Map(name, native, property) with { Required = HubSpotRecordTypes.IsRequired(type, native) });
            }
        }

        return fields.ToFrozenDictionary(StringComparer.Ordinal);
    }

    internal static FieldDefinition Map(string name, string native, PropertyDocument property)
    {
        var references = References.GetValueOrDefault(property.ReferencedObjectType ?? "");
        var type = TypeOf(native, property, references != default);

        return new(name, native, property.Label is { Length: > 0 } label ? label : native, type)
        {
            NativeType = $"{property.Type}/{property.FieldType}",
            Options = type is FieldType.Option or FieldType.OptionList ? Options(property) : [],
            OptionsElsewhere = property.ExternalOptions is true,
            Writable = IsWritable(property),
            Unique = property.HasUniqueValue is true,
            MaxLength = type is FieldType.Text or FieldType.RichText ? MaxTextLength : null,
            References = type != FieldType.Reference ? null : references == default ? User : references,
            CurrencyField = type == FieldType.Money && property.CurrencyPropertyName is { Length: > 0 } currency ? currency : null,
            Sensitivity = property.DataSensitivity switch
            {
                null or "" or "non_sensitive" => Sensitivity.Normal,
                "highly_sensitive" => Sensitivity.HighlySensitive,
                // "sensitive", and any word that HubSpot may add between the two.
                _ => Sensitivity.Sensitive,
            },
            Guard = HubSpotGuards.Of(name, native, type, type == FieldType.Reference && (references == default || references == User)),
        };
    }

    private static FieldType TypeOf(string native, PropertyDocument property, bool hasReference) => property.Type switch
    {
        "string" => property.FieldType == "html" ? FieldType.RichText : FieldType.Text,
        "number" => IsMoney(property) ? FieldType.Money : FieldType.Number,
        "bool" => FieldType.Flag,
        "date" => FieldType.Date,
        "datetime" => FieldType.Instant,
        "enumeration" when property.FieldType == "booleancheckbox" && OffersOnlyYesAndNo(property) => FieldType.Flag,
        "enumeration" when property.FieldType == "checkbox" => FieldType.OptionList,
        "enumeration" when native == Owner || (property.ExternalOptions is true && hasReference) => FieldType.Reference,
        "enumeration" => FieldType.Option,
        // phone_number, object_coordinates, json, and whatever comes: never thrown, always text.
        _ => FieldType.Text,
    };

    private static bool IsMoney(PropertyDocument property) =>
        property.NumberDisplayHint == "currency" || property.ShowCurrencySymbol is true || property.CurrencyPropertyName is { Length: > 0 };

    private static bool OffersOnlyYesAndNo(PropertyDocument property) =>
        (property.Options ?? []).All(option => option.Value is "true" or "false");

    private static bool IsWritable(PropertyDocument property) =>
        property.ModificationMetadata?.ReadOnlyValue is false
        && property.Calculated is not true
        && property.FieldType?.StartsWith("calculation_", StringComparison.Ordinal) is not true;

    private static IReadOnlyList<OptionDefinition> Options(PropertyDocument property) =>
    [
        .. from option in property.Options ?? []
           where option.Value is not null
           // A negative order means none: those stand behind the ordered ones.
           orderby option.DisplayOrder is >= 0 ? option.DisplayOrder : int.MaxValue
           select new OptionDefinition(option.Value!, option.Label ?? option.Value!, option.Hidden is not true),
    ];
}
