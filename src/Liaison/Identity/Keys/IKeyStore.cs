namespace Liaison.Identity.Keys;

/// <summary>Holds API keys: what is known of them, and the hash of the secret instead of the secret.</summary>
/// <remarks>Keys are never deleted, so that what a revoked one did stays explained.</remarks>
public interface IKeyStore
{
    /// <summary>Adds a key; durable when the task ends.</summary>
    Task AddAsync(StoredKey key, CancellationToken cancellationToken);

    /// <summary>Finds a key by its whole id; <see langword="null"/> where there is none.</summary>
    Task<StoredKey?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Lists keys, newest first.</summary>
    /// <param name="subject">Only the keys of this subject id; <see langword="null"/> for all.</param>
    Task<IReadOnlyList<ApiKey>> ListAsync(string? subject, CancellationToken cancellationToken);

    /// <summary>Revokes a key and gives it as it is then; one that is revoked already keeps its first time.</summary>
    /// <returns><see langword="null"/> where there is none of that id.</returns>
    Task<ApiKey?> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Keeps when a key was last used; an earlier time than the known one changes nothing.</summary>
    Task TouchAsync(string id, DateTimeOffset at, CancellationToken cancellationToken);
}
