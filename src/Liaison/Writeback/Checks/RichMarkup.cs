using System.Collections.Frozen;
using AngleSharp.Dom;
using Liaison.Normalization;

namespace Liaison.Writeback.Checks;

/// <summary>The markup that AI may write: formatting, links and tables that show their text and do nothing else.</summary>
/// <remarks>
/// A list of what is allowed, since the next dangerous element has no name yet. Images are not in it: whoever opens the record would
/// call the server that the text names, with what the text put into the address. Comments and hidden elements are not, since only
/// other models read them.
/// </remarks>
internal static class RichMarkup
{
    private static readonly FrozenSet<string> Tags = FrozenSet.Create(
        StringComparer.Ordinal,
        "html", "head", "body", "a", "abbr", "b", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "div",
        "dl", "dt", "em", "figcaption", "figure", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "mark", "ol", "p", "pre",
        "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var", "wbr");

    private static readonly FrozenSet<string> Attributes = FrozenSet.Create(
        StringComparer.Ordinal,
        "align", "bgcolor", "border", "cellpadding", "cellspacing", "class", "color", "colspan", "dir", "face", "height", "href", "lang", "rel", "rowspan",
        "size", "start", "style", "target", "title", "type", "valign", "width");

    private static readonly string[] Schemes = ["http://", "https://", "mailto:", "tel:", "#"];

    // What fetches, runs, or could be one of those in disguise.
    private static readonly string[] ActiveStyles = ["url(", "expression", "behavior", "binding", "@", "\\", "/*", "image", "position"];

    public static bool IsHarmless(string html) =>
        !html.Contains('<', StringComparison.Ordinal) || HtmlNodes.Of(html).All(IsHarmless);

    private static bool IsHarmless(INode node) => node switch
    {
        IComment => false,
        IElement element => Tags.Contains(element.LocalName)
            && element.Attributes.All(IsHarmless)
            && (element.LocalName == "head" || !HtmlVisibility.IsHidden(element)),
        _ => true,
    };

    private static bool IsHarmless(IAttr attribute) => Attributes.Contains(attribute.Name) && attribute.Name switch
    {
        "href" => HtmlNodes.Target(attribute.Value) is var target && Schemes.Any(scheme => target.StartsWith(scheme, StringComparison.Ordinal)),
        "style" => !ActiveStyles.Any(active => attribute.Value.Contains(active, StringComparison.OrdinalIgnoreCase)),
        _ => true,
    };
}
