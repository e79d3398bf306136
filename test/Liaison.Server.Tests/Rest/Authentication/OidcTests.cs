using System.Security.Cryptography;
using System.Text;
using Liaison.Audit;
using Liaison.Identity;
using Liaison.Server.Rest.Authentication;
using Microsoft.IdentityModel.Tokens;

namespace Liaison.Server.Tests.Rest.Authentication;

/// <summary>Access tokens of a real identity provider, met over HTTP.</summary>
public sealed class OidcTests : IAsyncLifetime
{
    private const string Schema = "/api/v1/connections/demo/schemas/contact";

    private readonly DoorWorld world = new();
    private StandInProvider provider = null!;

    public async ValueTask InitializeAsync()
    {
        provider = await StandInProvider.StartAsync(world.Time);
        world.Access.Oidc = new OidcOptions { Issuer = provider.Issuer, Audience = "liaison", RequireHttpsMetadata = false };
        AccessOptionsValidator.Validate(world.Access).ShouldBeEmpty();
        await world.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task A_token_proves_the_user_and_the_agent_and_is_recorded()
    {
        (await AskAsync(provider.Token())).ShouldBe(200);

        var caller = (await world.AuditedAsync())[^1].Caller;
        caller.Subject.ShouldBe(new Subject(SubjectKind.User, "user@acme.test"));
        caller.Actor.Id.ShouldBe("console");
        caller.Purpose.ShouldBe(Purpose.Assistance);
        caller.KeyId.ShouldBeNull();
    }

    [Fact]
    public async Task A_plain_JWT_is_taken_too_and_a_key_beside_tokens() =>
        new[] { (await AskAsync(provider.Token(type: "JWT"))).Status, (await AskAsync(await world.KeyAsync("user@acme.test"))).Status }.ShouldBe([200, 200]);

    [Fact]
    public async Task A_token_of_another_user_has_that_users_rights() =>
        (await AskAsync(provider.Token(subject: "auditor@acme.test"))).ShouldBeProblem(403, "denied");

    [Fact]
    public async Task Wrong_tokens_get_one_and_the_same_answer()
    {
        using var other = RSA.Create(2048);
        var foreign = new SigningCredentials(new RsaSecurityKey(other) { KeyId = provider.Key.KeyId }, SecurityAlgorithms.RsaSha256);
        var right = provider.Token();
        Dictionary<string, string> wrong = new()
        {
            ["wrong audience"] = provider.Token(audience: "another"),
            ["wrong issuer"] = provider.Token(issuer: "https://login.example.com"),
            ["expired beyond skew"] = provider.Token(validFor: -61, validFrom: -300),
            ["not yet valid beyond skew"] = provider.Token(validFrom: 62),
            ["an id token"] = provider.Token(type: "id+jwt"),
            ["tampered payload"] = Tampered(right),
            ["tampered signature"] = right[..^8] + "AAAAAAAA",
            ["signed by another with our kid"] = provider.Token(signing: foreign),
            ["no kid"] = provider.Token(signing: new SigningCredentials(new RsaSecurityKey(provider.Key.Rsa), SecurityAlgorithms.RsaSha256)),
            ["alg none"] = Unsigned(right),
            ["alg none with the signature"] = Unsigned(right) + right.Split('.')[2],
            ["HS256 with the public key"] = Symmetric(right),
            ["no expiry"] = Resigned(payload => payload.Replace("\"exp\"", "\"exq\"", StringComparison.Ordinal)),
            ["no subject"] = provider.Token(subject: ""),
            ["actor of any"] = provider.Token(more: new() { ["azp"] = "*" }),
            ["unverified address"] = provider.Token(more: new() { ["email_verified"] = false }),
            ["a principal's name"] = provider.Token(subject: "qualification"),
            ["the operator's name"] = provider.Token(subject: "operator"),
            ["garbage"] = "a.b.c",
            ["an empty signature"] = $"{right.Split('.')[0]}.{right.Split('.')[1]}.",
            ["nothing of a token"] = "hello",
        };

        var found = new Dictionary<string, string>();
        foreach (var (name, token) in wrong)
        {
            // Each from a world of its own: an address may not be wrong that often.
            await using var fresh = new DoorWorld { OnToken = world.OnToken };
            fresh.Access.Oidc = world.Access.Oidc;
            await fresh.StartAsync();
            var answer = await fresh.GetAsync(Schema, token);
            found[name] = $"{answer.Status} {answer.Body}";
            (await fresh.AuditedAsync()).Where(entry => entry.Phase == AuditPhase.Closed).Select(entry => entry.Action).ShouldBe(["token.refused"], name);
        }

        found.Values.Distinct().ShouldHaveSingleItem().ShouldStartWith("401 ");
        (await AskAsync(right)).ShouldBe(200);
    }

    [Fact]
    public async Task The_providers_clock_may_differ_by_the_skew_and_no_more()
    {
        (await AskAsync(provider.Token(validFor: -59, validFrom: -300))).ShouldBe(200);
        (await AskAsync(provider.Token(validFrom: 59))).ShouldBe(200);
        (await AskAsync(provider.Token(validFor: -60, validFrom: -300))).ShouldBe(401);
        (await AskAsync(provider.Token(validFrom: 61))).ShouldBe(401);
    }

    [Fact]
    public async Task Rotated_keys_are_taken_up_with_the_first_token_that_they_signed_and_the_old_ones_dropped()
    {
        var old = provider.Token();
        (await AskAsync(old)).ShouldBe(200);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        provider.Rotate();

        (await AskAsync(provider.Token())).ShouldBe(200);
        (await AskAsync(old)).ShouldBe(401);
        provider.Fetches.ShouldBe(2);
    }

    [Fact]
    public async Task Unknown_keys_make_the_provider_be_asked_once_a_minute_at_the_most()
    {
        using var other = RSA.Create(2048);
        var unknown = provider.Token(signing: new SigningCredentials(new RsaSecurityKey(other) { KeyId = "nobody's" }, SecurityAlgorithms.RsaSha256));
        (await AskAsync(provider.Token())).ShouldBe(200);
        world.Time.Advance(TimeSpan.FromMinutes(1));

        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await AskAsync(unknown)).ShouldBe(401);
        }

