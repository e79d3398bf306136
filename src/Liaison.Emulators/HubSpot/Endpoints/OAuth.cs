using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Rights;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>The token endpoint and what it knows of tokens (contract section 2.1).</summary>
internal sealed class OAuth(TokenVault tokens, Grants grants)
{
    public Reply Token(Call call)
    {
        var form = Form(call);
        if (RefuseClient(form) is { } refused)
        {
            return refused;
        }

        var app = tokens.AppByClientId(form("client_id"))!;
        return form("grant_type") switch
        {
            "authorization_code" => Exchange(call, app, form),
            "refresh_token" => Refresh(call, app, form("refresh_token")),
            "client_credentials" => ForApp(call, app, form("scope") ?? form("scopes")),
            _ => Refuse("unsupported_grant_type", "BAD_GRANT_TYPE", "the grant type must be authorization_code, refresh_token or client_credentials"),
        };
    }

    /// <remarks>Unknown and expired tokens answer 200 with active false (contract section 2.1).</remarks>
    public Reply Introspect(Call call)
    {
        if (RefuseClient(Form(call)) is { } refused)
        {
            return refused;
        }

        var token = Form(call)("token") ?? "";
        if (tokens.TryGet(token, out var credential) && !credential.Revoked && !(credential.ExpiresAt <= call.Now))
        {
            return Reply.Ok(json => TokenJson.WriteActive(json, call, credential, "access_token"));
        }

        return grants.Find(token) is { } grant
            ? Reply.Ok(json => TokenJson.WriteActive(json, call, new Credential(token, grant.App, grant.User, grant.Scopes), "refresh_token"))
            : Reply.Ok(json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("active", false);
                json.WriteEndObject();
            });
    }

    public Reply Revoke(Call call)
    {
        if (RefuseClient(Form(call)) is { } refused)
        {
            return refused;
        }

        var token = Form(call)("token") ?? "";
        if (tokens.TryGet(token, out var credential))
        {
            credential.Revoked = true;
        }

        grants.Revoke(token);
        return Reply.NoContent;
    }

    public Reply AccessTokenV1(Call call) => tokens.TryGet(call["token"], out var credential) && !credential.Revoked && !(credential.ExpiresAt <= call.Now)
        ? Reply.Ok(json => TokenJson.WriteV1(json, call, credential))
        : Refuse("invalid_request", "BAD_ACCESS_TOKEN", "access token is not valid", 404);

    public Reply RefreshTokenV1(Call call) => grants.Find(call["token"]) is { } grant
        ? Reply.Ok(json => TokenJson.WriteRefreshV1(json, call, call["token"], grant))
        : Refuse("invalid_request", "BAD_REFRESH_TOKEN", "refresh token is not valid", 404);

    public Reply DeleteRefreshTokenV1(Call call)
    {
        grants.Revoke(call["token"]);
        return Reply.NoContent;
    }

    /// <summary>What a private app asks of its own token.</summary>
    public Reply PrivateAppToken(Call call) => tokens.TryGet(call.Text("tokenKey") ?? "", out var credential) && !credential.Revoked && !(credential.ExpiresAt <= call.Now)
        ? Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("userId", (credential.GrantedBy ?? tokens.Installer).UserId);
            json.WriteNumber("hubId", call.Account.PortalId);
            json.WriteNumber("appId", credential.App.Id);
            TokenJson.WriteScopes(json, credential.Scopes);
            json.WriteEndObject();
        })
        : Refuse("invalid_request", "BAD_ACCESS_TOKEN", "the token key is not valid", 404);

    private Reply Exchange(Call call, ConnectedApp app, Func<string, string?> form)
    {
        if (grants.TakeCode(form("code") ?? "") is not { } grant || grant.App != app)
        {
            return Refuse("invalid_grant", "BAD_AUTH_CODE", "missing or unknown auth code");
        }

        if (grant.RedirectUri != form("redirect_uri"))
        {
            return Refuse("invalid_grant", "BAD_REDIRECT_URI", "the redirect URI is not that of the authorization");
        }

        if (!Grants.Proves(grant, form("code_verifier")))
        {
            return Refuse("invalid_grant", "BAD_AUTH_CODE", "the code verifier does not belong to the code challenge");
        }

        var credential = grants.Begin(app, grant.User, grant.Scopes);
        call.Account.Events.Journals.Install(app.Id, Instants.ToMilliseconds(call.Now));
        return Reply.Ok(json => TokenJson.WriteGranted(json, call, credential));
    }

    private Reply ForApp(Call call, ConnectedApp app, string? asked)
    {
        var scopes = (asked ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        if (scopes.Count == 0 || scopes.Except(Rights.Scopes.OfApps).Any())
        {
            return Refuse("invalid_scope", "BAD_SCOPE", $"the scope must be one or more of {string.Join(", ", Rights.Scopes.OfApps)}");
        }

        var credential = tokens.GrantToApp(app, scopes);
        return Reply.Ok(json => TokenJson.WriteGranted(json, call, credential));
    }

    private Reply Refresh(Call call, ConnectedApp app, string? refreshToken) =>
        grants.Find(refreshToken ?? "")?.App == app && grants.Refresh(refreshToken!) is { } credential
            ? Reply.Ok(json => TokenJson.WriteGranted(json, call, credential))
            : Refuse("invalid_grant", "BAD_REFRESH_TOKEN", "missing or invalid refresh token");

    private Reply? RefuseClient(Func<string, string?> form) =>
        tokens.AppByClientId(form("client_id")) is { } app && app.ClientSecret == form("client_secret")
            ? null
            : Refuse("invalid_client", "BAD_CLIENT_ID", "missing or invalid client id or secret");

    /// <summary>OAuth's own error shape with HubSpot's status beside it.</summary>
    private static Reply Refuse(string error, string status, string description, int code = 400) => new(code, json =>
    {
        json.WriteStartObject();
        json.WriteString("status", status);
        json.WriteString("message", description);
        json.WriteString("error", error);
        json.WriteString("error_description", description);
        json.WriteEndObject();
    });

    /// <summary>Reads the form; the v1 endpoint also takes its fields from the query.</summary>
    private static Func<string, string?> Form(Call call)
    {
        var form = call.Request.HasFormContentType ? call.Request.Form : null;
        return name => form is not null && form.TryGetValue(name, out var value) ? value.ToString() : call.Version == ApiVersion.V3 ? call.Query(name) : null;
    }
}
