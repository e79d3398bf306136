using System.Collections.Frozen;
using System.Text.Json;
using Liaison.Connectors;
using Liaison.Identity;
using Liaison.Salesforce.Wire;
using Liaison.Wire;

namespace Liaison.Salesforce.Declaration;

/// <summary>How Salesforce gives out tokens; contracts/salesforce.md 1.</summary>
internal static class SalesforceSignIn
{
    internal static SignInDescriptor Value { get; } = new()
    {
        Grants =
        [
            // Each user's own token without a person at the browser; there is no refresh token, a new assertion is signed instead.
            new GrantDescriptor(GrantKind.JwtBearer),
            new GrantDescriptor(GrantKind.AuthorizationCode) { Scopes = ["refresh_token"], AsksFeatureScopes = true },

            // One fixed run-as user, set on the app: for named principals, and never for another person's read.
            new GrantDescriptor(GrantKind.ClientCredentials) { NeedsClientSecret = true },
            new GrantDescriptor(GrantKind.Password) { NeedsClientSecret = true },
            new GrantDescriptor(GrantKind.StaticToken),
        ],
        Hosts = new Dictionary<CrmEnvironment, Uri>
        {
            [CrmEnvironment.Production] = new("https://login.salesforce.com"),
            [CrmEnvironment.Sandbox] = new("https://test.salesforce.com"),
        }.ToFrozenDictionary(),
        Paths = _ => new SignInPaths("/services/oauth2/token")
        {
            Authorize = "/services/oauth2/authorize",
            Revoke = "/services/oauth2/revoke",
        },
        ReadOwner = ReadOwner,
        Errors = Errors,

        // No answer says how long; the organisation's session policy does, 2 hours unless it was changed. A shorter one shows as a 401.
        AssumedLifetime = TimeSpan.FromHours(2),
        AssertionLifetime = TimeSpan.FromSeconds(120),
    };

    // By the descriptions where one error has several meanings; which of them a code has is told in no other way.
    private static IReadOnlyList<TokenErrorRule> Errors =>
    [
        new("invalid_grant", TokenTrouble.Wait, "Somebody else is renewing the same token; it is looked at again.")
        {
            Describes = "already being processed", Wait = TimeSpan.FromSeconds(1),
        },
        new("invalid_grant", TokenTrouble.Configuration, "The user has not approved the app; pre-authorize it for the user's profile or a permission set in the External Client App's policies.")
        {
            Describes = "hasn't approved this consumer",
        },
        new("invalid_grant", TokenTrouble.Configuration, "The assertion is not meant for this login host; set credentials.app.audience to the organisation's login host, and mind that sandboxes have another.")
        {
            Describes = "audience",
        },
        new("invalid_grant", TokenTrouble.Configuration, "The assertion had expired when it arrived; check this machine's clock.") { Describes = "expired assertion" },
        new("invalid_grant", TokenTrouble.Configuration, "Salesforce does not accept the assertion; the certificate of the app and credentials.app.privateKey have to belong together, and the algorithm is RS256.")
        {
            Describes = "assertion",
        },
        new("invalid_grant", TokenTrouble.Reconnect, "Salesforce does not take the authorization code, which is good for one use and a short time; sign in again.") { Describes = "authorization code" },
        new("invalid_grant", TokenTrouble.Reconnect, "The proof of the sign-in does not fit its code; sign in again.") { Describes = "code verifier" },
        new("invalid_grant", TokenTrouble.Configuration, "The app has no run-as user; set one in its client credentials policy.") { Describes = "no client credentials user" },
        new("invalid_grant", TokenTrouble.Configuration, "Salesforce refuses the username and password; organisations from Summer '23 on block this flow, so use jwt-bearer or authorization-code instead.")
        {
            Describes = "authentication failure",
        },
        new("invalid_grant", TokenTrouble.Reconnect, "Salesforce no longer takes the refresh token; sign in again with liaison connect add."),
        new("inactive_user", TokenTrouble.Configuration, "The Salesforce user is inactive or frozen; an administrator can activate it, or the credential is taken away."),
        new("inactive_org", TokenTrouble.Configuration, "The Salesforce organisation is inactive or locked; its administrator has to settle that with Salesforce."),
        new("invalid_app_access", TokenTrouble.Configuration, "The app's policy admits approved users only; approve the user's profile or permission set in the External Client App's policies."),
        new("invalid_client_id", TokenTrouble.Configuration, "Salesforce does not know the consumer key; correct credentials.app.clientId, and mind that a new app takes up to ten minutes."),
        new("invalid_client", TokenTrouble.Configuration, "Salesforce does not take the consumer secret; correct credentials.app.clientSecret."),
        new("redirect_uri_mismatch", TokenTrouble.Configuration, "The redirect address is not one of the app's callback URLs; add it in the app's settings."),
        new("unsupported_grant_type", TokenTrouble.Configuration, "The app does not allow this flow; turn it on in the External Client App's settings or use another grant."),
        new("invalid_scope", TokenTrouble.Configuration, "The app lacks a scope that was asked for; give it api, id and refresh_token."),
        new("rate_limit_exceeded", TokenTrouble.Wait, "The user has signed in too often in an hour; it is tried again later.") { Wait = TimeSpan.FromSeconds(60) },
    ];

    private static TokenOwner ReadOwner(JsonElement answer)
    {
        // https://host/id/{organisation}/{user}
        var parts = answer.Text("id") is { } id && Uri.TryCreate(id, UriKind.Absolute, out var address) ? address.AbsolutePath.Split('/') : [];
        var (account, user) = parts is [.., "id", var first, var second] ? (SalesforceId.Normalize(first), SalesforceId.Normalize(second)) : (null, null);

        return new TokenOwner
        {
            AccountId = account,
            UserId = user,
            InstanceUrl = answer.Text("instance_url") is { } instance && Uri.TryCreate(instance, UriKind.Absolute, out var host) ? host : null,
        };
    }
}
