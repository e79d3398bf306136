using System.Security.Cryptography;
using System.Text;
using Liaison.Failures;
using Microsoft.AspNetCore.DataProtection;

namespace Liaison.Identity;

/// <summary>The encrypted store of secrets; the keys lie outside the database.</summary>
public sealed class SecretVault(ISecretStore store, IDataProtectionProvider protection)
{
    /// <summary>Stores a secret under a name, replacing what was there.</summary>
    public Task PutAsync(string name, string secret, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        return store.PutAsync(name, ProtectorOf(name).Protect(Encoding.UTF8.GetBytes(secret)), cancellationToken);
    }

    /// <summary>Opens a secret.</summary>
    /// <returns><see cref="FailureKind.NotFound"/> where there is none of that name; <see cref="FailureKind.Unauthenticated"/> where the keys do not open it.</returns>
    public async Task<Result<string>> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(name, cancellationToken) is not { } sealedSecret)
        {
            return new Failure(FailureKind.NotFound, $"The store holds no secret named \"{name}\".");
        }

        try
        {
            return Encoding.UTF8.GetString(ProtectorOf(name).Unprotect(sealedSecret));
        }
        catch (CryptographicException)
        {
            return new Failure(
                FailureKind.Unauthenticated,
                $"The stored secret \"{name}\" does not open with this installation's keys; restore the keys or store it again.");
        }
    }

    /// <summary>Deletes a secret; one that is not there is no failure.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) => store.DeleteAsync(name, cancellationToken);

    // The name is part of the purpose: a row that somebody copies under another name does not open.
    private IDataProtector ProtectorOf(string name) => protection.CreateProtector("Liaison.Secrets", name);
}
