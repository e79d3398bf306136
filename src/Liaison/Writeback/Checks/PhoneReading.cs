using System.Text;

namespace Liaison.Writeback.Checks;

/// <summary>Digits that are dialled.</summary>
/// <param name="Digits">Without the zeros and signs that open a country or a long-distance call.</param>
/// <param name="IsMarked">Whether a plus, a bracket or a zero says so, or only the way in which the digits are grouped.</param>
/// <param name="Beginnings">After how many of the digits a number may have ended already.</param>
internal sealed record PhoneReading(int Start, int End, string Digits, bool IsMarked, IReadOnlyList<int> Beginnings)
{
    private const int Fewest = 7;
    private const int Most = 15;
    private const int LongGroup = 6;
    private const int MostGroups = 8;
    private const string Separators = " -./()";

    /// <summary>Reads a telephone number; <see langword="null"/> for what is none.</summary>
    public static PhoneReading? Read(string text, int at, int limit)
    {
        var groups = Groups(text, at, limit);
        var isInternational = at > 0 && text[at - 1] == '+' && (at == 1 || !char.IsAsciiDigit(text[at - 2]));
        var isBracketed = at > 0 && text[at - 1] == '(' && groups[0].End < limit && text[groups[0].End] == ')';
        var isMarked = isInternational || isBracketed || (text[at] == '0' && groups[0].End > at + 1);
        if (!isMarked && !IsGroupedAsPhone(text, groups))
        {
            return null;
        }

        var digits = new StringBuilder(Most);
        var ends = new List<int>(groups.Count);
        var end = at;
        foreach (var (from, to) in groups)
        {
            if (digits.Length + to - from > Most + 2)
            {
                break;
            }

            // The zero of "+49 (0)30" is dialled within the country only.
            if (digits.Length == 0 || to - from != 1 || text[from] != '0' || text[from - 1] != '(')
            {
                digits.Append(text, from, to - from);
            }

            end = to;
            ends.Add(digits.Length);
        }

        var dialled = digits.ToString();
        var bare = isMarked ? dialled.TrimStart('0') : dialled;
        return bare.Length is < Fewest or > Most
            ? null
            : new PhoneReading(
                isInternational || isBracketed ? at - 1 : at,
                end,
                bare,
                isMarked,
                [.. ends.Select(length => length - (dialled.Length - bare.Length)).Where(length => length >= Fewest && length < bare.Length)]);
    }

    private static List<(int Start, int End)> Groups(string text, int at, int limit)
    {
        var groups = new List<(int Start, int End)>();
        while (true)
        {
            var end = at;
            while (end < limit && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            groups.Add((at, end));
            at = end;
            while (at < limit && at - end < 3 && Separators.Contains(text[at], StringComparison.Ordinal))
            {
                at++;
            }

            // A full stop ends the sentence and the number; a day that follows is a day.
            if (at >= limit || at == end || groups.Count >= MostGroups || !char.IsAsciiDigit(text[at])
                || text.AsSpan(end, at - end) is ". "
                || DayReading.Read(text, at, limit, out _) > 0)
            {
                return groups;
            }
        }
    }

    /// <summary>Whether unmarked digits are parted as telephone numbers are, and not as thousands, years, decimals or a row of numbers.</summary>
    private static bool IsGroupedAsPhone(string text, List<(int Start, int End)> groups)
    {
        var digits = groups.Sum(group => group.End - group.Start);
        if (groups.Count < 2 || digits is < Fewest or > Most || groups.TrueForAll(group => IsYear(text, group)))
        {
            return false;
        }

        var dots = 0;
        var hyphens = 0;
        for (var at = 1; at < groups.Count; at++)
        {
            var parted = text.AsSpan(groups[at - 1].End, groups[at].Start - groups[at - 1].End);
            dots += parted.Contains('.') ? 1 : 0;
            hyphens += parted is "-" ? 1 : 0;
            if (parted.Contains('/') || (parted.Length > 1 && !parted.ContainsAny('(', ')')))
            {
                return false;
            }
        }

        var isThousands = groups.Skip(1).All(group => group.End - group.Start == 3) && groups[0].End - groups[0].Start <= 3;
        return dots > 0 ? dots == groups.Count - 1 && groups.Count > 2 && !isThousands
            : hyphens > 0 || (!isThousands && (groups.Count > 2 || groups.Exists(group => group.End - group.Start >= LongGroup)));
    }

    private static bool IsYear(string text, (int Start, int End) group) =>
        group.End - group.Start == 4 && text.AsSpan(group.Start, 2) is "19" or "20";
}
