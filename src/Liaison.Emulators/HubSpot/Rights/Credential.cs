using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Rights;

/// <summary>An app that calls the account; limits are counted per app.</summary>
/// <param name="IsOAuth">OAuth apps have the smaller burst and no daily headers (contract section 3).</param>
internal sealed record ConnectedApp(long Id, string Name, string ClientId, string ClientSecret, bool IsOAuth, bool IsUserLevel);

/// <summary>A bearer token and what it opens.</summary>
internal sealed class Credential(string token, ConnectedApp app, CrmUser? user, IEnumerable<string> scopes)
{
    public string Token { get; } = token;

    public ConnectedApp App { get; } = app;

    /// <summary>Gets the user it acts as; <see langword="null"/> for an account-wide token, which sees all.</summary>
    public CrmUser? User { get; } = app.IsUserLevel ? user : null;

    /// <summary>Gets who installed or consented, whatever the token acts as.</summary>
    public CrmUser? GrantedBy { get; } = user;

    public HashSet<string> Scopes { get; set; } = [.. scopes];

    public DateTimeOffset? ExpiresAt { get; set; }

    public string? RefreshToken { get; init; }

    public bool Revoked { get; set; }

    /// <summary>Tells whether any one of the scopes is held.</summary>
    public bool HasAny(IReadOnlyList<string> scopes) => scopes.Count == 0 || scopes.Any(Scopes.Contains);
}
