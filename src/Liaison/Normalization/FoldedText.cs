using System.Globalization;
using System.Text;

namespace Liaison.Normalization;

/// <summary>Text without regard to case, accents, width, underscores and runs of blanks.</summary>
/// <remarks>By a table of ours: with invariant globalization the framework decomposes no letters.</remarks>
internal static class FoldedText
{
    // The base letters of U+00C0 to U+017F, one for each.
    private const string Bases =
        "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
        + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiijjjjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        var gap = false;
        foreach (var letter in text)
        {
            var plain = Fold(letter);
            if (plain == ' ')
            {
                gap = folded.Length > 0;
            }
            else if (plain != '\0')
            {
                folded.Append(gap ? " " : "").Append(plain);
                gap = false;
            }
        }

        return folded.ToString();
    }

    /// <summary>Gives the plain letter; a blank for what parts words and NUL for what is no letter of its own.</summary>
    private static char Fold(char letter) => letter switch
    {
        '_' => ' ',
        < '\u0080' => char.IsWhiteSpace(letter) || char.IsControl(letter) ? ' ' : char.ToLowerInvariant(letter),
        >= '\u00C0' and <= '\u017F' => Bases[letter - '\u00C0'],
        >= '\u0300' and <= '\u036F' => '\0',
        >= '\uFF01' and <= '\uFF5E' => char.ToLowerInvariant((char)(letter - 0xFEE0)),
        _ when char.IsWhiteSpace(letter) => ' ',
        _ when char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.Control => '\0',
        _ => char.ToLowerInvariant(letter),
    };
}

/// <summary>A word or phrase to look for as a whole; a star at an end lets the word go on there.</summary>
internal sealed class FoldedWord
{
    private readonly bool opensLeft;
    private readonly bool opensRight;

    public FoldedWord(string word)
    {
        opensLeft = word.StartsWith('*');
        opensRight = word.EndsWith('*');
        Text = FoldedText.Of(word.Trim('*'));
    }

    /// <summary>Gets the folded word without stars.</summary>
    public string Text { get; }

    /// <summary>Tells whether a folded text contains the word.</summary>
    public bool StandsIn(string text)
    {
        for (var at = text.IndexOf(Text, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Text, at + 1, StringComparison.Ordinal))
        {
            var end = at + Text.Length;
            if ((opensLeft || at == 0 || Parts(text[at - 1], text[at])) && (opensRight || end == text.Length || Parts(text[end - 1], text[end])))
            {
                return true;
            }
        }

        return false;
    }

    // Chinese and Japanese write no blanks between words: each of their signs may begin one.
    private static bool Parts(char left, char right) =>
        !char.IsLetterOrDigit(left) || !char.IsLetterOrDigit(right) || left >= '\u2E80' || right >= '\u2E80';
}
