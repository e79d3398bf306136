using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Audit;

/// <summary>An opened request on its way through the gate.</summary>
internal sealed record AuditTrace(
    string Id,
    Caller Caller,
    ConnectionName Connection,
    CrmEnvironment Environment,
    string Action,
    RecordType Type,
    IReadOnlyList<string> Records,
    IReadOnlyList<string> Fields)
{
    /// <summary>Gets why it is asked, in the caller's words.</summary>
    public string? Reason { get; init; }

    public AuditEntry Entry(AuditPhase phase, DateTimeOffset at, string? outcome) =>
        new(Id, phase, at, Caller, Connection, Environment, Action, Type, Records, Fields, outcome) { Reason = Reason };
}

/// <summary>What a request is closed with beside its outcome; what is not given stays out of the entry.</summary>
internal sealed record AuditClosing
{
    /// <summary>Gets the ids that the request turned out to concern; <see langword="null"/> keeps those it was opened with.</summary>
    public IReadOnlyList<string>? Records { get; init; }

    /// <summary>Gets how the parts of the request fared, in counts.</summary>
    public string? Summary { get; init; }

    /// <summary>Gets the hash of the context packet that was handed out.</summary>
    public string? PacketHash { get; init; }

    /// <summary>Gets the CRM's correlation id of a success; a failure brings its own.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Gets the values before and after; they are kept encrypted where the installation keeps any, and dropped elsewhere.</summary>
    public IReadOnlyList<AuditedValue> Values { get; init; } = [];
}
