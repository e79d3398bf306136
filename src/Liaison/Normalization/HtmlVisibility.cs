using System.Globalization;
using AngleSharp.Dom;

namespace Liaison.Normalization;

/// <summary>Tells what a reader of a page or mail would not see, by the element's own attributes; style sheets are not computed.</summary>
internal static class HtmlVisibility
{
    public static bool IsHidden(IElement element) => element.LocalName switch
    {
        "script" or "style" or "head" or "title" or "template" or "noscript" or "iframe" or "object" or "embed" or "svg" or "math"
            or "canvas" or "audio" or "video" or "select" or "input" => true,
        "img" => IsPixel(element),
        _ => element.HasAttribute("hidden") || IsHiddenByStyle(element.GetAttribute("style")),
    };

    /// <summary>Tells whether an element shrinks its text to nothing or lets it be read again; <see langword="null"/> where it says neither.</summary>
    /// <remarks>Mail builders put size 0 on every outer cell and a readable size on the inner ones, so that it is inherited, not final.</remarks>
    public static bool? ShrinksText(IElement element)
    {
        var style = element.GetAttribute("style");
        bool? shrinks = null;
        foreach (var range in style.AsSpan().Split(';'))
        {
            var declaration = style.AsSpan(range);
            var colon = declaration.IndexOf(':');
            if (colon > 0 && declaration[..colon].Trim().Equals("font-size", StringComparison.OrdinalIgnoreCase))
            {
                shrinks = IsZero(Word(declaration[(colon + 1)..]));
            }
        }

        return shrinks;
    }

    private static bool IsPixel(IElement image) =>
        IsTiny(image.GetAttribute("width")) || IsTiny(image.GetAttribute("height"))
        || image.HasAttribute("hidden") || IsHiddenByStyle(image.GetAttribute("style"));

    private static bool IsHiddenByStyle(string? style)
    {
        foreach (var range in style.AsSpan().Split(';'))
        {
            var declaration = style.AsSpan(range);
            var colon = declaration.IndexOf(':');
            if (colon > 0 && Hides(Word(declaration[..colon]), Word(declaration[(colon + 1)..])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Hides(string property, string value) => property switch
    {
        "display" => value == "none",
        "visibility" => value is "hidden" or "collapse",
        "mso-hide" => value == "all",
        "opacity" or "max-height" => IsZero(value),
        "text-indent" or "left" or "top" => Size(value) < -900,
        _ => false,
    };

    private static string Word(ReadOnlySpan<char> text)
    {
        var word = text.Trim().ToString().ToLowerInvariant();
        return word.Replace("!important", "", StringComparison.Ordinal).TrimEnd();
    }

    private static bool IsZero(string value) => Size(value) is { } size && size == 0;

    private static bool IsTiny(string? value) => value is not null && !value.Contains('%') && Size(value) <= 1;

    private static double? Size(string value)
    {
        var number = value.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ% ");
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var size) ? size : null;
    }
}
