using System.Text.Json.Serialization;
using Liaison.Alerts;
using Liaison.Audit;
using Liaison.Cli.Hosting;
using Liaison.Failures;
using Liaison.Gateway.Documents;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Pipelines;
using Liaison.Policy;
using Liaison.Work;
using Liaison.Writeback;

namespace Liaison.Cli.Output;

/// <summary>A failure, as machines read it.</summary>
internal sealed record FailureView(
    FailureKind Kind, string Message, string? Field, DeniedBy? DeniedBy, string? CorrelationId, IReadOnlyList<string> MissingScopes);

/// <summary>A connection in a list, with how it stands.</summary>
internal sealed record ConnectionView(
    string Name, string Crm, string Environment, Uri BaseUrl, string ApiVersion, string LimitProfile, bool WritesOpen, ConnectionStateDocument Health);

/// <summary>What a connection test found.</summary>
internal sealed record ConnectionTestView(
    ConnectionView Connection,
    string AccountId,
    string CredentialKind,
    string Reach,
    string? UserId,
    string? TimeZone,
    IReadOnlyList<string>? Scopes,
    IReadOnlyList<MissingScopeView> Missing);

/// <summary>A feature that lacks a scope.</summary>
internal sealed record MissingScopeView(string Feature, IReadOnlyList<string> AnyOf);

/// <summary>What differs between two API versions of a connection.</summary>
internal sealed record VersionDifferenceView(string Type, string? Field, string Difference, bool Breaking);

/// <summary>A field in a description.</summary>
internal sealed record FieldView(
    string Name, string NativeName, string Label, FieldType Type, string NativeType, bool Writable, bool Unique, IReadOnlyList<string> Options);

/// <summary>A record with the fields that were asked for.</summary>
internal sealed record RecordView(
    string Id, string Type, DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt, Uri? Url, IReadOnlyDictionary<string, FieldValueView> Fields);

/// <summary>One value: how it stands and as people read it.</summary>
internal sealed record FieldValueView(FieldState State, string? Value);

/// <summary>One page of records.</summary>
internal sealed record RecordListView(IReadOnlyList<RecordView> Records, long? Total, string? Next);

/// <summary>A line of a provisioning plan.</summary>
internal sealed record ProvisionView(string Field, string NativeName, string Label, FieldType Type, string State, string? Note);

/// <summary>A schedule with its next time and what became of its last.</summary>
internal sealed record ScheduleView(
    string Name,
    string Pipeline,
    string Connection,
    string? Where,
    string Cron,
    string TimeZone,
    MisfirePolicy Misfire,
    DateTimeOffset? DueAt,
    DateTimeOffset? TakenAt,
    string? RunId,
    string? Note);

/// <summary>A run with where it stands.</summary>
internal sealed record RunView(
    string Id,
    string Pipeline,
    string Connection,
    RunState State,
    string? Reason,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt,
    string Where,
    RunCounts Counts,
    RunPlan? Plan)
{
    /// <summary>Gets who works on it, by the workers' names.</summary>
    public IReadOnlyList<string> Workers { get; init; } = [];

    /// <summary>Gets which of them leads.</summary>
    public string? Leader { get; init; }

    /// <summary>Gets whether the day holds what is still to be called; left out in lists, and where nothing is known of it.</summary>
    public RunForecast? Forecast { get; init; }
}

/// <summary>A change set.</summary>
internal sealed record ChangeView(
    string Id,
    string Action,
    string Record,
    ChangeState State,
    RiskClass Risk,
    string Reason,
    string Source,
    string Proposer,
    string? Note,
    DateTimeOffset CreatedAt,
    string ContentHash,
    IReadOnlyList<ChangedFieldDocument> Fields,
    IReadOnlyList<ChangeLinkView> Links,
    IReadOnlyList<EvidenceDocument> Evidence,
    IReadOnlyList<string> Warnings,
    Approval? Approval,
    string? MadeId,
    IReadOnlyList<ChangeTransition>? Moves);

/// <summary>One link of a change set.</summary>
internal sealed record ChangeLinkView(string To, string? Label, bool Remove);

/// <summary>A proposal that would change nothing.</summary>
internal sealed record NothingToChangeView(bool Unchanged);

/// <summary>A set of waiting change sets with its sample.</summary>
internal sealed record ApprovalSetView(string Token, int Count, IReadOnlyList<ChangeView> Sample);

/// <summary>What became of a set of change sets.</summary>
internal sealed record ChangeSetView(int Changes, int Done, IReadOnlyList<RefusalCountView> Refused);

/// <summary>How often something was refused for one reason.</summary>
internal sealed record RefusalCountView(int Count, string Why);

/// <summary>What an undo put back.</summary>
internal sealed record UndoView(int Changes, int Restored, IReadOnlyList<UndoHindranceView> Hindered);

/// <summary>What could not be put back.</summary>
internal sealed record UndoHindranceView(string Change, string Record, string Why, IReadOnlyList<string> Fields);

/// <summary>A stopped agent.</summary>
internal sealed record StoppedAgentView(string Agent, string By, string Reason, DateTimeOffset At);

/// <summary>How one write stands on a connection to production.</summary>
/// <param name="Ground">On what ground it is promoted, or what stands in its way.</param>
internal sealed record WriteStandingView(
    string Write, string? NativeName, string Level, bool Promoted, DateTimeOffset? PromotedAt, string? PromotedBy, string? Sandbox, string? Change, string? Reason, string Ground)
{
    public static WriteStandingView Of(WriteStanding standing) => standing.Promotion is { } promotion
        ? new(
            standing.Write, promotion.Write.NativeName, standing.Level.ToString(), Promoted: true, promotion.At, promotion.By, promotion.Sandbox?.Value, promotion.ChangeId,
            promotion.Reason, promotion.Sandbox is { } sandbox ? $"{sandbox} took it ({promotion.ChangeId})" : $"{promotion.By}: {promotion.Reason}")
        : new(
            standing.Write, NativeName: null, standing.Level.ToString(), Promoted: false, PromotedAt: null, PromotedBy: null, Sandbox: null, Change: null, Reason: null,
            standing.Lacks ?? "");
}

