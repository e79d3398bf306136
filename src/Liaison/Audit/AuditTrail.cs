using System.Globalization;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Audit;

/// <summary>Writes what was asked before it is done and what came of it after.</summary>
public sealed class AuditTrail(IAuditStore store, TimeProvider time)
{
    /// <summary>Opens an entry; when the task ends it is durable, so that a death in between leaves a trace.</summary>
    internal async Task<AuditTrace> OpenAsync(AuditTrace trace, CancellationToken cancellationToken)
    {
        await store.AppendAsync([trace.Entry(AuditPhase.Opened, time.GetUtcNow(), outcome: null)], cancellationToken);
        return trace;
    }

    /// <summary>Closes an entry with its outcome.</summary>
    /// <param name="records">The ids that the request turned out to concern; <see langword="null"/> keeps those it was opened with.</param>
    /// <param name="summary">How the parts of the request fared, in counts; <see langword="null"/> where it has none.</param>
    internal Task CloseAsync(
        AuditTrace trace, Failure? failure, IReadOnlyList<string>? records, string? summary, CancellationToken cancellationToken)
    {
        var outcome = failure is not null
            ? string.Create(CultureInfo.InvariantCulture, $"{failure.Kind}: {failure.Message}")
            : summary is null ? "ok" : $"ok: {summary}";
        var entry = trace.Entry(AuditPhase.Closed, time.GetUtcNow(), outcome) with
        {
            Records = records ?? trace.Records,
            CorrelationId = failure?.CorrelationId,
        };
        return store.AppendAsync([entry], cancellationToken);
    }
}

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
    public AuditEntry Entry(AuditPhase phase, DateTimeOffset at, string? outcome) =>
        new(Id, phase, at, Caller, Connection, Environment, Action, Type, Records, Fields, outcome);
}
