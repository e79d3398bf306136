using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Liaison.Audit;
using Liaison.Connectors;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Identity.Keys;
using Liaison.Identity.Tokens;
using Liaison.Model;
using Liaison.Pipelines;
using Liaison.Pipelines.Scorecards;
using Liaison.Policy;
using Liaison.Server.Rest;
using Liaison.Server.Rest.Authentication;
using Liaison.Server.Rest.Hosting;
using Liaison.Testing;
using Liaison.Testing.Connectors;
using Liaison.Testing.Stores;
using Liaison.Work;
using Liaison.Writeback;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liaison.Server.Tests;

/// <summary>A served installation over a CRM and stores in memory, met by real HTTP on loopback.</summary>
internal sealed class DoorWorld : IAsyncDisposable
{
    /// <summary>A member for every role, named after it; only users have a grant on records.</summary>
    public static readonly IReadOnlyList<string> Roles = [.. Enum.GetNames<Role>().Select(name => name.ToLowerInvariant())];

    /// <summary>A member who has every role.</summary>
    public const string Everything = "everything@acme.test";

    private static readonly Caller Root = new(new Subject(SubjectKind.User, "root@acme.test"), new Actor("cli"), Purpose.Administration);

    private readonly ServiceProvider engine;
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private RestServer? server;

    public DoorWorld()
    {
        Crm = new InMemoryCrm(Time);
        engine = Compose();
    }

    public static ConnectionName Demo { get; } = new("demo");

    /// <summary>A connection on which nothing is granted and nothing happens.</summary>
    public static ConnectionName Other { get; } = new("other");

    public ManualTime Time { get; } = new();

    public InMemoryCrm Crm { get; }

    public InMemoryAuditStore Audit { get; } = new();

    public ServerOptions Options { get; } = new() { Urls = ["http://127.0.0.1:0"] };

    public AccessOptions Access { get; } = new();

    /// <summary>Gets or sets where the CRM's token comes from: a place at which a test can hold a request, or break it.</summary>
    public Func<string> OnToken { get; set; } = () => "canary-crm-token";

    public CapturedLogs Logs { get; } = new();

    public RestServer Server => server.ShouldNotBeNull();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Gives the member's id for a role.</summary>
    public static string MemberOf(string role) => $"{role}@acme.test";

