using System.Globalization;
using System.Text;

namespace Liaison.Cli.Output;

/// <summary>Text of a CRM made harmless for a terminal: no control sequences, no bidirectional tricks, one line.</summary>
internal static class TerminalText
{
    private const int Longest = 400;

    public static string Safe(string text)
    {
        var safe = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (safe.Length >= Longest)
            {
                safe.Append('…');
                break;
            }

            safe.Append(Rune.GetUnicodeCategory(rune) switch
            {
                // Escape sequences move the cursor and recolour the screen; format characters reorder what is read.
                UnicodeCategory.Control => " ",
                UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate => "\uFFFD",
                _ => rune.ToString(),
            });
        }

        return safe.ToString();
    }
}
