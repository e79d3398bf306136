using System.Text.Json;
using Liaison.Model;
using Liaison.Wire;

namespace Liaison.Salesforce.Wire;

/// <summary>Reads one JSON value as it stands; the two compound forms, which nobody can write, as the line that people read.</summary>
internal static class ValueReader
{
    private static readonly string[] AddressParts = ["street", "postalCode", "city", "state", "country"];

    internal static NativeValue Read(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.StartObject ? Read(JsonElement.ParseValue(ref reader)) : NativeJson.Read(ref reader);

    internal static NativeValue Read(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && Compound(value) is { } line ? line : NativeJson.Read(value);

    private static NativeValue? Compound(JsonElement value)
    {
        if (value.TryGetProperty("city", out _) && value.TryGetProperty("country", out _))
        {
            var parts = AddressParts.Select(part => value.Text(part)).Where(part => !string.IsNullOrWhiteSpace(part)).Select(part => part!.ReplaceLineEndings(" "));
            return string.Join(", ", parts) is { Length: > 0 } line ? NativeValue.OfText(line) : NativeValue.Null;
        }

        return value.TryGetProperty("latitude", out _) && value.Text("latitude") is { } latitude && value.Text("longitude") is { } longitude
            ? NativeValue.OfText($"{latitude}, {longitude}")
            : null;
    }
}
