using System.Security.Cryptography;
using System.Text;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Model;

namespace Liaison.Emulators.Salesforce.SignIn;

/// <summary>What a user consented to, waiting to be exchanged for tokens.</summary>
internal sealed record Consent(OrgUser User, IReadOnlyList<string> Scopes, string RedirectUri, string? Challenge, DateTimeOffset ExpiresAt);

/// <summary>A consent that lasts.</summary>
internal sealed record LastingConsent(OrgUser User, IReadOnlyList<string> Scopes);

/// <summary>Codes and refresh tokens (contract sections 1.4 and 1.5).</summary>
internal sealed class Consents(SalesforceEmulatorOptions options, IdSource ids)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Consent> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LastingConsent> _refresh = new(StringComparer.Ordinal);

    public string Add(Consent consent)
    {
        lock (_gate)
        {
            var code = "aPrx" + ids.Token(60);
            _codes[code] = consent;
            return code;
        }
    }

    /// <summary>Takes a code, which stands for its consent once.</summary>
    public Consent? Take(string code)
    {
        lock (_gate)
        {
            return _codes.Remove(code, out var consent) ? consent : null;
        }
    }

    public string Begin(OrgUser user, IReadOnlyList<string> scopes)
    {
        lock (_gate)
        {
            return Keep(new LastingConsent(user, scopes));
        }
    }

    /// <summary>Uses a refresh token; with rotation the one it came with is dead at once and another takes its place.</summary>
    public (LastingConsent Consent, string? Next)? Use(string refreshToken)
    {
        lock (_gate)
        {
            if (!_refresh.TryGetValue(refreshToken, out var consent))
            {
                return null;
            }

            if (!options.RotateRefreshTokens)
            {
                return (consent, null);
            }

            _refresh.Remove(refreshToken);
            return (consent, Keep(consent));
        }
    }

    public LastingConsent? Find(string refreshToken)
    {
        lock (_gate)
        {
            return _refresh.GetValueOrDefault(refreshToken);
        }
    }

    public bool Revoke(string refreshToken)
    {
        lock (_gate)
        {
            return _refresh.Remove(refreshToken);
        }
    }

    /// <summary>Checks the verifier that belongs to a consent's challenge.</summary>
    public static bool Proves(Consent consent, string? verifier) => consent.Challenge is null
        || (verifier is not null && Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))).TrimEnd('=').Replace('+', '-').Replace('/', '_') == consent.Challenge);

    private string Keep(LastingConsent consent)
    {
        var token = "5Aep861" + ids.Token(70);
        _refresh[token] = consent;
        return token;
    }
}
