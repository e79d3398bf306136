using Liaison.Connectors;

namespace Liaison.Gateway.Documents;

/// <summary>A call to a CRM, as every door shows it.</summary>
/// <param name="Number">Grows with the order of arrival; what <c>before</c> takes for the next page.</param>
/// <param name="Url">The address with ids and query values taken out.</param>
/// <param name="Failure">The kind of failure; left out for a success.</param>
/// <param name="Told">What failed, in a sentence.</param>
/// <param name="CallerId">The caller's own id of what the request is a part of.</param>
/// <param name="CorrelationId">The CRM's own id of the request.</param>
/// <param name="RequestBody">The body with every value masked that is not harmless; left out where none is kept.</param>
public sealed record CallDocument(
    long Number,
    DateTimeOffset At,
    string Connection,
    string Name,
    CrmOperation Operation,
    string Method,
    string Url,
    int? Status,
    string? Failure,
    string? Told,
    int Attempt,
    double WaitedMilliseconds,
    double Milliseconds,
    int RecordCount,
    IReadOnlyList<string> RecordIds,
    string? RunId,
    string Actor,
    string? TraceId,
    string? CallerId,
    string? CorrelationId,
    string? RequestBody,
    string? AnswerBody)
{
    /// <summary>Makes the document of a call.</summary>
    public static CallDocument Of(CallRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var call = row.Entry;
        return new CallDocument(
            row.Number, call.At, call.Connection.Value, call.Name, call.Operation, call.Method, call.Host + call.Path, call.Status, call.FailureKind, call.Told,
            call.Attempt, call.Waited.TotalMilliseconds, call.Duration.TotalMilliseconds, call.RecordCount, call.RecordIds, call.RunId, call.Actor,
            call.TraceId, call.CallerId, call.CorrelationId, call.RequestBody, call.AnswerBody);
    }
}
