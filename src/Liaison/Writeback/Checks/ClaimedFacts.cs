namespace Liaison.Writeback.Checks;

/// <summary>What kind of fact a text claims.</summary>
internal enum ClaimKind
{
    Email,
    Phone,
    Number,
    Link,
    Name,
}

/// <summary>A fact that a text claims and that could be made up.</summary>
/// <param name="Text">The claim as it stands in the text.</param>
internal readonly record struct Claim(ClaimKind Kind, string Text);

/// <summary>What a text claims that could be made up (R221).</summary>
/// <remarks>
/// A guard against invention and no judge of truth: it knows whether the evidence holds an address, a number or a name, not whether the
/// sentence around it is right. Spelled differently is the same (<c>1.2k</c> is <c>1,200</c>, <c>030 123</c> belongs to <c>+49 30 123</c>);
/// what can be read in two ways is supported if one of them is. One-digit numbers and the numbering of lists claim nothing.
/// </remarks>
internal static class ClaimedFacts
{
    /// <summary>Finds the claims in the order in which they stand.</summary>
    public static IReadOnlyList<Claim> In(string text) => [.. ClaimScan.Of(text).Select(found => found.In(text))];

    /// <summary>Finds the claims of the proposed texts that no evidence holds; none when all are found.</summary>
    public static IReadOnlyList<Claim> Unsupported(IReadOnlyList<string> proposed, IReadOnlyList<string> evidence)
    {
        var claimed = proposed.SelectMany(text => ClaimScan.Of(text).Select(found => (Text: text, Found: found))).ToList();
        if (claimed.Count == 0)
        {
            return [];
        }

        var index = new EvidenceIndex(evidence);
        return [.. claimed.Where(claim => !claim.Found.IsIn(index)).Select(claim => claim.Found.In(claim.Text)).Distinct()];
    }
}
