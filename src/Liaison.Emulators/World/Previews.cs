using System.Text.RegularExpressions;

namespace Liaison.Emulators.World;

/// <summary>The short forms of an activity's body that the CRM derives (contract section 9).</summary>
internal static partial class Previews
{
    private const int Longest = 200;

    public static string Plain(string html)
    {
        var text = System.Net.WebUtility.HtmlDecode(Tags().Replace(html, " "));
        text = Spaces().Replace(text, " ").Trim();
        return text.Length <= Longest ? text : text[..Longest];
    }

    public static string Html(string html) =>
        $"<html>\n  <head></head>\n  <body>\n    {System.Net.WebUtility.HtmlEncode(Plain(html))}\n  </body>\n</html>";

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
