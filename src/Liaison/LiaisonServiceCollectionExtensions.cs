using Liaison.Alerts;
using Liaison.Audit;
using Liaison.Connectors;
using Liaison.Connectors.Mapped;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Identity.Keys;
using Liaison.Identity.Tokens;
using Liaison.Operations;
using Liaison.Pipelines;
using Liaison.Pipelines.Scorecards;
using Liaison.Policy;
using Liaison.Reading;
using Liaison.Schema;
using Liaison.Telemetry;
using Liaison.Work;
using Liaison.Writeback;
using Liaison.Writeback.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Liaison;

/// <summary>Puts the engine together.</summary>
public static class LiaisonServiceCollectionExtensions
{
    /// <summary>Adds the steps of a request in the order in which it meets them.</summary>
    /// <remarks>
    /// A host adds beside this: the stores, the connectors, <see cref="TimeProvider"/>, data protection, and the options
    /// (<see cref="PolicyInForce"/>, the connections by name, <see cref="QualifyOptions"/>, the scorecards, <see cref="Principals"/>).
    /// </remarks>
    public static IServiceCollection AddLiaison(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IdSource>();
        services.AddAlerts();

        services.TryAddSingleton<Admission>();
        services.TryAddSingleton<LiaisonGateway>();
        services.TryAddSingleton<AdministrationGateway>();
        services.TryAddSingleton<ChangeGateway>();
        services.TryAddSingleton<AgentGateway>();
        services.TryAddSingleton<PromotionGateway>();
        services.TryAddSingleton<DeadLetterGateway>();
        services.TryAddSingleton<OperationsGateway>();
        services.TryAddSingleton<Gate>();
        services.TryAddSingleton<AuditTrail>();
        services.TryAddSingleton<Members>();
        services.TryAddSingleton<KillSwitch>();
        services.TryAddSingleton<Promotions>();
        services.TryAddSingleton(provider => new PolicyEngine(
            provider.GetRequiredService<PolicyInForce>(),
            provider.GetRequiredService<Members>(),
            name => provider.GetRequiredService<ConnectionRegistry>().Writable.Contains(name),
            provider.GetRequiredService<Promotions>().On));

        services.TryAddSingleton<ConnectionRegistry>();
        services.TryAddSingleton<SecretVault>();
        services.TryAddSingleton(provider => new SecretResolver(
            provider.GetRequiredService<SecretVault>(), Environment.GetEnvironmentVariable));
        services.TryAddSingleton<CredentialNotes>();
        services.TryAddSingleton<TokenKeeper>();
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<TokenEndpoint>(provider, new Random()));
        services.TryAddSingleton<ITokenEndpoint>(provider => provider.GetRequiredService<TokenEndpoint>());
        services.TryAddSingleton(provider => new CredentialBroker(
            provider.GetRequiredService<ConnectionRegistry>(),
            provider.GetRequiredService<SecretResolver>(),
            provider.GetRequiredService<TokenKeeper>()));
        services.TryAddSingleton<KeyRing>();

