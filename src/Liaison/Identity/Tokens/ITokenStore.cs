using Liaison.Model;

namespace Liaison.Identity.Tokens;

/// <summary>Holds the protected tokens of credentials, hands out the right to renew them, and keeps how each stands.</summary>
/// <remarks>
/// The tokens are ciphertext, whose keys lie outside the store. Time is the store's own, so that the nodes on one database agree on who
/// may renew. Owners are told apart by case.
/// </remarks>
public interface ITokenStore
{
    /// <summary>Finds a credential; <see langword="null"/> where nothing is held or noted of it.</summary>
    Task<StoredCredential?> FindAsync(ConnectionName connection, string owner, CancellationToken cancellationToken);

    /// <summary>Lists the credentials of a connection in order of owner.</summary>
    Task<IReadOnlyList<StoredCredential>> ListAsync(ConnectionName connection, CancellationToken cancellationToken);

    /// <summary>Takes the right to renew a credential, whether or not there is one yet.</summary>
    /// <param name="length">After how long the right falls to whoever asks next, since its holder may be dead.</param>
    /// <returns>The number of the lease, higher than every earlier one; <see langword="null"/> while another holds one.</returns>
    Task<long?> TryLeaseAsync(ConnectionName connection, string owner, TimeSpan length, CancellationToken cancellationToken);

    /// <summary>Stores renewed tokens and gives the lease back, in one step.</summary>
    /// <returns><see langword="false"/> where the lease was given back, fell to another, or ended by a new sign-in: nothing is stored then.</returns>
    Task<bool> RenewAsync(
        ConnectionName connection, string owner, long lease, SealedTokens tokens, CancellationToken cancellationToken);

    /// <summary>Gives a lease back; one that is not held any more is no failure.</summary>
    Task ReleaseAsync(ConnectionName connection, string owner, long lease, CancellationToken cancellationToken);

    /// <summary>Stores the tokens of a new sign-in over whatever was there, and ends every lease on them.</summary>
    Task ConnectAsync(ConnectionName connection, string owner, SealedTokens tokens, CancellationToken cancellationToken);

    /// <summary>Notes how a credential fared; a failure of tokens that were replaced meanwhile is dropped.</summary>
    Task NoteAsync(ConnectionName connection, string owner, CredentialNote note, CancellationToken cancellationToken);

    /// <summary>Forgets everything of a connection's credentials.</summary>
    Task RemoveAsync(ConnectionName connection, CancellationToken cancellationToken);
}

/// <summary>Protected tokens.</summary>
/// <param name="ExpiresAt">When the access token ends; <see langword="null"/> where nobody knows.</param>
public sealed record SealedTokens(ReadOnlyMemory<byte> Bytes, DateTimeOffset? ExpiresAt);

/// <summary>A credential as it is stored.</summary>
/// <param name="Owner">Whose it is: the subject's id, or <c>(account)</c>.</param>
public sealed record StoredCredential(ConnectionName Connection, string Owner)
{
    /// <summary>Gets the protected tokens; <see langword="null"/> where none are held, as of static tokens.</summary>
    public SealedTokens? Tokens { get; init; }

    /// <summary>Gets a number that rises with every new set of tokens; zero while there was none.</summary>
    public long Version { get; init; }

    /// <summary>Gets when somebody signed in last.</summary>
    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary>Gets when the tokens were renewed last.</summary>
    public DateTimeOffset? RenewedAt { get; init; }

    /// <summary>Gets when the CRM refused it last.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>Gets why, in one sentence without secrets; it stays when the credential works again.</summary>
    public string? Failure { get; init; }

    /// <summary>Gets a value indicating whether it is of no use until somebody signs in again or mends the app.</summary>
    public bool NeedsAuthorization { get; init; }
}

/// <summary>How a credential fared.</summary>
/// <param name="Failure">Why the CRM refused; <see langword="null"/> when it took the credential.</param>
/// <param name="NeedsAuthorization">Whether only a new sign-in helps.</param>
/// <param name="Version">Of which tokens it is told; <see langword="null"/> for whichever there are.</param>
public sealed record CredentialNote(string? Failure, bool NeedsAuthorization, long? Version = null);
