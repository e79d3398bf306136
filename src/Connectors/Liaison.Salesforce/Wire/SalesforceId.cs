namespace Liaison.Salesforce.Wire;

/// <summary>Salesforce's record ids: 15 letters that differ by case, or the same with three more that say which are capitals.</summary>
/// <remarks>Both spellings name one record, so ids are brought to 18 letters at the edge (contracts/salesforce.md 5).</remarks>
internal static class SalesforceId
{
    private const string Checksums = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    private const int Short = 15;
    private const int Block = 5;

    /// <summary>Gives an id its long spelling.</summary>
    /// <returns><see langword="null"/> for a text that is no id, or whose last three letters contradict the rest.</returns>
    internal static string? Normalize(string text)
    {
        if (text.Length is not (Short or Short + (Short / Block)) || !text.All(char.IsAsciiLetterOrDigit))
        {
            return null;
        }

        var bare = text[..Short];
        var whole = bare + string.Concat(bare.Chunk(Block).Select(ChecksumOf));
        return text.Length == Short || string.Equals(text, whole, StringComparison.Ordinal) ? whole : null;
    }

    private static char ChecksumOf(char[] block)
    {
        var capitals = 0;
        for (var place = 0; place < block.Length; place++)
        {
            capitals |= char.IsAsciiLetterUpper(block[place]) ? 1 << place : 0;
        }

        return Checksums[capitals];
    }
}
