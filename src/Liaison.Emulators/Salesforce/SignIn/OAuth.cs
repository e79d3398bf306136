using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;

namespace Liaison.Emulators.Salesforce.SignIn;

/// <summary>The token endpoint with its grants (contract sections 1.3 to 1.9).</summary>
internal sealed class OAuth(
    Org org, ClientApp app, Tokens tokens, Consents consents, InstanceAddress instance, SalesforceEmulatorOptions options, EmulatorClock clock)
{
    private readonly Assertion _assertion = new(app, options);

    public Reply Token(SignInRequest request) => request["grant_type"] switch
    {
        "urn:ietf:params:oauth:grant-type:jwt-bearer" => JwtBearer(request),
        "authorization_code" => AuthorizationCode(request),
        "refresh_token" => Refresh(request),
        "client_credentials" => ClientCredentials(request),
        "password" => Password(request),
        _ => Refuse("unsupported_grant_type", "grant type not supported"),
    };

    public Reply Revoke(SignInRequest request)
    {
        var token = request["token"] ?? "";
        if (consents.Revoke(token))
        {
            tokens.RevokeOf(token);
            return new Reply(200);
        }

        if (tokens.Find(token) is not { Revoked: false } session)
        {
            return Refuse("unsupported_token_type", "this token type is not supported");
        }

        session.Revoked = true;
        return new Reply(200);
    }

    public Reply Introspect(SignInRequest request)
    {
        if (RefuseClient(request, needsSecret: true) is { } refused)
        {
            return refused;
        }

        var session = tokens.Find(request["token"] ?? "");
        var active = session is { Revoked: false } && (session.ExpiresAt is not { } expires || expires > clock.Now);
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("active", active);
            if (active)
            {
                json.WriteString("scope", string.Join(' ', session!.Scopes));
                json.WriteString("client_id", ClientApp.ConsumerKey);
                json.WriteString("username", session.User.Username);
                json.WriteString("sub", $"{request.Origin}/id/{org.Id}/{session.User.Id}");
                json.WriteString("token_type", "access_token");
                json.WriteNumber("exp", (session.ExpiresAt ?? clock.Now.AddHours(2)).ToUnixTimeSeconds());
            }

            json.WriteEndObject();
        });
    }

    private Reply JwtBearer(SignInRequest request)
    {
        var (username, error, description) = _assertion.Read(request["assertion"], request.Origin, clock.Now);
        if (username is null)
        {
            return Refuse(error, description);
        }

        if (org.UserNamed(username) is not { } user)
        {
            // A stranger's name and an unapproved user's read the same, so that names cannot be guessed.
            return Refuse("invalid_grant", "user hasn't approved this consumer");
        }

        return RefuseUser(user) ?? (!user.Approved
            ? Refuse("invalid_grant", "user hasn't approved this consumer")
            : Grant(request, user, refreshToken: null, ["api"], withSignature: false));
    }

    private Reply AuthorizationCode(SignInRequest request)
    {
        if (RefuseClient(request, needsSecret: false) is { } refused)
        {
            return refused;
        }

        if (consents.Take(request["code"] ?? "") is not { } consent)
        {
            return Refuse("invalid_grant", "invalid authorization code");
        }

        if (consent.ExpiresAt <= clock.Now)
        {
            return Refuse("invalid_grant", "expired authorization code");
        }

        if (consent.RedirectUri != request["redirect_uri"])
        {
            return Refuse("redirect_uri_mismatch", "redirect_uri must match configuration");
        }

        return !Consents.Proves(consent, request["code_verifier"])
            ? Refuse("invalid_grant", "invalid code verifier")
            : RefuseUser(consent.User) ?? Grant(request, consent.User, consents.Begin(consent.User, consent.Scopes), consent.Scopes, withSignature: true);
    }

    private Reply Refresh(SignInRequest request)
    {
        if (RefuseClient(request, needsSecret: false) is { } refused)
        {
            return refused;
        }

        var given = request["refresh_token"] ?? "";
        if (consents.Find(given) is { } known && RefuseUser(known.User) is { } stopped)
        {
            return stopped;
        }

        if (consents.Use(given) is not { } used)
        {
            return Refuse("invalid_grant", "expired access/refresh token");
        }

        // Without rotation no refresh token comes back: the old one stays good.
        var session = tokens.Grant(used.Consent.User, used.Next ?? given, used.Consent.Scopes);
        return tokens.CountLogin(used.Consent.User) ? Answer(request, session, used.Next, withSignature: true) : RateLimited();
    }

    private Reply ClientCredentials(SignInRequest request)
    {
        if (RefuseClient(request, needsSecret: true) is { } refused)
        {
            return refused;
        }

        return app.RunAs is { } name && org.UserNamed(name) is { } user
            ? RefuseUser(user) ?? Grant(request, user, refreshToken: null, ["api"], withSignature: false)
            : Refuse("invalid_grant", "no client credentials user enabled");
    }

    private Reply Password(SignInRequest request)
    {
        if (!options.PasswordGrant)
        {
            return Refuse("invalid_grant", "authentication failure");
        }

        if (RefuseClient(request, needsSecret: true) is { } refused)
        {
            return refused;
        }

        return org.UserNamed(request["username"] ?? "") is { } user && request["password"] == DemoUsers.Password
            ? RefuseUser(user) ?? Grant(request, user, refreshToken: null, ["api"], withSignature: true)
            : Refuse("invalid_grant", "authentication failure - Invalid Password");
    }

    private static Reply? RefuseClient(SignInRequest request, bool needsSecret)
    {
        if (request.ClientId != ClientApp.ConsumerKey)
        {
            return Refuse("invalid_client_id", "client identifier invalid");
        }

        return request.ClientSecret is { } secret ? (secret == ClientApp.ConsumerSecret ? null : Refuse("invalid_client", "invalid client credentials"))
            : needsSecret ? Refuse("invalid_client", "invalid client credentials") : null;
    }

    private static Reply? RefuseUser(OrgUser user) => user is { IsActive: true, Frozen: false } ? null : Refuse("inactive_user", "user is inactive");

    private Reply Grant(SignInRequest request, OrgUser user, string? refreshToken, IReadOnlyList<string> scopes, bool withSignature) =>
        tokens.CountLogin(user) ? Answer(request, tokens.Grant(user, refreshToken, scopes), refreshToken, withSignature) : RateLimited();

    private Reply Answer(SignInRequest request, Session session, string? refreshToken, bool withSignature) => Reply.Ok(json =>
    {
        var id = $"{request.Origin}/id/{org.Id}/{session.User.Id}";
        json.WriteStartObject();
        json.WriteString("access_token", session.Token);
        if (refreshToken is not null)
        {
            json.WriteString("refresh_token", refreshToken);
        }

        if (withSignature)
        {
            var issued = clock.Now.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
            json.WriteString("signature", Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(ClientApp.ConsumerSecret), Encoding.UTF8.GetBytes(id + issued))));
            json.WriteString("issued_at", issued);
        }

        json.WriteString("scope", string.Join(' ', session.Scopes));
        json.WriteString("instance_url", instance.Of(request.Origin));
        json.WriteString("id", id);
        json.WriteString("token_type", "Bearer");
        json.WriteEndObject();
    });

    private static Reply RateLimited() => Refuse("rate_limit_exceeded", "login rate exceeded");

    /// <summary>Answers with an object, which the data API never does (contract section 1.9).</summary>
    private static Reply Refuse(string error, string description) => new(400, (Utf8JsonWriter json) =>
    {
        json.WriteStartObject();
        json.WriteString("error", error);
        json.WriteString("error_description", description);
        json.WriteEndObject();
    });
}
