using Liaison.Audit;
using Liaison.Connectors;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Identity.Tokens;
using Liaison.Model;
using Liaison.Pipelines;
using Liaison.Pipelines.Scorecards;
using Liaison.Policy;
using Liaison.Testing.Stores;
using Liaison.Work;
using Liaison.Writeback;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liaison.HubSpot.Tests.Rights;

/// <summary>The engine as a host composes it, over real HTTP to an emulated account.</summary>
internal sealed class RightsEngine : IAsyncDisposable
{
    private readonly ServiceProvider provider;

    /// <summary>Composes the engine.</summary>
    /// <param name="mapped">The users without a token of their own; <see langword="null"/> gives everybody theirs.</param>
    internal RightsEngine(RightsPortal portal, PolicyOptions policy, MappedOptions? mapped = null)
    {
        var options = new ConnectionOptions
        {
            Crm = "hubspot",
            Environment = CrmEnvironment.Sandbox,
            BaseUrl = portal.Address,
            Share = 1,
            Writes = ConnectionWrites.Open,
            Credentials = new CredentialOptions
            {
                Account = "env:ACCOUNT",
                Users = mapped is null ? portal.Users.ToDictionary(user => user.Email, user => new SignInOptions { Token = $"env:{EnvironmentName(user)}" }) : [],
            },
            Mapped = mapped ?? new MappedOptions(),
        };
        var tokens = portal.Users.ToDictionary(EnvironmentName, user => user.Token);
        tokens["ACCOUNT"] = Emulated.EmulatedAccount.AccountToken;
        provider = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddSingleton(services => new SecretResolver(services.GetRequiredService<SecretVault>(), tokens.GetValueOrDefault))
            .AddSingleton<IReadOnlyDictionary<string, ConnectionOptions>>(new Dictionary<string, ConnectionOptions> { [Portal.Value] = options })
            .AddSingleton(new PolicyInForce(policy))
            .AddSingleton(new QualifyOptions())
            .AddSingleton<IEnumerable<Scorecard>>([])
            .AddSingleton<IConnector, UnhurriedConnector>()
            .AddSingleton<IAuditStore, InMemoryAuditStore>()
            .AddSingleton<IWorkStore>(new InMemoryWorkStore(TimeProvider.System))
            .AddSingleton<IChangeSetStore>(new InMemoryChangeSetStore(TimeProvider.System))
            .AddSingleton<ICallLog, InMemoryCallLog>()
            .AddSingleton<IBudgetStore, InMemoryBudgetStore>()
            .AddSingleton<ISecretStore, InMemorySecretStore>()
            .AddSingleton<ITokenStore>(new InMemoryTokenStore(TimeProvider.System))
            .AddSingleton<ISafeguardStore, InMemorySafeguardStore>()
            .AddLiaison()
            .BuildServiceProvider();
    }

    internal static ConnectionName Portal { get; } = new("portal");

    internal LiaisonGateway Gateway => provider.GetRequiredService<LiaisonGateway>();

    internal ChangeGateway Changes => provider.GetRequiredService<ChangeGateway>();

    internal static Caller CallerOf(UserRights user, string actor = "matrix", string purpose = "assistance") =>
        new(new Subject(SubjectKind.User, user.Email), new Actor(actor), new Purpose(purpose));

    /// <summary>Maps the manager to everything and the reps to their teams; who has no rights in the CRM is in no mapping.</summary>
    internal static MappedOptions MappingOf(RightsPortal portal) => new()
    {
        Users = portal.Users.Where(user => user.Name != "none").ToDictionary(user => user.Email, user => new MappedUserOptions
        {
            Sees = user.Name == "manager" ? MappedReach.All : MappedReach.Team,
            Edits = MappedReach.Team,
        }),
    };

    public ValueTask DisposeAsync() => provider.DisposeAsync();

    private static string EnvironmentName(UserRights user) => user.Name.Replace('-', '_').ToUpperInvariant();

    // Rights are the matter here and not pace: what HubSpot allows in a second would make the matrix take an hour.
    private sealed class UnhurriedConnector : IConnector
    {
        private readonly HubSpotConnector inner = new();

        public ConnectorDescriptor Descriptor => field ??= inner.Descriptor with
        {
            LimitHeaders = [],
            LimitProfiles =
            [
                new(inner.Descriptor.LimitProfiles[0].Name,
                [
                    new(LimitKind.Burst, 1_000_000, TimeSpan.FromSeconds(1)), new(LimitKind.Search, 1_000_000, TimeSpan.FromSeconds(1)),
                    new(LimitKind.Associations, 1_000_000, TimeSpan.FromSeconds(1)), new(LimitKind.Concurrency, 64, TimeSpan.Zero),
                ]),
            ],
        };

        public IConnectorSession OpenSession(ConnectionProfile connection, UserCredential credential, ICrmChannel channel) =>
            inner.OpenSession(connection, credential, channel);
    }
}
