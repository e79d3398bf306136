using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Liaison.Identity.Keys;

/// <summary>The text of a key: <c>lia_</c>, its id, <c>_</c>, and 43 base64url characters with 256 random bits.</summary>
/// <param name="Id">The id, by which the key is found.</param>
/// <param name="SecretHash">SHA-256 over the secret.</param>
internal readonly record struct KeyText(string Id, byte[] SecretHash)
{
    private const string Prefix = "lia_";
    private const int SecretBytes = 32;
    private const int SecretLength = 43;
    private const int LongestId = 64;

    /// <summary>Makes a new secret's text.</summary>
    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static string Of(string id, string secret) => $"{Prefix}{id}_{secret}";

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));

    /// <summary>Takes a text apart; <see langword="null"/> where it cannot be a key.</summary>
    public static KeyText? Parse(string text)
    {
        var secretAt = text.Length - SecretLength;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || secretAt <= Prefix.Length + 1 || text[secretAt - 1] != '_')
        {
            return null;
        }

        var (id, secret) = (text[Prefix.Length..(secretAt - 1)], text[secretAt..]);
        return id.Length <= LongestId && id.All(IsOfId) && secret.All(IsOfSecret) ? new KeyText(id, HashOf(secret)) : null;
    }

    private static bool IsOfId(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '-';

    private static bool IsOfSecret(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_';
}
