using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.SignIn;

namespace Liaison.Emulators.Salesforce.Control;

/// <summary>Tells of tokens and of the app they come from, and ends them.</summary>
internal sealed class TokenControl(Tokens tokens, ClientApp app, InstanceAddress instance, EmulatorClock clock)
{
    /// <summary>Gives the app's key and secret and, where it was made here, the private key that assertions are signed with.</summary>
    public Reply App() => Reply.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteString("clientId", ClientApp.ConsumerKey);
        json.WriteString("clientSecret", ClientApp.ConsumerSecret);
        json.WriteString("privateKey", app.PrivateKey);
        json.WriteString("runAs", app.RunAs);
        json.WriteEndObject();
    });

    public Reply Read() => Reply.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("tokens");
        foreach (var session in tokens.All.OrderBy(known => known.Token, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("token", session.Token);
            json.WriteString("username", session.User.Username);
            json.WriteBoolean("revoked", session.Revoked);
            json.WriteString("expiresAt", session.ExpiresAt is { } expires ? Moments.Format(expires) : null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Moves the org: {"origin":"http://localhost:5102"}; without one it is again wherever a client asks.</summary>
    public Reply Move(JsonElement body)
    {
        var origin = body.TextOf("origin")?.TrimEnd('/');
        instance.MoveTo(origin);
        return ControlJson.Done("instance", origin ?? "as asked");
    }

    /// <summary>Changes a token: {"token":"…","expired":true,"revoked":true}.</summary>
    public Reply Change(JsonElement body)
    {
        if (tokens.Find(body.TextOf("token") ?? "") is not { } session)
        {
            return ControlJson.Problem(404, "No such token was ever given out.");
        }

        if (body.TextOf("expired") is { } expired)
        {
            session.ExpiresAt = expired == "true" ? clock.Now.AddMinutes(-1) : null;
        }

        session.Revoked = body.FlagOf("revoked", session.Revoked);
        return ControlJson.Done("changed", session.User.Username);
    }
}
