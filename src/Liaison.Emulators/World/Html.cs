namespace Liaison.Emulators.World;

/// <summary>The little escaping that mail clients and editors do.</summary>
internal static class Html
{
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    public static string Lines(IEnumerable<string> lines) => string.Join("<br>\n", lines.Select(Escape));
}
