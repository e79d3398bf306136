using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;

namespace Liaison.Writeback;

/// <summary>A change set as it is stored.</summary>
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
    DateTimeOffset UpdatedAt);

/// <summary>One stored move of a change set.</summary>
/// <param name="From">The state it must be in; a move from any other is not made.</param>
/// <param name="By">Who moved it: a subject's id, or the engine's own name.</param>
public sealed record ChangeMove(string Id, ChangeState From, ChangeState To, string By, string? Note);

/// <summary>A move that was made.</summary>
public sealed record ChangeTransition(ChangeState From, ChangeState To, string By, string? Note, DateTimeOffset At);

/// <summary>Which change sets are wanted, newest first.</summary>
public sealed record ChangeQuery(
    ChangeState? State = null, string? RunId = null, ConnectionName? Connection = null, string? RecordId = null, int Limit = 50);
