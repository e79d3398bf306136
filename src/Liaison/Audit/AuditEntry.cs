using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Audit;

/// <summary>What an audit entry tells of.</summary>
public enum AuditPhase
{
    /// <summary>A request came in: written before it is judged and before the CRM is asked.</summary>
    Opened,

    /// <summary>The outcome of an opened request, denials included. A request without it died in between, and is told at the next start.</summary>
    Closed,
}

/// <summary>One entry of the audit: who, by what, for what, on what, with what outcome; never a record's values.</summary>
/// <param name="TraceId">Joins the opened entry with its closed one and both with call log and change sets.</param>
/// <param name="Action">What was asked, as in <c>records.query</c> or <c>changes.apply</c>.</param>
/// <param name="Records">The ids of the records concerned; empty for a query until it is closed.</param>
/// <param name="Fields">The names of the fields concerned.</param>
/// <param name="Outcome">For a closed entry: <c>ok</c>, for changes with how many fared how, or the failure's kind with its sentence.</param>
public sealed record AuditEntry(
    string TraceId,
    AuditPhase Phase,
    DateTimeOffset At,
    Caller Caller,
    ConnectionName Connection,
    CrmEnvironment Environment,
    string Action,
    RecordType Type,
    IReadOnlyList<string> Records,
    IReadOnlyList<string> Fields,
    string? Outcome)
{
    /// <summary>Gets the hash of the context packet that was handed out, where one was.</summary>
    public string? PacketHash { get; init; }

    /// <summary>Gets the CRM's correlation id, where it gave one.</summary>
    public string? CorrelationId { get; init; }
}

/// <summary>An entry in its place in the chain.</summary>
/// <param name="Sequence">The place, from 1, without gaps.</param>
/// <param name="Canonical">The entry in the bytes that were hashed, as UTF-8 JSON.</param>
/// <param name="Hash">SHA-256 over the previous hash, the sequence and the canonical bytes, in lower-case hex.</param>
public sealed record AuditRow(long Sequence, string Canonical, string PreviousHash, string Hash);

/// <summary>What to look for in the audit.</summary>
/// <param name="After">Only entries behind this sequence.</param>
public sealed record AuditQuery(
    string? RecordId = null, string? RunId = null, string? TraceId = null, long After = 0, int Limit = 100);
