using System.Collections.Frozen;
using System.Globalization;

namespace Liaison.Writeback.Checks;

/// <summary>Reads days in figures and with the name of the month.</summary>
internal static class DayReading
{
    private const int LongestMonth = 10;

    // English, German, French, Spanish; as short as they are written.
    private static readonly FrozenDictionary<string, int> Months = new[]
    {
        "jan january januar jänner janvier enero ene", "feb february februar février fevrier febrero", "mar march märz mrz mars marzo",
        "apr april avril abril abr", "may mai mayo", "jun june juni juin junio", "jul july juli juillet julio", "aug august août aout agosto ago",
        "sep sept september septembre septiembre", "oct october okt oktober octobre octubre", "nov november novembre noviembre",
        "dec december dez dezember décembre decembre diciembre dic",
    }
        .SelectMany((names, index) => names.Split(' ').Select(name => (name, month: index + 1)))
        .ToFrozenDictionary(entry => entry.name, entry => entry.month, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> BySpan = Months.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Reads a day that begins with the digit here.</summary>
    /// <returns>Its end; 0 for what is none.</returns>
    public static int Read(string text, int at, int limit, out NumberReading reading)
    {
        var first = DigitsEnd(text, at, limit);
        return ReadFigures(text, at, first, limit, out reading) is var end and > 0 ? end
            : first - at <= 2 ? ReadNamed(text, at, first, limit, out reading) : 0;
    }

    private static int ReadFigures(string text, int at, int first, int limit, out NumberReading reading)
    {
        reading = default;
        if (first >= limit - 1 || text[first] is not ('-' or '.' or '/') || first - at is not (1 or 2 or 4))
        {
            return 0;
        }

        var second = DigitsEnd(text, first + 1, limit);
        if (second >= limit - 1 || second - first - 1 is not (1 or 2) || text[second] != text[first])
        {
            return 0;
        }

        var third = DigitsEnd(text, second + 1, limit);
        var (one, two, three) = (Value(text, at, first), Value(text, first + 1, second), Value(text, second + 1, third));
        var length = third - second - 1;

        // Which of 05/06/2026 is the month is for the country to say; claim and evidence are read alike, by the order of most countries.
        return (first - at == 4
            ? length is 1 or 2 && Day(one, two, three, out reading)
            : length is 2 or 4 && (Day(Year(three, length), two, one, out reading) || Day(Year(three, length), one, two, out reading)))
            ? third
            : 0;
    }

    private static int ReadNamed(string text, int at, int first, int limit, out NumberReading reading)
    {
        reading = default;
        var day = Value(text, at, first);
        var end = first + (text.AsSpan(first, Math.Min(2, limit - first)) is "st" or "nd" or "rd" or "th" ? 2 : 0);
        var month = MonthBefore(text, at);
        if (month == 0)
        {
            var name = SkipAny(text, end, limit, ". -");
            if (text.AsSpan(name, Math.Min(3, limit - name)) is "of " or "de ")
            {
                name += 3;
            }

            var stop = name;
            while (stop < limit && stop - name <= LongestMonth && char.IsLetter(text[stop]))
            {
                stop++;
            }

            month = MonthOf(text.AsSpan(name, stop - name));
            end = stop;
        }

        if (month == 0 || day is < 1 or > 31)
        {
            return 0;
        }

        var year = SkipAny(text, end, limit, "., -");
        if (text.AsSpan(year, Math.Min(3, limit - year)) is "de ")
        {
            year += 3;
        }

        var yearEnd = DigitsEnd(text, year, limit);
        if (yearEnd - year == 4 && Day(Value(text, year, yearEnd), month, day, out reading))
        {
            return yearEnd;
        }

        reading = new NumberReading(NumberSense.DayOfYear, (month * 100) + day);
        return end;
    }

    private static int MonthBefore(string text, int at)
    {
        var end = at;
        while (end > 0 && at - end < 2 && text[end - 1] is ' ' or '.' or '-')
        {
            end--;
        }

        var start = end;
        while (start > 0 && end - start <= LongestMonth && char.IsLetter(text[start - 1]))
        {
            start--;
        }

        return end == at ? 0 : MonthOf(text.AsSpan(start, end - start));
    }

    // "may", "march" and "mars" are other words, too, where they are written small.
    private static int MonthOf(ReadOnlySpan<char> name) =>
        !name.IsEmpty && BySpan.TryGetValue(name, out var month) && !(name is "may" or "march" or "mars" or "ago" or "mar" or "sept" or "dic") ? month : 0;

    private static bool Day(int year, int month, int day, out NumberReading reading)
    {
        var valid = year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        reading = valid ? new NumberReading(NumberSense.Day, (year * 10_000) + (month * 100) + day) : default;
        return valid;
    }

    private static int Year(int value, int length) => length == 4 ? value : value < 70 ? 2000 + value : 1900 + value;

    private static int DigitsEnd(string text, int at, int limit)
    {
        while (at < limit && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    private static int SkipAny(string text, int at, int limit, string signs)
    {
        var start = at;
        while (at < limit && at - start < 3 && signs.Contains(text[at], StringComparison.Ordinal))
        {
            at++;
        }

        return at;
    }

    private static int Value(string text, int start, int end) =>
        int.TryParse(text.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