/// <summary>An audit entry.</summary>
internal sealed record AuditView(
    long Sequence, string TraceId, string Phase, DateTimeOffset At, string Subject, string Actor, string Purpose, string Connection,
    string Environment, string Action, string Type, int Records, IReadOnlyList<string> Fields, string? Outcome, string Hash)
{
    /// <summary>Gets why it was asked.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the hash of the context packet that was handed out.</summary>
    public string? PacketHash { get; init; }

    /// <summary>Gets the CRM's correlation id.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Gets the values before and after, where they are kept and were asked for.</summary>
    public IReadOnlyList<AuditedValue>? Values { get; init; }
}

/// <summary>An API key without its text.</summary>
internal sealed record KeyView(
    string Id,
    string Name,
    SubjectKind SubjectKind,
    string Subject,
    string Actor,
    IReadOnlyList<string> Purposes,
    IReadOnlyList<string>? Connections,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt);

/// <summary>A new API key with its text, which is shown this once.</summary>
internal sealed record IssuedKeyView(string Key, KeyView Details);

/// <summary>Where an installation is served.</summary>
internal sealed record ServingView(IReadOnlyList<Uri> Addresses);

/// <summary>What a verification found.</summary>
internal sealed record AuditVerificationView(long Entries, bool Intact, long? FirstBroken, IReadOnlyList<string> Unclosed)
{
    /// <summary>Gets what was done to the first broken entry.</summary>
    public AuditFaultKind? Fault { get; init; }

    /// <summary>Gets the same in plain words.</summary>
    public string? Told { get; init; }

    /// <summary>Gets how many checkpoints were found good.</summary>
    public int Checkpoints { get; init; }

    /// <summary>Gets how many of the newest entries no checkpoint covers yet.</summary>
    public long NotYetSigned { get; init; }

    /// <summary>Gets the fingerprints of the trusted keys.</summary>
    public IReadOnlyList<string> KeyIds { get; init; } = [];

    /// <summary>Gets what the result does not cover, and where it comes from.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>What an export holds.</summary>
internal sealed record AuditExportView(string File, long First, long Last, long? FirstBroken);

/// <summary>What was copied from one database into another.</summary>
internal sealed record StoreCopyView(
    string From, string To, IReadOnlyList<CopiedTableView> Tables, long AuditEntries, long? AuditFirstBroken);

/// <summary>A copied table.</summary>
internal sealed record CopiedTableView(string Table, long Rows);

/// <summary>The public keys of the audit.</summary>
/// <param name="Current">The fingerprint of the one that signs now.</param>
internal sealed record AuditKeyView(string Current, IReadOnlyList<string> KeyIds, string Pem);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FailureView))]
[JsonSerializable(typeof(IReadOnlyList<ConnectionView>))]
[JsonSerializable(typeof(ConnectionTestView))]
[JsonSerializable(typeof(IReadOnlyList<FieldView>))]
[JsonSerializable(typeof(IReadOnlyList<Finding>))]
[JsonSerializable(typeof(IReadOnlyList<VersionDifferenceView>))]
[JsonSerializable(typeof(IReadOnlyList<PipelineDocument>))]
[JsonSerializable(typeof(RecordView))]
[JsonSerializable(typeof(RecordListView))]
[JsonSerializable(typeof(IReadOnlyList<ProvisionView>))]
[JsonSerializable(typeof(RunView))]
[JsonSerializable(typeof(IReadOnlyList<ScheduleView>))]
[JsonSerializable(typeof(IReadOnlyList<RunView>))]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(ChangeView))]
[JsonSerializable(typeof(IReadOnlyList<ChangeView>))]
[JsonSerializable(typeof(NothingToChangeView))]
[JsonSerializable(typeof(ApprovalSetView))]
[JsonSerializable(typeof(ChangeSetView))]
[JsonSerializable(typeof(UndoView))]
[JsonSerializable(typeof(IReadOnlyList<StoppedAgentView>))]
[JsonSerializable(typeof(IReadOnlyList<WriteStandingView>))]
[JsonSerializable(typeof(IReadOnlyList<TierReport>))]
[JsonSerializable(typeof(IReadOnlyList<DeadLetterDocument>))]
[JsonSerializable(typeof(DeadLetterDocument))]
[JsonSerializable(typeof(IReadOnlyList<ReplayedLetterDocument>))]
[JsonSerializable(typeof(DiscardedDocument))]
[JsonSerializable(typeof(PlannedDocument))]
[JsonSerializable(typeof(IReadOnlyList<AuditView>))]
[JsonSerializable(typeof(IReadOnlyList<CallDocument>))]
[JsonSerializable(typeof(IReadOnlyList<AlertDocument>))]
[JsonSerializable(typeof(AuditVerificationView))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(ServingView))]
[JsonSerializable(typeof(IssuedKeyView))]
[JsonSerializable(typeof(IReadOnlyList<KeyView>))]
[JsonSerializable(typeof(AuditExportView))]
[JsonSerializable(typeof(AuditKeyView))]
[JsonSerializable(typeof(StoreCopyView))]
internal sealed partial class CliJson : JsonSerializerContext;
