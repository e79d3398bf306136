using Liaison.Failures;

namespace Liaison.Identity;

/// <summary>Finds the secret behind a reference, anew each time, so that a rotated one is taken up without a restart.</summary>
/// <param name="vault">The encrypted store.</param>
/// <param name="environment">Reads an environment variable.</param>
public sealed class SecretResolver(SecretVault vault, Func<string, string?> environment)
{
    /// <summary>Finds a token.</summary>
    /// <returns><see cref="FailureKind.Unauthenticated"/> where there is none or it cannot be a token.</returns>
    public async Task<Result<string>> ResolveAsync(SecretReference reference, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return (await FindAsync(reference, cancellationToken)).TryGet(out var secret, out var failure) ? Check(secret.Trim(), reference) : failure;
    }

    /// <summary>Finds a secret that is no token: a key of many lines, a password with any letters in it.</summary>
    /// <returns><see cref="FailureKind.Unauthenticated"/> where there is none.</returns>
    public async Task<Result<string>> ResolveTextAsync(SecretReference reference, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var found = await FindAsync(reference, cancellationToken);
        return found.Then<string>(text => text.Trim('\r', '\n') is { Length: > 0 } secret ? secret : Missing($"The secret {reference} is empty."));
    }

    private async Task<Result<string>> FindAsync(SecretReference reference, CancellationToken cancellationToken)
    {
        var found = reference.Source switch
        {
            SecretSource.Env => environment(reference.Name) is { } value
                ? value
                : Missing($"The environment variable {reference.Name} is not set."),
            SecretSource.File => await ReadFileAsync(reference.Name, cancellationToken),
            SecretSource.Store => await vault.GetAsync(reference.Name, cancellationToken),
        };

        return found.TryGet(out var secret, out var failure) ? secret : Missing(failure.Message);
    }

    private static async Task<Result<string>> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Missing($"The secret file {path} cannot be read.");
        }
    }

    // What does not fit a header is refused here: the framework's own exception would quote the token.
    private static Result<string> Check(string secret, SecretReference reference)
    {
        if (secret.Length == 0)
        {
            return Missing($"The secret {reference} is empty.");
        }

        return secret.All(character => character is > ' ' and <= '~')
            ? secret
            : Missing($"The secret {reference} is no token: it has spaces, line breaks or letters beyond ASCII in it.");
    }

    private static Failure Missing(string sentence) => new(FailureKind.Unauthenticated, sentence);
}
