using System.Web;

namespace Liaison.Emulators.Tests.HubSpot;

public sealed class OAuthTests
{
    private const string Back = "http://127.0.0.1:9/callback";
    private const string Verifier = "verifier-verifier-verifier-verifier-verifier";
    private const string Challenge = "fD3GLJ_KzCDB0w6uDOSFNNdflrHwtv8Cizh6P5pJkfQ";

    [Fact]
    public async Task A_consent_with_a_challenge_gives_a_token_that_acts_as_the_user_with_the_users_scopes_only()
    {
        await using var portal = await Portal.StartAsync();

        var granted = await Grant(portal, "rep-north", "crm.objects.contacts.read crm.objects.contacts.write crm.schemas.contacts.write");

        granted.Status.ShouldBe(200);
        ((int)granted.Json["expires_in"]!).ShouldBe(1800);
        ((string?)granted.Json["token_type"]).ShouldBe("bearer");
        ((string?)granted.Json["token_use"]).ShouldBe("access_token");
        granted.Json["scopes"]!.AsArray().Select(scope => (string)scope!).ShouldBe(
            ["crm.objects.contacts.read", "crm.objects.contacts.write", "oauth"], ignoreOrder: true);
        (await portal.Get("/crm/objects/2026-09/contacts?limit=100", (string)granted.Json["access_token"]!)).Results.Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_wrong_verifier_a_spent_code_another_redirect_and_a_wrong_secret_are_named()
    {
        await using var portal = await Portal.StartAsync();

        var verifier = await Exchange(portal, await Code(portal, "manager", "oauth"), verifier: "wrong");
        var code = await Code(portal, "manager", "oauth");
        await Exchange(portal, code);
        var spent = await Exchange(portal, code);
        var redirect = await Exchange(portal, await Code(portal, "manager", "oauth"), redirect: Back + "/other");
        var secret = await Exchange(portal, await Code(portal, "manager", "oauth"), secret: "wrong");

        A.List(verifier, spent, redirect).ShouldAllBe(answer => answer.Status == 400 && (string?)answer.Json["error"] == "invalid_grant");
        A.List(verifier, spent, redirect, secret).Select(answer => (string?)answer.Json["status"]).ShouldBe(
            ["BAD_AUTH_CODE", "BAD_AUTH_CODE", "BAD_REDIRECT_URI", "BAD_CLIENT_ID"]);
    }

    [Fact]
    public async Task A_token_expires_after_thirty_minutes_and_is_refreshed()
    {
        await using var portal = await Portal.StartAsync();
        var granted = await Grant(portal, "manager", "crm.objects.contacts.read");
        portal.Time.Advance(TimeSpan.FromMinutes(31));

        var expired = await portal.Get("/crm/objects/2026-09/contacts", (string)granted.Json["access_token"]!);
        var refreshed = await Refresh(portal, (string)granted.Json["refresh_token"]!);

        expired.Status.ShouldBe(401);
        ((string?)expired.Json["category"]).ShouldBe("EXPIRED_AUTHENTICATION");
        ((string?)refreshed.Json["refresh_token"]).ShouldBe((string?)granted.Json["refresh_token"]);
        (await portal.Get("/crm/objects/2026-09/contacts", (string)refreshed.Json["access_token"]!)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task With_rotation_a_refresh_token_serves_once()
    {
        await using var portal = await Portal.StartAsync(options => options.RotateRefreshTokens = true);
        var first = (string)(await Grant(portal, "manager", "oauth")).Json["refresh_token"]!;

        var second = (string)(await Refresh(portal, first)).Json["refresh_token"]!;
        var again = await Refresh(portal, first);

        second.ShouldNotBe(first);
        again.Status.ShouldBe(400);
        ((string?)again.Json["error"]).ShouldBe("invalid_grant");
        ((string?)again.Json["status"]).ShouldBe("BAD_REFRESH_TOKEN");
        (await Refresh(portal, second)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Introspection_tells_user_level_tokens_and_answers_inactive_with_200_for_all_others()
    {
        await using var portal = await Portal.StartAsync();
        var granted = await Grant(portal, "rep-south", "crm.objects.contacts.read");
        var token = (string)granted.Json["access_token"]!;

        var active = await Introspect(portal, token);
        var unknown = await Introspect(portal, "nonsense");
        await portal.Form("/oauth/2026-09/token/revoke", ("client_id", "liaison-demo-user-app"), ("client_secret", "liaison-demo-secret"), ("token", (string)granted.Json["refresh_token"]!));
        var revoked = await Introspect(portal, token);

        ((bool)active.Json["signed_access_token"]!["isUserLevel"]!).ShouldBeTrue();
        ((string?)active.Json["user"]).ShouldBe("said@house.test");
        A.List(unknown, revoked).ShouldAllBe(answer => answer.Status == 200 && answer.Text == "{\"active\":false}");
        (await portal.Get("/crm/objects/2026-09/contacts", token)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task The_first_version_tells_of_its_tokens_too_and_a_private_app_of_its_own()
    {
        await using var portal = await Portal.StartAsync();
        var token = (string)(await Grant(portal, "manager", "oauth")).Json["access_token"]!;

        var info = await portal.Get($"/oauth/v1/access-tokens/{token}", null);
        var own = await portal.Post("/oauth/v2/private-apps/get/access-token-info", new { tokenKey = "pat-demo" }, null);

        ((long)info.Json["hub_id"]!).ShouldBe(990001);
        ((long)own.Json["hubId"]!).ShouldBe(990001);
        own.Json["scopes"]!.AsArray().ShouldNotBeEmpty();
    }

    private static async Task<Answer> Grant(Portal portal, string user, string scope) => await Exchange(portal, await Code(portal, user, scope));

    private static async Task<string> Code(Portal portal, string user, string scope)
    {
        var page = await portal.Get($"/oauth/authorize?client_id=liaison-demo-user-app&scope={Uri.EscapeDataString(scope)}&redirect_uri={Uri.EscapeDataString(Back)}&state=s1&user={user}&code_challenge={Challenge}&code_challenge_method=S256", null);
        page.Status.ShouldBe(302);
        var query = HttpUtility.ParseQueryString(new Uri(page.Headers["Location"]).Query);
        query["state"].ShouldBe("s1");
        return query["code"]!;
    }

    private static Task<Answer> Exchange(Portal portal, string code, string verifier = Verifier, string redirect = Back, string secret = "liaison-demo-secret") => portal.Form(
        "/oauth/2026-09/token", ("grant_type", "authorization_code"), ("client_id", "liaison-demo-user-app"), ("client_secret", secret), ("redirect_uri", redirect), ("code", code), ("code_verifier", verifier));

    private static Task<Answer> Refresh(Portal portal, string token) => portal.Form(
        "/oauth/2026-09/token", ("grant_type", "refresh_token"), ("client_id", "liaison-demo-user-app"), ("client_secret", "liaison-demo-secret"), ("refresh_token", token));

    private static Task<Answer> Introspect(Portal portal, string token) => portal.Form(
        "/oauth/2026-09/token/introspect", ("client_id", "liaison-demo-user-app"), ("client_secret", "liaison-demo-secret"), ("token", token));
}
