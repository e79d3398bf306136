using Liaison.Model;

namespace Liaison.Identity;

/// <summary>Whose eyes a credential gives.</summary>
public enum CredentialReach
{
    /// <summary>Everything that the app's scopes allow, whoever asks: the engine must narrow it.</summary>
    Account,

    /// <summary>What the CRM shows one user.</summary>
    User,
}

/// <summary>The credential that a request is made with; it stems from a permit and cannot be made without one.</summary>
/// <remarks>
/// Only the credential broker makes these: a house test reads the compiled assemblies for it. The secret never leaves the
/// engine: connectors see a channel that carries it, not the token.
/// </remarks>
public sealed class UserCredential
{
    private readonly string accessToken;

    internal UserCredential(
        ConnectionName connection, CredentialReach reach, string identity, string accessToken, Uri? instanceUrl = null, long version = 0, string? userId = null,
        bool isStatic = true)
    {
        Connection = connection;
        Reach = reach;
        Identity = identity;
        InstanceUrl = instanceUrl;
        Version = version;
        UserId = userId;
        IsStatic = isStatic;
        this.accessToken = accessToken;
    }

    /// <summary>Gets the connection that the credential opens.</summary>
    public ConnectionName Connection { get; }

    /// <summary>Gets whether the CRM narrows to a user or the engine has to.</summary>
    public CredentialReach Reach { get; }

    /// <summary>Gets a stable name of the credential's owner, fit for cache keys and audit entries; never the token.</summary>
    public string Identity { get; }

    /// <summary>Gets the host that the token answer named; <see langword="null"/> means the connection's own.</summary>
    public Uri? InstanceUrl { get; }

    /// <summary>Gets the CRM's own id of the user, as the sign-in proved it.</summary>
    /// <value>The default is <see langword="null"/>: the credential is the account's, or the CRM did not tell whose it is.</value>
    public string? UserId { get; }

    /// <summary>Gets a value indicating whether the token is one that an administrator copied, and not one that the CRM gave out at a sign-in.</summary>
    public bool IsStatic { get; }

    /// <summary>Gets the number that tells this token from the owner's earlier ones.</summary>
    internal long Version { get; }

    /// <summary>Gives the secret to the channel, the only one who sends it.</summary>
    internal string Reveal() => accessToken;

    /// <inheritdoc/>
    public override string ToString() => $"{Connection}:{Identity}";
}
