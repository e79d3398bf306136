using System.Collections.Concurrent;
using Liaison.Identity;

namespace Liaison.Testing.Stores;

/// <summary>Secrets in memory: keeps the contract, and nothing past the process.</summary>
public sealed class InMemorySecretStore : ISecretStore
{
    private readonly ConcurrentDictionary<string, byte[]> secrets = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task PutAsync(string name, byte[] protectedSecret, CancellationToken cancellationToken)
    {
        secrets[name] = [.. protectedSecret];
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<byte[]?>(secrets.TryGetValue(name, out var secret) ? [.. secret] : null);

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        secrets.TryRemove(name, out _);
        return Task.CompletedTask;
    }
}
