using System.Collections.Frozen;
using Liaison.Connectors;
using Liaison.Identity;
using Liaison.Tests.Connectors;

namespace Liaison.Tests.Identity;

public sealed class SignInFaultsTests
{
    private static readonly AppOptions App = new() { ClientId = "3MVG9", ClientSecret = "env:SECRET", PrivateKey = "file:/run/key.pem" };

    private static readonly ConnectorDescriptor Descriptor = new StandInConnector().Descriptor with
    {
        SignIn = new SignInDescriptor
        {
            Grants =
            [
                new GrantDescriptor(GrantKind.JwtBearer),
                new GrantDescriptor(GrantKind.AuthorizationCode) { NeedsClientSecret = true },
                new GrantDescriptor(GrantKind.ClientCredentials) { NeedsClientSecret = true },
                new GrantDescriptor(GrantKind.Password),
                new GrantDescriptor(GrantKind.StaticToken),
            ],
            Hosts = new Dictionary<CrmEnvironment, Uri>
            {
                [CrmEnvironment.Production] = new("https://login.crm.test"),
                [CrmEnvironment.Sandbox] = new("https://test.crm.test"),
            }.ToFrozenDictionary(),
            Paths = _ => new SignInPaths("/token"),
        },
    };

    [Fact]
    public void A_bare_reference_is_a_static_token() =>
        Faults(new ConnectionOptions { Crm = "standin", Credentials = new CredentialOptions { Account = "env:TOKEN" } }).ShouldBeEmpty();

    [Fact]
    public void Every_grant_that_is_set_up_whole_is_taken() => Faults(new ConnectionOptions
    {
        Crm = "standin",
        Environment = CrmEnvironment.Sandbox,
        Credentials = new CredentialOptions
        {
            App = App,
            Account = new SignInOptions { Grant = GrantKind.ClientCredentials },
            Users = new Dictionary<string, SignInOptions>
            {
                ["ada@acme.test"] = new() { Grant = GrantKind.JwtBearer, Username = "ada@crm.test" },
                ["ben@acme.test"] = new() { Grant = GrantKind.AuthorizationCode },
                ["cleo@acme.test"] = new() { Grant = GrantKind.Password, Username = "cleo@crm.test", Password = "env:WORD", AllowInsecureFlow = true },
            },
        },
    }).ShouldBeEmpty();

    [Fact]
    public void Every_fault_is_told_at_its_place_and_no_secret_with_it()
    {
        var faults = Faults(new ConnectionOptions
        {
            Crm = "standin",
            Credentials = new CredentialOptions
            {
                App = new AppOptions { ClientSecret = "canary", LoginHost = new Uri("https://test.crm.test") },
                Account = new SignInOptions { LifetimeMinutes = 0 },
                Users = new Dictionary<string, SignInOptions>
                {
                    ["ada@acme.test"] = new() { Grant = GrantKind.JwtBearer },
                    ["ben@acme.test"] = new() { Grant = GrantKind.ClientCredentials, Token = "canary" },
                },
            },
        });

        faults.Select(fault => fault[..fault.IndexOf(": ", StringComparison.Ordinal)]).ShouldBe(
        [
            "connections.demo.credentials.app.clientId",
            "connections.demo.credentials.app.clientSecret",
            "connections.demo.credentials.app.loginHost",
            "connections.demo.credentials.account.lifetimeMinutes",
            "connections.demo.credentials.account.token",
            "connections.demo.credentials.users.ada@acme.test.username",
            "connections.demo.credentials.users.ada@acme.test.app.privateKey",
            "connections.demo.credentials.users.ben@acme.test.token",
            "connections.demo.credentials.users.ben@acme.test.grant",
        ]);
        faults.ShouldAllBe(fault => !fault.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public void The_host_of_the_other_environment_is_refused() =>
        Faults(WithLoginHost("https://test.crm.test", CrmEnvironment.Production)).ShouldHaveSingleItem().ShouldBe(
            "connections.demo.credentials.account.app.loginHost: test.crm.test signs in to sandbox and this connection is production; correct one of the two.");

    [Theory]
    [InlineData("https://acme.my.crm.test", CrmEnvironment.Production)]
    [InlineData("https://login.crm.test", CrmEnvironment.Production)]
    [InlineData("https://acme--dev.sandbox.my.crm.test", CrmEnvironment.Sandbox)]
    public void Hosts_of_ones_own_are_data(string host, CrmEnvironment environment) => Faults(WithLoginHost(host, environment)).ShouldBeEmpty();

    [Theory]
    [InlineData(CrmEnvironment.Production, true, "connections.demo.credentials.account.grant: a password in a configuration opens everything that its user may do, and vendors block this flow; production takes another grant.")]
    [InlineData(CrmEnvironment.Sandbox, false, "connections.demo.credentials.account.allowInsecureFlow: the password flow is for development; set this to true to use it in a sandbox.")]
    public void A_password_is_for_development_only_and_then_by_a_switch(CrmEnvironment environment, bool allowed, string told) => Faults(new ConnectionOptions
    {
        Crm = "standin",
        Environment = environment,
        Credentials = new CredentialOptions
        {
            App = App,
            Account = new SignInOptions { Grant = GrantKind.Password, Username = "ada@crm.test", Password = "env:WORD", AllowInsecureFlow = allowed },
        },
    }).ShouldHaveSingleItem().ShouldBe(told);

    [Fact]
    public void A_grant_that_the_crm_does_not_offer_is_refused_with_those_that_it_does()
    {
        var wrong = new ConnectionOptions { Crm = "standin", Credentials = new CredentialOptions { App = App, Account = new SignInOptions { Grant = GrantKind.JwtBearer } } };

        new ConnectionOptionsValidator([new StandInConnector()]).Validate(new Dictionary<string, ConnectionOptions> { ["demo"] = wrong })
            .ShouldHaveSingleItem()
            .ShouldBe("connections.demo.credentials.account.grant: StandIn is not signed in to by jwt-bearer; it offers static-token.");
    }

    [Fact]
    public void A_feature_that_there_is_none_of_is_refused() => Faults(new ConnectionOptions { Crm = "standin", Features = ["read minds"] })
        .ShouldHaveSingleItem()
        .ShouldStartWith("connections.demo.features: StandIn has no feature \"read minds\"");

    private static ConnectionOptions WithLoginHost(string host, CrmEnvironment environment) => new()
    {
        Crm = "standin",
        Environment = environment,
        Credentials = new CredentialOptions
        {
            Account = new SignInOptions
            {
                Grant = GrantKind.AuthorizationCode,
                App = new AppOptions { ClientId = "3MVG9", ClientSecret = "env:SECRET", LoginHost = new Uri(host) },
            },
        },
    };

    private static IReadOnlyList<string> Faults(ConnectionOptions options) =>
        new ConnectionOptionsValidator([new StandInConnector { Descriptor = Descriptor }])
            .Validate(new Dictionary<string, ConnectionOptions> { ["demo"] = options });
}
