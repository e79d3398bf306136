using System.Text;
using Liaison.Connectors;
using Liaison.Connectors.Mapped;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Identity.Tokens;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Telemetry;
using Liaison.Testing;
using Liaison.Testing.Stores;
using Liaison.Tests.Identity;
using Liaison.Work;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liaison.Tests.Connectors;

/// <summary>The whole way from a permit to a real server, with every part real but the stores.</summary>
internal sealed class ChannelWorld : IAsyncDisposable
{
    public const string AccountToken = "canary-account-7f3a91";
    public const string AdaToken = "canary-ada-55c0de";
    public const string AppSecret = "canary-app-9d41";

    private readonly ServiceProvider services;
    private readonly Throttles throttles;
    private readonly LiaisonTelemetry telemetry = new();

    private ChannelWorld(
        StandInServer server, IConnector connector, ChannelOptions options, TimeProvider time, Uri? url, CredentialOptions? credentials, CallLogOptions? recording)
    {
        Tokens = new InMemoryTokenStore(time);
        Server = server;
        Time = time;
        Options = new ConnectionOptions
        {
            Crm = "standin",
            Environment = CrmEnvironment.Sandbox,
            BaseUrl = url ?? server.Url,
            Writes = ConnectionWrites.Open,
            Credentials = credentials ?? new CredentialOptions
            {
                Account = "env:ACCOUNT",
                Users = new Dictionary<string, SignInOptions> { ["ada@acme.test"] = "env:ADA" },
            },
        };
        services = new ServiceCollection()
            .AddCrmHttpClient()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .BuildServiceProvider();
        Connections = new ConnectionRegistry(new Dictionary<string, ConnectionOptions> { ["demo"] = Options }, [connector]);
        var connectors = new ConnectorRegistry([connector]);
        throttles = new Throttles(Connections, connectors, Budgets, new LocalSlotStore(time), new IdSource(time), options, new Random(5), time);
        var secrets = new SecretResolver(
            new SecretVault(new InMemorySecretStore(), new EphemeralDataProtectionProvider()),
            name => name switch { "ACCOUNT" => AccountSecret, "ADA" => AdaToken, "APP" => AppSecret, _ => null });
        var clients = services.GetRequiredService<IHttpClientFactory>();
        Endpoint = new TokenEndpoint(connectors, secrets, clients, Calls, telemetry, options, new Random(7), time);
        Keeper = new TokenKeeper(
            Tokens, new EphemeralDataProtectionProvider(), Endpoint, new CredentialNotes(Tokens, Alerts), time, services.GetRequiredService<ILogger<TokenKeeper>>(), telemetry);
        var broker = new CredentialBroker(Connections, secrets, Keeper);
        Breakers = new CircuitBreakers(options, Alerts, time, NullLogger<CircuitBreakers>.Instance);
        Endings = new EndpointEndings(Alerts, kept: null);
        var channels = new CrmChannels(
            clients, broker, throttles, Breakers, Calls, telemetry, options, new Random(7), time, services.GetRequiredService<ILoggerFactory>(), recording, Endings);
        Sessions = new SessionOpener(
            broker, connectors, channels, new MappedSessions(Connections, new OwnerDirectory(Time)));
    }

    public StandInServer Server { get; }

    /// <summary>Gets or sets what the account's reference leads to.</summary>
    public string AccountSecret { get; set; } = AccountToken;

    public InMemoryTokenStore Tokens { get; }

    public TokenKeeper Keeper { get; }

    public TokenEndpoint Endpoint { get; }

    public TimeProvider Time { get; }

    public ConnectionOptions Options { get; }

    public ConnectionRegistry Connections { get; }

    public SessionOpener Sessions { get; }

    public Throttles Throttles => throttles;

    public LiaisonTelemetry Telemetry => telemetry;

    public CircuitBreakers Breakers { get; }

    public EndpointEndings Endings { get; }

    public InMemoryCallLog Calls { get; } = new();

    public InMemoryBudgetStore Budgets { get; } = new();

    public RecordingAlerts Alerts { get; } = new();

    public CapturedLog Log { get; } = new();

    public static async Task<ChannelWorld> StartAsync(
        TimeProvider? time = null, ChannelOptions? options = null, IConnector? connector = null, Uri? url = null, CredentialOptions? credentials = null,
        CallLogOptions? recording = null)
    {
        var clock = time ?? new ManualTime();
        return new ChannelWorld(
            await StandInServer.StartAsync(clock),
            connector ?? new StandInConnector(),
            options ?? new ChannelOptions { AttemptTimeout = TimeSpan.FromHours(1) },
            clock,
            url,
            credentials,
            recording);
    }

    public static Caller Pipeline(string? runId = "run-1") =>
        new(new Subject(SubjectKind.Principal, "pipeline"), new Actor("qualify"), Purpose.Qualification, runId);

    public static Caller Ada() => new(new Subject(SubjectKind.User, "ada@acme.test"), new Actor("cli"), Purpose.Assistance);

    public Permit PermitOf(Caller caller) => A.Permit(caller, Connections.Find(new ConnectionName("demo")).Found().Profile);

    public async Task<ICrmChannel> OpenAsync(Caller? caller = null)
    {
        var session = await Sessions.OpenAsync(PermitOf(caller ?? Pipeline()), TestContext.Current.CancellationToken);
        return ((StandInSession)session.Found().Session).Channel;
    }

    public static CrmCall Read(string path = "/crm/objects/2026-09/contacts/501?properties=email") =>
        new(CrmOperation.Read, "contacts.read", HttpMethod.Get, path);

    public static CrmCall Write(string body = "{\"inputs\":[]}") =>
        new(CrmOperation.Write, "contacts.batch-update", HttpMethod.Post, "/crm/objects/2026-09/contacts/batch/update")
        {
            Body = Encoding.UTF8.GetBytes(body),
            RecordCount = 100,
        };

    /// <summary>Sends a call and moves the clock past every wait that is shorter than the attempt's time-out.</summary>
    public async Task<Result<CrmAnswer>> SendAsync(CrmCall call, Caller? caller = null) => await SendAsync(call, await OpenAsync(caller));

    /// <summary>Sends a call over an open channel, moving the clock likewise.</summary>
    public async Task<Result<CrmAnswer>> SendAsync(CrmCall call, ICrmChannel channel)
    {
        var sending = Task.Run(() => channel.SendAsync(call, TestContext.Current.CancellationToken));
        while (!sending.IsCompleted)
        {
            if (Time is ManualTime manual && manual.Pending is [var next, ..] && next < TimeSpan.FromMinutes(30))
            {
                manual.Advance(next);
            }

            await Task.WhenAny(sending, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        return await sending;
    }

    public async ValueTask DisposeAsync()
    {
        throttles.Dispose();
        Keeper.Dispose();
        telemetry.Dispose();
        await services.DisposeAsync();
        await Server.DisposeAsync();
    }
}
