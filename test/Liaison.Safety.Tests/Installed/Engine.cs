using Liaison.Audit;
using Liaison.Connectors;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Identity.Tokens;
using Liaison.Model;
using Liaison.Pipelines;
using Liaison.Pipelines.Scorecards;
using Liaison.Policy;
using Liaison.Storage.Sqlite;
using Liaison.Work;
using Liaison.Writeback;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liaison.Safety.Tests.Installed;

/// <summary>One process's engine, as a host composes it: over the emulator by HTTP, on a SQLite file in a folder.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private static readonly string[] Users = ["manager", "rep-north", "rep-south"];

    private readonly ServiceProvider provider;

    private Engine(ServiceProvider provider) => this.provider = provider;

    public static ConnectionName Connection { get; } = new("crm");

    public LiaisonGateway Gateway => provider.GetRequiredService<LiaisonGateway>();

    public ChangeGateway Changes => provider.GetRequiredService<ChangeGateway>();

    public AgentGateway Agents => provider.GetRequiredService<AgentGateway>();

    public QualificationPipeline Qualify => provider.GetRequiredService<QualificationPipeline>();

    public IChangeSetStore Store => provider.GetRequiredService<IChangeSetStore>();

    /// <summary>Opens an engine; opened again on the same folder it is the process that is started after the one before.</summary>
    /// <param name="around">What stands between the engine and its change sets.</param>
    /// <param name="hurried">A connector whose limits are to be kept as an installation keeps them; else they are wide.</param>
    public static async Task<Engine> OpenAsync(
        EmulatedCrm crm, string folder, PolicyOptions policy, Ear ear, Func<IChangeSetStore, IChangeSetStore>? around = null, IConnector? hurried = null, params IReadOnlyList<Scorecard> scorecards)
    {
        var database = await SqliteDatabase.OpenAsync(DatabaseOf(folder), TimeProvider.System, TestContext.Current.CancellationToken);
        var users = Users.Select(crm.UserOf).ToDictionary(user => $"T_{user.Name.Replace('-', '_')}", user => user);
        var connection = new ConnectionOptions
        {
            Crm = "hubspot",
            Environment = CrmEnvironment.Sandbox,
            BaseUrl = crm.Address,
            Writes = ConnectionWrites.Open,
            Share = hurried is null ? 1 : 0.8,
            LimitProfile = hurried is null ? null : "professional",
            Credentials = new CredentialOptions
            {
                Account = "env:T_account",
                Users = users.ToDictionary(user => user.Value.UserEmail!, user => new SignInOptions { Token = $"env:{user.Key}" }),
            },
        };
        return new Engine(new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(ear))
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddSingleton(services => new SecretResolver(
                services.GetRequiredService<SecretVault>(), name => name == "T_account" ? crm.UserOf("account").Token : users.GetValueOrDefault(name)?.Token))
            .AddSingleton<IReadOnlyDictionary<string, ConnectionOptions>>(new Dictionary<string, ConnectionOptions> { [Connection.Value] = connection })
            .AddSingleton(new PolicyInForce(policy))
            .AddSingleton(new QualifyOptions { ChunkSize = 100 })
            .AddSingleton<IEnumerable<Scorecard>>(scorecards)
            .AddSingleton(hurried ?? new UnhurriedConnector())
            .AddSingleton(_ => database)
            .AddSingleton<IAuditStore, SqliteAuditStore>()
            .AddSingleton<IWorkStore, SqliteWorkStore>()
            .AddSingleton<SqliteChangeSetStore>()
            .AddSingleton<IChangeSetStore>(services => around is null
                ? services.GetRequiredService<SqliteChangeSetStore>()
                : around(services.GetRequiredService<SqliteChangeSetStore>()))
            .AddSingleton<ICallLog, SqliteCallLog>()
            .AddSingleton<IBudgetStore, SqliteBudgetStore>()
            .AddSingleton<ISlotStore>(_ => SqliteSlotStore.Open(database))
            .AddSingleton<ISecretStore, SqliteSecretStore>()
            .AddSingleton<ITokenStore, SqliteTokenStore>()
            .AddSingleton<ISafeguardStore, SqliteSafeguardStore>()
            .AddLiaison()
            .BuildServiceProvider());
    }

    public static string DatabaseOf(string folder) => Path.Combine(folder, "liaison.db");

    public ValueTask DisposeAsync() => provider.DisposeAsync();
}
