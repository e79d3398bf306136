using AngleSharp.Html.Parser;

namespace Liaison.Normalization;

/// <summary>Makes HTML readable as plain text for packets; the HTML itself stays untouched in the record.</summary>
/// <remarks>
/// Links, lists and tables stay readable. What the eye of a reader would not see goes: scripts, styles, comments, hidden
/// elements, tracking pixels, invisible characters. Text hidden from people is the favourite place for orders to a model.
/// </remarks>
internal static class HtmlText
{
    private static readonly HtmlParser Parser = new();

    /// <summary>Gives the text; empty for markup without visible text.</summary>
    public static string ToPlain(string html)
    {
        var plain = new PlainText();
        if (!html.AsSpan().ContainsAny('<', '&'))
        {
            plain.AppendLines(html);
            return plain.ToString();
        }

        using var document = Parser.ParseDocument(html);
        if (document.Body is { } body)
        {
            new HtmlWalk(plain).Render(body);
        }

        return plain.ToString();
    }
}
