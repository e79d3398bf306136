using System.Diagnostics.CodeAnalysis;

namespace Liaison.Emulators.Salesforce.Model;

/// <summary>Record ids: three characters of key prefix, the rest a base-62 number, three of checksum (contract section 5).</summary>
internal static class SalesforceId
{
    public const int Short = 15;
    public const int Long = 18;

    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string CheckDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    /// <summary>The pod and reserved characters between key prefix and number, as every record of one org has them.</summary>
    private const string Pod = "Dm0";

    /// <summary>Makes the 18-character id of the record with a number; ids of greater numbers are greater in ordinal order.</summary>
    public static string Make(string keyPrefix, long number) => string.Create(Long, (keyPrefix, number), static (id, key) =>
    {
        key.keyPrefix.CopyTo(id);
        Pod.CopyTo(id[3..]);
        var rest = key.number;
        for (var at = Short - 1; at >= 6; at--)
        {
            id[at] = Digits[(int)(rest % 62)];
            rest /= 62;
        }

        Check(id[..Short], id[Short..]);
    });

    /// <summary>Brings an id of 15 or 18 characters to 18; the checksum mends case, a wrong one is no id.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? id)
    {
        id = null;
        if (text.Length is not (Short or Long))
        {
            return false;
        }

        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character))
            {
                return false;
            }
        }

        Span<char> whole = stackalloc char[Long];
        text[..Short].CopyTo(whole);
        if (text.Length == Long && !Recase(whole[..Short], text[Short..]))
        {
            return false;
        }

        Check(whole[..Short], whole[Short..]);
        id = new string(whole);
        return true;
    }

    /// <summary>Gives the number of an id of this org; <see langword="null"/> for one that this org never gives.</summary>
    public static long? NumberOf(string id)
    {
        if (!id.AsSpan(3, 3).SequenceEqual(Pod))
        {
            return null;
        }

        long number = 0;
        foreach (var character in id.AsSpan(6, Short - 6))
        {
            number = (number * 62) + Digits.IndexOf(character, StringComparison.Ordinal);
        }

        return number;
    }

    /// <summary>Puts the case back that a case-insensitive store lost: each checksum character tells it of five.</summary>
    private static bool Recase(Span<char> id, ReadOnlySpan<char> check)
    {
        for (var block = 0; block < 3; block++)
        {
            var bits = CheckDigits.IndexOf(char.ToUpperInvariant(check[block]), StringComparison.Ordinal);
            if (bits < 0)
            {
                return false;
            }

            for (var at = 0; at < 5; at++)
            {
                ref var character = ref id[(block * 5) + at];
                var upper = (bits & (1 << at)) != 0;
                if (upper && !char.IsAsciiLetter(character))
                {
                    return false;
                }

                character = upper ? char.ToUpperInvariant(character) : char.ToLowerInvariant(character);
            }
        }

        return true;
    }

    private static void Check(ReadOnlySpan<char> id, Span<char> check)
    {
        for (var block = 0; block < 3; block++)
        {
            var bits = 0;
            for (var at = 0; at < 5; at++)
            {
                bits |= char.IsAsciiLetterUpper(id[(block * 5) + at]) ? 1 << at : 0;
            }

            check[block] = CheckDigits[bits];
        }
    }
}
