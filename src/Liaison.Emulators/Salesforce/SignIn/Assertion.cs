using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Liaison.Emulators.Hosting;

namespace Liaison.Emulators.Salesforce.SignIn;

/// <summary>Judges the signed assertion by which a server signs in as a user (contract section 1.3).</summary>
internal sealed class Assertion(ClientApp app, SalesforceEmulatorOptions options)
{
    /// <summary>The clocks of two hosts may differ by as much.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(3);

    /// <summary>Gives the username that the assertion names, or the error and its description.</summary>
    /// <param name="origin">The org's own address, which is an audience beside the login hosts.</param>
    public (string? Username, string Error, string Description) Read(string? assertion, string origin, DateTimeOffset now)
    {
        if (assertion?.Split('.') is not [var header, var payload, var signature] || Json(header) is not { } head || Json(payload) is not { } claims || Bytes(signature) is not { } signed)
        {
            return Invalid("invalid assertion");
        }

        using (head)
        using (claims)
        {
            var (kind, claim) = (head.RootElement, claims.RootElement);
            if (kind.TextOf("alg") != "RS256")
            {
                return Invalid("algorithm not supported");
            }

            if (claim.TextOf("iss") != ClientApp.ConsumerKey)
            {
                return (null, "invalid_client_id", "client identifier invalid");
            }

            // The signature comes before what it vouches for.
            if (!app.Verifies(Encoding.ASCII.GetBytes($"{header}.{payload}"), signed))
            {
                return Invalid("invalid assertion");
            }

            if (!IsAudience(claim, origin))
            {
                return Invalid("audience is invalid");
            }

            if (claim.MemberOf("exp") is not { ValueKind: JsonValueKind.Number } expires || DateTimeOffset.FromUnixTimeSeconds((long)expires.GetDouble()) + Skew <= now)
            {
                return Invalid("expired assertion");
            }

            return claim.TextOf("sub") is { Length: > 0 } username ? (username, "", "") : Invalid("invalid assertion");
        }
    }

    private bool IsAudience(JsonElement claims, string origin)
    {
        string[] accepted = [options.Sandbox ? "https://test.salesforce.com" : "https://login.salesforce.com", origin];
        var given = claims.MemberOf("aud");
        return given.ValueKind == JsonValueKind.Array
            ? given.EnumerateArray().Any(each => accepted.Contains(each.GetString()?.TrimEnd('/')))
            : accepted.Contains(claims.TextOf("aud")?.TrimEnd('/'));
    }

    private static (string? Username, string Error, string Description) Invalid(string description) => (null, "invalid_grant", description);

    private static JsonDocument? Json(string part)
    {
        if (Bytes(part) is not { } bytes)
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(string part)
    {
        var buffer = new byte[Base64Url.GetMaxDecodedLength(part.Length)];
        return Base64Url.TryDecodeFromChars(part, buffer, out var written) ? buffer[..written] : null;
    }
}
