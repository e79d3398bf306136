namespace Liaison.Identity;

/// <summary>Holds protected secrets; the keys that open them lie outside the database.</summary>
public interface ISecretStore
{
    /// <summary>Stores a protected secret under a name, replacing what was there.</summary>
    Task PutAsync(string name, byte[] protectedSecret, CancellationToken cancellationToken);

    /// <summary>Gets a protected secret; <see langword="null"/> where there is none of that name.</summary>
    Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes a secret; one that is not there is no failure.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}
