using Liaison.Identity;
using Liaison.Telemetry;

namespace Liaison.Connectors;

/// <summary>Writes each attempt of a call to the call log and the metrics, without ids, values or secrets.</summary>
internal sealed class CallRecorder(ICallLog log, LiaisonTelemetry telemetry, TimeProvider time)
{
    public ValueTask RecordAsync(
        ConnectionProfile connection, Caller caller, CrmCall call, int attempt, TimeSpan waited, TimeSpan duration, AttemptEnd end)
    {
        telemetry.RecordCall(connection.Name.Value, call.Operation.ToString(), end.Failure, duration);
        var entry = new CallEntry(
            connection.Name,
            caller.RunId,
            call.Operation,
            call.Name,
            call.Method.Method,
            PathTemplate.Of(call.Path, connection.ApiVersion),
            end.Status,
            end.Failure,
            end.CorrelationId,
            call.RecordCount,
            attempt,
            waited,
            duration,
            time.GetUtcNow());

        // No token: a call that was made stands in the log, whoever has lost interest in it.
        return log.AppendAsync(entry, CancellationToken.None);
    }

    public void RecordWait(ConnectionProfile connection, Lane lane, TimeSpan waited) =>
        telemetry.RecordWait(connection.Name.Value, lane.ToString(), waited);
}

/// <summary>How an attempt ended.</summary>
/// <param name="Failure">The failure's kind; <c>Abandoned</c> where the caller lost interest.</param>
internal readonly record struct AttemptEnd(int? Status, string? Failure, string? CorrelationId)
{
    public static AttemptEnd Abandoned { get; } = new(null, "Abandoned", null);
}
