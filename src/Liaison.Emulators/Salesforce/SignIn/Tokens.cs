using System.Collections.Concurrent;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Rights;

namespace Liaison.Emulators.Salesforce.SignIn;

/// <summary>An access token: one user of the org (contract section 0).</summary>
internal sealed class Session(string token, UserSchema schema)
{
    public string Token { get; } = token;

    public OrgUser User => Schema.User;

    public UserSchema Schema { get; } = schema;

    public DateTimeOffset? ExpiresAt { get; set; }

    public bool Revoked { get; set; }

    /// <summary>Gets the refresh token that it came of.</summary>
    public string? RefreshToken { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = ["api", "refresh_token"];
}

/// <summary>Every token that the org has given out.</summary>
internal sealed class Tokens(Org org, Permissions permissions, SalesforceEmulatorOptions options, IdSource ids, EmulatorClock clock)
{
    private readonly ConcurrentDictionary<string, Session> _byToken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<DateTimeOffset>> _logins = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public IEnumerable<Session> All => _byToken.Values;

    public Session? Find(string token) => _byToken.GetValueOrDefault(token);

    /// <summary>Accepts a fixed token from the start; it does not expire.</summary>
    public void Fix(string token, OrgUser user) => _byToken[token] = new Session(token, SchemaOf(user));

    /// <summary>Gives out a new token for a user.</summary>
    public Session Grant(OrgUser user, string? refreshToken, IReadOnlyList<string> scopes)
    {
        var token = $"{org.Id[..SalesforceId.Short]}!AQ{ids.Token(90)}";
        return _byToken[token] = new Session(token, SchemaOf(user))
        {
            ExpiresAt = clock.Now + options.AccessTokenLifetime,
            RefreshToken = refreshToken,
            Scopes = scopes,
        };
    }

    public void RevokeOf(string refreshToken)
    {
        foreach (var session in _byToken.Values.Where(known => known.RefreshToken == refreshToken))
        {
            session.Revoked = true;
        }
    }

    /// <summary>Counts a sign-in; false where the user had as many as an hour allows (contract section 1.9).</summary>
    public bool CountLogin(OrgUser user)
    {
        if (options.Limits == LimitMode.Off)
        {
            return true;
        }

        lock (_gate)
        {
            if (!_logins.TryGetValue(user.Id, out var moments))
            {
                _logins[user.Id] = moments = new Queue<DateTimeOffset>();
            }

            while (moments.TryPeek(out var oldest) && oldest <= clock.Now.AddHours(-1))
            {
                moments.Dequeue();
            }

            if (moments.Count >= options.LoginsPerHour)
            {
                return false;
            }

            moments.Enqueue(clock.Now);
            return true;
        }
    }

    private UserSchema SchemaOf(OrgUser user) => new(org, permissions, user, clock);
}
