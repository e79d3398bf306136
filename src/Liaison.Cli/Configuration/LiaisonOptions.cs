using Liaison.Alerts;
using Liaison.Connectors;
using Liaison.Identity;
using Liaison.Pipelines;
using Liaison.Pipelines.Scorecards;
using Liaison.Policy;
using Liaison.Server.Rest.Authentication;
using Liaison.Server.Rest.Hosting;

namespace Liaison.Cli.Configuration;

/// <summary>The whole of <c>liaison.yaml</c>.</summary>
internal sealed class LiaisonOptions
{
    /// <summary>Gets or sets the CRM accounts by name.</summary>
    public Dictionary<string, ConnectionOptions> Connections { get; set; } = [];

    /// <summary>Gets or sets who may do what.</summary>
    public PolicyOptions Policy { get; set; } = new();

    /// <summary>Gets or sets the scorecards, in line or as the path of a file beside this one.</summary>
    public List<ScorecardOptions> Scorecards { get; set; } = [];

    /// <summary>Gets or sets files with one scorecard each; relative paths start at the configuration file's folder.</summary>
    public List<string> ScorecardFiles { get; set; } = [];

    /// <summary>Gets or sets the pipelines.</summary>
    public PipelineOptions Pipelines { get; set; } = new();

    /// <summary>Gets or sets the pipelines that start by themselves, by name.</summary>
    public Dictionary<string, ScheduleOptions> Schedules { get; set; } = [];

    /// <summary>Gets or sets where state is kept.</summary>
    public StorageOptions Storage { get; set; } = new();

    /// <summary>Gets or sets which database holds the state.</summary>
    public StoreOptions Store { get; set; } = new();

    /// <summary>Gets or sets how callers of the server prove themselves beside API keys.</summary>
    public AccessOptions Access { get; set; } = new();

    /// <summary>Gets or sets where and how <c>liaison serve</c> listens.</summary>
    public ServerOptions Server { get; set; } = new();

    /// <summary>Gets or sets how the audit is signed and what it keeps.</summary>
    public AuditOptions Audit { get; set; } = new();

    /// <summary>Gets or sets how alerts reach people.</summary>
    public AlertOptions Alerts { get; set; } = new();

    /// <summary>Gets or sets what the call log keeps.</summary>
    public CallLogOptions Calls { get; set; } = new();

    /// <summary>Gets or sets where traces and metrics are sent.</summary>
    public TelemetryOptions Telemetry { get; set; } = new();

    /// <summary>Gets or sets how long dead letters keep what they hold.</summary>
    public DeadLetterOptions DeadLetters { get; set; } = new();

    /// <summary>Gets or sets how long runs that have ended keep their items.</summary>
    public RunOptions Runs { get; set; } = new();

    /// <summary>Gets or sets how long change sets keep the values by which they are undone.</summary>
    public ChangeOptions Changes { get; set; } = new();

    /// <summary>Gets or sets the named principal that the command line acts as.</summary>
    /// <value>The default is <c>operator</c>.</value>
    public string Operator { get; set; } = "operator";

    /// <summary>Gives the schedules that the options, which have no fault, stand for.</summary>
    public IReadOnlyList<Schedule> ToSchedules() => [.. Schedules.Select(schedule => schedule.Value.ToSchedule(schedule.Key))];
}

/// <summary>The settings of the pipelines.</summary>
internal sealed class PipelineOptions
{
    /// <summary>Gets or sets the settings of <c>qualify</c>.</summary>
    public QualifyOptions Qualify { get; set; } = new();
}

/// <summary>How long dead letters keep what they hold.</summary>
internal sealed class DeadLetterOptions
{
    /// <summary>Gets or sets how many days a letter keeps the values that were to be written, and a closed one is kept at all.</summary>
    /// <value>The default is 30. Range 1 to 365.</value>
    public int KeepDays { get; set; } = 30;
}

/// <summary>How long runs that have ended keep their items.</summary>
internal sealed class RunOptions
{
    /// <summary>Gets or sets how many days the items of a run stay after its end; its row, its counts and its report stay for good.</summary>
    /// <value>The default is 30. Range 1 to 3,650.</value>
    public int KeepDays { get; set; } = 30;
}

/// <summary>How long change sets keep the values by which they are undone.</summary>
internal sealed class ChangeOptions
{
    /// <summary>Gets or sets how many days a change set that has ended keeps its values after its last move; after that it cannot be undone, and its row stays without them.</summary>
    /// <value>The default is 365. Range 1 to 3,650.</value>
    public int KeepDays { get; set; } = 365;
}

/// <summary>Where state is kept.</summary>
internal sealed class StorageOptions
{
    /// <summary>Gets or sets the folder for the database and the keys of the secret store.</summary>
    /// <value>The default is <c>.liaison</c> beside the configuration file.</value>
    public string Folder { get; set; } = ".liaison";
}
