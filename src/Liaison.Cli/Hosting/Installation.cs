using Liaison.Alerts;
using Liaison.Audit;
using Liaison.Cli.Configuration;
using Liaison.Connectors;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Identity.Tokens;
using Liaison.Model;
using Liaison.Operations;
using Liaison.Pipelines;
using Liaison.Pipelines.Scorecards;
using Liaison.Policy;
using Liaison.Storage.Schedules;
using Liaison.Work;
using Liaison.Writeback;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liaison.Cli.Hosting;

/// <summary>One opened installation: configuration, store, engine and connectors, put together.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly ServiceProvider provider;
    private readonly Recurring watching;
    private readonly TelemetryExport? export;
    private bool closed;

    private Installation(InstallationSettings settings, ServiceProvider provider, TelemetryExport? export)
    {
        Settings = settings;
        this.provider = provider;
        this.export = export;
        watching = Repeat(ActivatorUtilities.CreateInstance<ConfigurationWatch>(provider, settings).Chore);
    }

    /// <summary>Gets the configuration.</summary>
    public InstallationSettings Settings { get; }

    /// <summary>Gets the engine, for a server to stand on.</summary>
    public IServiceProvider Engine => provider;

    public LiaisonGateway Gateway => provider.GetRequiredService<LiaisonGateway>();

    public AdministrationGateway Administration => provider.GetRequiredService<AdministrationGateway>();

    public ChangeGateway ChangeGateway => provider.GetRequiredService<ChangeGateway>();

    public AgentGateway AgentGateway => provider.GetRequiredService<AgentGateway>();

    public PromotionGateway PromotionGateway => provider.GetRequiredService<PromotionGateway>();

    public Principals Principals => provider.GetRequiredService<Principals>();

    public ConnectionRegistry Connections => provider.GetRequiredService<ConnectionRegistry>();

    public ConnectorRegistry Connectors => provider.GetRequiredService<ConnectorRegistry>();

    public SecretVault Secrets => provider.GetRequiredService<SecretVault>();

    public ConsentFlow Consents => provider.GetRequiredService<ConsentFlow>();

    public ITokenStore Tokens => provider.GetRequiredService<ITokenStore>();

    public IWorkStore Work => provider.GetRequiredService<IWorkStore>();

    public IChangeSetStore Changes => provider.GetRequiredService<IChangeSetStore>();

    public IAuditStore Audit => provider.GetRequiredService<IAuditStore>();

    public AuditTrail Trail => provider.GetRequiredService<AuditTrail>();

    public AuditKeyFolder AuditKeys => provider.GetRequiredService<AuditKeyFolder>();

    public AuditSigningKey AuditKey => provider.GetRequiredService<AuditSigningKey>();

    public AuditExport AuditExport => provider.GetRequiredService<AuditExport>();

    public RevealValues RevealValues => provider.GetRequiredService<RevealValues>();

    public QualificationPipeline Qualify => provider.GetRequiredService<QualificationPipeline>();

    public CarryRuns Carry => provider.GetRequiredService<CarryRuns>();

    public QuartzSchedules Schedules => provider.GetRequiredService<QuartzSchedules>();

    public SchedulesInForce SchedulesInForce => provider.GetRequiredService<SchedulesInForce>();

    public ForecastRun Forecast => provider.GetRequiredService<ForecastRun>();

    public ReportRun Report => provider.GetRequiredService<ReportRun>();

    public ExpireChanges ExpireChanges => provider.GetRequiredService<ExpireChanges>();

    public ConnectionStates ConnectionStates => provider.GetRequiredService<ConnectionStates>();

    public OperationsGateway Operations => provider.GetRequiredService<OperationsGateway>();

    public IDeadLetterStore Letters => provider.GetRequiredService<IDeadLetterStore>();

    public ISafeguardStore Safeguards => provider.GetRequiredService<ISafeguardStore>();

    public DeadLetterGateway DeadLetters => provider.GetRequiredService<DeadLetterGateway>();

    public ReplayDeadLetters Replay => provider.GetRequiredService<ReplayDeadLetters>();

    public PlanReplays PlanReplays => provider.GetRequiredService<PlanReplays>();

    public CarryReplays CarryReplays => provider.GetRequiredService<CarryReplays>();

    public IAlertStore Alerts => provider.GetRequiredService<IAlertStore>();

    /// <summary>Gets the playbooks of all scorecards: the choices of the field that recommends one.</summary>
    public IReadOnlyList<OptionDefinition> Playbooks { get; private init; } = [];

    /// <summary>Gets the time that everything in the installation goes by.</summary>
    public TimeProvider Time => provider.GetRequiredService<TimeProvider>();

    /// <summary>Opens an installation: its store is created where it is not there.</summary>
    /// <param name="logs">Where logs go; <see langword="null"/> writes warnings and worse to standard error.</param>
    /// <exception cref="ConfigurationException">The configuration cannot be used; every fault is listed.</exception>
    public static async Task<Installation> OpenAsync(
        InstallationSettings settings, CancellationToken cancellationToken, Action<ILoggingBuilder>? logs = null)
    {
        var scorecards = ScorecardsOf(settings);
        var export = TelemetryExport.Start(settings);
        CreatePrivately(settings.StateFolder);
        var keys = Path.Combine(settings.StateFolder, "keys");
        var logging = LoggerFactory.Create(logs ?? LogWarnings);
        var services = new ServiceCollection();
        try
        {
            await services.AddStoresAsync(settings, keys, logging, cancellationToken);
        }
        catch
        {
            // What was logged on the way to the failure is written before it is told.
            logging.Dispose();
            export?.Dispose();
            throw;
        }

        // By factory, so that the provider disposes of it.
        services.AddSingleton(_ => logging);
        services.AddLogging();
        services.AddDataProtection()
            .SetApplicationName("liaison")
            .PersistKeysToFileSystem(Directory.CreateDirectory(keys));
        services.AddSingleton<IReadOnlyDictionary<string, ConnectionOptions>>(settings.Options.Connections);
        services.AddSingleton(new PolicyInForce(settings.Options.Policy));
        services.AddSingleton(new Principals([settings.Options.Operator, settings.Options.Pipelines.Qualify.Principal]));
        services.AddSingleton(settings.Options.Pipelines.Qualify);
        services.AddSingleton(new SchedulesInForce(settings.Options.ToSchedules()));
        services.AddSingleton(settings.Options.Alerts);
        services.AddSingleton(settings.Options.Calls);
        services.AddSingleton<IEnumerable<Scorecard>>(scorecards);
        foreach (var connector in InstallationSettings.Connectors)
        {
            services.AddSingleton(connector);
        }

        services.AddAudit(settings, keys);
        services.AddLiaison();

        return new Installation(settings, services.BuildServiceProvider(), export)
        {
            Playbooks = [.. scorecards
                .SelectMany(scorecard => scorecard.Playbooks)
                .Distinct(StringComparer.Ordinal)
                .Select(name => new OptionDefinition(name, name))],
        };
    }

    /// <summary>Carries alerts to the webhook until the result is disposed, which carries what was raised last.</summary>
    public AlertCarrier DeliverAlerts()
    {
        var delivery = provider.GetRequiredService<AlertDelivery>();
        return new AlertCarrier(delivery, Repeat(new Chore("carry alerts to the webhook", AlertDelivery.Glance, delivery.DeliverAsync)));
    }

    /// <summary>Gets the look at queues and budgets that the gauges show.</summary>
    public MeasureState Measuring => provider.GetRequiredService<MeasureState>();

    /// <summary>Looks at queues and budgets for the gauges until the result is disposed of.</summary>
    public Recurring Measure() => Repeat(new Chore("measure queues and budgets", MeasureState.Glance, Measuring.LookAsync));

    /// <summary>Does a chore over and over until the result is disposed of.</summary>
    public Recurring Repeat(Chore chore) => ActivatorUtilities.CreateInstance<Recurring>(provider, chore);

    /// <summary>Removes what has been kept for as long as the configuration says: of dead letters, runs, change sets, alerts and calls.</summary>
    public async Task ExpireAsync(CancellationToken cancellationToken)
    {
        await DeadLetters.ExpireAsync(TimeSpan.FromDays(Settings.Options.DeadLetters.KeepDays), cancellationToken);
        await provider.GetRequiredService<RetireRuns>().SweepAsync(TimeSpan.FromDays(Settings.Options.Runs.KeepDays), cancellationToken);
        await provider.GetRequiredService<RetireChanges>().SweepAsync(TimeSpan.FromDays(Settings.Options.Changes.KeepDays), cancellationToken);
        await Alerts.PurgeAsync(Time.GetUtcNow().AddDays(-Settings.Options.Alerts.KeepDays), cancellationToken);
        var calls = Settings.Options.Calls;
        await provider.GetRequiredService<ICallLog>().PurgeAsync(Time.GetUtcNow().AddDays(-calls.KeepDays), calls.KeepRows, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (closed)
        {
            return;
        }

        closed = true;
        await watching.DisposeAsync();

        // While the instruments still stand, so that what was measured last is sent.
        export?.Dispose();
        await provider.DisposeAsync();
    }

    // The keys in it open the secrets and vouch for the audit.
    private static void CreatePrivately(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static List<Scorecard> ScorecardsOf(InstallationSettings settings)
    {
        var scorecards = new List<Scorecard>();
        foreach (var options in settings.Options.Scorecards)
        {
            scorecards.Add(Scorecard.Create(options).TryGet(out var scorecard, out var failure)
                ? scorecard
                : throw new ConfigurationException(failure.Message));
        }

        return scorecards;
    }

    private static void LogWarnings(ILoggingBuilder logging) => logging
        .SetMinimumLevel(LogLevel.Warning)
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
