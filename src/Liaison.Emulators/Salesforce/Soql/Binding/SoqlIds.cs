namespace Liaison.Emulators.Salesforce.Soql.Binding;

/// <summary>Record ids in their two spellings (contract section 5).</summary>
internal static class SoqlIds
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    /// <summary>Brings an id to 18 characters; <see langword="null"/> where it is none or its checksum is wrong.</summary>
    public static string? Normalize(string text)
    {
        if (text.Length is not (15 or 18) || !text.All(char.IsAsciiLetterOrDigit))
        {
            return null;
        }

        var checksum = string.Concat(Enumerable.Range(0, 3).Select(block => Checksum(text.AsSpan(block * 5, 5))));
        return text.Length == 15 || text.AsSpan(15).SequenceEqual(checksum) ? text[..15] + checksum : null;
    }

    private static char Checksum(ReadOnlySpan<char> block)
    {
        var bits = 0;
        for (var at = 0; at < block.Length; at++)
        {
            bits |= char.IsAsciiLetterUpper(block[at]) ? 1 << at : 0;
        }

        return Alphabet[bits];
    }
}
