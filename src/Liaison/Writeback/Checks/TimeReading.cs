using System.Globalization;

namespace Liaison.Writeback.Checks;

/// <summary>Reads times of day.</summary>
internal static class TimeReading
{
    /// <summary>Reads a time such as <c>10:30</c>, <c>10:30:00</c> or <c>10:30 pm</c>.</summary>
    /// <returns>Its end; 0 for what is none.</returns>
    public static int Read(string text, int at, int limit, out NumberReading reading)
    {
        reading = default;
        var colon = DigitsEnd(text, at, limit);
        if (colon - at > 2 || colon >= limit || text[colon] != ':')
        {
            return 0;
        }

        var end = DigitsEnd(text, colon + 1, limit);
        var hours = Value(text, at, colon);
        var minutes = Value(text, colon + 1, end);
        if (end - colon != 3 || hours > 23 || minutes > 59)
        {
            return 0;
        }

        if (end < limit && text[end] == ':' && DigitsEnd(text, end + 1, limit) == end + 3)
        {
            end += 3;
        }

        var half = end < limit && text[end] == ' ' ? end + 1 : end;
        var isLater = half + 1 < limit && text.AsSpan(half, 2).Equals("pm", StringComparison.OrdinalIgnoreCase) && hours < 12;
        reading = new NumberReading(NumberSense.TimeOfDay, ((isLater ? hours + 12 : hours) * 60) + minutes);
        return end;
    }

    private static int DigitsEnd(string text, int at, int limit)
    {
        while (at < limit && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    private static int Value(string text, int start, int end) =>
        int.TryParse(text.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : int.MaxValue;
}
