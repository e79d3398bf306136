using System.Collections.Frozen;
using Liaison.Connectors;
using Liaison.Model;
using Liaison.Salesforce.Declaration;

namespace Liaison.Salesforce.Schema;

/// <summary>Brings described fields to field definitions; section 4 of contracts/salesforce.md.</summary>
internal static class FieldMapping
{
    /// <summary>The field that holds a record's currency; it is there in organisations with several currencies only.</summary>
    internal const string CurrencyField = "CurrencyIsoCode";

    private static readonly RecordType User = new("user");

    /// <summary>Maps a whole object, giving canonical names where the type has them.</summary>
    internal static FrozenDictionary<string, FieldDefinition> Map(RecordTypeDescriptor type, IReadOnlyList<FieldDocument> described)
    {
        var byName = described.Where(field => field.Name is { Length: > 0 }).DistinctBy(field => field.Name).ToDictionary(field => field.Name!, StringComparer.Ordinal);
        var currency = byName.ContainsKey(CurrencyField) ? CurrencyField : null;
        var fields = new Dictionary<string, FieldDefinition>(StringComparer.Ordinal);
        foreach (var (native, field) in byName.Where(pair => pair.Value.DeprecatedAndHidden is not true))
        {
            var name = SalesforceRecordTypes.NameOf(type, native);
            var controller = field.ControllerName is { } controlling ? byName.GetValueOrDefault(controlling) : null;
            fields.TryAdd(name, Map(name, native, field, controller, currency));
        }

        return fields.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FieldDefinition Map(string name, string native, FieldDocument field, FieldDocument? controller, string? currency)
    {
        var type = TypeOf(field);
        var references = type == FieldType.Reference ? ReferenceOf(field) : null;

        return new(name, native, field.Label is { Length: > 0 } label ? label : native, type)
        {
            NativeType = field.Type ?? "",
            Options = type is FieldType.Option or FieldType.OptionList ? DependentOptions.Of(field, controller) : [],

            // Some fields can be given to a new record and never changed; that they can be written at all is what this says.
            Writable = field.Createable is true || field.Updateable is true,
            Required = field.Createable is true && field.Nillable is false && field.DefaultedOnCreate is not true && type != FieldType.Flag,

            // Unique alone keeps records apart and finds none: that takes an external id too (contracts/salesforce.md 3.2).
            Unique = field is { Unique: true, ExternalId: true },
            MaxLength = type is FieldType.Text or FieldType.RichText && field.Length is > 0 and var length ? length : null,
            References = references,

            // Behind a field that may point to several types stands a name and little else (contracts/salesforce.md 6.2).
            Relationship = references is not null && field is { ReferenceTo.Count: 1, RelationshipName: { Length: > 0 } relationship } ? relationship : null,
            CurrencyField = type == FieldType.Money ? currency : null,
            ControlledBy = type is FieldType.Option or FieldType.OptionList && controller is not null ? controller.Name : null,
            Sensitivity = field.Type == "encryptedstring" || field.Encrypted is true || field.MaskType is { Length: > 0 }
                ? Sensitivity.HighlySensitive
                : Sensitivity.Normal,
            Guard = SalesforceGuards.Of(name, native, type, references == User),
        };
    }

    private static FieldType TypeOf(FieldDocument field) => field.Type switch
    {
        "textarea" => field.HtmlFormatted is true ? FieldType.RichText : FieldType.Text,
        "picklist" => FieldType.Option,
        "multipicklist" => FieldType.OptionList,
        "boolean" => FieldType.Flag,

        // A percentage of 50 is fifty in a hundred, and so a number like any other.
        "int" or "long" or "double" or "percent" => FieldType.Number,
        "currency" => FieldType.Money,
        "date" => FieldType.Date,
        "datetime" => FieldType.Instant,
        "time" => FieldType.TimeOfDay,
        "reference" => FieldType.Reference,

        // string, email, phone, url, combobox, id, address, location, anyType, json, and whatever comes: never thrown, always text.
        _ => FieldType.Text,
    };

    // A field may point to several types: then the id says the type and not the field. Queues own records as users do, and are told by
    // their ids too.
    private static RecordType? ReferenceOf(FieldDocument field) => field.ReferenceTo?.Where(target => target != "Group").ToList() is [var only]
        ? SalesforceRecordTypes.OfObject(only)
        : null;
}

/// <summary>The choices of a field, and for which values of another field each may be chosen.</summary>
internal static class DependentOptions
{
    internal static IReadOnlyList<OptionDefinition> Of(FieldDocument field, FieldDocument? controller)
    {
        var controlling = ControllingValues(controller);

        return
        [
            .. from choice in field.PicklistValues ?? []
               where choice.Value is not null
               select new OptionDefinition(choice.Value!, choice.Label ?? choice.Value!, choice.Active is not false)
               {
                   ValidFor = controlling is null || choice.ValidFor is null ? null : ValidFor(choice.ValidFor, controlling),
               },
        ];
    }

    private static IReadOnlyList<string>? ControllingValues(FieldDocument? controller) => controller?.Type switch
    {
        null => null,

        // A check box controls by two values, the unchecked one first.
        "boolean" => ["false", "true"],
        _ => [.. (controller.PicklistValues ?? []).Select(choice => choice.Value ?? "")],
    };

    // Bit i, the highest of a byte first, stands for the i-th controlling value (contracts/salesforce.md 4).
    private static IReadOnlyList<string>? ValidFor(string encoded, IReadOnlyList<string> controlling)
    {
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var length)
            ? [.. controlling.Where((_, place) => place >> 3 < length && (bytes[place >> 3] & (0x80 >> (place & 7))) != 0)]
            : null;
    }
}
