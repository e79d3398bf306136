using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Identity.Tokens;
using Liaison.Telemetry;
using Liaison.Testing;
using Liaison.Testing.Stores;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liaison.Tests.Connectors;

/// <summary>Several hosts that share nothing but one token store, as nodes on one database do.</summary>
internal sealed class TokenHosts : IAsyncDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddCrmHttpClient().BuildServiceProvider();
    private readonly LiaisonTelemetry telemetry = new();
    private readonly List<TokenKeeper> keepers = [];
    private readonly SignIn signIn;

    private TokenHosts(OAuthServer server, int count)
    {
        var store = new InMemoryTokenStore(TimeProvider.System);
        var protection = new EphemeralDataProtectionProvider();
        var connections = new ConnectionRegistry(
            new Dictionary<string, ConnectionOptions>
            {
                ["demo"] = new()
                {
                    Crm = "standin",
                    Environment = CrmEnvironment.Sandbox,
                    BaseUrl = server.Url,
                    Credentials = new CredentialOptions { App = TokenWorld.App, Account = new SignInOptions { Grant = GrantKind.AuthorizationCode } },
                },
            },
            [TokenWorld.Connector]);
        signIn = SignIn.Find(connections.All[0], SignIn.Account)!;
        for (var host = 0; host < count; host++)
        {
            var secrets = new SecretResolver(new SecretVault(new InMemorySecretStore(), protection), _ => ChannelWorld.AppSecret);
            var endpoint = new TokenEndpoint(
                new ConnectorRegistry([TokenWorld.Connector]), secrets, services.GetRequiredService<IHttpClientFactory>(),
                new InMemoryCallLog(), telemetry, new ChannelOptions(), new Random(host), TimeProvider.System);
            keepers.Add(new TokenKeeper(
                store, protection, endpoint, new CredentialNotes(store, new RecordingAlerts()), TimeProvider.System, NullLogger<TokenKeeper>.Instance));
        }
    }

    /// <summary>Starts hosts whose one credential has a consent and no live token.</summary>
    public static async Task<TokenHosts> StartAsync(OAuthServer server, int count)
    {
        var hosts = new TokenHosts(server, count);
        var past = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1);
        await hosts.keepers[0].ConnectAsync(
            hosts.signIn, new TokenSet("canary-access-0", past, past) { RefreshToken = server.RefreshToken }, TestContext.Current.CancellationToken);
        return hosts;
    }

    public async Task<Result<HeldTokens>> GetAsync(int host) => await keepers[host].GetAsync(signIn, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        keepers.ForEach(keeper => keeper.Dispose());
        telemetry.Dispose();
        await services.DisposeAsync();
    }
}