        services.AddCrmHttpClient();
        services.TryAddSingleton<ChannelOptions>();
        services.TryAddSingleton<CallLogOptions>();
        services.TryAddSingleton<LiaisonTelemetry>();
        services.TryAddSingleton<ConnectorRegistry>();
        services.TryAddSingleton(SlotsOfOneNode);
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<Throttles>(provider, new Random()));
        services.TryAddSingleton<Budgets>();
        services.TryAddSingleton<CircuitBreakers>();
        services.TryAddSingleton(provider => new EndpointEndings(provider.GetRequiredService<IAlertSink>(), provider.GetService<IAlertStore>()));
        services.TryAddSingleton(provider => new ConnectionStates(
            provider.GetRequiredService<ConnectionRegistry>(),
            provider.GetRequiredService<ConnectorRegistry>(),
            provider.GetRequiredService<ICallLog>(),
            provider.GetRequiredService<ITokenStore>(),
            provider.GetRequiredService<TokenKeeper>(),
            provider.GetRequiredService<Budgets>(),
            provider.GetRequiredService<CircuitBreakers>(),
            provider.GetRequiredService<EndpointEndings>(),
            provider.GetRequiredService<ChannelOptions>()));
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<CrmChannels>(provider, new Random()));
        services.TryAddSingleton<OwnerDirectory>();
        services.TryAddSingleton<MappedSessions>();
        services.TryAddSingleton<SessionOpener>();
        services.TryAddSingleton(provider => new IdentifyAccount(
            provider.GetRequiredService<SessionOpener>(),
            provider.GetRequiredService<ConnectionRegistry>(),
            provider.GetRequiredService<ConnectorRegistry>(),
            provider.GetRequiredService<TokenKeeper>(),
            provider.GetRequiredService<Throttles>()));

        services.TryAddSingleton<ReadLimits>();
        services.TryAddSingleton(provider => new ConsentFlow(
            provider.GetRequiredService<ConnectorRegistry>(),
            provider.GetRequiredService<TokenEndpoint>(),
            provider.GetRequiredService<TokenKeeper>(),
            provider.GetRequiredService<ITokenStore>()));

        services.TryAddSingleton<SchemaCatalogue>();
        services.TryAddSingleton<ProvisionFields>();
        services.TryAddSingleton<TypeOpener>();
        services.TryAddSingleton<DescribeType>();
        services.TryAddSingleton<CompareVersions>();
        services.TryAddSingleton<QueryRecords>();
        services.TryAddSingleton<ReadRecords>();
        services.TryAddSingleton<MatchCompany>();

        services.TryAddSingleton<PromoteWrites>();
        services.TryAddSingleton<MakerOwner>();
        services.TryAddSingleton<DuplicateCreates>();
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<ChangeSender>(provider, new Random()));
        services.TryAddSingleton<ApplyChanges>();
        services.TryAddSingleton<BlastRadius>();
        services.TryAddSingleton<SubmitChanges>();
        services.TryAddSingleton<ProposeChange>();
        services.TryAddSingleton<ApproverRules>();
        services.TryAddSingleton<DecideChanges>();
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<ApprovalSets>(provider, new Random()));
        services.TryAddSingleton<ApplyApproved>();
        services.TryAddSingleton<MergeCreates>();
        services.TryAddSingleton<UndoChanges>();
        services.TryAddSingleton<ExpireChanges>();
        services.TryAddSingleton<ReportSafety>();

        services.TryAddSingleton<ScorecardCatalogue>();
        services.TryAddSingleton<QualificationPipeline>();
        services.TryAddSingleton<CarryRuns>();
        services.TryAddSingleton(new SchedulesInForce([]));
        services.TryAddSingleton<IScheduledWork, StartScheduled>();
        services.TryAddSingleton<ReplayDeadLetters>();
        services.TryAddSingleton<PlanReplays>();
        services.TryAddSingleton<CarryReplays>();
        services.TryAddSingleton<ReportRun>();
        services.TryAddSingleton<RetireRuns>();
        services.TryAddSingleton<RetireChanges>();
        services.TryAddSingleton<ForecastRun>();
        services.TryAddSingleton<MeasureState>();
        services.TryAddSingleton<Readiness>();
        return services;
    }

    // Each node of its own accord would spend the whole rate.
    private static ISlotStore SlotsOfOneNode(IServiceProvider provider) => provider.GetService<IWorkStore>() is { IsShared: true }
        ? throw new InvalidOperationException(
            $"The nodes share their runs and not what the CRMs permit them: add an {nameof(ISlotStore)} on the same database, or a work store of one node.")
        : ActivatorUtilities.CreateInstance<LocalSlotStore>(provider);

    private static void AddAlerts(this IServiceCollection services)
    {
        services.AddHttpClient(AlertWebhook.ClientName)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            .RemoveAllLoggers(); // They write the address, which may hold a receiver's token.
        services.TryAddSingleton<AlertOptions>();
        services.TryAddSingleton(provider => new AlertDelivery(
            provider.GetRequiredService<IAlertStore>(),
            new AlertWebhook(
                provider.GetRequiredService<IHttpClientFactory>(),
                provider.GetRequiredService<AlertOptions>(),
                cancellationToken => SecretAsync(provider, cancellationToken),
                provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<AlertOptions>(),
            provider.GetRequiredService<ILogger<AlertDelivery>>()));

        // A host without a store for alerts has them in its log.
        services.TryAddSingleton<IAlertSink>(provider => provider.GetService<IAlertStore>() is null
            ? ActivatorUtilities.CreateInstance<AlertLog>(provider)
            : ActivatorUtilities.CreateInstance<AlertDesk>(provider));
    }

    private static async Task<string?> SecretAsync(IServiceProvider provider, CancellationToken cancellationToken) =>
        SecretReference.Parse(provider.GetRequiredService<AlertOptions>().Webhook?.Secret).TryGet(out var reference, out _)
        && (await provider.GetRequiredService<SecretResolver>().ResolveAsync(reference, cancellationToken)).TryGet(out var secret, out _)
            ? secret
            : null;
}
