using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.World;

namespace Liaison.Emulators.HubSpot.Rights;

/// <summary>Every token the account has given out, and the apps they belong to.</summary>
internal sealed class TokenVault
{
    private readonly ConcurrentDictionary<string, Credential> _byToken = new(StringComparer.Ordinal);
    private readonly HubSpotEmulatorOptions _options;
    private readonly IdSource _ids;
    private readonly EmulatorClock _clock;

    public TokenVault(Account account, HubSpotEmulatorOptions options, DemoUsers users, IdSource ids, EmulatorClock clock)
    {
        (_options, _ids, _clock) = (options, ids, clock);
        var manager = users.Manager;
        PrivateApp = new(1001, "Liaison demo private app", "", "liaison-demo-secret", IsOAuth: options.LimitProfile == "oauth", IsUserLevel: false);
        Add(new Credential("pat-demo", PrivateApp, manager, Scopes.All));
        Demo.Add(new DemoCredential("account", "pat-demo", null, "everything in the account"));
        foreach (var (name, user) in users.Named)
        {
            Add(new Credential($"user-{name}-demo", UserLevelApp, user, Scopes.For(user.Role)));
            Demo.Add(new DemoCredential(name, $"user-{name}-demo", user.Email, Describe(user)));
        }

        Installer = account.Users.First(user => user.UserId == manager.UserId);
    }

    /// <summary>Gets the tokens that exist from the start.</summary>
    public List<DemoCredential> Demo { get; } = [];

    /// <summary>Gets every app; events are signed with its secret.</summary>
    public IReadOnlyList<ConnectedApp> Apps => [PrivateApp, UserLevelApp, AccountOAuthApp];

    public ConnectedApp PrivateApp { get; }

    public ConnectedApp UserLevelApp { get; } = new(2002, "Liaison demo user app", "liaison-demo-user-app", "liaison-demo-secret", IsOAuth: true, IsUserLevel: true);

    public ConnectedApp AccountOAuthApp { get; } = new(3003, "Liaison demo account app", "liaison-demo-account-app", "liaison-demo-secret", IsOAuth: true, IsUserLevel: false);

    /// <summary>Gets the super administrator who set the apps up.</summary>
    public CrmUser Installer { get; }

    public IEnumerable<Credential> All => _byToken.Values;

    public bool TryGet(string token, [NotNullWhen(true)] out Credential? credential) => _byToken.TryGetValue(token, out credential);

    /// <summary>Gives out a new access token of an OAuth app.</summary>
    public Credential Grant(ConnectedApp app, CrmUser user, IEnumerable<string> scopes, string refreshToken)
    {
        var credential = new Credential("CL" + _ids.Token(300), app, user, scopes)
        {
            ExpiresAt = _clock.Now + _options.AccessTokenLifetime,
            RefreshToken = refreshToken,
        };
        Add(credential);
        return credential;
    }

    /// <summary>Gives an app a token of its own, which acts for no user.</summary>
    public Credential GrantToApp(ConnectedApp app, IEnumerable<string> scopes)
    {
        var credential = new Credential("CL" + _ids.Token(300), app, null, scopes) { ExpiresAt = _clock.Now + _options.AccessTokenLifetime };
        Add(credential);
        return credential;
    }

    /// <summary>Ends every access token that came from a refresh token.</summary>
    public void Revoke(string refreshToken)
    {
        foreach (var credential in _byToken.Values.Where(known => known.RefreshToken == refreshToken))
        {
            credential.Revoked = true;
        }
    }

    public ConnectedApp? AppByClientId(string? clientId) =>
        new[] { UserLevelApp, AccountOAuthApp }.FirstOrDefault(app => app.ClientId == clientId);

    private void Add(Credential credential) => _byToken[credential.Token] = credential;

    private static string Describe(CrmUser user) => user.Role switch
    {
        WorldRole.Manager => "all records",
        WorldRole.Rep => $"records owned by the team {user.Team?.Name ?? "of one"}",
        WorldRole.None => "no record",
    };
}
