using System.Globalization;
using System.Text;
using System.Text.Json;
using Liaison.Model;

namespace Liaison.HubSpot.Wire;

/// <summary>Reads one JSON value as it stands; HubSpot sends text or null, and anything else is kept as well.</summary>
internal static class ValueReader
{
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
                return new(NativeKind.Json, JsonElement.ParseValue(ref reader).GetRawText());
        }
    }

    // HubSpot cuts long values, also through the middle of an emoji: one such value must not cost a page of records.
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

/// <summary>HubSpot's times: ISO text or milliseconds since 1970, in one answer (contracts/hubspot.md 5.1).</summary>
internal static class HubSpotTime
{
    // DateTimeOffset ends with the year 9999.
    private const long LastMillisecond = 253_402_300_799_999;

    internal static DateTimeOffset? Parse(string? text)
    {
        if (text is { Length: >= 11 and <= 14 } && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, LastMillisecond));
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }
}
