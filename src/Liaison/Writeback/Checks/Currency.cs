namespace Liaison.Writeback.Checks;

/// <summary>Signs and codes of currencies.</summary>
internal static class Currency
{
    private static readonly string[] Codes = ["EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "JPY", "CAD", "AUD", "INR", "CZK", "US$"];

    public static bool EndsAt(string text, int at)
    {
        var end = at > 0 && text[at - 1] == ' ' ? at - 1 : at;
        return end > 0 && (IsSign(text[end - 1]) || Array.Exists(Codes, code => text.AsSpan(0, end).EndsWith(code, StringComparison.Ordinal)));
    }

    public static bool StartsAt(string text, int at, int limit)
    {
        var start = at < limit && text[at] == ' ' ? at + 1 : at;
        return start < limit && (IsSign(text[start]) || Array.Exists(Codes, code => text.AsSpan(start, limit - start).StartsWith(code, StringComparison.Ordinal)));
    }

    private static bool IsSign(char sign) => sign is '$' or '\u20AC' or '\u00A3' or '\u00A5' or '\u20B9';
}
