using System.Diagnostics.CodeAnalysis;
using Liaison.Connectors;

namespace Liaison.Identity;

/// <summary>How one credential comes to its access tokens; a bare text in the configuration is the reference to a static one.</summary>
public sealed class SignInOptions
{
    /// <summary>Gets or sets the way to a token.</summary>
    /// <value>The default is <see cref="GrantKind.StaticToken"/>.</value>
    public GrantKind Grant { get; set; }

    /// <summary>Gets or sets the reference to the token.</summary>
    /// <value>The default is <see langword="null"/>; it is needed by <see cref="GrantKind.StaticToken"/> and by nothing else.</value>
    public string? Token { get; set; }

    /// <summary>Gets or sets the app to sign in through.</summary>
    /// <value>The default is <see langword="null"/>: the connection's <see cref="CredentialOptions.App"/>.</value>
    public AppOptions? App { get; set; }

    /// <summary>Gets or sets the CRM's name of the user to act as.</summary>
    /// <value>The default is <see langword="null"/>; needed by <see cref="GrantKind.JwtBearer"/> and <see cref="GrantKind.Password"/>.</value>
    public string? Username { get; set; }

    /// <summary>Gets or sets the reference to the password, with the security token appended where the CRM wants one.</summary>
    /// <value>The default is <see langword="null"/>; needed by <see cref="GrantKind.Password"/> and by nothing else.</value>
    public string? Password { get; set; }

    /// <summary>Gets or sets a value indicating whether the password flow may be used at all; never in production (R5).</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowInsecureFlow { get; set; }

    /// <summary>Gets or sets after how many minutes an access token counts as old whose answer did not say.</summary>
    /// <value>The default is <see langword="null"/>: what the connector assumes. Between 1 and 1440.</value>
    public int? LifetimeMinutes { get; set; }

    /// <summary>Takes a reference as a static token.</summary>
    [return: NotNullIfNotNull(nameof(reference))]
    public static implicit operator SignInOptions?(string? reference) => FromString(reference);

    /// <summary>Takes a reference as a static token; <see langword="null"/> where there is none.</summary>
    [return: NotNullIfNotNull(nameof(reference))]
    public static SignInOptions? FromString(string? reference) => reference is null ? null : new SignInOptions { Token = reference };
}

/// <summary>An app as it is registered in the CRM (Salesforce: External Client App, or an older Connected App).</summary>
public sealed class AppOptions
{
    /// <summary>Gets or sets the app's public id (Salesforce: consumer key).</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Gets or sets the reference to the app's secret.</summary>
    /// <value>The default is <see langword="null"/>: an app without one, or one that proves itself by its key.</value>
    public string? ClientSecret { get; set; }

    /// <summary>Gets or sets the reference to the app's private key: RSA of at least 2048 bits, as PEM.</summary>
    /// <value>The default is <see langword="null"/>; needed by <see cref="GrantKind.JwtBearer"/>.</value>
    public string? PrivateKey { get; set; }

    /// <summary>Gets or sets the host that gives out the tokens.</summary>
    /// <value>The default is <see langword="null"/>: the connection's base URL where it has one and the CRM signs in there, else the vendor's host of the connection's environment.</value>
    public Uri? LoginHost { get; set; }

    /// <summary>Gets or sets for whom signed assertions are meant.</summary>
    /// <value>The default is <see langword="null"/>: the login host.</value>
    public string? Audience { get; set; }
}
