using System.Text.Json;
using Liaison.Emulators.Salesforce.Http;

namespace Liaison.Emulators.Salesforce.Control;

/// <summary>Answers of the control routes.</summary>
internal static class ControlJson
{
    public static Reply Problem(int status, string message) => new(status, json =>
    {
        json.WriteStartObject();
        json.WriteString("error", message);
        json.WriteEndObject();
    });

    public static Reply Done(string name, string? value) => Reply.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteString(name, value);
        json.WriteEndObject();
    });

    public static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
