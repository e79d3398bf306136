namespace Liaison.Identity;

/// <summary>The credentials of a connection; every secret in them is a reference.</summary>
public sealed class CredentialOptions
{
    /// <summary>Gets or sets the app that all of them sign in through, where they name none of their own.</summary>
    /// <value>The default is <see langword="null"/>; ignored by static tokens.</value>
    public AppOptions? App { get; set; }

    /// <summary>Gets or sets the account-wide credential; named principals use it, users only where <see cref="ConnectionOptions.Mapped"/> names them.</summary>
    /// <value>The default is <see langword="null"/>: no principal can use the connection.</value>
    public SignInOptions? Account { get; set; }

    /// <summary>Gets or sets the users' own credentials, by subject id.</summary>
    /// <value>The default is none: no user can use the connection who is not mapped.</value>
    public IReadOnlyDictionary<string, SignInOptions> Users { get; set; } = new Dictionary<string, SignInOptions>();
}
