using System.Globalization;

namespace Liaison.Normalization;

/// <summary>Dates and times as the CRMs write them, read from spans and written in the one form that all of them take.</summary>
internal static class TemporalText
{
    private const long MinMilliseconds = -62_135_596_800_000;
    private const long MaxMilliseconds = 253_402_300_799_999;

    /// <summary>Reads a day; of a point in time the day as it is written, so that no zone shifts it.</summary>
    public static bool TryDate(ReadOnlySpan<char> text, out DateOnly date)
    {
        text = text.Trim();
        return TryDay(text, out date) && (text.Length == 10 || TryClock(text[10..], out _, out _));
    }

    /// <summary>Reads a point in time: with or without a fraction, <c>Z</c>, <c>+00:00</c>, <c>+0000</c>; without an offset it is UTC, and a bare day is its midnight in UTC.</summary>
    public static bool TryInstant(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        text = text.Trim();
        instant = default;
        long clock = 0;
        long offset = 0;
        if (!TryDay(text, out var date) || (text.Length > 10 && !TryClock(text[10..], out clock, out offset)))
        {
            return false;
        }

        var ticks = (date.DayNumber * TimeSpan.TicksPerDay) + clock - offset;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        instant = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    /// <summary>Reads a time of day such as <c>13:00</c> or Salesforce's <c>13:00:00.000Z</c>.</summary>
    public static bool TryTime(ReadOnlySpan<char> text, out TimeOnly time)
    {
        text = text.Trim();
        var read = TryTimeOfDay(text, out var ticks, out var length)
            && (length == text.Length || (length == text.Length - 1 && text[length] is 'Z' or 'z'));
        time = read ? new TimeOnly(ticks) : default;
        return read;
    }

    /// <summary>Reads milliseconds since 1970: 11 to 14 digits, since fewer could be anything (contracts/hubspot.md 5.1 f).</summary>
    public static bool TryEpoch(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        text = text.Trim();
        instant = default;
        var digits = text.StartsWith('-') ? text[1..] : text;
        if (digits.Length is < 11 or > 14 || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var milliseconds = long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (milliseconds is < MinMilliseconds or > MaxMilliseconds)
        {
            return false;
        }

        instant = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return true;
    }

    public static string Print(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Writes UTC with a <c>Z</c>, with the fraction that there is and none where it is zero.</summary>
    public static string Print(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    public static string Print(TimeOnly time) => time.ToString("HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static bool TryDay(ReadOnlySpan<char> text, out DateOnly date)
    {
        date = default;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..10], out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    /// <summary>Reads what follows a day: <c>T08:00:00.123+10:00</c>.</summary>
    private static bool TryClock(ReadOnlySpan<char> text, out long clock, out long offset)
    {
        offset = 0;
        clock = 0;
        return text[0] is 'T' or 't' or ' '
            && TryTimeOfDay(text[1..], out clock, out var length)
            && TryOffset(text[(1 + length)..], out offset);
    }

    private static bool TryTimeOfDay(ReadOnlySpan<char> text, out long ticks, out int length)
    {
        ticks = 0;
        length = 5;
        if (text.Length < 5 || text[2] != ':' || !TryDigits(text[..2], out var hour) || !TryDigits(text[3..5], out var minute)
            || hour > 23 || minute > 59)
        {
            return false;
        }

        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        if (text.Length < 8 || text[5] != ':')
        {
            return true;
        }

        if (!TryDigits(text[6..8], out var second) || second > 59)
        {
            return false;
        }

        ticks += second * TimeSpan.TicksPerSecond;
        length = 8;
        return text.Length == 8 || text[8] != '.' || TryFraction(text, ref ticks, ref length);
    }

    /// <summary>Reads the digits after the point; what is finer than a tick falls away, since the raw text keeps it.</summary>
    private static bool TryFraction(ReadOnlySpan<char> text, ref long ticks, ref int length)
    {
        var unit = TimeSpan.TicksPerSecond;
        for (length = 9; length < text.Length && char.IsAsciiDigit(text[length]); length++)
        {
            unit /= 10;
            ticks += unit * (text[length] - '0');
        }

        return length > 9;
    }

    private static bool TryOffset(ReadOnlySpan<char> text, out long offset)
    {
        offset = 0;
        if (text.IsEmpty || text is "Z" or "z")
        {
            return true;
        }

        var minutes = text.Length switch
        {
            3 => "00",
            5 => text[3..],
            6 when text[3] == ':' => text[4..],
            _ => default,
        };
        if (text[0] is not ('+' or '-') || minutes.IsEmpty
            || !TryDigits(text[1..3], out var hour) || !TryDigits(minutes, out var minute) || hour > 14 || minute > 59)
        {
            return false;
        }

        offset = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        offset = text[0] == '-' ? -offset : offset;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return true;
    }
}
