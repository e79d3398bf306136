using System.Text.Json;
using Liaison.Connectors;
using Liaison.Emulators.Salesforce;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Reading;
using Liaison.Salesforce.Tests.Emulated;

namespace Liaison.Salesforce.Tests.Installed;

/// <summary>Every way to a token, through the engine and against the org's own token endpoint (R3 to R7, R193).</summary>
public sealed class SignInTests
{
    private const string North = "nils@liaison.test";
    private const string South = "sara@liaison.test";
    private const string Batch = "batch";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_assertion_every_user_reads_with_a_token_of_their_own()
    {
        await using var org = await StartAsync();
        await using var engine = await EngineAsync(org, By(GrantKind.JwtBearer, North, South));

        (await CountAsync(engine, North)).ShouldBe(await org.VisibleAsync("rep-north", "Contact", Token));
        (await CountAsync(engine, South)).ShouldBe(await org.VisibleAsync("rep-south", "Contact", Token));
        var (north, south) = (await IdentityAsync(engine, North), await IdentityAsync(engine, South));

        north.AccountId.ShouldBe(south.AccountId);
        north.UserId.ShouldNotBe(south.UserId);
        north.Reach.ShouldBe(CredentialReach.User);
        (await GivenAsync(org)).ShouldBe([North, South], ignoreOrder: true);
    }

