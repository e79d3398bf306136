using System.Security.Cryptography;
using System.Text;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Rights;

/// <summary>What a user consented to, waiting to be exchanged for tokens.</summary>
internal sealed record PendingGrant(ConnectedApp App, CrmUser User, IReadOnlyList<string> Scopes, string RedirectUri, string? Challenge, string? ChallengeMethod);

/// <summary>A consent that lasts: it gives access tokens by its refresh token.</summary>
internal sealed record LastingGrant(ConnectedApp App, CrmUser User, IReadOnlyList<string> Scopes);

/// <summary>The consents of OAuth apps (contract section 2.1).</summary>
internal sealed class Grants(TokenVault tokens, HubSpotEmulatorOptions options, IdSource ids)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PendingGrant> _codes = [];
    private readonly Dictionary<string, LastingGrant> _refresh = [];

    /// <summary>Takes a consent and gives the code that stands for it once.</summary>
    public string Consent(PendingGrant grant)
    {
        lock (_gate)
        {
            var code = "eu1-" + ids.Token(36);
            _codes[code] = grant;
            return code;
        }
    }

    public PendingGrant? TakeCode(string code)
    {
        lock (_gate)
        {
            return _codes.Remove(code, out var grant) ? grant : null;
        }
    }

    public Credential Begin(ConnectedApp app, CrmUser user, IReadOnlyList<string> scopes)
    {
        lock (_gate)
        {
            var refresh = "eu1-" + ids.Token(44);
            _refresh[refresh] = new LastingGrant(app, user, scopes);
            return tokens.Grant(app, user, scopes, refresh);
        }
    }

    public LastingGrant? Find(string refreshToken)
    {
        lock (_gate)
        {
            return _refresh.GetValueOrDefault(refreshToken);
        }
    }

    /// <summary>Gives a new access token; with rotation also a new refresh token, which spends the old one.</summary>
    public Credential? Refresh(string refreshToken)
    {
        lock (_gate)
        {
            if (!_refresh.TryGetValue(refreshToken, out var grant))
            {
                return null;
            }

            if (options.RotateRefreshTokens)
            {
                _refresh.Remove(refreshToken);
                refreshToken = "eu1-" + ids.Token(44);
                _refresh[refreshToken] = grant;
            }

            return tokens.Grant(grant.App, grant.User, grant.Scopes, refreshToken);
        }
    }

    /// <summary>Ends a consent with all access tokens that came of it.</summary>
    public void Revoke(string refreshToken)
    {
        lock (_gate)
        {
            _refresh.Remove(refreshToken);
        }

        tokens.Revoke(refreshToken);
    }

    /// <summary>Checks the verifier that belongs to a consent's challenge.</summary>
    public static bool Proves(PendingGrant grant, string? verifier) => grant.Challenge is null
        || (verifier is not null && (grant.ChallengeMethod == "plain" ? verifier : Hash(verifier)) == grant.Challenge);

    private static string Hash(string verifier) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
