using System.Collections.Frozen;
using System.Text.Json;
using Liaison.Connectors;
using Liaison.HubSpot.Wire;
using Liaison.Identity;
using Liaison.Wire;

namespace Liaison.HubSpot.Declaration;

/// <summary>How HubSpot gives out tokens; contracts/hubspot.md 2.1.</summary>
internal static class HubSpotSignIn
{
    private static readonly Uri ConsentHost = new("https://app.hubspot.com");

    internal static SignInDescriptor Value { get; } = new()
    {
        Grants =
        [
            // Service keys and the older private apps are the same to the wire.
            new GrantDescriptor(GrantKind.StaticToken),
            new GrantDescriptor(GrantKind.AuthorizationCode) { Scopes = ["oauth"], AsksFeatureScopes = true, NeedsClientSecret = true },
        ],

        // Test accounts and production have the same hosts.
        ConsentHosts = Enum.GetValues<CrmEnvironment>().ToFrozenDictionary(environment => environment, _ => ConsentHost),
        Paths = PathsOf,
        ReadOwner = ReadOwner,
        ReadIntrospection = ReadIntrospection,
        Errors =
        [
            new(null, TokenTrouble.Reconnect, "HubSpot no longer takes the refresh token; sign in again with liaison connect add.") { Status = "BAD_REFRESH_TOKEN" },
            new(null, TokenTrouble.Reconnect, "HubSpot does not take the authorization code, which is good for one use and a short time; sign in again.") { Status = "BAD_AUTH_CODE" },
            new(null, TokenTrouble.Configuration, "HubSpot does not know the app's client id and secret; correct them under credentials.app.") { Status = "BAD_CLIENT_ID" },
            new(null, TokenTrouble.Configuration, "The redirect address is not one of the HubSpot app's; add it in the app's settings.") { Status = "BAD_REDIRECT_URI" },
            new(null, TokenTrouble.Reconnect, "The HubSpot account is gone or has removed the app; install it again and sign in.") { Status = "BAD_HUB" },
        ],
        AssumedLifetime = TimeSpan.FromMinutes(30),
    };

    private static SignInPaths PathsOf(string version)
    {
        var area = version == HubSpotPaths.Legacy ? "/oauth/v1" : $"/oauth/{version}";
        return new SignInPaths($"{area}/token")
        {
            Authorize = "/oauth/authorize",

            // Version 1 tells of tokens by their own URL, which would put the secret into every log on the way.
            Introspect = version == HubSpotPaths.Legacy ? null : $"{area}/token/introspect",
            Revoke = version == HubSpotPaths.Legacy ? null : $"{area}/token/revoke",
        };
    }

    private static TokenOwner ReadOwner(JsonElement answer) => new()
    {
        AccountId = answer.Text("hub_id"),
        UserId = answer.Text("user_id"),

        // Not in every answer; an introspection tells them for certain.
        Scopes = answer.Member("scopes").ValueKind == JsonValueKind.Array ? [.. answer.Texts("scopes")] : null,
    };

    private static TokenOwner ReadIntrospection(JsonElement answer) => ReadOwner(answer) with
    {
        Reach = answer.Member("signed_access_token").Member("isUserLevel").ValueKind == JsonValueKind.True
            ? CredentialReach.User
            : CredentialReach.Account,
    };
}
