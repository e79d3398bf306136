using System.Text.RegularExpressions;

namespace Liaison.Emulators.World;

/// <summary>The short and plain forms of an activity's body that CRMs derive.</summary>
internal static partial class Previews
{
    private const int Longest = 200;

    public static string Plain(string html)
    {
        var text = Text(html);
        return text.Length <= Longest ? text : text[..Longest];
    }

    /// <summary>Gives the words without the markup, all of them.</summary>
    public static string Text(string html) =>
        Spaces().Replace(System.Net.WebUtility.HtmlDecode(Tags().Replace(html, " ")), " ").Trim();

    public static string Html(string html) =>
        $"<html>\n  <head></head>\n  <body>\n    {System.Net.WebUtility.HtmlEncode(Plain(html))}\n  </body>\n</html>";

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
