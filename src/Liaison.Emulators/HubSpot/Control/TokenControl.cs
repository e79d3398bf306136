using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Rights;

namespace Liaison.Emulators.HubSpot.Control;

/// <summary>Changes what tokens open: scopes taken, expiry, revocation.</summary>
internal sealed class TokenControl(TokenVault tokens, EmulatorClock clock)
{
    public Reply Read() => Reply.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("tokens");
        foreach (var credential in tokens.All.OrderBy(known => known.Token, StringComparer.Ordinal))
        {
            Write(json, credential);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    public Reply Change(JsonElement body)
    {
        if (!tokens.TryGet(body.TextOf("token") ?? "", out var credential))
        {
            return ControlRoutes.Problem(404, "No such token was ever given out.");
        }

        if (body.MemberOf("scopes").ValueKind == JsonValueKind.Array)
        {
            credential.Scopes = [.. body.TextsOf("scopes")];
        }

        foreach (var scope in body.TextsOf("removeScopes"))
        {
            credential.Scopes = [.. credential.Scopes.Where(held => held != scope)];
        }

        credential.Scopes = [.. credential.Scopes, .. body.TextsOf("addScopes")];
        if (body.TextOf("expired") is { } expired)
        {
            credential.ExpiresAt = expired == "true" ? clock.Now.AddMinutes(-1) : null;
        }

        credential.Revoked = body.FlagOf("revoked", credential.Revoked);
        return Reply.Ok(json => Write(json, credential));
    }

    private static void Write(Utf8JsonWriter json, Credential credential)
    {
        json.WriteStartObject();
        json.WriteString("token", credential.Token);
        json.WriteString("app", credential.App.Name);
        json.WriteString("user", credential.User?.Email);
        json.WriteBoolean("revoked", credential.Revoked);
        json.WriteString("expiresAt", credential.ExpiresAt is { } expires ? Instants.Format(expires) : null);
        json.WriteStartArray("scopes");
        foreach (var scope in credential.Scopes)
        {
            json.WriteStringValue(scope);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
