using System.Collections.Frozen;
using System.Text.Json;
using Liaison.Identity;

namespace Liaison.Connectors;

/// <summary>How a CRM gives out access tokens: all that the engine needs to get, renew, prove and revoke them.</summary>
/// <remarks>A connector declares this and never calls a token endpoint itself; lifetimes, leases, storage and repeats are the engine's.</remarks>
public sealed record SignInDescriptor
{
    /// <summary>Gets the sign-in of a CRM that knows static tokens only.</summary>
    public static SignInDescriptor StaticTokens { get; } = new() { Grants = [new GrantDescriptor(GrantKind.StaticToken)] };

    /// <summary>Gets the ways to a token, the one to recommend first.</summary>
    public required IReadOnlyList<GrantDescriptor> Grants { get; init; }

    /// <summary>Gets the hosts that give out tokens, by environment.</summary>
    /// <value>The default is empty: the connection's base URL gives them out.</value>
    /// <remarks>A connection may name its own login host; one that is here for the other environment is refused, so that a sandbox is never signed in to as production.</remarks>
    public FrozenDictionary<CrmEnvironment, Uri> Hosts { get; init; } = FrozenDictionary<CrmEnvironment, Uri>.Empty;

    /// <summary>Gets the hosts on which people consent, by environment.</summary>
    /// <value>The default is empty: those that give out the tokens.</value>
    public FrozenDictionary<CrmEnvironment, Uri> ConsentHosts { get; init; } = FrozenDictionary<CrmEnvironment, Uri>.Empty;

    /// <summary>Gets a value indicating whether a connection with a base URL of its own signs in there and not at <see cref="Hosts"/>.</summary>
    /// <value>The default is <see langword="true"/>; <see langword="false"/> where an identity provider apart from the CRM gives out the tokens.</value>
    public bool AtBaseUrl { get; init; } = true;

    /// <summary>Gets the paths by the connection's API version.</summary>
    /// <value>The default is <see langword="null"/>: static tokens only.</value>
    public Func<string, SignInPaths>? Paths { get; init; }

    /// <summary>Gets the reader of what a token answer says beyond OAuth's own words (RFC 6749, section 5.1), which the engine reads itself.</summary>
    /// <value>The default reads nothing. It is given a JSON object and must take any: every property is optional.</value>
    public Func<JsonElement, TokenOwner> ReadOwner { get; init; } = _ => TokenOwner.Untold;

    /// <summary>Gets the reader of an introspection answer (RFC 7662), which proves whose a token is; used where <see cref="SignInPaths.Introspect"/> is set.</summary>
    /// <value>The default reads nothing. It is given the answers of active tokens only: <c>active</c> is read by the engine.</value>
    public Func<JsonElement, TokenOwner> ReadIntrospection { get; init; } = _ => TokenOwner.Untold;

    /// <summary>Gets the map from token errors to what they mean; the first rule that fits wins.</summary>
    /// <value>The default is empty: the words of RFC 6749 are read as that document means them.</value>
    public IReadOnlyList<TokenErrorRule> Errors { get; init; } = [];

    /// <summary>Gets how long an access token is taken to live where its answer has no <c>expires_in</c>.</summary>
    /// <value>The default is one hour; a connection may say otherwise.</value>
    public TimeSpan AssumedLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Gets how long a signed assertion is good for.</summary>
    /// <value>The default is 120 seconds.</value>
    public TimeSpan AssertionLifetime { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Finds what is declared of a grant; <see langword="null"/> where the CRM does not offer it.</summary>
    public GrantDescriptor? Find(GrantKind kind) => Grants.FirstOrDefault(grant => grant.Kind == kind);
}

/// <summary>The ways to an access token.</summary>
public enum GrantKind
{
    /// <summary>A long-lived token that an administrator copies (HubSpot: service key, private app).</summary>
    StaticToken,

    /// <summary>A person consents in the browser (authorization code with PKCE); a refresh token keeps the consent.</summary>
    AuthorizationCode,

    /// <summary>An assertion signed with the app's key names the user to act as (RFC 7523); there is no refresh token.</summary>
    JwtBearer,

    /// <summary>The app signs in as itself: for named principals only, never for a user.</summary>
    ClientCredentials,

    /// <summary>User name and password: for development only, behind <c>allowInsecureFlow</c>.</summary>
    Password,
}

/// <summary>A way to an access token, as one CRM has it.</summary>
public sealed record GrantDescriptor(GrantKind Kind)
{
    /// <summary>Gets the scopes to ask for beside those of the features, as in <c>refresh_token</c>; <c>{baseUrl}</c> stands for the connection's.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Gets a value indicating whether the scopes of the features that are turned on are asked for by name.</summary>
    /// <value>The default is <see langword="false"/>: what the token opens is decided where the app is registered.</value>
    public bool AsksFeatureScopes { get; init; }

    /// <summary>Gets a value indicating whether the app has to prove itself with its secret.</summary>
    public bool NeedsClientSecret { get; init; }
}

/// <summary>The paths of a CRM's sign-in, each beginning with a slash.</summary>
/// <param name="Token">Where tokens are given out.</param>
public sealed record SignInPaths(string Token)
{
    /// <summary>Gets the page on which people consent.</summary>
    public string? Authorize { get; init; }

    /// <summary>Gets where a token is given back.</summary>
    public string? Revoke { get; init; }

    /// <summary>Gets where is told whose a token is, against the app's secret.</summary>
    public string? Introspect { get; init; }
}

/// <summary>Whose a token is, as far as an answer tells it.</summary>
public sealed record TokenOwner
{
    /// <summary>Gets the owner of whom nothing is told.</summary>
    public static TokenOwner Untold { get; } = new();

    /// <summary>Gets the account's own id (HubSpot: portal; Salesforce: organisation); a token of another account than the connection's is refused.</summary>
    public string? AccountId { get; init; }

    /// <summary>Gets the CRM's id of the user.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the host that all further calls go to.</summary>
    public Uri? InstanceUrl { get; init; }

    /// <summary>Gets the granted scopes, where the CRM tells them otherwise than by <c>scope</c>.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Gets whose eyes the token gives; told by an introspection only.</summary>
    public CredentialReach? Reach { get; init; }
}

/// <summary>What a token error asks for.</summary>
public enum TokenTrouble
{
    /// <summary>The consent is gone: a person has to sign in again.</summary>
    Reconnect,

    /// <summary>The app, its key or its approval is set up wrongly: an administrator has to mend it, and nothing else helps.</summary>
    Configuration,

    /// <summary>Somebody else is renewing the same token, or too many were asked for: wait and look again.</summary>
    Wait,

    /// <summary>The token endpoint has a fault of its own: trying again helps.</summary>
    Transient,
}

/// <summary>One row of the map of token errors.</summary>
/// <param name="Error">OAuth's <c>error</c>; <see langword="null"/> fits every one.</param>
/// <param name="Sentence">What was refused and what would mend it: one sentence, without values of the answer.</param>
public sealed record TokenErrorRule(string? Error, TokenTrouble Trouble, string Sentence)
{
    /// <summary>Gets the vendor's own <c>status</c> word that must stand beside the error; <see langword="null"/> fits every one.</summary>
    public string? Status { get; init; }

    /// <summary>Gets a part of <c>error_description</c> that must be there, whatever its case; <see langword="null"/> fits every one.</summary>
    public string? Describes { get; init; }

    /// <summary>Gets the least time to wait before asking again.</summary>
    public TimeSpan? Wait { get; init; }
}
