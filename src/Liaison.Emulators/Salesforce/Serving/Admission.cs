using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.SignIn;

namespace Liaison.Emulators.Salesforce.Serving;

/// <summary>Lets in who has a good token of a user that may use the API (contract sections 1.10 and 13).</summary>
internal sealed class Admission(Tokens tokens, InstanceAddress instance, EmulatorClock clock)
{
    public Reply? Refuse(ApiRequest request, out Session session)
    {
        session = null!;
        var header = request.Headers.GetValueOrDefault("Authorization") ?? "";

        // The older scheme OAuth is still taken; some clients send it.
        var token = header.Split(' ', 2, StringSplitOptions.TrimEntries) is [var scheme, var given] && scheme.ToUpperInvariant() is "BEARER" or "OAUTH" ? given : null;
        if (token is null || !instance.Serves(request.Origin) || tokens.Find(token) is not { Revoked: false } found || found.ExpiresAt <= clock.Now || !found.User.IsActive || found.User.Frozen)
        {
            return Expired();
        }

        session = found;
        return found.User.ApiEnabled ? null : Reply.Refuse(403, "API_DISABLED_FOR_ORG", "API is not enabled for this Organization or Partner");
    }

    public static Reply Expired() => Reply.Refuse(401, "INVALID_SESSION_ID", "Session expired or invalid").With("WWW-Authenticate", "Token");
}
