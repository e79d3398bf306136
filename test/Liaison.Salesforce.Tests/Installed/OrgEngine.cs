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

namespace Liaison.Salesforce.Tests.Installed;

/// <summary>The engine as a host composes it, over real HTTP to an emulated org.</summary>
internal sealed class OrgEngine : IAsyncDisposable
{
    private readonly ServiceProvider provider;

    /// <param name="secrets">What the references of the form <c>env:NAME</c> lead to.</param>
    /// <param name="scorecard">What a run scores by; without one none can be started.</param>
    internal OrgEngine(ConnectionOptions connection, IReadOnlyDictionary<string, string> secrets, PolicyOptions policy, Scorecard? scorecard = null)
    {
        var connections = new Dictionary<string, ConnectionOptions> { [Org.Value] = connection };
        new ConnectionOptionsValidator([new SalesforceConnector()]).Validate(connections).ShouldBeEmpty();
        provider = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddSingleton(services => new SecretResolver(services.GetRequiredService<SecretVault>(), secrets.GetValueOrDefault))
            .AddSingleton<IReadOnlyDictionary<string, ConnectionOptions>>(connections)
            .AddSingleton(new PolicyInForce(policy))
            .AddSingleton(new QualifyOptions { Scorecard = scorecard?.Name ?? "none", Where = "lead status is New" })
            .AddSingleton<IEnumerable<Scorecard>>(scorecard is null ? [] : [scorecard])
            .AddSalesforce()
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

    internal static ConnectionName Org { get; } = new("org");

    internal LiaisonGateway Gateway => provider.GetRequiredService<LiaisonGateway>();

    internal ChangeGateway Changes => provider.GetRequiredService<ChangeGateway>();

    internal ConsentFlow Consents => provider.GetRequiredService<ConsentFlow>();

    internal QualificationPipeline Qualification => provider.GetRequiredService<QualificationPipeline>();

    internal ConnectionStates States => provider.GetRequiredService<ConnectionStates>();

    internal Connection Connection => provider.GetRequiredService<ConnectionRegistry>().All[0];

    /// <summary>Makes the caller that a person is; the grants are by the same id.</summary>
    internal static Caller User(string id) => new(new Subject(SubjectKind.User, id), new Actor("test"), new Purpose("assistance"));

    /// <summary>Makes the caller that a pipeline runs as.</summary>
    internal static Caller Principal(string id) => new(new Subject(SubjectKind.Principal, id), new Actor("test"), new Purpose("assistance"));

    /// <summary>Grants the reading of everything to some subjects.</summary>
    internal static PolicyOptions Reading(IEnumerable<string> subjects, params IReadOnlyList<string> types) => new()
    {
        Grants = [.. subjects.Select(subject => new GrantOptions
        {
            Subject = subject,
            Actors = ["test"],
            Purposes = ["assistance"],
            Connections = [Org.Value],
            Administer = true,
            Read = types.ToDictionary(type => type, IReadOnlyList<string> (_) => ["*"]),
        })],
    };

    public ValueTask DisposeAsync() => provider.DisposeAsync();
}
