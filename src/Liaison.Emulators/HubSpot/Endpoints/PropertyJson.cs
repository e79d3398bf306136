using System.Text.Json;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Writes property definitions (contract section 5).</summary>
internal static class PropertyJson
{
    public static void Write(Utf8JsonWriter json, PropertyDefinition property)
    {
        json.WriteStartObject();
        RecordJson.WriteMoment(json, "updatedAt", property.UpdatedAt);
        RecordJson.WriteMoment(json, "createdAt", property.CreatedAt);
        json.WriteString("name", property.Name);
        json.WriteString("label", property.Label);
        json.WriteString("type", property.Type);
        json.WriteString("fieldType", property.FieldType);
        json.WriteString("description", property.Description);
        json.WriteString("groupName", property.GroupName);
        WriteOptions(json, property);
        json.WriteNumber("displayOrder", property.DisplayOrder);
        json.WriteBoolean("calculated", property.Calculated);
        json.WriteBoolean("externalOptions", property.ExternalOptions);
        json.WriteBoolean("archived", property.ArchivedAt is not null);
        json.WriteBoolean("hasUniqueValue", property.HasUniqueValue);
        json.WriteBoolean("hidden", property.Hidden);
        json.WriteBoolean("formField", property.FormField);
        json.WriteString("dataSensitivity", property.DataSensitivity);
        WriteHints(json, property);
        json.WriteStartObject("modificationMetadata");
        json.WriteBoolean("archivable", !property.HubSpotDefined);
        json.WriteBoolean("readOnlyDefinition", property.HubSpotDefined);
        json.WriteBoolean("readOnlyValue", property.ReadOnlyValue);
        if (property.Type == "enumeration")
        {
            json.WriteBoolean("readOnlyOptions", property.HubSpotDefined && property.ReadOnlyValue);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteOptions(Utf8JsonWriter json, PropertyDefinition property)
    {
        json.WriteStartArray("options");
        foreach (var option in property.Options)
        {
            json.WriteStartObject();
            json.WriteString("label", option.Label);
            json.WriteString("value", option.Value);
            json.WriteNumber("displayOrder", option.DisplayOrder);
            json.WriteBoolean("hidden", option.Hidden);
            if (option.Description is not null)
            {
                json.WriteString("description", option.Description);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes what is there: every hint may be missing (contract section 5).</summary>
    private static void WriteHints(Utf8JsonWriter json, PropertyDefinition property)
    {
        if (property.HubSpotDefined)
        {
            json.WriteBoolean("hubspotDefined", true);
        }

        if (property.ShowCurrencySymbol)
        {
            json.WriteBoolean("showCurrencySymbol", true);
        }

        WriteIfThere(json, "currencyPropertyName", property.CurrencyPropertyName);
        WriteIfThere(json, "numberDisplayHint", property.NumberDisplayHint);
        WriteIfThere(json, "textDisplayHint", property.TextDisplayHint);
        WriteIfThere(json, "referencedObjectType", property.ReferencedObjectType);
        WriteIfThere(json, "calculationFormula", property.CalculationFormula);
        WriteIfThere(json, "createdUserId", property.CreatedUserId);
        if (property.IsSensitive)
        {
            json.WriteStartArray("sensitiveDataCategories");
            json.WriteStringValue("HIPAA");
            json.WriteEndArray();
        }

        if (property.ArchivedAt is { } archivedAt)
        {
            RecordJson.WriteMoment(json, "archivedAt", archivedAt);
        }
    }

    private static void WriteIfThere(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
