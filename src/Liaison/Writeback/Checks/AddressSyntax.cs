namespace Liaison.Writeback.Checks;

/// <summary>The form of e-mail addresses: that of the standard without quoted names and bare IP addresses, which no CRM's mail reaches.</summary>
internal static class EmailSyntax
{
    private const int Longest = 254;
    private const int LongestName = 64;
    private const string Signs = "!#$%&'*+/=?^_`{|}~-.";

    /// <summary>Gives the address with its domain in small letters; <see langword="null"/> for what is none.</summary>
    public static string? Normalise(string text)
    {
        var at = text.LastIndexOf('@');
        return at > 0 && text.Length <= Longest && IsName(text.AsSpan(0, at)) && DomainSyntax.IsDomain(text.AsSpan(at + 1))
            ? $"{text[..at]}@{text[(at + 1)..].ToLowerInvariant()}"
            : null;
    }

    public static bool IsNameSign(char sign) => char.IsLetterOrDigit(sign) || Signs.Contains(sign, StringComparison.Ordinal);

    private static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var sign in name)
        {
            if (!IsNameSign(sign))
            {
                return false;
            }
        }

        return name.Length <= LongestName && name[0] != '.' && name[^1] != '.' && name.IndexOf("..", StringComparison.Ordinal) < 0;
    }
}

/// <summary>The form of web domains.</summary>
internal static class DomainSyntax
{
    private const int Longest = 253;
    private const int LongestLabel = 63;

    /// <summary>Gives the bare domain in small letters, also out of a web address; <see langword="null"/> for what is none.</summary>
    public static string? Normalise(string text)
    {
        var rest = text.AsSpan();
        var scheme = rest.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            if (!rest[..scheme].Equals("http", StringComparison.OrdinalIgnoreCase) && !rest[..scheme].Equals("https", StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            rest = rest[(scheme + 3)..];
        }

        var end = rest.IndexOfAny("/?#:");
        rest = (end < 0 ? rest : rest[..end]).TrimEnd('.');
        var bare = rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? rest[4..] : rest;
        return IsDomain(bare) ? bare.ToString().ToLowerInvariant() : null;
    }

    /// <summary>Whether this is a domain of two labels or more whose last is a word and no number.</summary>
    public static bool IsDomain(ReadOnlySpan<char> text)
    {
        var labels = 0;
        var last = default(Range);
        foreach (var range in text.Split('.'))
        {
            if (!IsLabel(text[range]))
            {
                return false;
            }

            last = range;
            labels++;
        }

        return labels > 1 && text.Length <= Longest && text[last].Length > 1 && char.IsLetter(text[last][0]);
    }

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        foreach (var sign in label)
        {
            if (!char.IsLetterOrDigit(sign) && sign != '-')
            {
                return false;
            }
        }

        return label.Length is > 0 and <= LongestLabel && label[0] != '-' && label[^1] != '-';
    }
}
