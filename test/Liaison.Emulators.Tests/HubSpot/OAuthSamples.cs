namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>Requests of the token endpoints, whose bodies are forms.</summary>
internal static class OAuthSamples
{
    private const string Back = "http://127.0.0.1:9/back";

    public static async Task<PublishedSample> MakeAsync(Portal portal, PublishedOperation operation)
    {
        var granted = (await portal.Form("/oauth/2026-03/token", ("grant_type", "authorization_code"), ("code", await CodeAsync(portal)), ("redirect_uri", Back), Id, Secret)).Json;
        var (access, refresh) = ((string)granted["access_token"]!, (string)granted["refresh_token"]!);
        var token = operation.Path.Contains("refresh", StringComparison.Ordinal) ? refresh : access;
        var path = AreaSamples.Fill(operation.Path, new Dictionary<string, string> { ["token"] = token });
        return new(operation.Method, path, operation.Method != "POST" ? null : operation.Path.EndsWith("/token", StringComparison.Ordinal)
            ? Form(("grant_type", "refresh_token"), ("refresh_token", refresh), Id, Secret)
            : Form(("token", token), ("token_type_hint", "access_token"), Id, Secret));
    }

    /// <summary>Gets an app's own token for its journal.</summary>
    public static async Task<string> AppTokenAsync(Portal portal) => (string)(await portal.Form(
        "/oauth/2026-03/token",
        ("grant_type", "client_credentials"),
        ("scope", "webhooks-journal-data-access webhooks-journal-snapshot-management webhooks-journal-subscription-read webhooks-journal-subscription-management"),
        Id,
        Secret)).Json["access_token"]!;

    /// <summary>Installs the app, and gives what the consent came to.</summary>
    public static async Task<System.Text.Json.Nodes.JsonNode> InstallAsync(Portal portal) => (await portal.Form(
        "/oauth/2026-03/token", ("grant_type", "authorization_code"), ("code", await CodeAsync(portal)), ("redirect_uri", Back), Id, Secret)).Json;

    public static Task<Answer> RefreshAsync(Portal portal, string refreshToken) =>
        portal.Form("/oauth/2026-09/token", ("grant_type", "refresh_token"), ("refresh_token", refreshToken), Id, Secret);

    public static Task<Answer> IntrospectAsync(Portal portal, string token) =>
        portal.Form("/oauth/2026-09/token/introspect", ("token", token), ("token_type_hint", "access_token"), Id, Secret);

    private static (string Name, string Value) Id => ("client_id", "liaison-demo-account-app");

    private static (string Name, string Value) Secret => ("client_secret", "liaison-demo-secret");

    private static async Task<string> CodeAsync(Portal portal)
    {
        var consent = await portal.Get($"/oauth/authorize?client_id=liaison-demo-account-app&redirect_uri={Uri.EscapeDataString(Back)}&scope=oauth%20crm.objects.contacts.read", null);
        return consent.Headers["Location"].Split("code=")[1];
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
}
