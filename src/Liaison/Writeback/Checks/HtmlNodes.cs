using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Liaison.Writeback.Checks;

/// <summary>The nodes of a piece of HTML as a browser would build them.</summary>
internal static class HtmlNodes
{
    private static readonly HtmlParser Parser = new();

    /// <summary>Gives the nodes in document order, without recursion: hostile markup is nested as deep as it is long.</summary>
    public static IReadOnlyList<INode> Of(string html)
    {
        using var document = Parser.ParseDocument(html);
        var nodes = new List<INode>();
        for (INode? node = document; node is not null; node = Next(node))
        {
            nodes.Add(node);
        }

        return nodes;
    }

    /// <summary>Gives the letters of a piece of HTML, hidden ones too, with its character references resolved.</summary>
    public static string LettersOf(string html) => html.AsSpan().ContainsAny('<', '&')
        ? string.Concat(Of(html).Where(node => node.NodeType is NodeType.Text or NodeType.Comment).Select(node => node.NodeValue))
        : html;

    /// <summary>Gives a link's target as a browser follows it: blanks and control characters within are passed over.</summary>
    public static string Target(string value) =>
        string.Concat(value.Where(sign => sign > ' ' && !char.IsControl(sign) && !char.IsWhiteSpace(sign))).ToLowerInvariant();

    private static INode? Next(INode node)
    {
        if (node.FirstChild is { } child)
        {
            return child;
        }

        var at = node;
        while (at is { NextSibling: null })
        {
            at = at.Parent;
        }

        return at?.NextSibling;
    }
}
