using System.Globalization;
using System.Text;
using System.Text.Json;
using Liaison.Model;

namespace Liaison.Salesforce.Wire;

/// <summary>Reads one JSON value as it stands; the two compound forms, which nobody can write, as the line that people read.</summary>
internal static class ValueReader
{
    private static readonly string[] AddressParts = ["street", "postalCode", "city", "state", "country"];

    internal static NativeValue Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return new(NativeKind.Text, Text(ref reader));
            case JsonTokenType.Null:
                return NativeValue.Null;
            case JsonTokenType.Number:
                return new(NativeKind.Number, Encoding.UTF8.GetString(reader.ValueSpan));
            case JsonTokenType.True:
                return new(NativeKind.Flag, "true");
            case JsonTokenType.False:
                return new(NativeKind.Flag, "false");
            default:
                return Read(JsonElement.ParseValue(ref reader));
        }
    }

    internal static NativeValue Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => NativeValue.OfText(value.GetString()),
        JsonValueKind.Number => new(NativeKind.Number, value.GetRawText()),
        JsonValueKind.True => new(NativeKind.Flag, "true"),
        JsonValueKind.False => new(NativeKind.Flag, "false"),
        JsonValueKind.Object when Compound(value) is { } line => line,
        JsonValueKind.Object or JsonValueKind.Array => new(NativeKind.Json, value.GetRawText()),
        _ => NativeValue.Null,
    };

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

    // A value cut through the middle of an emoji must not cost a page of records.
    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}

/// <summary>Salesforce's times, whose offset has no colon: <c>2026-05-01T07:25:37.000+0000</c> (contracts/salesforce.md 4).</summary>
internal static class SalesforceTime
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ss.fffzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    internal static DateTimeOffset? Parse(string? text)
    {
        // The parser wants the colon that Salesforce leaves out.
        var colon = text is { Length: > 5 } && text[^5] is '+' or '-' ? text.Insert(text.Length - 2, ":") : text;
        return DateTimeOffset.TryParseExact(
            colon, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }
}
