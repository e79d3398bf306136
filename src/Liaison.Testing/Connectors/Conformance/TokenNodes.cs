using System.Security.Cryptography;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Identity.Tokens;
using Liaison.Model;
using Liaison.Telemetry;
using Liaison.Testing.Stores;
using Liaison.Work;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>The engine's own token layer and channel, as several processes on one store have it, for one account of a connector.</summary>
internal sealed class TokenNodes : IAsyncDisposable
{
    private static readonly ConnectionName Name = new("suite");

    private readonly ServiceProvider services = new ServiceCollection().AddCrmHttpClient().BuildServiceProvider();
    private readonly LiaisonTelemetry telemetry = new();
    private readonly List<TokenKeeper> keepers = [];
    private readonly List<CrmChannels> channels = [];
    private readonly List<Throttles> throttles = [];
    private readonly IConnector connector;
    private readonly TimeProvider time;
    private readonly Connection connection;

    public TokenNodes(IConnector connector, GrantKind grant, TokenHost host, TimeProvider time, int count)
    {
        (this.connector, this.time) = (connector, time);
        using var key = RSA.Create(2048);
        var pem = key.ExportPkcs8PrivateKeyPem();
        var connections = new ConnectionRegistry(
            new Dictionary<string, ConnectionOptions>
            {
                [Name.Value] = new()
                {
                    Crm = connector.Descriptor.Name,
                    Environment = CrmEnvironment.Sandbox,
                    BaseUrl = host.Url,
                    Credentials = new CredentialOptions
                    {
                        App = new AppOptions { ClientId = "suite-app", ClientSecret = "env:SECRET", PrivateKey = grant == GrantKind.JwtBearer ? "env:KEY" : null, LoginHost = host.Url },
                        Account = new SignInOptions
                        {
                            Grant = grant,
                            Username = grant is GrantKind.JwtBearer or GrantKind.Password ? "suite@acme.test" : null,
                            Password = grant == GrantKind.Password ? "env:SECRET" : null,
                            AllowInsecureFlow = grant == GrantKind.Password,
                        },
                    },
                },
            },
            [connector]);
        connection = connections.All[0];
        SignIn = SignIn.Find(connection, SignIn.Account)!;
        Store = new InMemoryTokenStore(time);
        var protection = new EphemeralDataProtectionProvider();
        var connectors = new ConnectorRegistry([connector]);
        var options = new ChannelOptions();
        for (var node = 0; node < count; node++)
        {
            var secrets = new SecretResolver(new SecretVault(new InMemorySecretStore(), protection), name => name == "KEY" ? pem : "suite-secret");
            var clients = services.GetRequiredService<IHttpClientFactory>();
            var endpoint = new TokenEndpoint(connectors, secrets, clients, Calls, telemetry, options, new Random(node), time);
            keepers.Add(new TokenKeeper(Store, protection, endpoint, new CredentialNotes(Store, Alerts), time, NullLogger<TokenKeeper>.Instance, telemetry));
            throttles.Add(new Throttles(connections, connectors, new InMemoryBudgetStore(), new LocalSlotStore(time), new IdSource(time), options, new Random(node), time));
            channels.Add(new CrmChannels(
                clients, new CredentialBroker(connections, secrets, keepers[node]), throttles[node],
                new CircuitBreakers(options, Alerts, time, NullLogger<CircuitBreakers>.Instance), Calls, telemetry, options, new Random(node), time, NullLoggerFactory.Instance));
        }
    }

    public SignIn SignIn { get; }

    public InMemoryTokenStore Store { get; }

    public InMemoryCallLog Calls { get; } = new();

    public RecordingAlerts Alerts { get; } = new();

    /// <summary>Stores a person's consent whose access token has ended; the other grants need none.</summary>
    public Task ConsentAsync(TokenHost host, CancellationToken cancellationToken) => SignIn.Options.Grant == GrantKind.AuthorizationCode
        ? keepers[0].ConnectAsync(
            SignIn,
            new TokenSet("access-of-before", time.GetUtcNow() - TimeSpan.FromMinutes(1), time.GetUtcNow() - TimeSpan.FromHours(1)) { RefreshToken = host.RefreshToken },
            cancellationToken)
        : Task.CompletedTask;

    public async Task<Result<HeldTokens>> GetAsync(int node, CancellationToken cancellationToken) => await keepers[node].GetAsync(SignIn, cancellationToken);

    public async Task<Result<HeldTokens>> ReplaceAsync(int node, long refused, CancellationToken cancellationToken) =>
        await keepers[node].ReplaceAsync(SignIn, refused, cancellationToken);

    /// <summary>Sends one call by a channel of its own, as a new session does.</summary>
    public async Task<Result<CrmAnswer>> SendAsync(CancellationToken cancellationToken)
    {
        var credential = TestCredentials.Of(connection.Profile, CredentialReach.Account, SignIn.Account, "access-of-nobody");
        var caller = new Caller(new Subject(SubjectKind.Principal, "suite"), new Actor("suite"), Purpose.Administration);
        return channels[0].Open(connection.Profile, credential, caller, connector.Descriptor).TryGet(out var channel, out var unknown)
            ? await channel.SendAsync(new CrmCall(CrmOperation.Identify, "suite.call", HttpMethod.Get, "/suite/call"), cancellationToken)
            : unknown;
    }

    public async ValueTask DisposeAsync()
    {
        throttles.ForEach(throttle => throttle.Dispose());
        keepers.ForEach(keeper => keeper.Dispose());
        telemetry.Dispose();
        await services.DisposeAsync();
    }
}
