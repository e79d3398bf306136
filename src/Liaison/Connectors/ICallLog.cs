using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>The durable log of every call to a CRM: what was asked and how it went, without bodies, values or secrets.</summary>
public interface ICallLog
{
    /// <summary>Appends one attempt; a loss at a crash costs a line of the log and nothing else.</summary>
    ValueTask AppendAsync(CallEntry entry, CancellationToken cancellationToken);

    /// <summary>Sums the calls of a run.</summary>
    Task<CallSummary> SummarizeAsync(string runId, CancellationToken cancellationToken);
}

/// <summary>One attempt of a call.</summary>
/// <param name="Name">The call's stable name, as in <c>contacts.batch-update</c>.</param>
/// <param name="Path">The path with ids and query values taken out.</param>
/// <param name="Status">The HTTP status; <see langword="null"/> where no answer came.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Waited">How long the call waited for its permit.</param>
public sealed record CallEntry(
    ConnectionName Connection,
    string? RunId,
    CrmOperation Operation,
    string Name,
    string Method,
    string Path,
    int? Status,
    string? FailureKind,
    string? CorrelationId,
    int RecordCount,
    int Attempt,
    TimeSpan Waited,
    TimeSpan Duration,
    DateTimeOffset At);

/// <summary>The calls of a run in figures.</summary>
/// <param name="ByOperation">How many calls of each kind, repeats included.</param>
/// <param name="Throttled">How many the CRM refused for their number.</param>
public sealed record CallSummary(
    IReadOnlyDictionary<CrmOperation, long> ByOperation,
    long Throttled,
    long Failed,
    DateTimeOffset? First,
    DateTimeOffset? Last)
{
    /// <summary>Gets how many calls were made.</summary>
    public long Calls => ByOperation.Values.Sum();
}
