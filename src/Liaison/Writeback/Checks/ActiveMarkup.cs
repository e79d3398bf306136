using System.Collections.Frozen;
using AngleSharp.Dom;

namespace Liaison.Writeback.Checks;

/// <summary>Finds script in a text that some page will show without quoting it: active tags, handlers, links that run.</summary>
/// <remarks>
/// Two looks, since each sees what the other does not: at the letters, for tags that are cut off or that a filter would make whole, and at
/// what a browser builds, for what is spelled in character references. Angle brackets and unknown tags alone are no script.
/// </remarks>
internal static class ActiveMarkup
{
    private static readonly FrozenSet<string> ActiveTags = FrozenSet.Create(
        StringComparer.Ordinal, "script", "iframe", "frame", "frameset", "applet", "plaintext", "xmp", "noembed", "portal");

    // Words that people put into angle brackets as placeholders, too; with an attribute they are meant.
    private static readonly FrozenSet<string> ActiveWithAttributes = FrozenSet.Create(
        StringComparer.Ordinal, "object", "embed", "link", "meta", "base", "form", "style", "isindex", "template");

    private static readonly string[] Schemes = ["javascript:", "vbscript:", "livescript:"];

    public static bool StandsIn(string text)
    {
        if (!text.AsSpan().ContainsAny("<\uFF1C:\uFF1A"))
        {
            return false;
        }

        var letters = Narrow(text);
        return HasRunningLink(letters) || HasActiveTag(letters, out var opened) || (opened && (HasHandler(letters) || HtmlNodes.Of(text).Any(IsActive)));
    }

    /// <summary>Whether a browser would run what a link leads to.</summary>
    public static bool Runs(string target) =>
        HtmlNodes.Target(target) is var bare
        && (Schemes.Any(scheme => bare.StartsWith(scheme, StringComparison.Ordinal)) || bare.StartsWith("data:text/html", StringComparison.Ordinal)
            || bare.StartsWith("data:image/svg", StringComparison.Ordinal) || bare.StartsWith("data:application", StringComparison.Ordinal));

    private static bool IsActive(INode node) =>
        node is IElement element
        && (ActiveTags.Contains(element.LocalName)
            || element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || Runs(attribute.Value)));

    // In running text a colon may follow the language's name; code follows at once.
    private static bool HasRunningLink(string letters)
    {
        foreach (var scheme in Schemes)
        {
            for (var at = letters.IndexOf(scheme, StringComparison.Ordinal); at >= 0; at = letters.IndexOf(scheme, at + 1, StringComparison.Ordinal))
            {
                var end = at + scheme.Length;
                if (end < letters.Length && !char.IsWhiteSpace(letters[end]))
                {
                    return true;
                }
            }
        }

        return letters.Contains("data:text/html", StringComparison.Ordinal);
    }

    private static bool HasActiveTag(string letters, out bool opened)
    {
        opened = false;
        for (var at = letters.IndexOf('<'); at >= 0; at = letters.IndexOf('<', at + 1))
        {
            var inside = letters.AsSpan(at + 1);
            opened |= inside is [>= 'a' and <= 'z', ..];
            var bare = inside.TrimStart(" \t\r\n\0/");
            var name = bare[..NameLength(bare)];
            var rest = bare[name.Length..];
            if (Contains(ActiveTags, name) || bare.StartsWith("!entity", StringComparison.Ordinal)
                || (Contains(ActiveWithAttributes, name) && rest is [' ' or '\t' or '\n' or '\r' or '/', ..] && HasAttribute(rest)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAttribute(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny("<>");
        return (end < 0 ? rest : rest[..end]).Contains('=');
    }

    private static bool HasHandler(string letters)
    {
        for (var at = letters.IndexOf("on", StringComparison.Ordinal); at >= 0; at = letters.IndexOf("on", at + 2, StringComparison.Ordinal))
        {
            var name = letters.AsSpan(at)[..NameLength(letters.AsSpan(at))];
            if (name.Length >= 5 && at > 0 && !char.IsLetterOrDigit(letters[at - 1])
                && letters.AsSpan(at + name.Length).TrimStart() is ['=', ..])
            {
                return true;
            }
        }

        return false;
    }

    private static int NameLength(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('a', 'z');
        return end < 0 ? text.Length : end;
    }

    private static bool Contains(FrozenSet<string> tags, ReadOnlySpan<char> name) =>
        tags.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

    // Wide letters become narrow ones when a database or mail program maps them to an older alphabet.
    private static string Narrow(string text) => string.Create(text.Length, text, static (letters, from) =>
    {
        for (var at = 0; at < from.Length; at++)
        {
            letters[at] = char.ToLowerInvariant(from[at] is >= '\uFF01' and <= '\uFF5E' ? (char)(from[at] - 0xFEE0) : from[at]);
        }
    });
}
