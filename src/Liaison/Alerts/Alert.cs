using System.Text.Json;
using Liaison.Model;

namespace Liaison.Alerts;

/// <summary>What an alert is about: one vocabulary for the log, the webhook and the command line.</summary>
public enum AlertKind
{
    /// <summary>Items of a run failed for good and wait to be replayed or discarded.</summary>
    DeadLetters,

    /// <summary>A credential is accepted no more; its connection parks its work until it is authorized anew.</summary>
    NeedsAuthorization,

    /// <summary>The CRM began to refuse what it allowed before: a scope or right is missing (R127).</summary>
    Forbidden,

    /// <summary>The CRM no longer speaks the pinned API version (R128).</summary>
    VersionRetired,

    /// <summary>The CRM announces in its answers that endpoints which are in use will end (R189).</summary>
    EndpointsEnding,

    /// <summary>A CRM fails again and again, so that its calls are held back until a probe succeeds (R117).</summary>
    BreakerOpen,

    /// <summary>A run stopped by itself until something outside changes.</summary>
    RunParked,

    /// <summary>An agent was stopped and does nothing until a person lets it go on (R210).</summary>
    AgentStopped,

    /// <summary>A scheduled run did not start at its time, or did not start because the one before still goes on.</summary>
    ScheduleMissed,

    /// <summary>Changes wait for a person's decision for longer than they should (R230).</summary>
    ChangesWaiting,

    /// <summary>Something is behind by more than its bound: captured changes, a queue.</summary>
    Lagging,

    /// <summary>Something that the installation does by itself over and over, as letting proposals expire, does not succeed.</summary>
    ChoreFailing,
}

/// <summary>Something that a person must hear of.</summary>
/// <param name="Connection">The connection that it is about; <see langword="null"/> for the installation as a whole.</param>
/// <param name="Cause">
/// What sets it apart from others of its kind, as a word without record values: a scope, a run's id, an endpoint class, an agent's
/// name. Alerts of one kind, connection and cause are told as one.
/// </param>
/// <param name="Message">What happened and which command shows more or mends it, in one sentence without secrets or record values.</param>
public sealed record Alert(AlertKind Kind, ConnectionName? Connection, string Cause, string Message)
{
    /// <summary>Gets the run that met it.</summary>
    /// <value>The default is <see langword="null"/>: no run did.</value>
    public string? RunId { get; init; }

    /// <summary>Gets the pipeline that met it.</summary>
    /// <value>The default is <see langword="null"/>: none did.</value>
    public string? Pipeline { get; init; }

    /// <summary>Gets since when it is so, as far as is known.</summary>
    /// <value>The default is <see langword="null"/>: since the alert was raised.</value>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Gets when what it is about ends, where a day is announced.</summary>
    /// <value>The default is <see langword="null"/>: nothing ends, or no day is told.</value>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Gets the CRM's own correlation id, for a support case with the vendor.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Gets the scopes whose lack made the CRM refuse; any one of them suffices.</summary>
    public IReadOnlyList<string> MissingScopes { get; init; } = [];

    /// <summary>Gets the scopes that the credential had when it was last seen to work; empty where nobody knows.</summary>
    public IReadOnlyList<string> ScopesBefore { get; init; } = [];

    /// <summary>Gets the scopes that the credential has now; empty where nobody knows.</summary>
    public IReadOnlyList<string> ScopesAfter { get; init; } = [];

    /// <summary>Gives the stored form.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, AlertJson.Default.Alert);

    /// <summary>Reads the stored form.</summary>
    public static Alert FromJson(string json) =>
        JsonSerializer.Deserialize(json, AlertJson.Default.Alert) ?? throw new JsonException("An alert without content.");
}
