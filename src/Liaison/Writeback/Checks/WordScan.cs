using System.Globalization;
using System.Text;
using Liaison.Normalization;

namespace Liaison.Writeback.Checks;

/// <summary>A word and how it compares: without case and accents.</summary>
internal readonly record struct ScannedWord(int Start, int End, string Folded, bool IsLarge);

/// <summary>Parts a text into words, for claims and evidence alike, so that the same letters are always the same word.</summary>
internal static class WordScan
{
    public static IReadOnlyList<ScannedWord> Of(string text)
    {
        var words = new List<ScannedWord>(text.Length / 6);
        for (var at = 0; at < text.Length; at++)
        {
            if (!IsWordSign(text[at]))
            {
                continue;
            }

            var start = at;
            while (at < text.Length && IsWordSign(text[at]))
            {
                at++;
            }

            var folded = Ascii.IsValid(text.AsSpan(start, at - start)) ? text[start..at].ToLowerInvariant() : FoldedText.Of(text[start..at]);
            if (folded.Length > 0)
            {
                words.Add(new ScannedWord(start, at, folded, char.IsUpper(text[start]) || IsTitle(text[start])));
            }
        }

        return words;
    }

    private static bool IsTitle(char sign) => char.GetUnicodeCategory(sign) == UnicodeCategory.TitlecaseLetter;

    private static bool IsWordSign(char sign) => char.IsAscii(sign) ? char.IsAsciiLetterOrDigit(sign) : char.GetUnicodeCategory(sign) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark => true,
        _ => false,
    };
}
