using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Liaison.Failures;

namespace Liaison.Connectors;

/// <summary>A signed statement of who an app acts as: RS256 (RFC 7523), as contracts/salesforce.md 1.3 has it.</summary>
internal static class SignedAssertion
{
    private const int LeastBits = 2048;

    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"RS256"}"""u8);

    /// <param name="issuer">The app's public id.</param>
    /// <param name="subject">The CRM's name of the user to act as.</param>
    /// <returns><see cref="FailureKind.Unauthenticated"/> for a key that is no RSA key of at least 2048 bits; the key is not repeated.</returns>
    public static Result<string> Sign(string pem, string issuer, string subject, string audience, DateTimeOffset expiresAt)
    {
        using var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
        }
        catch (Exception problem) when (problem is ArgumentException or CryptographicException)
        {
            return new Failure(FailureKind.Unauthenticated, "the app's private key cannot be read; an unencrypted RSA key as PEM is wanted.");
        }

        if (key.KeySize < LeastBits)
        {
            return new Failure(FailureKind.Unauthenticated, $"the app's private key has {key.KeySize} bits; at least {LeastBits} are wanted.");
        }

        var signed = $"{Header}.{Base64Url.EncodeToString(Claims(issuer, subject, audience, expiresAt))}";
        try
        {
            var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return $"{signed}.{Base64Url.EncodeToString(signature)}";
        }
        catch (CryptographicException)
        {
            return new Failure(FailureKind.Unauthenticated, "the app's key is a public one; its private key is wanted.");
        }
    }

    private static byte[] Claims(string issuer, string subject, string audience, DateTimeOffset expiresAt)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("iss", issuer);
            writer.WriteString("sub", subject);
            writer.WriteString("aud", audience);
            writer.WriteNumber("exp", expiresAt.ToUnixTimeSeconds());
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
