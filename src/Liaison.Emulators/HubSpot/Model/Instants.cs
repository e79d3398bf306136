using System.Globalization;

namespace Liaison.Emulators.HubSpot.Model;

/// <summary>How the CRM writes and reads moments and days.</summary>
internal static class Instants
{
    /// <summary>Writes a moment as the API does: without milliseconds when they are zero (contract section 5.1).</summary>
    public static string Format(DateTimeOffset moment)
    {
        var utc = moment.UtcDateTime;
        return utc.Millisecond == 0
            ? utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>Cuts a moment to the milliseconds that the CRM keeps.</summary>
    public static DateTimeOffset ToMilliseconds(DateTimeOffset moment) =>
        DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());

    /// <summary>Reads ISO 8601, a bare day, or epoch milliseconds.</summary>
    public static bool TryParse(string text, out DateTimeOffset moment)
    {
        // Eleven to fourteen digits are milliseconds (contract section 5.1, rule f).
        if (text.Length is >= 11 and <= 14 && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds))
        {
            moment = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
            return true;
        }

        if (text.Length >= 10 && text[4] == '-' && DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment))
        {
            return true;
        }

        // Zero and other short numbers are milliseconds too, as nothing else is written that way.
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out milliseconds) && Math.Abs(milliseconds) < 100_000_000_000_000)
        {
            moment = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
            return true;
        }

        moment = default;
        return false;
    }
}
