using Liaison.Alerts;
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
using Liaison.Storage.Postgres;
using Liaison.Testing;
using Liaison.Testing.Connectors;
using Liaison.Work;
using Liaison.Writeback;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liaison.Storage.Tests.Postgres;

/// <summary>A node's engine, as a host composes it, on a database that it shares with others.</summary>
internal sealed class PostgresNode : IAsyncDisposable
{
    private readonly ServiceProvider provider;

    private PostgresNode(ServiceProvider provider) => this.provider = provider;

    public static ConnectionName Connection { get; } = new("demo");

    public ChangeGateway Changes => provider.GetRequiredService<ChangeGateway>();

    public IChangeSetStore Store => provider.GetRequiredService<IChangeSetStore>();

    public static async Task<PostgresNode> OpenAsync(PostgresPlace place, InMemoryCrm crm, PolicyOptions policy)
    {
        var connection = new ConnectionOptions
        {
            Crm = "memory",
            Environment = CrmEnvironment.Sandbox,
            Writes = ConnectionWrites.Open,
            Credentials = new CredentialOptions
            {
                Account = "env:ACCOUNT",
                Users = policy.Members.ToDictionary(member => member.Subject, _ => new SignInOptions { Token = "env:USER" }),
            },
        };
        return new PostgresNode(new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .AddSingleton(await place.OpenAsync(TimeProvider.System))
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddSingleton(services => new SecretResolver(services.GetRequiredService<SecretVault>(), name => $"token-{name}"))
            .AddSingleton<IReadOnlyDictionary<string, ConnectionOptions>>(new Dictionary<string, ConnectionOptions> { [Connection.Value] = connection })
            .AddSingleton(new PolicyInForce(policy))
            .AddSingleton(new QualifyOptions())
            .AddSingleton<IEnumerable<Scorecard>>([])
            .AddSingleton<IConnector>(new InMemoryConnector(crm))
            .AddSingleton<IAlertSink>(new RecordingAlerts())
            .AddSingleton<IAuditStore, PostgresAuditStore>()
            .AddSingleton<IWorkStore, PostgresWorkStore>()
            .AddSingleton<IChangeSetStore, PostgresChangeSetStore>()
            .AddSingleton<ICallLog, PostgresCallLog>()
            .AddSingleton<IBudgetStore, PostgresBudgetStore>()
            .AddSingleton<ISlotStore, PostgresSlotStore>()
            .AddSingleton<ISecretStore, PostgresSecretStore>()
            .AddSingleton<ITokenStore, PostgresTokenStore>()
            .AddSingleton<IKeyStore, PostgresKeyStore>()
            .AddSingleton<ISafeguardStore, PostgresSafeguardStore>()
            .AddLiaison()
            .BuildServiceProvider());
    }

    public ValueTask DisposeAsync() => provider.DisposeAsync();
}
