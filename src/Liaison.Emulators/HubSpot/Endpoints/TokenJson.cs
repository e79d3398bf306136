using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Rights;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Writes what the OAuth endpoints tell of tokens.</summary>
internal static class TokenJson
{
    private const string HubDomain = "demo.hubspot.test";

    public static void WriteGranted(Utf8JsonWriter json, Call call, Credential credential)
    {
        json.WriteStartObject();
        json.WriteString("access_token", credential.Token);
        if (credential.RefreshToken is { } refresh)
        {
            json.WriteString("refresh_token", refresh);
        }

        json.WriteNumber("expires_in", Left(call, credential));
        json.WriteString("token_type", "bearer");
        json.WriteString("token_use", credential.RefreshToken is null ? "client_credentials" : "access_token");
        json.WriteNumber("hub_id", call.Account.PortalId);
        if (credential.GrantedBy is { } user)
        {
            json.WriteNumber("user_id", user.UserId);
        }

        WriteScopes(json, credential.Scopes);
        json.WriteEndObject();
    }

    /// <summary>Writes an introspection; <c>isUserLevel</c> is how a client proves that a grant is per user.</summary>
    public static void WriteActive(Utf8JsonWriter json, Call call, Credential credential, string tokenUse)
    {
        json.WriteStartObject();
        json.WriteBoolean("active", true);
        json.WriteString("token_use", tokenUse);
        json.WriteString("token", credential.Token);
        json.WriteString("token_type", "bearer");
        WriteCommon(json, call, credential);
        json.WriteString("client_id", credential.App.ClientId);
        json.WriteEndObject();
    }

    public static void WriteV1(Utf8JsonWriter json, Call call, Credential credential)
    {
        json.WriteStartObject();
        json.WriteString("token", credential.Token);
        json.WriteString("token_type", "access");
        WriteCommon(json, call, credential);
        json.WriteEndObject();
    }

    public static void WriteRefreshV1(Utf8JsonWriter json, Call call, string token, LastingGrant grant)
    {
        json.WriteStartObject();
        json.WriteString("token", token);
        json.WriteString("token_type", "refresh");
        json.WriteString("client_id", grant.App.ClientId);
        json.WriteNumber("hub_id", call.Account.PortalId);
        json.WriteString("hub_domain", HubDomain);
        json.WriteString("user", grant.User.Email);
        json.WriteNumber("user_id", grant.User.UserId);
        WriteScopes(json, grant.Scopes);
        json.WriteEndObject();
    }

    public static void WriteScopes(Utf8JsonWriter json, IEnumerable<string> scopes)
    {
        json.WriteStartArray("scopes");
        foreach (var scope in scopes)
        {
            json.WriteStringValue(scope);
        }

        json.WriteEndArray();
    }

    private static void WriteCommon(Utf8JsonWriter json, Call call, Credential credential)
    {
        json.WriteNumber("hub_id", call.Account.PortalId);
        json.WriteString("hub_domain", HubDomain);
        json.WriteNumber("app_id", credential.App.Id);
        json.WriteString("user", credential.GrantedBy?.Email);
        json.WriteNumber("user_id", credential.GrantedBy?.UserId ?? 0);
        WriteScopes(json, credential.Scopes);
        json.WriteNumber("expires_in", Left(call, credential));
        json.WriteBoolean("is_private_distribution", true);
        json.WriteStartObject("signed_access_token");
        json.WriteNumber("expiresAt", (credential.ExpiresAt ?? call.Now.AddYears(1)).ToUnixTimeMilliseconds());
        json.WriteString("scopes", string.Join(' ', credential.Scopes));
        json.WriteNumber("hubId", call.Account.PortalId);
        json.WriteNumber("userId", credential.GrantedBy?.UserId ?? 0);
        json.WriteNumber("appId", credential.App.Id);
        json.WriteString("appInstallId", credential.App.Id.ToString(CultureInfo.InvariantCulture));
        json.WriteString("hublet", "eu1");
        json.WriteNumber("installingUserId", credential.GrantedBy?.UserId ?? 0);
        json.WriteBoolean("isUserLevel", credential.App.IsUserLevel);
        json.WriteString("audience", "public-api");
        foreach (var empty in new[] { "newSignature", "scopeToScopeGroupPks", "signature", "trialScopeToScopeGroupPks", "trialScopes" })
        {
            // Of no use to anybody but the vendor itself, and always there.
            json.WriteString(empty, "");
        }

        json.WriteBoolean("isServiceAccount", false);
        json.WriteBoolean("isPrivateDistribution", true);
        json.WriteEndObject();
    }

    private static long Left(Call call, Credential credential) =>
        credential.ExpiresAt is { } expires ? (long)(expires - call.Now).TotalSeconds : 31_536_000;
}
