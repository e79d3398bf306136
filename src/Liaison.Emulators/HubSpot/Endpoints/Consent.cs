using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Rights;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>The consent page, which here consents at once and leads back with a code.</summary>
internal sealed class Consent(TokenVault tokens, Grants grants, DemoUsers users)
{
    /// <summary>Consents for the user that the emulator's own parameter "user" names: a demo name or an e-mail; else the manager.</summary>
    public Reply Authorize(Call call)
    {
        var redirect = call.Query("redirect_uri") ?? "";
        if (tokens.AppByClientId(call.Query("client_id")) is not { } app)
        {
            return Refuse("BAD_CLIENT_ID", "No app has this client id.");
        }

        if (!Uri.TryCreate(redirect, UriKind.Absolute, out var back) || !(back.IsLoopback || back.Scheme == Uri.UriSchemeHttps))
        {
            return Refuse("BAD_REDIRECT_URI", "The redirect URI must be https or lead to this machine.");
        }

        var asked = call.Query("user") ?? "manager";
        var user = users.Named.Where(named => named.Name == asked).Select(named => named.User).FirstOrDefault()
            ?? call.Account.Users.Find(known => string.Equals(known.Email, asked, StringComparison.OrdinalIgnoreCase));
        if (user is null)
        {
            return Refuse("BAD_USER", $"There is no user {asked}.");
        }

        var code = grants.Consent(new PendingGrant(app, user, ScopesOf(call, app, user), redirect, call.Query("code_challenge"), call.Query("code_challenge_method")));
        var separator = redirect.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var state = call.Query("state") is { } given ? $"&state={Uri.EscapeDataString(given)}" : "";
        return new Reply(302) { Location = $"{redirect}{separator}code={Uri.EscapeDataString(code)}{state}" };
    }

    /// <remarks>A user-level app gets what it asked for, as far as the user's own rights go (contract section 2.2).</remarks>
    private static IReadOnlyList<string> ScopesOf(Call call, ConnectedApp app, CrmUser user)
    {
        var asked = $"{call.Query("scope")} {call.Query("optional_scope")}".Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Append("oauth").Distinct();
        var allowed = app.IsUserLevel ? Scopes.For(user.Role) : Scopes.All;
        return [.. asked.Where(allowed.Contains)];
    }

    private static Reply Refuse(string status, string message) => new(400, json =>
    {
        json.WriteStartObject();
        json.WriteString("status", status);
        json.WriteString("message", message);
        json.WriteEndObject();
    });
}
