using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Rights;
using Microsoft.AspNetCore.Http;

namespace Liaison.Emulators.HubSpot.Serving;

/// <summary>Lets in who has a good token with the right scopes (contract sections 2 and 4).</summary>
internal sealed class Admission(TokenVault tokens, Refusals refusals, EmulatorClock clock, HubSpotEmulatorOptions options)
{
    private const string Scheme = "Bearer ";

    public Reply? Refuse(HttpRequest request, out Credential caller)
    {
        caller = null!;
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return refusals.NoCredential();
        }

        if (!tokens.TryGet(header[Scheme.Length..].Trim(), out var found) || found.Revoked)
        {
            return refusals.WrongCredential();
        }

        if (found.ExpiresAt is { } expires && expires <= clock.Now)
        {
            return refusals.ExpiredCredential(expires, clock.Now);
        }

        caller = found;
        return null;
    }

    public Reply? RefuseScopes(Call call, Route route, ScopeRule rule)
    {
        var anyOf = rule(call);
        if (!call.Caller.HasAny(anyOf))
        {
            return refusals.MissingScopes(anyOf, route.ScopesAtTop);
        }

        return options.StrictUserLevel && call.User is not null && !route.UserLevel
            ? refusals.NotPermitted("This operation is not available to user-level apps.")
            : null;
    }
}
