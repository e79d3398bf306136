using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Liaison.Emulators.Tests.HubSpot;

namespace Liaison.Emulators.Tests.Salesforce.Host;

/// <summary>Contract sections 1 and 2: tokens, identity, versions.</summary>
public sealed class SignInTests
{
    private const string Key = "3MVG9liaison.demo.client.app";
    private const string Secret = "liaison-demo-secret";
    private const string Audience = "https://login.salesforce.com";

    [Fact]
    public async Task Versions_are_listed_without_a_token_and_without_being_counted()
    {
        await using var org = await LiveOrg.StartAsync();

        var answer = await org.Get("/services/data", token: null);

        answer.Json.AsArray().Count.ShouldBe(36);
        answer.Json[35]!.ToJsonString().ShouldBe("""{"label":"Spring \u002726","url":"/services/data/v66.0","version":"66.0"}""");
        answer.Headers.Keys.ShouldNotContain("Sforce-Limit-Info");
    }

    [Theory]
    [InlineData("/services/data/v30.0/sobjects", 410)]
    [InlineData("/services/data/v67.0/sobjects", 404)]
    public async Task A_version_that_is_not_served_is_refused(string path, int status)
    {
        await using var org = await LiveOrg.StartAsync();

        (await org.Get(path)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task An_assertion_signed_for_a_user_gives_that_users_token()
    {
        await using var org = await LiveOrg.StartAsync();

        var token = await Exchange(org, await Sign(org, "nora@house.test"));
        var who = await org.Get("/services/oauth2/userinfo", (string)token.Json["access_token"]!);

        token.Status.ShouldBe(200, token.Text);
        ((string)token.Json["instance_url"]!).ShouldBe(org.Emulator.BaseAddress.ToString().TrimEnd('/'));
        token.Json.AsObject().ContainsKey("refresh_token").ShouldBeFalse();
        token.Json.AsObject().ContainsKey("expires_in").ShouldBeFalse();
        ((string)who.Json["preferred_username"]!).ShouldBe("nora@house.test");
        ((string)token.Json["id"]!).ShouldEndWith((string)who.Json["user_id"]!);
    }

    [Theory]
    [InlineData("audience", "invalid_grant", "audience is invalid")]
    [InlineData("expired", "invalid_grant", "expired assertion")]
    [InlineData("issuer", "invalid_client_id", "client identifier invalid")]
    [InlineData("signature", "invalid_grant", "invalid assertion")]
    [InlineData("stranger", "invalid_grant", "user hasn't approved this consumer")]
    [InlineData("inactive", "inactive_user", "user is inactive")]
    public async Task Each_fault_of_an_assertion_has_an_error_of_its_own(string fault, string error, string description)
    {
        await using var org = await LiveOrg.StartAsync();
        var user = fault switch { "stranger" => "who@house.test", "inactive" => "gone@house.test", _ => "nora@house.test" };
        var assertion = await Sign(
            org, user, fault == "audience" ? "https://test.salesforce.com" : Audience, fault == "issuer" ? "other" : Key, fault == "expired" ? -600 : 120, fault == "signature");

        var answer = await Exchange(org, assertion);

        (answer.Status, (string)answer.Json["error"]!, (string)answer.Json["error_description"]!).ShouldBe((400, error, description));
    }

    [Fact]
    public async Task A_code_with_its_verifier_gives_tokens_once()
    {
        await using var org = await LiveOrg.StartAsync();
        var verifier = "a-verifier-that-is-long-enough-for-the-specification";
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var consent = await org.Get(
            $"/services/oauth2/authorize?response_type=code&client_id={Key}&redirect_uri=http%3A%2F%2Flocalhost%2Fcb&state=s&code_challenge={challenge}&code_challenge_method=S256&login_hint=nora%40house.test", token: null);
        var code = Uri.UnescapeDataString(consent.Headers["Location"].Split("code=")[1].Split('&')[0]);

        var tokens = await Code(org, code, verifier);
        var again = await Code(org, code, verifier);

        consent.Status.ShouldBe(302);
        consent.Headers["Location"].ShouldContain("state=s");
        tokens.Status.ShouldBe(200, tokens.Text);
        tokens.Json["refresh_token"].ShouldNotBeNull();
        ((string)again.Json["error"]!).ShouldBe("invalid_grant");
    }

    [Theory]
    [InlineData("", "code=")]
    [InlineData("&deny=true", "error=access_denied")]
    [InlineData("&login_hint=nora%40house.test&deny=true", "error=access_denied")]
    [InlineData("&login_hint=nobody%40house.test", "error=access_denied")]
    public async Task Nobody_sits_before_an_emulator_so_it_consents_unless_it_is_told_to_deny(string more, string answer)
    {
        await using var org = await LiveOrg.StartAsync();

        var consent = await org.Get($"/services/oauth2/authorize?response_type=code&client_id={Key}&redirect_uri=http%3A%2F%2Flocalhost%2Fcb{more}", token: null);

        consent.Headers["Location"].ShouldStartWith($"http://localhost/cb?{answer}");
    }

    [Fact]
    public async Task Without_a_name_the_administrator_consents()
    {
        await using var org = await LiveOrg.StartAsync();
        var consent = await org.Get($"/services/oauth2/authorize?response_type=code&client_id={Key}&redirect_uri=http%3A%2F%2Flocalhost%2Fcb", token: null);

        var tokens = await Code(org, Uri.UnescapeDataString(consent.Headers["Location"].Split("code=")[1]), null);

        var app = await org.Get("/_emulator/app", null);
        var who = await org.Get("/services/oauth2/userinfo", (string)tokens.Json["access_token"]!);
        ((string)who.Json["preferred_username"]!).ShouldBe((string)app.Json["runAs"]!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refresh_token_stays_good_unless_the_org_rotates_them(bool rotates)
    {
        await using var org = await LiveOrg.StartAsync(options => options.RotateRefreshTokens = rotates);
        var first = (string)(await Consent(org)).Json["refresh_token"]!;

        var refreshed = await Refresh(org, first);
        var again = await Refresh(org, first);

        refreshed.Json.AsObject().ContainsKey("refresh_token").ShouldBe(rotates);
        again.Status.ShouldBe(rotates ? 400 : 200);
    }

    [Fact]
    public async Task Tokens_end_by_time_by_revocation_and_with_their_user()
    {
        await using var org = await LiveOrg.StartAsync();
        var (expired, revoked, frozen) = (await Token(org), await Token(org), await Token(org));
        await org.Form("/services/oauth2/revoke", ("token", revoked));

        var afterRevocation = await org.Get("sobjects", revoked);
        await org.Control("users", new { user = "nora@house.test", frozen = true });
        var afterFreeze = await org.Get("sobjects", frozen);
        await org.Control("users", new { user = "nora@house.test", frozen = false });
        org.Time.Advance(TimeSpan.FromHours(3));
        var afterTime = await org.Get("sobjects", expired);

        foreach (var answer in new[] { afterRevocation, afterFreeze, afterTime })
        {
            (answer.Status, answer.Text).ShouldBe((401, """[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"""));
        }
    }

    [Fact]
    public async Task Client_credentials_are_one_fixed_user_and_passwords_are_closed()
    {
        await using var org = await LiveOrg.StartAsync();

        var client = await org.Form("/services/oauth2/token", ("grant_type", "client_credentials"), ("client_id", Key), ("client_secret", Secret));
        var password = await org.Form("/services/oauth2/token", ("grant_type", "password"), ("client_id", Key), ("client_secret", Secret), ("username", "nora@house.test"), ("password", "liaison-demo"));
        var who = await org.Get("/services/oauth2/userinfo", (string)client.Json["access_token"]!);
        var active = await org.Form("/services/oauth2/introspect", ("token", (string)client.Json["access_token"]!), ("client_id", Key), ("client_secret", Secret));

        ((string)who.Json["preferred_username"]!).ShouldBe("integration@liaison.test");
        (password.Status, (string)password.Json["error"]!).ShouldBe((400, "invalid_grant"));
        ((bool)active.Json["active"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task The_password_grant_answers_in_the_recorded_shape_where_it_is_open()
    {
        await using var org = await LiveOrg.StartAsync(options => options.PasswordGrant = true);

        var answer = await org.Form("/services/oauth2/token", ("grant_type", "password"), ("client_id", Key), ("client_secret", Secret), ("username", "nora@house.test"), ("password", "liaison-demo"));

        foreach (var member in new[] { "access_token", "instance_url", "id", "token_type", "issued_at", "signature" })
        {
            answer.Json[member].ShouldNotBeNull(member);
        }

        ((string)answer.Json["issued_at"]!).ShouldAllBe(digit => char.IsAsciiDigit(digit));
    }

    [Fact]
    public async Task The_identity_address_answers_for_ones_own_user()
    {
        await using var org = await LiveOrg.StartAsync();
        var info = await org.Get("/services/oauth2/userinfo", LiveOrg.North);

        var own = await org.Get($"/id/{info.Json["organization_id"]}/{info.Json["user_id"]}", LiveOrg.North);
        var other = await org.Get($"/id/{info.Json["organization_id"]}/005Dm0000000001AAA", LiveOrg.North);

        ((string)own.Json["username"]!).ShouldBe("nora@house.test");
        other.Status.ShouldBe(404);
    }

    [Fact]
    public async Task Too_many_sign_ins_within_an_hour_are_refused()
    {
        await using var org = await LiveOrg.StartAsync(options => (options.Limits, options.LoginsPerHour) = (Emulators.Hosting.LimitMode.Real, 1));
        await Exchange(org, await Sign(org, "nora@house.test"));

        var second = await Exchange(org, await Sign(org, "nora@house.test"));

        ((string)second.Json["error"]!).ShouldBe("rate_limit_exceeded");
    }

    private static Task<Answer> Exchange(LiveOrg org, string assertion) =>
        org.Form("/services/oauth2/token", ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", assertion));

    private static async Task<string> Token(LiveOrg org) => (string)(await Exchange(org, await Sign(org, "nora@house.test"))).Json["access_token"]!;

    private static async Task<Answer> Consent(LiveOrg org)
    {
        var consent = await org.Get($"/services/oauth2/authorize?response_type=code&client_id={Key}&redirect_uri=http%3A%2F%2Flocalhost%2Fcb&login_hint=nora%40house.test", token: null);
        return await Code(org, Uri.UnescapeDataString(consent.Headers["Location"].Split("code=")[1]), null);
    }

    private static Task<Answer> Code(LiveOrg org, string code, string? verifier) => org.Form(
        "/services/oauth2/token", ("grant_type", "authorization_code"), ("client_id", Key), ("client_secret", Secret), ("code", code), ("redirect_uri", "http://localhost/cb"), ("code_verifier", verifier ?? ""));

    private static Task<Answer> Refresh(LiveOrg org, string token) =>
        org.Form("/services/oauth2/token", ("grant_type", "refresh_token"), ("client_id", Key), ("client_secret", Secret), ("refresh_token", token));

    private static async Task<string> Sign(LiveOrg org, string user, string audience = Audience, string issuer = Key, int seconds = 120, bool tampered = false)
    {
        using var key = RSA.Create();
        key.ImportFromPem((string)(await org.Get("/_emulator/app", null)).Json["privateKey"]!);
        var claims = new { iss = issuer, sub = user, aud = audience, exp = org.Time.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds() };
        var signed = $"{Base64Url.EncodeToString("""{"alg":"RS256"}"""u8)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        signature[0] ^= tampered ? (byte)1 : (byte)0;
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }
}
