using System.Collections.Frozen;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Telemetry;

namespace Liaison.Connectors;

/// <summary>Writes each attempt of a call to the call log and the metrics: bodies masked, ids gathered, no secret.</summary>
internal sealed class CallRecorder(ICallLog log, LiaisonTelemetry telemetry, CallLogOptions options, TimeProvider time)
{
    private readonly FrozenSet<string> fields = options.ShownFields.ToFrozenSet(StringComparer.Ordinal);
    private long successes;

    /// <summary>Records an attempt.</summary>
    /// <remarks>A failure's bodies are always kept, and those of the declared share of successes.</remarks>
    public ValueTask RecordAsync(AttemptedCall attempt, AttemptEnd end)
    {
        var (connection, call) = (attempt.Connection, attempt.Call);
        telemetry.RecordCall(connection.Name.Value, call.Operation.ToString(), end.Failure, attempt.Duration);
        var keep = options.BodyLength > 0 && (end.Failure is not null || IsSampled());
        var ids = new RecordIds();
        var mask = new MaskedBody(attempt.Bodies, fields, options.BodyLength);
        PathIds(call.Path, attempt.Bodies, ids);

        // The body that the channel made of the secret never comes here; that there was one is all there is to tell.
        var request = call.SecretProperty is { } secret
            ? $"{{\"{secret}\":\"[secret]\"}}"
            : mask.Read(call.Body.Span, call.ContentType, keep, isRequest: true, ids);
        var answer = mask.Read(end.Answer.Span, contentType: null, keep, isRequest: false, ids);
        var entry = new CallEntry(
            connection.Name,
            attempt.Caller.RunId,
            call.Operation,
            call.Name,
            call.Method.Method,
            PathTemplate.Of(call.Path, connection.ApiVersion),
            end.Status,
            end.Failure,
            end.CorrelationId,
            call.RecordCount,
            attempt.Number,
            attempt.Waited,
            attempt.Duration,
            time.GetUtcNow())
        {
            Host = attempt.Host.Authority,
            Actor = attempt.Caller.Actor.Id,
            TraceId = attempt.Caller.TraceId,
            CallerId = attempt.Caller.CorrelationId,
            RecordIds = ids.All,
            Told = end.Sentence,
            RequestBody = keep ? request : null,
            AnswerBody = answer,
        };

        // No token: a call that was made stands in the log, whoever has lost interest in it.
        return log.AppendAsync(entry, CancellationToken.None);
    }

    public void RecordWait(ConnectionProfile connection, Lane lane, TimeSpan waited) =>
        telemetry.RecordWait(connection.Name.Value, lane.ToString(), waited);

    // Spread evenly and without chance: of a hundred successes exactly as many as the share says.
    private bool IsSampled()
    {
        var number = Interlocked.Increment(ref successes);
        return number * options.SuccessBodies / 100 != (number - 1) * options.SuccessBodies / 100;
    }

    private static void PathIds(string path, BodyDescriptor bodies, RecordIds ids)
    {
        var parts = path.Split('?', 2);
        var named = parts.Length < 2 ? [] : parts[1].Split('&')
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair.Length == 2 && bodies.RecordIdQueries.Contains(pair[0]))
            .SelectMany(pair => Uri.UnescapeDataString(pair[1]).Split(','));
        foreach (var id in parts[0].Split('/').Concat(named).Where(bodies.IsRecordId))
        {
            ids.Add(id);
        }
    }
}

/// <summary>An attempt of a call, all but how it ended.</summary>
/// <param name="Bodies">What may be shown of its bodies.</param>
/// <param name="Number">From 1.</param>
internal sealed record AttemptedCall(
    ConnectionProfile Connection, Caller Caller, CrmCall Call, Uri Host, BodyDescriptor Bodies, int Number, TimeSpan Waited, TimeSpan Duration);

/// <summary>How an attempt ended.</summary>
/// <param name="Failure">The failure's kind; <c>Abandoned</c> where the caller lost interest.</param>
/// <param name="Sentence">What failed, in a sentence without record values.</param>
internal sealed record AttemptEnd(int? Status, string? Failure, string? CorrelationId, string? Sentence, ReadOnlyMemory<byte> Answer)
{
    public static AttemptEnd Abandoned { get; } = new(null, "Abandoned", null, "The caller went away before an answer came.", default);

    public static AttemptEnd Of(WireAnswer answer, Failure? failure, string? correlationId) =>
        new(answer.Status, failure?.Kind.ToString(), correlationId, failure is null ? null : Told(failure), answer.Body);

    private static string Told(Failure failure) => failure.MissingScopes.Count == 0
        ? failure.Message
        : $"{failure.Message} It lacks {string.Join(" or ", failure.MissingScopes)}.";
}
