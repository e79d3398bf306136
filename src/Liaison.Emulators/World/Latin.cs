using System.Text;

namespace Liaison.Emulators.World;

/// <summary>Brings names to the letters that addresses and domains allow, as people do it by hand.</summary>
internal static class Latin
{
    // By hand instead of Unicode decomposition: ø, ł, ß, ı do not decompose, and ä is ae in a German address.
    private const string From = "áàâãåāăąćčçďđéèêëēęěğíìîïīıłñńňóòôõøōőřśşšßťúùûūůűýÿźżžäöüæœþð";

    private static readonly string[] s_to =
        "a a a a a a a a c c c d d e e e e e e e g i i i i i i l n n n o o o o o o o r s s s ss t u u u u u u y y z z z ae oe ue ae oe th d"
            .Split(' ');

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);

        foreach (var letter in text)
        {
            // İ has no simple lower case in the invariant culture.
            var lower = letter == 'İ' ? 'i' : char.ToLowerInvariant(letter);
            var at = From.IndexOf(lower, StringComparison.Ordinal);

            if (at >= 0)
            {
                folded.Append(s_to[at]);
            }
            else if (char.IsAsciiLetterOrDigit(lower))
            {
                folded.Append(lower);
            }
            else if (lower is ' ' or '-' && folded.Length > 0 && folded[^1] != '-')
            {
                folded.Append('-');
            }
        }

        return folded.ToString().Trim('-');
    }
}
