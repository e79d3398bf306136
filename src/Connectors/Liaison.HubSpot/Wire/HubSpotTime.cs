using System.Globalization;

namespace Liaison.HubSpot.Wire;

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
