using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;

namespace Liaison.Emulators.Salesforce.SignIn;

/// <summary>Who a token is: userinfo, the identity address, discovery and the consent page.</summary>
internal sealed class Identity(Org org, OrgUser administrator, Tokens tokens, Consents consents, EmulatorClock clock)
{
    private static readonly (string Name, string Path)[] Addresses =
    [
        ("enterprise", "/services/Soap/c/{version}/ORG"), ("metadata", "/services/Soap/m/{version}/ORG"), ("partner", "/services/Soap/u/{version}/ORG"),
        ("rest", "/services/data/v{version}/"), ("sobjects", "/services/data/v{version}/sobjects/"), ("search", "/services/data/v{version}/search/"),
        ("query", "/services/data/v{version}/query/"), ("recent", "/services/data/v{version}/recent/"), ("tooling_soap", "/services/Soap/T/{version}/ORG"),
        ("tooling_rest", "/services/data/v{version}/tooling/"), ("profile", "/USER"), ("feeds", "/services/data/v{version}/chatter/feeds"),
        ("groups", "/services/data/v{version}/chatter/groups"), ("users", "/services/data/v{version}/chatter/users"),
        ("feed_items", "/services/data/v{version}/chatter/feed-items"), ("feed_elements", "/services/data/v{version}/chatter/feed-elements"), ("custom_domain", ""),
    ];