    public async Task<DoorWorld> StartAsync()
    {
        server = await RestServer.StartAsync(engine, Options, Access, logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs), Token);
        client.BaseAddress = server.Addresses[0];
        return this;
    }

    public async Task StopAsync()
    {
        await Server.DisposeAsync();
        server = null;
    }

    /// <summary>Makes a key for assistance and administration.</summary>
    public async Task<string> KeyAsync(string subject, string actor = "console", IReadOnlyList<ConnectionName>? connections = null) =>
        (await IssueAsync(subject, actor, connections)).Reveal();

    public async Task<IssuedKey> IssueAsync(string subject, string actor = "console", IReadOnlyList<ConnectionName>? connections = null)
    {
        var request = new KeyRequest("A key", subject, actor, [Purpose.Assistance, Purpose.Administration], connections);
        var created = await engine.GetRequiredService<AdministrationGateway>().CreateKeyAsync(Root, request, Token);
        return created.TryGet(out var issued, out var failure) ? issued : throw new InvalidOperationException(failure.Message);
    }

    public async Task RevokeAsync(string id) =>
        (await engine.GetRequiredService<AdministrationGateway>().RevokeKeyAsync(Root, id, Token)).Failure.ShouldBeNull();

    public Task<Answer> GetAsync(string path, string? credential, string? purpose = null) => SendAsync(HttpMethod.Get, path, credential, purpose: purpose);

    public Task<Answer> PostAsync(string path, string? credential, string body, string? purpose = null) =>
        SendAsync(HttpMethod.Post, path, credential, body, purpose);

    public async Task<Answer> SendAsync(
        HttpMethod method, string path, string? credential, string? body = null, string? purpose = null, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (credential is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        }

        if (purpose is not null)
        {
            request.Headers.Add("Liaison-Purpose", purpose);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        with?.Invoke(request);
        using var response = await client.SendAsync(request, Token);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, headers, await response.Content.ReadAsStringAsync(Token));
    }

    public async Task<IReadOnlyList<AuditEntry>> AuditedAsync() =>
        await Audit.ReadAsync(new AuditQuery(Limit: int.MaxValue), Token).Select(AuditChain.Open).ToListAsync(Token);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        await engine.DisposeAsync();
    }

    private ServiceProvider Compose()
    {
        var users = Roles.Append("nobody").Append("everything").Select(MemberOf).ToList();
        var connection = new ConnectionOptions
        {
            Crm = "memory",
            Environment = CrmEnvironment.Sandbox,
            Writes = ConnectionWrites.Open,
            Credentials = new CredentialOptions { Account = "env:TOKEN", Users = users.ToDictionary(user => user, _ => new SignInOptions { Token = "env:TOKEN" }) },
        };
        var policy = new PolicyOptions
        {
            Members =
            [
                new MemberOptions { Subject = Root.Subject.Id, Roles = ["admin"] },
                new MemberOptions { Subject = Everything, Roles = Roles },
                .. Roles.Select(role => new MemberOptions { Subject = MemberOf(role), Roles = [role] }),
            ],
            Grants =
            [
                new GrantOptions
                {
                    Role = "user",
                    Actors = ["console"],
                    Purposes = ["assistance"],
                    Connections = ["demo"],
                    Read = new Dictionary<string, IReadOnlyList<string>>
                    {
                        ["contact"] = ["email", "job_title", "lead_status", "page_views", "city"],
                        ["company"] = ["*"],
                        ["deal"] = ["*"],
                        ["note"] = ["*"],
                    },
                    Write = new Dictionary<string, IReadOnlyDictionary<string, WriteLevel>>
                    {
                        ["contact"] = new Dictionary<string, WriteLevel> { ["lead_status"] = WriteLevel.Suggest },
                    },
                },
            ],
        };
        var work = new InMemoryWorkStore(Time);
        return new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs))
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddSingleton(services => new SecretResolver(services.GetRequiredService<SecretVault>(), _ => OnToken()))
            .AddSingleton<IReadOnlyDictionary<string, ConnectionOptions>>(new Dictionary<string, ConnectionOptions> { ["demo"] = connection, ["other"] = connection })
            .AddSingleton(new PolicyInForce(policy))
            .AddSingleton(new Principals(["operator", "qualification"]))
            .AddSingleton(new QualifyOptions())
            .AddSingleton<IEnumerable<Scorecard>>([])
            .AddSingleton<IConnector>(new InMemoryConnector(Crm))
            .AddSingleton<IAuditStore>(Audit)
            .AddSingleton<IWorkStore>(work)
            .AddSingleton<IDeadLetterStore>(new InMemoryDeadLetterStore(work))
            .AddSingleton<IEndedRunStore>(new InMemoryEndedRunStore(work))
            .AddSingleton<IChangeSetStore>(new InMemoryChangeSetStore(Time))
            .AddSingleton<ICallLog, InMemoryCallLog>()
            .AddSingleton<IBudgetStore, InMemoryBudgetStore>()
            .AddSingleton<ISecretStore, InMemorySecretStore>()
            .AddSingleton<ITokenStore>(new InMemoryTokenStore(TimeProvider.System))
            .AddSingleton<IKeyStore, InMemoryKeyStore>()
            .AddSingleton<ISafeguardStore, InMemorySafeguardStore>()
            .AddLiaison()
            .BuildServiceProvider();
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public Answer ShouldBe(int status)
    {
        Status.ShouldBe(status, Body);
        return this;
    }

    /// <summary>Holds the answer to be a problem of a kind, and gives its sentence.</summary>
    public string ShouldBeProblem(int status, string kind)
    {
        ShouldBe(status).Headers["Content-Type"].ShouldBe("application/problem+json");
        Json.GetProperty("type").GetString().ShouldBe($"urn:liaison:failure:{kind}");
        Json.GetProperty("status").GetInt32().ShouldBe(status);
        Json.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        return Json.GetProperty("detail").GetString().ShouldNotBeNull();
    }
}
