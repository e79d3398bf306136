using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.HubSpot.Imports;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Writes imports and what went wrong with them.</summary>
internal static class ImportJson
{
    public static void Write(Utf8JsonWriter json, CrmImport import)
    {
        json.WriteStartObject();
        RecordJson.WriteId(json, "id", import.Id);
        json.WriteString("importName", import.Name);
        json.WriteString("importSource", "API");
        json.WriteString("state", import.State);
        json.WriteBoolean("optOutImport", false);
        RecordJson.WriteMoment(json, "createdAt", import.CreatedAt);
        RecordJson.WriteMoment(json, "updatedAt", import.UpdatedAt);
        json.WriteStartArray("mappedObjectTypeIds");
        foreach (var type in import.Types)
        {
            json.WriteStringValue(type.Id);
        }

        json.WriteEndArray();
        json.WriteStartObject("metadata");
        json.WriteStartObject("counters");
        foreach (var (name, count) in import.Counters)
        {
            json.WriteNumber(name, count);
        }

        json.WriteEndObject();
        json.WriteStartArray("fileIds");
        foreach (var file in import.Files)
        {
            json.WriteStringValue(file.Id.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteEndArray();
        json.WriteStartArray("objectLists");
        if (import.ListId is { } list)
        {
            json.WriteStartObject();
            RecordJson.WriteId(json, "listId", list);
            json.WriteString("objectType", "CONTACT");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WritePropertyName("importRequestJson");
        import.Request.WriteTo(json);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ImportFault fault, bool message, bool row)
    {
        json.WriteStartObject();
        RecordJson.WriteId(json, "id", fault.Id);
        json.WriteNumber("createdAt", fault.At.ToUnixTimeMilliseconds());
        json.WriteString("errorType", fault.Kind);
        if (message)
        {
            json.WriteString("errorMessage", fault.Message);
        }

        if (fault.Column is { } column)
        {
            json.WriteNumber("knownColumnNumber", column.At + 1);
            json.WriteString("objectTypeId", column.Type.Id);
            json.WriteString("invalidValue", fault.Line.Cells[column.At]);
        }

        json.WriteStartObject("sourceData");
        json.WriteNumber("fileId", fault.File.Id);
        json.WriteNumber("lineNumber", fault.Line.Number);
        json.WriteBoolean("containsEncryptedProperties", false);
        json.WriteStartArray("rowData");
        foreach (var cell in row ? fault.Line.Cells : [])
        {
            json.WriteStringValue(cell);
        }

        json.WriteEndArray();
        json.WriteStartArray("additionalRowData");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
