namespace Liaison.Writeback.Checks;

/// <summary>Reads a text once and finds what it claims.</summary>
internal static class ClaimScan
{
    /// <summary>Finds the claims in the order in which they stand.</summary>
    public static IEnumerable<FoundClaim> Of(string text)
    {
        var plain = PlainCopy.Of(text);
        var addresses = AddressScan.Of(plain);
        return [.. addresses.Concat(NumberScan.Of(plain, Spans(addresses))).Concat(NameScan.Of(text, Spans(addresses))).OrderBy(claim => claim.Start)];
    }

    /// <summary>Finds every address and every number however it may be read, also what would claim nothing: evidence holds more than it claims.</summary>
    public static IEnumerable<FoundClaim> AllOf(string text)
    {
        var plain = PlainCopy.Of(text);
        var addresses = AddressScan.Of(plain);
        return addresses.Concat(NumberScan.AllOf(plain, Spans(addresses)));
    }

    private static IReadOnlyList<(int Start, int End)> Spans(IReadOnlyList<FoundClaim> claims) => [.. claims.Select(claim => (claim.Start, claim.End))];
}

/// <summary>A copy of a text, letter for letter as long, in which digits, blanks, dashes and apostrophes have one form each.</summary>
internal static class PlainCopy
{
    public static string Of(string text) => string.Create(text.Length, text, static (plain, from) =>
    {
        for (var at = 0; at < from.Length; at++)
        {
            plain[at] = Plain(from[at]);
        }
    });

    private static char Plain(char sign) => sign switch
    {
        < '\u0080' => sign,
        '\u2019' or '\u02BC' or '\u2018' => '\'',
        (>= '\u2010' and <= '\u2015') or '\u2212' => '-',
        '\uFF20' => '@',
        _ when char.IsDigit(sign) => (char)('0' + (int)char.GetNumericValue(sign)),
        _ when char.IsWhiteSpace(sign) && sign is not ('\u0085' or '\u2028' or '\u2029') => ' ',
        _ => sign,
    };
}
