using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Identity.Tokens;
using Liaison.Model;
using Liaison.Testing;
using Liaison.Testing.Stores;
using Liaison.Tests.Connectors;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Liaison.Tests.Identity;

public sealed class ConnectionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void What_is_left_out_comes_from_the_connector_and_writes_are_closed()
    {
        var registry = Registry(new ConnectionOptions { Crm = "StandIn" });

        var profile = registry.Find(new ConnectionName("demo")).Found().Profile;

        profile.ShouldBe(new ConnectionProfile(
            new ConnectionName("demo"), "standin", CrmEnvironment.Production, new Uri("https://crm.test"), "2026-09", "standard"));
        registry.Writable.ShouldBeEmpty();
    }

    [Fact]
    public void An_unknown_connection_is_refused_with_the_names_that_exist()
    {
        var failure = Registry(new ConnectionOptions { Crm = "standin" }).Find(new ConnectionName("prod")).Refused();

        failure.Kind.ShouldBe(FailureKind.NotFound);
        failure.Message.ShouldBe("There is no connection \"prod\"; there are demo.");
    }

    [Fact]
    public void An_unknown_crm_is_refused_with_the_names_that_exist() =>
        new ConnectorRegistry([new StandInConnector()]).Find("zoho").Refused().Message.ShouldBe("\"zoho\" is no known CRM; known are standin.");

    [Fact]
    public void Every_fault_of_a_configuration_is_told_at_once_and_no_secret_with_it()
    {
        var wrong = new ConnectionOptions
        {
            Crm = "standin",
            BaseUrl = new Uri("http://crm.test"),
            ApiVersion = "v1",
            LimitProfile = "gold",
            Share = 1.5,
            TimeZone = "Mars/Olympus",
            Credentials = new CredentialOptions
            {
                Account = "pat-canary",
                Users = new Dictionary<string, SignInOptions> { ["ada@acme.test"] = "canary" },
            },
        };

        var faults = Should.Throw<OptionsValidationException>(() => Registry(wrong)).Failures.ToList();

        faults.Count.ShouldBe(7);
        faults.ShouldAllBe(fault => fault.StartsWith("connections.demo.", StringComparison.Ordinal));
        faults.ShouldAllBe(fault => !fault.Contains("canary", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", CrmEnvironment.Production, 0)]
    [InlineData("http://emulator:8080", CrmEnvironment.Sandbox, 0)]
    [InlineData("http://crm.test", CrmEnvironment.Production, 1)]
    [InlineData("ftp://crm.test", CrmEnvironment.Sandbox, 1)]
    [InlineData("https://user:word@crm.test", CrmEnvironment.Sandbox, 1)]
    public void Tokens_do_not_cross_a_network_in_the_clear(string url, CrmEnvironment environment, int faults) =>
        new ConnectionOptionsValidator([new StandInConnector()])
            .Validate(new Dictionary<string, ConnectionOptions>
            {
                ["demo"] = new() { Crm = "standin", BaseUrl = new Uri(url), Environment = environment },
            })
            .Count.ShouldBe(faults);

    [Fact]
    public async Task A_principal_gets_the_accounts_credential()
    {
        var credential = (await CredentialOfAsync(ChannelWorld.Pipeline(), account: "env:TOKEN")).Found();

        (credential.Reach, credential.Identity).ShouldBe((CredentialReach.Account, "(account)"));
        credential.ToString().ShouldNotContain("canary");
    }

    [Fact]
    public async Task A_user_gets_their_own_credential()
    {
        var credential = (await CredentialOfAsync(ChannelWorld.Ada(), account: "env:TOKEN", ada: "env:TOKEN")).Found();

        (credential.Reach, credential.Identity).ShouldBe((CredentialReach.User, "ada@acme.test"));
    }

    [Fact]
    public async Task A_user_without_a_token_is_refused_and_never_given_the_accounts()
    {
        var failure = (await CredentialOfAsync(ChannelWorld.Ada(), account: "env:TOKEN")).Refused();

        (failure.Kind, failure.DeniedBy).ShouldBe((FailureKind.Denied, DeniedBy.CrmUser));
        failure.Message.ShouldContain("ada@acme.test");
    }

    [Fact]
    public async Task A_user_whose_token_is_gone_is_not_given_the_accounts_either()
    {
        var failure = (await CredentialOfAsync(ChannelWorld.Ada(), account: "env:TOKEN", ada: "env:GONE")).Refused();

        failure.Kind.ShouldBe(FailureKind.Unauthenticated);
        failure.Message.ShouldBe("Connection demo cannot sign in: the environment variable GONE is not set.");
    }

    private static Task<Result<UserCredential>> CredentialOfAsync(Caller caller, string account, string? ada = null)
    {
        var users = new Dictionary<string, SignInOptions>();
        if (ada is not null)
        {
            users["ada@acme.test"] = ada;
        }

        var registry = Registry(new ConnectionOptions
        {
            Crm = "standin",
            Credentials = new CredentialOptions { Account = account, Users = users },
        });
        var secrets = new SecretResolver(
            new SecretVault(new InMemorySecretStore(), new EphemeralDataProtectionProvider()), name => name == "TOKEN" ? "canary" : null);
        var permit = A.Permit(caller, registry.All[0].Profile);
        var tokens = new InMemoryTokenStore(TimeProvider.System);
        var keeper = new TokenKeeper(
            tokens, new EphemeralDataProtectionProvider(), new NoEndpoint(), new CredentialNotes(tokens, new RecordingAlerts()), TimeProvider.System, NullLogger<TokenKeeper>.Instance);
        return new CredentialBroker(registry, secrets, keeper).GetAsync(permit, Cancellation);
    }

    private static ConnectionRegistry Registry(ConnectionOptions options) =>
        new(new Dictionary<string, ConnectionOptions> { ["demo"] = options }, [new StandInConnector()]);

    private sealed class NoEndpoint : ITokenEndpoint
    {
        public Task<TokenAnswer> ObtainAsync(SignIn signIn, string? refreshToken, CancellationToken cancellationToken) => throw new NotSupportedException();

        public TimeSpan? WaitAfter(int attempt) => null;
    }
}
