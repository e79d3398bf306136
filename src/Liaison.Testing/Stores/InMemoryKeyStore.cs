using Liaison.Identity.Keys;

namespace Liaison.Testing.Stores;

/// <summary>API keys in memory: keeps the contract, and nothing past the process.</summary>
public sealed class InMemoryKeyStore : IKeyStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, StoredKey> keys = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task AddAsync(StoredKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        lock (gate)
        {
            keys.Add(key.Key.Id, key with { SecretHash = [.. key.SecretHash] });
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<StoredKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(keys.GetValueOrDefault(id));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ApiKey>> ListAsync(string? subject, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<ApiKey>>(
            [
                .. keys.Values
                    .Select(stored => stored.Key)
                    .Where(key => subject is null || key.Subject.Id == subject)
                    .OrderByDescending(key => key.CreatedAt)
                    .ThenByDescending(key => key.Id, StringComparer.Ordinal),
            ]);
        }
    }

    /// <inheritdoc/>
    public Task<ApiKey?> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        Task.FromResult(Change(id, key => key with { RevokedAt = key.RevokedAt ?? at }));

    /// <inheritdoc/>
    public Task TouchAsync(string id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        Change(id, key => key with { LastUsedAt = key.LastUsedAt > at ? key.LastUsedAt : at });
        return Task.CompletedTask;
    }

    private ApiKey? Change(string id, Func<ApiKey, ApiKey> change)
    {
        lock (gate)
        {
            if (!keys.TryGetValue(id, out var stored))
            {
                return null;
            }

            keys[id] = stored with { Key = change(stored.Key) };
            return keys[id].Key;
        }
    }
}
