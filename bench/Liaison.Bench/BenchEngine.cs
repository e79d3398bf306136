using Liaison.Audit;
using Liaison.Connectors;
using Liaison.Emulators.HubSpot;
using Liaison.HubSpot;
using Liaison.Identity;
using Liaison.Identity.Keys;
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

namespace Liaison.Bench;

/// <summary>An engine as a host composes it, durable on SQLite, in front of an emulated CRM by real HTTP.</summary>
internal static class BenchEngine
{
    /// <summary>Somebody with a token of their own, who may read contacts and no phone number.</summary>
    public const string User = "root@bench.test";

    public static ConnectionName Connection { get; } = new("crm");

    public static Caller Caller { get; } = new(new Subject(SubjectKind.User, User), new Actor("console"), Purpose.Assistance);

    public static async Task<ServiceProvider> OpenAsync(BenchFolder folder, HubSpotEmulator emulator)
    {
        var database = await folder.OpenAsync();
        var token = emulator.Credentials.First(credential => credential.UserEmail is not null).Token;
        var connection = new ConnectionOptions
        {
            Crm = "hubspot",
            Environment = CrmEnvironment.Sandbox,
            BaseUrl = emulator.BaseAddress,
            Share = 1,
            Credentials = new CredentialOptions { Users = new Dictionary<string, SignInOptions> { [User] = new SignInOptions { Token = "env:TOKEN" } } },
        };
        var policy = new PolicyOptions
        {
            Members = [new MemberOptions { Subject = User, Roles = ["user", "admin"] }],
            Grants =
            [
                new GrantOptions
                {
                    Role = "user",
                    Actors = ["console"],
                    Purposes = ["assistance"],
                    Connections = [Connection.Value],
                    Read = new Dictionary<string, IReadOnlyList<string>> { ["contact"] = ["email", "first_name", "last_name", "job_title", "lead_status", "city"] },
                },
            ],
        };
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddSingleton(services => new SecretResolver(services.GetRequiredService<SecretVault>(), _ => token))
            .AddSingleton<IReadOnlyDictionary<string, ConnectionOptions>>(new Dictionary<string, ConnectionOptions> { [Connection.Value] = connection })
            .AddSingleton(new PolicyInForce(policy))
            .AddSingleton(new Principals([]))
            .AddSingleton(new QualifyOptions())
            .AddSingleton<IEnumerable<Scorecard>>([])
            .AddSingleton<IConnector>(new Unhurried())
            .AddSingleton(_ => database)
            .AddSingleton<IAuditStore, SqliteAuditStore>()
            .AddSingleton<IWorkStore, SqliteWorkStore>()
            .AddSingleton<IDeadLetterStore, SqliteDeadLetterStore>()
            .AddSingleton<IEndedRunStore, SqliteEndedRunStore>()
            .AddSingleton<IChangeSetStore, SqliteChangeSetStore>()
            .AddSingleton<ICallLog, SqliteCallLog>()
            .AddSingleton<IBudgetStore, SqliteBudgetStore>()
            .AddSingleton<ISlotStore>(_ => SqliteSlotStore.Open(database))
            .AddSingleton<ISecretStore, SqliteSecretStore>()
            .AddSingleton<ITokenStore, SqliteTokenStore>()
            .AddSingleton<IKeyStore, SqliteKeyStore>()
            .AddSingleton<ISafeguardStore, SqliteSafeguardStore>()
            .AddLiaison()
            .BuildServiceProvider();
    }

    /// <summary>The HubSpot connector with limits that are never met: what is measured is work and not waiting.</summary>
    public sealed class Unhurried : IConnector
    {
        private readonly HubSpotConnector inner = new();

        public ConnectorDescriptor Descriptor => inner.Descriptor with
        {
            LimitProfiles = [.. inner.Descriptor.LimitProfiles.Select(profile => profile with
            {
                Limits = [.. profile.Limits.Select(limit => limit with { Permits = limit.Permits * 1_000 })],
            })],
        };

        public IConnectorSession OpenSession(ConnectionProfile connection, UserCredential credential, ICrmChannel channel) =>
            inner.OpenSession(connection, credential, channel);
    }
}
