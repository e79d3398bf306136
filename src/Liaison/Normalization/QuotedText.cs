using System.Globalization;
using System.Text;

namespace Liaison.Normalization;

/// <summary>Foreign words made fit to stand inside a sentence of ours.</summary>
/// <remarks>
/// Control, invisible and bidirectional characters and whatever Markdown or HTML reads as markup fall away; what is left is
/// cut. A person or model that reads the sentence then sees a short quotation and nothing that acts.
/// </remarks>
internal static class QuotedText
{
    /// <summary>Gives the neutralised text between quotation marks.</summary>
    public static string Quote(string text, int length = 40) => $"\"{Neutralise(text, length)}\"";

    /// <summary>Gives the neutralised text, cut to a length that counts the ellipsis.</summary>
    public static string Neutralise(string text, int length = 40)
    {
        var kept = new StringBuilder(Math.Min(text.Length, length));
        var gap = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsPlain(rune))
            {
                gap = true;
                continue;
            }

            var spaced = gap && kept.Length > 0;
            if (kept.Length + rune.Utf16SequenceLength + (spaced ? 1 : 0) > length)
            {
                return Cut(kept, length);
            }

            kept.Append(spaced ? " " : "").Append(rune);
            gap = false;
        }

        return kept.ToString();
    }

    /// <summary>Whether a character is text and nothing else: not a blank, not invisible, not markup.</summary>
    private static bool IsPlain(Rune rune) => rune.Value switch
    {
        '<' or '>' or '`' or '"' or '\\' or '|' or '*' or '_' or '#' or '~' or '[' or ']' or '{' or '}' => false,

        // Blank to the eye and yet letters or symbols to Unicode.
        0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0 or 0xFFFC or 0xFFFD => false,

        // Variation selectors and the tag block carry hidden text.
        (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF) or 0x034F => false,
        _ => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator),
    };

    private static string Cut(StringBuilder kept, int length)
    {
        var end = Math.Min(kept.Length, length - 1);
        if (end > 0 && char.IsHighSurrogate(kept[end - 1]))
        {
            end--;
        }

        return kept.ToString(0, end).TrimEnd() + "…";
    }
}
