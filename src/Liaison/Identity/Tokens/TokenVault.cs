using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Liaison.Failures;
using Liaison.Model;
using Microsoft.AspNetCore.DataProtection;

namespace Liaison.Identity.Tokens;

/// <summary>Seals and opens token sets; the keys lie outside the store.</summary>
internal sealed class TokenVault(IDataProtectionProvider protection)
{
    public SealedTokens Seal(ConnectionName connection, string owner, TokenSet tokens) => new(
        ProtectorOf(connection, owner).Protect(JsonSerializer.SerializeToUtf8Bytes(tokens, TokenJson.Default.TokenSet)), tokens.ExpiresAt);

    public Result<TokenSet> Open(ConnectionName connection, string owner, SealedTokens tokens)
    {
        try
        {
            var bytes = ProtectorOf(connection, owner).Unprotect(tokens.Bytes.ToArray());
            return JsonSerializer.Deserialize(bytes, TokenJson.Default.TokenSet)!;
        }
        catch (Exception problem) when (problem is CryptographicException or JsonException)
        {
            return new Failure(
                FailureKind.Unauthenticated,
                $"The stored tokens of connection {connection} do not open with this installation's keys; restore the keys or sign in again.");
        }
    }

    // Connection and owner are part of the purpose: a row that somebody copies under another user's name does not open.
    private IDataProtector ProtectorOf(ConnectionName connection, string owner) =>
        protection.CreateProtector("Liaison.Tokens", connection.Value, owner);
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenSet))]
internal sealed partial class TokenJson : JsonSerializerContext;
