namespace Liaison.Server.Rest.Authentication;

/// <summary>How callers from outside prove themselves beside API keys: bound from the <c>access</c> section of <c>liaison.yaml</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>Gets or sets the company's identity provider.</summary>
    /// <value>The default is <see langword="null"/>: API keys only.</value>
    public OidcOptions? Oidc { get; set; }
}

/// <summary>An OpenID Connect provider whose access tokens are accepted.</summary>
public sealed class OidcOptions
{
    /// <summary>Gets or sets the issuer, exactly as its tokens name it; its discovery document is found below it.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Gets or sets the audience that a token must be for: the name under which this installation is registered.</summary>
    public string Audience { get; set; } = "";

    /// <summary>Gets or sets the claim that holds the user's id, as grants and <c>credentials.users</c> name it.</summary>
    /// <value>The default is <c>email</c>; a token that says <c>email_verified: false</c> is then refused.</value>
    public string SubjectClaim { get; set; } = "email";

    /// <summary>Gets or sets the claim that holds the agent or tool, as grants name it.</summary>
    /// <value>The default is <c>azp</c>, the client that the token was issued to.</value>
    public string ActorClaim { get; set; } = "azp";

    /// <summary>Gets or sets the purposes that a request may state; the first is meant where it states none.</summary>
    /// <value>The default is <c>assistance</c> alone.</value>
    public IReadOnlyList<string> Purposes { get; set; } = ["assistance"];

    /// <summary>Gets or sets by how many seconds the provider's clock may differ.</summary>
    /// <value>The default is 60. Range 0 to 300.</value>
    public int ClockSkewSeconds { get; set; } = 60;

    /// <summary>Gets or sets whether the provider's documents are fetched by https only; off for a provider on loopback only.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool RequireHttpsMetadata { get; set; } = true;
}

/// <summary>Finds every fault of the access section, not the first.</summary>
public static class AccessOptionsValidator
{
    private const string At = "access.oidc";

    /// <summary>Checks the section.</summary>
    /// <returns>One sentence a fault, each beginning with the path of its key; none when everything is right.</returns>
    public static IReadOnlyList<string> Validate(AccessOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Oidc is { } oidc ? [.. Faults(oidc)] : [];
    }

    private static IEnumerable<string> Faults(OidcOptions oidc)
    {
        if (!Uri.TryCreate(oidc.Issuer, UriKind.Absolute, out var issuer) || issuer.Scheme is not ("https" or "http") || issuer.Query.Length > 0 || issuer.Fragment.Length > 0)
        {
            yield return $"{At}.issuer: an issuer is an https address without query, as in https://login.example.com.";
        }
        else if (issuer.Scheme == Uri.UriSchemeHttp && !(issuer.IsLoopback && !oidc.RequireHttpsMetadata))
        {
            // Whoever stands in between could hand out keys of their own.
            yield return $"{At}.issuer: an issuer is reached by https; on loopback requireHttpsMetadata: false allows http.";
        }
        else if (!oidc.RequireHttpsMetadata && !issuer.IsLoopback)
        {
            yield return $"{At}.requireHttpsMetadata: it can be false for an issuer on loopback only.";
        }

        foreach (var (what, text) in new[] { ("audience", oidc.Audience), ("subjectClaim", oidc.SubjectClaim), ("actorClaim", oidc.ActorClaim) })
        {
            if (text.Trim().Length == 0)
            {
                yield return $"{At}.{what}: this cannot be left empty.";
            }
        }

        if (oidc.Purposes.Count == 0)
        {
            yield return $"{At}.purposes: name at least one purpose, as in assistance.";
        }

        if (oidc.ClockSkewSeconds is < 0 or > 300)
        {
            yield return $"{At}.clockSkewSeconds: {oidc.ClockSkewSeconds} is out of range; expected 0 to 300.";
        }
    }
}
