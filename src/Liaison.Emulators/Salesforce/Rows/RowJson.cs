using System.Text.Json;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Soql.Answers;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Rows;

/// <summary>Writes records: attributes first, then Id, then the fields asked for.</summary>
internal static class RowJson
{
    public static void Write(Utf8JsonWriter json, Call call, SObjectRow row, IEnumerable<SObjectField> fields)
    {
        json.WriteStartObject();
        WriteAttributes(json, call, row);
        foreach (var field in fields)
        {
            json.WritePropertyName(field.Name);
            if (field.Type == SoqlType.Base64)
            {
                json.WriteStringValue($"{call.UrlOf(row)}/{field.Name}");
            }
            else
            {
                ValueJson.Write(json, row[field], field.Type);
            }
        }

        json.WriteEndObject();
    }

    public static void WriteAttributes(Utf8JsonWriter json, Call call, SObjectRow row)
    {
        json.WriteStartObject("attributes");
        json.WriteString("type", row.Type.Name);
        json.WriteString("url", call.UrlOf(row));
        json.WriteEndObject();
    }

    /// <summary>Writes {"id","success","errors"} of one record, as rows and collections answer.</summary>
    /// <param name="created">Whether an upsert made the record; <see langword="null"/> for what is no upsert.</param>
    public static void WriteOutcome(Utf8JsonWriter json, string? id, IReadOnlyList<SalesforceError> errors, bool? created = null)
    {
        json.WriteStartObject();
        if (errors.Count == 0)
        {
            json.WriteString("id", id);
        }

        json.WriteBoolean("success", errors.Count == 0);
        json.WriteStartArray("errors");
        foreach (var error in errors)
        {
            json.WriteStartObject();

            // Within collections the code is called statusCode, and fields are always there (contract section 7).
            json.WriteString("statusCode", error.Code);
            json.WriteString("message", error.Message);
            json.WriteStartArray("fields");
            foreach (var field in error.Fields ?? [])
            {
                json.WriteStringValue(field);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (created is { } made)
        {
            json.WriteBoolean("created", made);
        }

        json.WriteEndObject();
    }
}
