namespace Liaison.Writeback.Checks;

/// <summary>The form of telephone numbers as people type them; they are kept as typed and only nonsense is told apart.</summary>
internal static class PhoneSyntax
{
    private const int Fewest = 5;
    private const int Most = 15;

    private static readonly string[] Extensions = ["extension", "ext.", "ext", "x", "#", "durchwahl", "dw"];

    /// <summary>Whether the text may be dialled: digits and what parts them, a plus only in front, an extension only behind.</summary>
    public static bool IsPlausible(string text)
    {
        var number = WithoutExtension(text.AsSpan().Trim());
        var digits = 0;
        var same = true;
        var first = '\0';
        for (var at = 0; at < number.Length; at++)
        {
            var sign = number[at];
            if (char.IsAsciiDigit(sign))
            {
                first = digits++ == 0 ? sign : first;
                same &= sign == first;
            }
            else if (!(sign == '+' ? digits == 0 && number[..at].IndexOf('+') < 0 : IsSeparator(sign)))
            {
                return false;
            }
        }

        return digits is >= Fewest and <= Most && !same;
    }

    private static ReadOnlySpan<char> WithoutExtension(ReadOnlySpan<char> text)
    {
        var number = text.TrimEnd("0123456789").TrimEnd();
        if (text.Length - number.Length is 0 or > 8)
        {
            return text;
        }

        foreach (var extension in Extensions)
        {
            if (number.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            {
                return number[..^extension.Length].TrimEnd(" ,;");
            }
        }

        return text;
    }

    private static bool IsSeparator(char sign) => sign is ' ' or '\u00A0' or '-' or '\u2010' or '\u2011' or '\u2013' or '.' or '/' or '(' or ')';
}