    [Theory]
    [InlineData("unapproved", "has not approved the app")]
    [InlineData("frozen", "inactive or frozen")]
    [InlineData("audience", "not meant for this login host")]
    [InlineData("key", "does not accept the assertion")]
    [InlineData("app", "does not know the consumer key")]
    [InlineData("stranger", "has not approved the app")]
    public async Task Each_fault_of_an_assertion_is_told_with_its_mend(string fault, string told)
    {
        await using var org = await StartAsync();
        var credentials = By(GrantKind.JwtBearer, fault == "stranger" ? "nobody@liaison.test" : North);
        credentials.App!.Audience = fault == "audience" ? "https://test.salesforce.com" : null;
        credentials.App.ClientId = fault == "app" ? "3MVG9unknown" : credentials.App.ClientId;
        credentials.App.PrivateKey = fault == "key" ? "env:OTHER_KEY" : credentials.App.PrivateKey;
        await using var engine = await EngineAsync(org, credentials);
        if (fault is "unapproved" or "frozen")
        {
            (await org.PostAsync("/_emulator/users", new { user = "rep-north", approved = fault != "unapproved", frozen = fault == "frozen" }, Token)).Dispose();
        }

        var failure = (await AskAsync(engine, credentials.Users.Keys.Single())).Failure.ShouldNotBeNull();

        failure.Kind.ShouldBe(FailureKind.Unauthenticated);
        failure.Message.ShouldContain(told);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task By_consent_each_user_has_a_token_set_of_their_own_that_outlives_its_session(bool rotating)
    {
        await using var org = await StartAsync(options => options.RotateRefreshTokens = rotating);
        await using var engine = await EngineAsync(org, By(GrantKind.AuthorizationCode, North, South));
        foreach (var user in new[] { North, South })
        {
            Ok(await ConsentAsync(org, engine, user, user)).ShouldNotBeNull();
        }

        var before = (await CountAsync(engine, North), await CountAsync(engine, South));
        for (var round = 0; round < 3; round++)
        {
            await EndSessionsAsync(org);
            (await CountAsync(engine, North), await CountAsync(engine, South)).ShouldBe(before);
        }

        before.ShouldBe((await org.VisibleAsync("rep-north", "Contact", Token), await org.VisibleAsync("rep-south", "Contact", Token)));
        (await GivenAsync(org)).Count(name => name == North).ShouldBe(4);
    }

    [Fact]
    public async Task A_consent_that_was_denied_or_is_of_another_org_is_not_kept()
    {
        await using var org = await StartAsync();
        await using var engine = await EngineAsync(org, By(GrantKind.AuthorizationCode, North), account: "00D000000000001AAA");

        (await ConsentAsync(org, engine, North, deny: true)).Failure.ShouldNotBeNull().Message.ShouldContain("No consent was given");
        var other = (await ConsentAsync(org, engine, North, North)).Failure.ShouldNotBeNull();

        other.Message.ShouldContain("is for account 00D000000000001AAA");
        (await AskAsync(engine, North)).Failure.ShouldNotBeNull().Message.ShouldContain("has not signed in");
    }

    [Fact]
    public async Task By_client_credentials_a_principal_acts_as_the_run_as_user_and_nobody_else_does()
    {
        await using var org = await StartAsync();
        var credentials = By(GrantKind.ClientCredentials);
        credentials.Account = new SignInOptions { Grant = GrantKind.ClientCredentials };
        await using var engine = await EngineAsync(org, credentials);

        Ok(await engine.Gateway.CountAsync(OrgEngine.Principal(Batch), Everybody, Token)).ShouldBe(2);
        (await AskAsync(engine, North)).Failure.ShouldNotBeNull().DeniedBy.ShouldBe(DeniedBy.CrmUser);

        (await org.PostAsync("/_emulator/users", new { user = "admin", runAs = false }, Token)).Dispose();
        await EndSessionsAsync(org);
        (await engine.Gateway.CountAsync(OrgEngine.Principal(Batch), Everybody, Token)).Failure.ShouldNotBeNull().Message.ShouldContain("no run-as user");
    }

    [Theory]
    [InlineData(CrmEnvironment.Production, true, "production takes another grant")]
    [InlineData(CrmEnvironment.Sandbox, false, "allowInsecureFlow")]
    public void The_password_flow_is_refused_but_for_development(CrmEnvironment environment, bool allowed, string told)
    {
        var options = Options(new Uri("http://localhost:1"), Password(allowed));
        options.Environment = environment;

        new ConnectionOptionsValidator([new SalesforceConnector()]).Validate(new Dictionary<string, ConnectionOptions> { ["org"] = options })
            .ShouldContain(fault => fault.Contains(told, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_password_flow_works_where_the_org_opens_it_and_is_explained_where_not(bool open)
    {
        await using var org = await StartAsync(options => options.PasswordGrant = open);
        await using var engine = await EngineAsync(org, Password(allowed: true));

        var asked = await AskAsync(engine, North);

        (asked.Failure is null).ShouldBe(open);
        (open || asked.Failure!.Message.Contains("block this flow", StringComparison.Ordinal)).ShouldBeTrue();
    }

    [Fact]
    public async Task Every_call_goes_to_the_host_that_the_token_answer_names_also_after_it_moved()
    {
        await using var org = await StartAsync();
        await using var engine = await EngineAsync(org, By(GrantKind.JwtBearer, North));
        var before = await CountAsync(engine, North);

        // No session is good at the old address any more (contracts/salesforce.md 1.8).
        (await org.PostAsync("/_emulator/instance", new { origin = org.Address.AbsoluteUri.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) }, Token)).Dispose();

        (await CountAsync(engine, North)).ShouldBe(before);
        (await GivenAsync(org)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_session_that_no_other_token_would_mend_is_not_renewed()
    {
        await using var org = await StartAsync();
        await using var engine = await EngineAsync(org, By(GrantKind.JwtBearer, North));
        await CountAsync(engine, North);
        await org.TroubleAsync("not-for-rest", "GET /query", 5, Token);

        var failure = (await AskAsync(engine, North)).Failure.ShouldNotBeNull();

        failure.Message.ShouldContain("not one for the REST API");
        (await GivenAsync(org)).Count.ShouldBe(1);
    }

    [Fact]
    public void Nobody_is_mapped_onto_the_run_as_user()
    {
        var options = Options(new Uri("http://localhost:1"), new CredentialOptions { Account = "env:TOKEN" });
        options.Mapped = new MappedOptions { Users = new Dictionary<string, MappedUserOptions> { [North] = new() { Sees = MappedReach.Own } } };

        new ConnectionOptionsValidator([new SalesforceConnector()]).Validate(new Dictionary<string, ConnectionOptions> { ["org"] = options })
            .ShouldHaveSingleItem().ShouldContain("serves nobody else");
    }

    private static QueryRequest Everybody => new(OrgEngine.Org, RecordType.Contact, []);

    // One contact of each rep.
    private static Task<EmulatedOrg> StartAsync(Action<SalesforceEmulatorOptions>? configure = null) => EmulatedOrg.StartAsync(
        SmallWorld.Of([SmallWorld.Person(1, SmallWorld.Now), SmallWorld.Person(2, SmallWorld.Now, owner: 3)]), Token, configure: configure);

    private static CredentialOptions By(GrantKind grant, params IEnumerable<string> users) => new()
    {
        App = new AppOptions { ClientId = "3MVG9liaison.demo.client.app", ClientSecret = "env:SECRET", PrivateKey = "env:KEY" },
        Users = users.ToDictionary(user => user, user => new SignInOptions { Grant = grant, Username = grant == GrantKind.JwtBearer ? user : null }),
    };

    private static CredentialOptions Password(bool allowed)
    {
        var credentials = By(GrantKind.Password);
        credentials.Users = new Dictionary<string, SignInOptions>
        {
            [North] = new() { Grant = GrantKind.Password, Username = North, Password = "env:PASSWORD", AllowInsecureFlow = allowed },
        };
        return credentials;
    }

    private static ConnectionOptions Options(Uri address, CredentialOptions credentials, string? account = null) => new()
    {
        Crm = "salesforce", Environment = CrmEnvironment.Sandbox, BaseUrl = address, AccountId = account, Credentials = credentials,
    };

    private static async Task<OrgEngine> EngineAsync(EmulatedOrg org, CredentialOptions credentials, string? account = null)
    {
        using var app = await org.GetAsync("/_emulator/app", Token);
        using var other = System.Security.Cryptography.RSA.Create(2048);
        var secrets = new Dictionary<string, string>
        {
            ["KEY"] = app.RootElement.GetProperty("privateKey").GetString()!,
            ["OTHER_KEY"] = other.ExportPkcs8PrivateKeyPem(),
            ["SECRET"] = app.RootElement.GetProperty("clientSecret").GetString()!,
            ["PASSWORD"] = "liaison-demo",
        };
        return new(Options(org.Address, credentials, account), secrets, OrgEngine.Reading([North, South, Batch, .. credentials.Users.Keys.Except([North, South])], "contact"));
    }

    private static Task<Result<long>> AskAsync(OrgEngine engine, string user) => engine.Gateway.CountAsync(OrgEngine.User(user), Everybody, Token);

    private static async Task<long> CountAsync(OrgEngine engine, string user) => Ok(await AskAsync(engine, user));

    private static async Task<AccountIdentity> IdentityAsync(OrgEngine engine, string user) =>
        Ok(await engine.Gateway.IdentifyAsync(OrgEngine.User(user), OrgEngine.Org, Token)).Account;

    // The page of the emulator stands for the browser: it asks who consents by a hint.
    private static async Task<Result<string?>> ConsentAsync(EmulatedOrg org, OrgEngine engine, string owner, string? user = null, bool deny = false)
    {
        var request = Ok(await engine.Consents.BeginAsync(engine.Connection, owner, new Uri("http://localhost:8976/callback"), Token));
        request.Address.Query.ShouldContain("scope=refresh_token%20api");
        var back = await org.RedirectAsync($"{request.Address}&login_hint={Uri.EscapeDataString(user ?? "")}{(deny ? "&deny=true" : "")}", Token);
        var query = back.Query.TrimStart('?').Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        return await engine.Consents.CompleteAsync(request, query.GetValueOrDefault("state"), query.GetValueOrDefault("code"), Token);
    }

    // Those that are there from the start are not given out by a sign-in.
    private static async Task<List<string>> GivenAsync(EmulatedOrg org)
    {
        using var tokens = await org.GetAsync("/_emulator/tokens", Token);
        return [.. Given(tokens).Select(token => token.GetProperty("username").GetString()!)];
    }

    private static async Task EndSessionsAsync(EmulatedOrg org)
    {
        using var tokens = await org.GetAsync("/_emulator/tokens", Token);
        foreach (var token in Given(tokens))
        {
            (await org.PostAsync("/_emulator/tokens", new { token = token.GetProperty("token").GetString(), expired = "true" }, Token)).Dispose();
        }
    }

    private static IEnumerable<JsonElement> Given(JsonDocument tokens) =>
        tokens.RootElement.GetProperty("tokens").EnumerateArray().Where(token => !token.GetProperty("token").GetString()!.StartsWith("00Ddemo!", StringComparison.Ordinal));

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