        provider.Fetches.ShouldBe(2);
    }

    [Fact]
    public async Task While_the_provider_is_away_known_keys_serve_on_and_unknown_ones_are_not_the_callers_fault()
    {
        await using var fresh = new DoorWorld();
        fresh.Access.Oidc = world.Access.Oidc;
        await fresh.StartAsync();
        (await AskAsync(provider.Token())).ShouldBe(200);
        provider.Away = true;
        world.Time.Advance(TimeSpan.FromHours(13));

        (await AskAsync(provider.Token())).ShouldBe(200);
        (await fresh.GetAsync(Schema, provider.Token())).ShouldBeProblem(503, "unavailable");
    }

    [Fact]
    public async Task A_discovery_document_that_speaks_for_another_issuer_lends_no_keys()
    {
        provider.ClaimedIssuer = "https://login.example.com";

        (await AskAsync(provider.Token())).ShouldBeProblem(503, "unavailable");
    }

    [Fact]
    public async Task A_purpose_that_tokens_may_not_state_is_denied_by_purpose() =>
        (await world.GetAsync(Schema, provider.Token(), "administration")).ShouldBeProblem(403, "denied").ShouldContain("access.oidc.purposes");

    [Fact]
    public async Task No_token_reaches_a_log_or_the_audit()
    {
        var token = provider.Token();
        await AskAsync(token);
        await AskAsync(token + "x");

        world.Logs.Lines.ShouldNotContain(line => line.Contains(token) || line.Contains(token.Split('.')[1]));
        (await world.AuditedAsync()).ShouldNotContain(entry => $"{entry}".Contains(token.Split('.')[1]));
    }

    [Theory]
    [InlineData("http://login.example.com", true, "access.oidc.issuer")]
    [InlineData("http://127.0.0.1:9", true, "access.oidc.issuer")]
    [InlineData("https://login.example.com", false, "access.oidc.requireHttpsMetadata")]
    [InlineData("login", true, "access.oidc.issuer")]
    public void What_would_let_others_hand_out_keys_is_a_fault(string issuer, bool https, string key) =>
        AccessOptionsValidator.Validate(new AccessOptions { Oidc = new OidcOptions { Issuer = issuer, Audience = "a", RequireHttpsMetadata = https } })
            .ShouldHaveSingleItem().ShouldStartWith(key + ": ");

    private Task<Answer> AskAsync(string token) => world.GetAsync(Schema, token);

    private static string Tampered(string token)
    {
        var parts = token.Split('.');
        var payload = Base64UrlEncoder.Decode(parts[1]).Replace("user@acme.test", "root@acme.test", StringComparison.Ordinal);
        return $"{parts[0]}.{Base64UrlEncoder.Encode(payload)}.{parts[2]}";
    }

    private static string Unsigned(string token) =>
        $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"at+jwt"}""")}.{token.Split('.')[1]}.";

    private string Symmetric(string token)
    {
        var head = $"{Base64UrlEncoder.Encode($$"""{"alg":"HS256","typ":"at+jwt","kid":"{{provider.Key.KeyId}}"}""")}.{token.Split('.')[1]}";
        var secret = Encoding.ASCII.GetBytes(provider.Key.Rsa.ExportSubjectPublicKeyInfoPem());
        return $"{head}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(head)))}";
    }

    private string Resigned(Func<string, string> change)
    {
        var parts = provider.Token().Split('.');
        var head = $"{parts[0]}.{Base64UrlEncoder.Encode(change(Base64UrlEncoder.Decode(parts[1])))}";
        return $"{head}.{Base64UrlEncoder.Encode(provider.Key.Rsa.SignData(Encoding.ASCII.GetBytes(head), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }
}
