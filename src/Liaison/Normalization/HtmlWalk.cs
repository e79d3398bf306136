using System.Globalization;
using AngleSharp.Dom;

namespace Liaison.Normalization;

/// <summary>Walks a parsed document and renders what a reader would see.</summary>
internal sealed class HtmlWalk(PlainText plain)
{
    /// <summary>Deeper than any mail's nested tables; a hostile page nested deeper must not spend our stack.</summary>
    private const int MaxDepth = 200;

    private int depth;
    private bool shrunk;

    public void Render(INode node)
    {
        if (depth >= MaxDepth)
        {
            return;
        }

        var outside = shrunk;
        shrunk = (node is IElement styled ? HtmlVisibility.ShrinksText(styled) : null) ?? outside;
        depth++;
        foreach (var child in node.ChildNodes)
        {
            if (child is IText text)
            {
                plain.Append(shrunk ? "" : text.Data);
            }
            else if (child is IElement element && !HtmlVisibility.IsHidden(element))
            {
                RenderElement(element);
            }
        }

        depth--;
        shrunk = outside;
    }

    private void RenderElement(IElement element)
    {
        switch (element.LocalName)
        {
            case "br":
                plain.Break();
                break;
            case "hr":
                Block(() => plain.Append("---"));
                break;
            case "a":
                RenderLink(element);
                break;
            case "img":
                plain.Append(element.GetAttribute("alt"));
                break;
            case "pre" or "textarea":
                Block(() => plain.AppendLines(element.TextContent));
                break;
            case "blockquote":
                Block(() => Indented("> ", element));
                break;
            case "ul" or "ol":
                RenderList(element);
                break;
            case "tr":
                RenderRow(element);
                break;
            case "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "table" or "dl":
                Block(() => Render(element));
                break;
            case "div" or "section" or "article" or "header" or "footer" or "main" or "aside" or "nav" or "address" or "center" or "form"
                or "figure" or "figcaption" or "fieldset" or "dt" or "dd" or "li" or "caption":
                plain.NewLine();
                Render(element);
                plain.NewLine();
                break;
            default:
                Render(element);
                break;
        }
    }

    private void RenderLink(IElement link)
    {
        var target = link.GetAttribute("href")?.Trim() ?? "";
        Render(link);

        // Other schemes (javascript:, data:, cid:) are nothing that a reader could open.
        var label = link.TextContent.Trim();
        if (Uri.TryCreate(target, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https" or "mailto" or "tel"
            && !label.Equals(target, StringComparison.OrdinalIgnoreCase)
            && !target.EndsWith(":" + label, StringComparison.OrdinalIgnoreCase))
        {
            plain.Append($" ({target})");
        }
    }

    private void RenderList(IElement list)
    {
        var nested = list.Closest("li") is not null;
        if (!nested)
        {
            plain.Paragraph();
        }

        var number = int.TryParse(list.GetAttribute("start"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var start) ? start : 1;
        foreach (var item in list.Children.Where(child => child.LocalName == "li" && !HtmlVisibility.IsHidden(child)))
        {
            plain.NewLine();
            plain.Bullet(list.LocalName == "ol" ? string.Create(CultureInfo.InvariantCulture, $"{number++}. ") : "- ");
            Indented("  ", item);
            plain.Bullet("");
        }

        if (!nested)
        {
            plain.Paragraph();
        }
    }

    /// <summary>Parts the cells of a data row by bars; a row of a layout table holds whole blocks and reads as these.</summary>
    private void RenderRow(IElement row)
    {
        var cells = row.Children.Where(cell => cell.LocalName is "td" or "th" && !HtmlVisibility.IsHidden(cell)).ToList();
        plain.NewLine();
        if (cells is [var only])
        {
            Render(only);
        }
        else
        {
            var texts = cells.ConvertAll(Apart);
            if (texts.TrueForAll(text => !text.Contains('\n')))
            {
                plain.Append(string.Join(" | ", texts));
            }
            else
            {
                texts.ForEach(text => Block(() => plain.AppendLines(text)));
            }
        }

        plain.NewLine();
    }

    private string Apart(IElement cell)
    {
        var apart = new PlainText();
        new HtmlWalk(apart) { depth = depth, shrunk = shrunk }.Render(cell);
        return apart.ToString();
    }

    private void Indented(string prefix, IElement element)
    {
        plain.Indent(prefix);
        Render(element);
        plain.Outdent();
    }

    private void Block(Action render)
    {
        plain.Paragraph();
        render();
        plain.Paragraph();
    }
}
