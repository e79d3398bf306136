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

/// <summary>One entry of the audit: who, by what, for what, on what, with what outcome; a record's values only encrypted, where configured.</summary>
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

    /// <summary>Gets why it was asked, in the caller's words; <see langword="null"/> where none were given.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the values before and after, encrypted; <see langword="null"/> unless the installation is configured to keep them.</summary>
    public string? Values { get; init; }

    /// <summary>Tells whether rights refused the request or a part of it: policy, purpose, agent or the CRM.</summary>
    public bool TellsDenial() =>
        Outcome is not null
        && (Outcome.StartsWith("Denied: ", StringComparison.Ordinal)
            || Outcome.StartsWith("Forbidden: ", StringComparison.Ordinal)
            || (Outcome.StartsWith("ok: ", StringComparison.Ordinal)
                && (Outcome.Contains(" Denied", StringComparison.Ordinal) || Outcome.Contains(" Forbidden", StringComparison.Ordinal))));
}

/// <summary>An entry in its place in the chain.</summary>
/// <param name="Sequence">The place, from 1, without gaps.</param>
/// <param name="Canonical">The entry in the bytes that were hashed: UTF-8 JSON.</param>
/// <param name="Hash">SHA-256 over the previous hash, the sequence and the canonical bytes, in lower-case hex.</param>
public sealed record AuditRow(long Sequence, ReadOnlyMemory<byte> Canonical, string PreviousHash, string Hash);
