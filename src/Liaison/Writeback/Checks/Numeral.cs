using System.Collections.Frozen;
using System.Globalization;

namespace Liaison.Writeback.Checks;

/// <summary>A number with its thousands, decimals, unit of size and currency.</summary>
/// <param name="Digits">The digits of a bare number that is long enough to be dialled, or too long to be counted; empty for every other.</param>
/// <param name="IsClaim">Whether it says something that could be made up: not "2 calls", and not the numbering of a list.</param>
internal sealed record Numeral(int Start, int End, string Digits, IReadOnlyList<NumberReading> Readings, bool IsClaim)
{
    private const int ShortestPhone = 7;
    private const decimal LargestOfUnits = 1_000_000_000_000m;

    /// <summary>Reads the number that begins with the digit here.</summary>
    public static Numeral Read(string text, int at, int limit)
    {
        var end = BodyEnd(text, at, limit);
        var body = text.AsSpan(at, end - at);
        var isBare = !body.ContainsAnyExceptInRange('0', '9');
        var unit = SizeUnit.Read(text, end, limit);
        var isPriced = Currency.EndsAt(text, at) || Currency.StartsAt(text, unit.End, limit);
        IReadOnlyList<NumberReading> readings =
            [.. ValuesOf(body).SelectMany(unit.Apply).Distinct().Select(value => new NumberReading(NumberSense.Amount, value))];
        return new Numeral(
            at,
            unit.End,
            (isBare && body.Length >= ShortestPhone) || readings.Count == 0 ? Bare(body.ToString()) : "",
            readings,
            (body.Length > 1 || unit.End > end || isPriced) && !IsListNumber(text, at, end, limit));
    }

    // Points and commas go on with any digits, blanks and apostrophes only with three.
    private static int BodyEnd(string text, int at, int limit)
    {
        var end = GroupEnd(text, at, limit);
        var isShort = end - at <= 3;
        while (end < limit - 1 && char.IsAsciiDigit(text[end + 1]))
        {
            var next = GroupEnd(text, end + 1, limit);
            if (!(text[end] is '.' or ',' || (text[end] is ' ' or '\'' && isShort && next - end == 4)))
            {
                break;
            }

            end = next;
        }

        return end;
    }

    /// <summary>Gives the values that the digits can have: whether a point parts decimals or thousands is for the country to say.</summary>
    private static IEnumerable<decimal> ValuesOf(ReadOnlySpan<char> body)
    {
        var plain = string.Concat(body.ToString().Where(sign => sign is not (' ' or '\'')));
        var last = plain.LastIndexOfAny(['.', ',']);
        if (last < 0)
        {
            return Parsed(plain);
        }

        var sign = plain[last];
        var isOnly = plain.IndexOf(sign, StringComparison.Ordinal) == last;
        var whole = Bare(plain);
        var fraction = $"{Bare(plain[..last])}.{plain[(last + 1)..]}";
        var mayBeThousands = plain.Length - last == 4 && plain[0] != '0';
        var isMixed = plain.AsSpan(0, last).Contains(sign == '.' ? ',' : '.');
        return !isOnly ? Parsed(whole) : isMixed ? Parsed(fraction) : mayBeThousands && last <= 3 ? Parsed(whole).Concat(Parsed(fraction)) : Parsed(fraction);
    }

    private static string Bare(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    // Equal decimals are equal whatever their trailing zeros; digits beyond what a decimal holds are compared as digits.
    private static IEnumerable<decimal> Parsed(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? [value] : [];

    private static bool IsListNumber(string text, int at, int end, int limit)
    {
        var before = at;
        while (before > 0 && text[before - 1] is ' ' or '\t' or '(' or '#' && at - before < 8)
        {
            before--;
        }

        return (before == 0 || text[before - 1] is '\n' or '\r') && end - at <= 2
            && end < limit && text[end] is '.' or ')' && (end + 1 >= limit || char.IsWhiteSpace(text[end + 1]));
    }

    private static int GroupEnd(string text, int at, int limit)
    {
        while (at < limit && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>What stands behind a number and makes it larger or a share.</summary>
    private readonly record struct SizeUnit(int End, decimal Factor, bool IsDoubtful)
    {
        private const int Longest = 10;

        private static readonly FrozenDictionary<string, decimal> Factors = new Dictionary<string, decimal>
        {
            ["k"] = 1_000, ["thousand"] = 1_000, ["tsd"] = 1_000, ["mille"] = 1_000, ["m"] = 1_000_000, ["mn"] = 1_000_000, ["mm"] = 1_000_000,
            ["mio"] = 1_000_000, ["million"] = 1_000_000, ["millions"] = 1_000_000, ["millionen"] = 1_000_000, ["b"] = 1_000_000_000,
            ["bn"] = 1_000_000_000, ["mrd"] = 1_000_000_000, ["billion"] = 1_000_000_000, ["billions"] = 1_000_000_000,
            ["milliarden"] = 1_000_000_000, ["percent"] = 0.01m, ["prozent"] = 0.01m, ["pct"] = 0.01m,
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

        public static SizeUnit Read(string text, int at, int limit)
        {
            var start = at < limit && text[at] == ' ' ? at + 1 : at;
            if (start < limit && text[start] is '%')
            {
                return new SizeUnit(start + 1, 0.01m, IsDoubtful: false);
            }

            var end = start;
            while (end < limit && end - start <= Longest && char.IsAsciiLetter(text[end]))
            {
                end++;
            }

            return end > start && Factors.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text.AsSpan(start, end - start), out var factor)
                ? new SizeUnit(end, factor, IsDoubtful: text.AsSpan(start, end - start) is "m" or "mm" or "b")
                : new SizeUnit(at, 1, IsDoubtful: false);
        }

        // A share of 45 % is kept as 45 or as 0.45; "10 m" are metres as often as millions.
        public IEnumerable<decimal> Apply(decimal value) =>
            Factor == 1 || value > LargestOfUnits ? [value] : Factor < 1 || IsDoubtful ? [value, value * Factor] : [value * Factor];
    }
}
