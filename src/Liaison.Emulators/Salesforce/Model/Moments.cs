using System.Globalization;

namespace Liaison.Emulators.Salesforce.Model;

/// <summary>Moments as Salesforce writes them (contract sections 4 and 15).</summary>
internal static class Moments
{
    /// <summary>Writes 2026-05-01T07:25:37.000+0000: no colon in the offset.</summary>
    public static string Format(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);

    public static string Format(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Format(TimeOnly time) => time.ToString("HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Writes the date of an HTTP header, which knows no part of a second.</summary>
    public static string Header(DateTimeOffset moment) => moment.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Cuts what the platform does not keep: stamps of records are whole seconds.</summary>
    public static DateTimeOffset ToSeconds(DateTimeOffset moment) => new(moment.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    /// <summary>Reads ISO 8601 with a zone: Z, +01:00 or +0100.</summary>
    public static bool TryParse(string text, out DateTimeOffset moment)
    {
        moment = default;
        return text.Contains('T', StringComparison.Ordinal)
            && HasZone(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out moment);
    }

    private static bool HasZone(string text)
    {
        var clock = text.AsSpan(text.IndexOf('T', StringComparison.Ordinal));
        return clock[^1] is 'Z' or 'z' || clock.IndexOfAny('+', '-') >= 0;
    }
}
