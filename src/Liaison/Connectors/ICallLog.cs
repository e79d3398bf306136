using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>The durable log of every call to a CRM: what was asked and how it went, with masked bodies and without secrets.</summary>
public interface ICallLog
{
    /// <summary>Appends one attempt without waiting for the store; a loss at a crash costs lines of the log and nothing else.</summary>
    ValueTask AppendAsync(CallEntry entry, CancellationToken cancellationToken);

    /// <summary>Lists calls, newest first, those included that were appended just before.</summary>
    Task<IReadOnlyList<CallRow>> ListAsync(CallQuery query, CancellationToken cancellationToken);

    /// <summary>Deletes what is older than a time and, of the rest, all but the newest rows.</summary>
    /// <returns>How many rows were deleted.</returns>
    Task<int> PurgeAsync(DateTimeOffset before, long rowsKept, CancellationToken cancellationToken);

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
    DateTimeOffset At)
{
    /// <summary>Gets the host that was asked.</summary>
    public string Host { get; init; } = "";

    /// <summary>Gets the agent or pipeline for which the call was made.</summary>
    public string Actor { get; init; } = "";

    /// <summary>Gets the trace of the request for which the call was made, as it stands in the audit.</summary>
    public string? TraceId { get; init; }

    /// <summary>Gets the caller's own id of what the request is a part of.</summary>
    public string? CallerId { get; init; }

    /// <summary>Gets the ids of the records that stood in the request or the answer.</summary>
    public IReadOnlyList<string> RecordIds { get; init; } = [];

    /// <summary>Gets what failed, in a sentence without record values; <see langword="null"/> for a success.</summary>
    public string? Told { get; init; }

    /// <summary>Gets the request's body with every value masked that is not declared harmless; <see langword="null"/> where none is kept.</summary>
    public string? RequestBody { get; init; }

    /// <summary>Gets the answer's body, masked likewise.</summary>
    public string? AnswerBody { get; init; }
}

/// <summary>A call in its place in the log.</summary>
/// <param name="Number">Grows with the order of arrival.</param>
public sealed record CallRow(long Number, CallEntry Entry);

/// <summary>Which calls are wanted, newest first; what is <see langword="null"/> does not narrow.</summary>
public sealed record CallQuery(int Limit = 50)
{
    /// <summary>Gets the id of a record that the call touched.</summary>
    public string? RecordId { get; init; }

    /// <summary>Gets the run.</summary>
    public string? RunId { get; init; }

    /// <summary>Gets the agent or pipeline.</summary>
    public string? Actor { get; init; }

    /// <summary>Gets the connection.</summary>
    public ConnectionName? Connection { get; init; }

    /// <summary>Gets the trace in the audit, the caller's own id or the CRM's correlation id: whichever somebody holds in hand.</summary>
    public string? Correlation { get; init; }

    /// <summary>Gets the HTTP status.</summary>
    public int? Status { get; init; }

    /// <summary>Gets a value indicating whether only failures are wanted.</summary>
    public bool FailuresOnly { get; init; }

    /// <summary>Gets the earliest time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Gets the time before which calls were made.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Gets the number before which the list goes on: the last one of the page before.</summary>
    public long? Before { get; init; }
}

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