    public Reply UserInfo(SignInRequest request)
    {
        if (Session(request) is not { } session)
        {
            return new Reply(403, json => json.WriteStringValue("Bad_OAuth_Token"));
        }

        var user = session.User;
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("sub", $"{request.Origin}/id/{org.Id}/{user.Id}");
            json.WriteString("user_id", user.Id);
            json.WriteString("organization_id", org.Id);
            json.WriteString("preferred_username", user.Username);
            json.WriteString("nickname", user.Row.Text("CommunityNickname"));
            json.WriteString("name", user.Row.Text("Name"));
            json.WriteString("email", user.Email);
            json.WriteBoolean("email_verified", true);
            json.WriteString("given_name", user.Row.Text("FirstName"));
            json.WriteString("family_name", user.Row.Text("LastName"));
            json.WriteString("zoneinfo", user.TimeZone);
            WritePhotos(json, request.Origin);
            json.WriteString("profile", $"{request.Origin}/{user.Id}");
            json.WriteString("picture", $"{request.Origin}/profilephoto/005/F");
            json.WriteStartObject("address");
            json.WriteEndObject();
            json.WriteBoolean("is_salesforce_integration_user", false);
            WriteAddresses(json, request.Origin, user);
            json.WriteBoolean("active", user.IsActive);
            json.WriteString("user_type", "STANDARD");
            json.WriteString("language", "en_US");
            json.WriteString("locale", "en_US");
            json.WriteNumber("utcOffset", OffsetOf(user));
            json.WriteString("updated_at", user.Row.LastModifiedDate.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        });
    }

    /// <summary>Answers /id/{org}/{user}: for the token's own user, or for any user to who manages users.</summary>
    public Reply Of(SignInRequest request, string orgId, string userId)
    {
        if (Session(request) is not { } session)
        {
            return new Reply(403, json => json.WriteStringValue("Missing_OAuth_Token"));
        }

        if (!SalesforceId.TryParse(orgId, out var asked) || asked != org.Id)
        {
            return new Reply(404, json => json.WriteStringValue("Wrong_Org"));
        }

        var user = SalesforceId.TryParse(userId, out var id) ? org.User(id) : null;
        if (user is null || (user != session.User && !Rights.Permissions.ManagesUsers(session.User)))
        {
            return new Reply(404, json => json.WriteStringValue("Bad_Id"));
        }

        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", $"{request.Origin}/id/{org.Id}/{user.Id}");
            json.WriteBoolean("asserted_user", user == session.User);
            json.WriteString("user_id", user.Id);
            json.WriteString("organization_id", org.Id);
            json.WriteString("username", user.Username);
            json.WriteString("nick_name", user.Row.Text("CommunityNickname"));
            json.WriteString("display_name", user.Row.Text("Name"));
            json.WriteString("email", user.Email);
            json.WriteBoolean("email_verified", true);
            json.WriteString("first_name", user.Row.Text("FirstName"));
            json.WriteString("last_name", user.Row.Text("LastName"));
            json.WriteString("timezone", user.TimeZone);
            WritePhotos(json, request.Origin);
            json.WriteNull("addr_street");
            json.WriteNull("addr_city");
            json.WriteNull("addr_state");
            json.WriteNull("addr_country");
            json.WriteNull("addr_zip");
            json.WriteString("mobile_phone", user.Row.Text("MobilePhone"));
            json.WriteBoolean("mobile_phone_verified", false);
            json.WriteBoolean("is_lightning_login_user", false);
            json.WriteStartObject("status");
            json.WriteNull("created_date");
            json.WriteNull("body");
            json.WriteEndObject();
            WriteAddresses(json, request.Origin, user);
            json.WriteBoolean("active", user.IsActive);
            json.WriteString("user_type", "STANDARD");
            json.WriteString("language", "en_US");
            json.WriteString("locale", "en_US");
            json.WriteNumber("utcOffset", OffsetOf(user));
            json.WriteString("last_modified_date", user.Row.LastModifiedDate.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteBoolean("is_app_installed", true);
            json.WriteEndObject();
        });
    }

    public static Reply Discovery(SignInRequest request) => Reply.Ok(json =>
    {
        var oauth = $"{request.Origin}/services/oauth2";
        json.WriteStartObject();
        json.WriteString("issuer", request.Origin);
        json.WriteString("authorization_endpoint", $"{oauth}/authorize");
        json.WriteString("token_endpoint", $"{oauth}/token");
        json.WriteString("revocation_endpoint", $"{oauth}/revoke");
        json.WriteString("userinfo_endpoint", $"{oauth}/userinfo");
        json.WriteString("introspection_endpoint", $"{oauth}/introspect");
        WriteList(json, "scopes_supported", "id", "api", "web", "full", "refresh_token", "openid", "profile", "email");
        WriteList(json, "response_types_supported", "code");
        WriteList(json, "code_challenge_methods_supported", "S256");
        WriteList(json, "subject_types_supported", "public");
        WriteList(json, "token_endpoint_auth_methods_supported", "client_secret_post", "client_secret_basic");
        json.WriteEndObject();
    });

    /// <summary>The consent page, which answers at once, since nobody sits before an emulator.</summary>
    /// <remarks>
    /// Who consents is whom <c>login_hint</c> names, and the demo administrator where it is missing, as clients of the web server flow send none;
    /// <c>deny=true</c>, or the name of nobody, answers as a person who refuses.
    /// </remarks>
    public Reply Authorize(SignInRequest request)
    {
        if (request["client_id"] != ClientApp.ConsumerKey)
        {
            return Page(400, "error=invalid_client_id&error_description=client%20identifier%20invalid");
        }

        if (!Uri.TryCreate(request["redirect_uri"], UriKind.Absolute, out var redirect))
        {
            return Page(400, "error=redirect_uri_mismatch&error_description=redirect_uri%20must%20match%20configuration");
        }

        var state = request["state"] is { } given ? $"&state={Uri.EscapeDataString(given)}" : "";
        var user = request["login_hint"] is { } hint ? org.UserNamed(hint) : administrator;
        if (request["deny"] == "true" || user is null)
        {
            return Redirect(redirect, $"error=access_denied&error_description=end-user%20denied%20authorization{state}");
        }

        if (request["response_type"] != "code" || request["code_challenge_method"] is not (null or "S256"))
        {
            return Redirect(redirect, $"error=unsupported_response_type&error_description=response%20type%20not%20supported{state}");
        }

        IReadOnlyList<string> scopes = (request["scope"] ?? "api refresh_token").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var code = consents.Add(new Consent(user, scopes, request["redirect_uri"]!, request["code_challenge"], clock.Now.AddMinutes(15)));
        return Redirect(redirect, $"code={Uri.EscapeDataString(code)}{state}");
    }

    private Session? Session(SignInRequest request) =>
        (request.Bearer ?? request["oauth_token"]) is { } token && tokens.Find(token) is { Revoked: false } session
        && (session.ExpiresAt is not { } expires || expires > clock.Now) ? session : null;

    private static Reply Redirect(Uri to, string query) =>
        new Reply(302).With("Location", to.AbsoluteUri + (to.Query.Length > 0 ? "&" : "?") + query);

    private static Reply Page(int status, string text) => new(status)
    {
        ContentType = "text/plain;charset=UTF-8",
        Content = async (stream, cancellationToken) => await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), cancellationToken),
    };

    private double OffsetOf(OrgUser user) => TimeZoneInfo.FindSystemTimeZoneById(user.TimeZone).GetUtcOffset(clock.Now).TotalMilliseconds;

    private static void WritePhotos(Utf8JsonWriter json, string origin)
    {
        json.WriteStartObject("photos");
        json.WriteString("picture", $"{origin}/profilephoto/005/F");
        json.WriteString("thumbnail", $"{origin}/profilephoto/005/T");
        json.WriteEndObject();
    }

    private void WriteAddresses(Utf8JsonWriter json, string origin, OrgUser user)
    {
        json.WriteStartObject("urls");
        foreach (var (name, path) in Addresses)
        {
            json.WriteString(name, origin + path.Replace("ORG", org.Id[..SalesforceId.Short], StringComparison.Ordinal).Replace("USER", user.Id, StringComparison.Ordinal));
        }

        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, params string[] values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
