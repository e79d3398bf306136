using System.Text.Json;
using Liaison.Emulators.Salesforce.Catalog;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Rights;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Describing;

/// <summary>Writes a field as describe does: the same members in the same order for every field (contract section 4).</summary>
internal static class FieldJson
{
    public static void Write(Utf8JsonWriter json, UserObject seen, SObjectField field)
    {
        json.WriteStartObject();
        json.WriteBoolean("aggregatable", field.Aggregatable);
        json.WriteBoolean("aiPredictionField", false);
        json.WriteBoolean("autoNumber", field.AutoNumber);
        json.WriteNumber("byteLength", ByteLength(field));
        json.WriteBoolean("calculated", field.Formula);
        json.WriteNull("calculatedFormula");
        json.WriteBoolean("cascadeDelete", false);
        json.WriteBoolean("caseSensitive", false);
        json.WriteString("compoundFieldName", field.CompoundFieldName);
        json.WriteString("controllerName", field.ControllerName);
        json.WriteBoolean("createable", seen.CanCreate(field));
        json.WriteBoolean("custom", field.IsCustom);
        WriteDefault(json, field);
        json.WriteNull("defaultValueFormula");
        json.WriteBoolean("defaultedOnCreate", field.DefaultedOnCreate);
        json.WriteBoolean("dependentPicklist", field.ControllerName is not null);
        json.WriteBoolean("deprecatedAndHidden", false);
        json.WriteNumber("digits", field.Digits);
        json.WriteBoolean("displayLocationInDecimal", false);
        json.WriteBoolean("encrypted", field.Type == SoqlType.EncryptedString);
        json.WriteBoolean("externalId", field.ExternalId);
        json.WriteString("extraTypeInfo", field.ExtraTypeInfo);
        json.WriteBoolean("filterable", field.Filterable);
        json.WriteNull("filteredLookupInfo");
        json.WriteBoolean("formulaTreatNullNumberAsZero", false);
        json.WriteBoolean("groupable", field.Groupable);
        json.WriteBoolean("highScaleNumber", false);
        json.WriteBoolean("htmlFormatted", field.Html);
        json.WriteBoolean("idLookup", field.IdLookup);
        json.WriteNull("inlineHelpText");
        json.WriteString("label", field.Label);
        json.WriteNumber("length", field.Length);
        json.WriteNull("mask");
        json.WriteNull("maskType");
        json.WriteString("name", field.Name);
        json.WriteBoolean("nameField", field.NameField);
        json.WriteBoolean("namePointing", field.Polymorphic);
        json.WriteBoolean("nillable", field.Nillable);
        json.WriteBoolean("permissionable", field.Permissionable);
        WritePicklist(json, field, seen);
        json.WriteBoolean("polymorphicForeignKey", field.Polymorphic);
        json.WriteNumber("precision", field.Precision);
        json.WriteBoolean("queryByDistance", field.IsCompound);
        json.WriteNull("referenceTargetField");
        WriteNames(json, "referenceTo", field.ReferenceTo);
        json.WriteString("relationshipName", field.RelationshipName);
        json.WriteNull("relationshipOrder");
        json.WriteBoolean("restrictedDelete", false);
        json.WriteBoolean("restrictedPicklist", field.RestrictedPicklist);
        json.WriteNumber("scale", field.Scale);
        json.WriteBoolean("searchPrefilterable", field.SearchPrefilterable);
        json.WriteString("soapType", SoapType(field.Type));
        json.WriteBoolean("sortable", field.Sortable);
        json.WriteString("type", FieldTable.Spelling(field.Type));
        json.WriteBoolean("unique", field.Unique);
        json.WriteBoolean("updateable", seen.CanUpdate(field));
        json.WriteBoolean("writeRequiresMasterRead", false);
        json.WriteEndObject();
    }

    public static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>Three bytes a character, except for ids and what the platform writes itself.</summary>
    private static int ByteLength(SObjectField field) =>
        field.Type is SoqlType.Id or SoqlType.Reference || field.Name == "Fiscal" ? field.Length : field.Length * 3;

    private static void WriteDefault(Utf8JsonWriter json, SObjectField field)
    {
        if (field.Type == SoqlType.Boolean)
        {
            json.WriteBoolean("defaultValue", field.DefaultValue == "true");
            return;
        }

        json.WriteString("defaultValue", field.Picklist.FirstOrDefault(value => value.IsDefault)?.Value);
    }

    private static void WritePicklist(Utf8JsonWriter json, SObjectField field, UserObject seen)
    {
        var controlling = field.ControllerName is { } name && seen.TryGetField(name, out var controller) ? controller.Picklist.Count : 0;
        json.WriteStartArray("picklistValues");
        foreach (var value in field.Picklist)
        {
            json.WriteStartObject();
            json.WriteBoolean("active", value.IsActive);
            json.WriteBoolean("defaultValue", value.IsDefault);
            json.WriteString("label", value.Label);
            json.WriteString("validFor", value.ValidFor is { } positions ? Bits(positions, controlling) : null);
            json.WriteString("value", value.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Packs positions into bits, the most significant first (contract section 4).</summary>
    private static string Bits(IReadOnlyList<int> positions, int controlling)
    {
        var bytes = new byte[Math.Max(1, (controlling + 7) / 8)];
        foreach (var position in positions)
        {
            bytes[position >> 3] |= (byte)(0x80 >> (position & 7));
        }

        return Convert.ToBase64String(bytes);
    }

    private static string SoapType(SoqlType type) => type switch
    {
        SoqlType.Id or SoqlType.Reference => "tns:ID",
        SoqlType.Boolean => "xsd:boolean",
        SoqlType.Int => "xsd:int",
        SoqlType.Double or SoqlType.Currency or SoqlType.Percent => "xsd:double",
        SoqlType.Date => "xsd:date",
        SoqlType.DateTime => "xsd:dateTime",
        SoqlType.Time => "xsd:time",
        SoqlType.Base64 => "xsd:base64Binary",
        SoqlType.Address => "urn:address",
        SoqlType.Location => "urn:location",
        SoqlType.AnyType => "xsd:anyType",
        SoqlType.String or SoqlType.TextArea or SoqlType.Email or SoqlType.Phone or SoqlType.Url or SoqlType.Picklist
            or SoqlType.MultiPicklist or SoqlType.ComboBox or SoqlType.EncryptedString => "xsd:string",
    };
}
