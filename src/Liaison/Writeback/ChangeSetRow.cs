using System.Text.Json;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;

namespace Liaison.Writeback;

/// <summary>A change set as it is stored.</summary>
/// <param name="Record">The record that it is about; for a record that is yet to be made its id is empty.</param>
/// <param name="Content">What is to be written, as JSON of <see cref="ChangeContent"/>; approval binds to its hash.</param>
/// <param name="ContentHash">SHA-256 over target and content, in lower-case hex.</param>
/// <param name="RecordVersion">The record's version when it was read for the proposal.</param>
/// <param name="Note">Why it stands where it stands, in one sentence: who approved, which rule refused, what conflicted.</param>
public sealed record ChangeSetRow(
    string Id,
    string Key,
    RecordRef Record,
    ChangeState State,
    RiskClass Risk,
    string Content,
    string ContentHash,
    string? RecordVersion,
    Caller Proposer,
    string? Note,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>Gets SHA-256 over the request as it was asked, so that one key with two contents is seen (R136).</summary>
    /// <value>The default is <see langword="null"/>: it was not asked through a door.</value>
    public string? RequestHash { get; init; }

    /// <summary>Gets the trace of the request that proposed it, as it stands in the audit and the call log.</summary>
    /// <value>The default is <see langword="null"/>: it was proposed before traces were kept.</value>
    public string? TraceId { get; init; }

    /// <summary>Gets, of a record that is yet to be made, the hash of what makes it the same as another (R132, R144).</summary>
    /// <value>The default is <see langword="null"/>: it makes none, or nothing in it tells records of its type apart.</value>
    public string? NaturalKey { get; init; }

    /// <summary>Gets the CRM's id of the job in which it was last handed over.</summary>
    /// <value>The default is <see langword="null"/>: it went by a call, or was not sent.</value>
    public string? Job { get; init; }

    /// <summary>Gets when the values in its content were dropped, so that it can be neither undone nor sent again (R236).</summary>
    /// <value>The default is <see langword="null"/>: it holds them.</value>
    public DateTimeOffset? ValuesDroppedAt { get; init; }

    /// <summary>Gets who said yes, and to what.</summary>
    /// <value>The default is <see langword="null"/>: nobody has, or the approval is void.</value>
    public Approval? Approval { get; init; }

    /// <summary>Gets the id of the record that it made.</summary>
    /// <value>The default is <see langword="null"/>: it makes none, or has not yet.</value>
    public string? MadeId { get; init; }
}

/// <summary>A person's yes: bound to the content, the target and the record as it stood.</summary>
/// <param name="By">The subject who decided.</param>
/// <param name="For">The approver in whose place they decided; <see langword="null"/> for their own right.</param>
/// <param name="ContentHash">The hash of what was approved; of any other content the approval says nothing.</param>
/// <param name="RecordVersion">The record's version when the approver saw it; <see langword="null"/> where the CRM keeps none or there is no record yet.</param>
/// <param name="Comment">What the approver said to it.</param>
public sealed record Approval(
    string By, string? For, DateTimeOffset At, string ContentHash, string? RecordVersion, string? Comment)
{
    /// <summary>Gives the stored form.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ChangeJson.Default.Approval);

    /// <summary>Reads the stored form.</summary>
    public static Approval FromJson(string json) =>
        JsonSerializer.Deserialize(json, ChangeJson.Default.Approval) ?? throw new JsonException("An approval without content.");
}

/// <summary>One stored move of a change set.</summary>
/// <param name="From">The state it must be in; a move from any other is not made.</param>
/// <param name="By">Who moved it: a subject's id, or the engine's own name.</param>
public sealed record ChangeMove(string Id, ChangeState From, ChangeState To, string By, string? Note)
{
    /// <summary>Gets the approval that the move brings; a move to <see cref="ChangeState.Waiting"/> takes it away.</summary>
    /// <value>The default is <see langword="null"/>: the move leaves the approval as it is.</value>
    public Approval? Approval { get; init; }

    /// <summary>Gets the id of the record that was made.</summary>
    /// <value>The default is <see langword="null"/>: the move leaves it as it is.</value>
    public string? MadeId { get; init; }

    /// <summary>Gets the time of its last move as the mover saw it, in UTC; where it has moved since, the move is not made.</summary>
    /// <value>The default is <see langword="null"/>: the state alone decides. A move that leaves the state as it is needs it, or two would both succeed.</value>
    public DateTimeOffset? Seen { get; init; }
}

/// <summary>A move that was made.</summary>
public sealed record ChangeTransition(ChangeState From, ChangeState To, string By, string? Note, DateTimeOffset At);

/// <summary>Which change sets are wanted, newest first.</summary>
public sealed record ChangeQuery(
    ChangeState? State = null, string? RunId = null, ConnectionName? Connection = null, string? RecordId = null, int Limit = 50)
{
    /// <summary>Gets the ids of records of which any may be the one that was to be changed.</summary>
    /// <value>The default is <see langword="null"/>: of whatever record.</value>
    public IReadOnlyList<string>? RecordIds { get; init; }

    /// <summary>Gets the subject who proposed.</summary>
    public string? Subject { get; init; }

    /// <summary>Gets the agent that proposed.</summary>
    public string? Actor { get; init; }

    /// <summary>Gets the risk class.</summary>
    public RiskClass? Risk { get; init; }

    /// <summary>Gets the hash of what makes a record that was to be made the same as another.</summary>
    public string? NaturalKey { get; init; }

    /// <summary>Gets the latest time at which they were proposed.</summary>
    public DateTimeOffset? CreatedUntil { get; init; }

    /// <summary>Gets the id of the change set behind which the list goes on, for the next page.</summary>
    public string? After { get; init; }
}
