using System.Diagnostics;
using System.Net.Http.Headers;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Telemetry;
using Microsoft.Extensions.Logging;

namespace Liaison.Connectors;

/// <summary>For whom and by which rules a channel carries calls.</summary>
internal sealed record ChannelScope(
    ConnectionProfile Connection, UserCredential Credential, Caller Caller, ConnectorDescriptor Descriptor, Throttle Throttle, CircuitBreakers Breakers, EndpointEndings? Endings);

/// <summary>The one way to a CRM: waits for its permits, sends, takes in the limits, maps errors, repeats what is harmless.</summary>
internal sealed partial class CrmChannel(
    ChannelScope scope,
    CredentialBroker credentials,
    CrmWire wire,
    CallRecorder recorder,
    Backoff backoff,
    ChannelOptions options,
    TimeProvider time,
    ILogger<CrmChannel> logger) : ICrmChannel
{
    private readonly ErrorMap errors = new(scope.Descriptor, time);

    // A session outlives many tokens; what one call renewed, the next sets out with.
    private volatile UserCredential latest = scope.Credential;

    private readonly Lane lane = scope.Caller.RunId is null ? Lane.Interactive : Lane.Batch;

    public async Task<Result<CrmAnswer>> SendAsync(CrmCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (!call.Path.StartsWith('/'))
        {
            throw new ArgumentException("A call's path begins with a slash.", nameof(call));
        }

        if (!scope.Descriptor.Operations.ContainsKey(call.Operation))
        {
            return new Failure(FailureKind.Unsupported, $"{scope.Descriptor.DisplayName} cannot do {call.Operation} through its connector.");
        }

        var renewed = false;
        var failed = new List<FailedAttempt>();
        Failure? met = null;
        for (var attempt = 1; ; attempt++)
        {
            var breaker = scope.Breakers.Of(scope.Connection.Name, call.Operation);
            if (await breaker.EnterAsync(lane, cancellationToken) is not { } pass)
            {
                // What this call met itself says more than that the calls of others met it too.
                var held = CircuitBreakers.Held(scope.Connection.Name, call.Operation, breaker.UntilProbe);
                return met is null ? held : met with { RetryAfter = held.RetryAfter, Attempts = failed };
            }

            var result = await TryAsync(call, call.Operation.ChangesTheCrm, attempt, pass, cancellationToken);
            if (result.Answer is { } answer)
            {
                await credentials.AcceptedAsync(result.Credential!, CancellationToken.None);
                return answer;
            }

            var failure = result.Fault!.Failure;
            if (result.Fault.Final)
            {
                return failure with { Attempts = failed };
            }

            failed.Add(new FailedAttempt(time.GetUtcNow(), failure.Kind, failure.CorrelationId));

            if (result.Fault.RenewalMayHelp && !renewed)
            {
                // Once, and the call again once: a 401 says that the CRM did not take it, and never that another token will help.
                renewed = true;
                if ((await credentials.RenewAsync(result.Credential!, cancellationToken)).TryGet(out var other, out var none))
                {
                    LogRenewed(logger, call.Name, scope.Connection.Name.Value, attempt);
                    latest = other;
                    continue;
                }

                // A token endpoint that is out of order makes no consent void.
                failure = none;
            }

            if (failure.Kind == FailureKind.Unauthenticated || failure.MissingScopes.Count > 0)
            {
                await credentials.RefusedAsync(result.Credential!, failure, CancellationToken.None);
            }

            var wait = result.Fault.WaitBeforeRepeat(backoff.After(attempt));
            if (lane == Lane.Batch && result.Fault.Repeatable && breaker.IsOpen && wait <= options.LongestWait)
            {
                // While calls are held back a run's call waits with them and has an attempt left for when they go out again; what
                // it spends as a probe is not its own.
                attempt = Math.Min(attempt, options.Retries) - (pass.IsProbe ? 1 : 0);
            }
            else if (!result.Fault.Repeatable || attempt > Math.Min(options.Retries, result.Fault.MostRepeats ?? int.MaxValue) || wait > options.LongestWait)
            {
                LogFailed(logger, call.Name, scope.Connection.Name.Value, failure.Kind, attempt);
                return failure with { Attempts = failed, HeldBack = lane == Lane.Batch && breaker.IsOpen };
            }

            met = failure;
            LogRepeat(logger, call.Name, scope.Connection.Name.Value, failure.Kind, attempt, wait.TotalSeconds);
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async Task<AttemptResult> TryAsync(
        CrmCall call, bool changesRecords, int attempt, BreakerPass pass, CancellationToken cancellationToken)
    {
        var health = AttemptHealth.Untold;
        try
        {
            var started = time.GetTimestamp();
            var entry = await scope.Throttle.EnterAsync(call.Operation, lane, cancellationToken);
            var waited = time.GetElapsedTime(started);
            recorder.RecordWait(scope.Connection, lane, waited);
            if (entry.Failure is { } refused)
            {
                return new AttemptResult(null, new CallFault(refused) { Final = true }, null);
            }

            if (!(await CurrentAsync(call, cancellationToken)).TryGet(out var credential, out var expired))
            {
                return new AttemptResult(null, new CallFault(expired) { Final = true }, null);
            }

            var result = await AttemptAsync(call, credential, changesRecords, attempt, waited, cancellationToken);
            health = result.Health;
            return result with { Credential = credential };
        }
        finally
        {
            // Whatever befell the call: a probe that nobody settles would hold all others back for ever.
            await scope.Breakers.SettleAsync(scope.Connection.Name, call.Operation, pass, health);
        }
    }

    // Behind the throttle, where the call may have waited long: a token that was good when the session was opened may be old by now.
    private async Task<Result<UserCredential>> CurrentAsync(CrmCall call, CancellationToken cancellationToken)
    {
        var ready = false;
        try
        {
            var current = await credentials.CurrentAsync(latest, cancellationToken);
            ready = current.TryGet(out var credential, out _);
            latest = credential ?? latest;
            return current;
        }
        finally
        {
            if (!ready)
            {
                scope.Throttle.Leave(call.Operation);
            }
        }
    }

    private async Task<AttemptResult> AttemptAsync(
        CrmCall call, UserCredential credential, bool changesRecords, int attempt, TimeSpan waited, CancellationToken cancellationToken)
    {
        using var span = LiaisonTelemetry.Activities.StartActivity("crm.call", ActivityKind.Client);
        span?.SetTag("connection", scope.Connection.Name.Value).SetTag("call", call.Name).SetTag("attempt", attempt)
            .SetTag("trace", scope.Caller.TraceId).SetTag("run", scope.Caller.RunId);
        var started = time.GetTimestamp();
        var end = AttemptEnd.Abandoned;
        try
        {
            var answer = await wire.SendAsync(call, TargetOf(call, credential), credential.Reveal(), cancellationToken, scope.Descriptor.Operations[call.Operation].Timeout);
            var result = await JudgeAsync(answer, call, HostOf(credential), changesRecords);
            end = AttemptEnd.Of(answer, result.Fault?.Failure, result.CorrelationId);
            span?.SetTag("status", answer.Status).SetTag("crm.correlation", result.CorrelationId).SetStatus(result.Fault is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
            return result;
        }
        finally
        {
            scope.Throttle.Leave(call.Operation);
            await recorder.RecordAsync(
                new AttemptedCall(
                    scope.Connection, scope.Caller, call, HostOf(credential), scope.Descriptor.Bodies, attempt, waited, time.GetElapsedTime(started)),
                end);
        }
    }

    private async Task<AttemptResult> JudgeAsync(WireAnswer answer, CrmCall call, Uri host, bool changesRecords)
    {
        // Without the caller's token: what an answer says of the limits holds for everybody, whoever has lost interest.
        await scope.Throttle.CorrectAsync(
            LimitReading.Read(scope.Descriptor.LimitHeaders, answer.Headers), CancellationToken.None);

        if (scope.Endings is { } endings)
        {
            await endings.NoteAsync(scope.Connection, call.Operation, EndingReading.Read(answer.Headers));
        }

        if (answer is { Delivery: Delivery.Answered, Status: >= 200 and < 300 and var status })
        {
            var correlation = errors.CorrelationOf(answer.Headers);
            return new AttemptResult(new CrmAnswer(status, answer.Body, correlation) { Headers = Asked(call, answer.Headers) }, null, correlation);
        }

        var fault = answer.Delivery == Delivery.Answered
            ? await SlowDownAsync(errors.Read(answer, changesRecords), call.Operation)
            : new CallFault(Unanswered(answer, host, changesRecords));
        return new AttemptResult(null, fault, fault.Failure.CorrelationId) { Health = HealthIn(answer) };
    }

    // A limit that one call has hit holds for every caller of the connection, so its budget stops and not only this call.
    private async Task<CallFault> SlowDownAsync(CallFault fault, CrmOperation operation)
    {
        switch (fault.Failure.Kind)
        {
            case FailureKind.QuotaExhausted:
                // One that the map names no limit of, as of storage, is not the calls'.
                var reset = fault.Exhausted is { } exhausted ? await scope.Throttle.StopDayAsync(exhausted, CancellationToken.None) : null;
                LogQuota(logger, scope.Connection.Name.Value);
                return fault with { Failure = fault.Failure with { RetryAfter = reset ?? fault.Failure.RetryAfter } };

            case FailureKind.RateLimited:
                var wait = fault.Failure.RetryAfter ?? options.FirstBackoff;
                await scope.Throttle.SilenceAsync(operation, fault.Exhausted, wait, CancellationToken.None);
                LogLimited(logger, scope.Connection.Name.Value, fault.Exhausted?.Name ?? "unnamed", wait.TotalSeconds);
                return fault;

            default:
                return fault;
        }
    }

    private Failure Unanswered(WireAnswer answer, Uri host, bool changesRecords)
    {
        var at = $"{scope.Connection.Name} ({host.Host}:{host.Port})";
        return answer.Delivery switch
        {
            Delivery.NotSent => new Failure(
                FailureKind.Unavailable, $"Connection {at} cannot be reached: {answer.Reason}; check its base URL and the network."),
            _ when changesRecords => new Failure(
                FailureKind.Ambiguous,
                $"A write to connection {at} was sent and its answer was lost: {answer.Reason}; whether it took effect is found by reading, not by sending it again."),
            Delivery.TooLarge => new Failure(
                FailureKind.Invalid, $"An answer of connection {at} is larger than {options.LargestAnswer} bytes; ask for fewer records or fields."),
            _ => new Failure(FailureKind.Unavailable, $"Connection {at} gave no answer: {answer.Reason}; try again later."),
        };
    }

    // Where the token answer says, and where a later one says anew: other hosts answer that the session is invalid (R7).
    private Uri HostOf(UserCredential credential) => credential.InstanceUrl ?? scope.Connection.BaseUrl;

    private Uri TargetOf(CrmCall call, UserCredential credential) => LoginHosts.At(HostOf(credential), call.Path);

    private static Dictionary<string, string> Asked(CrmCall call, HttpResponseHeaders? headers)
    {
        var asked = new Dictionary<string, string>(call.AnswerHeaders.Count);
        foreach (var name in call.AnswerHeaders)
        {
            if (headers is not null && headers.TryGetValues(name, out var values))
            {
                asked[name] = values.First();
            }
        }

        return asked;
    }

    private static AttemptHealth HealthIn(WireAnswer answer) => answer switch
    {
        { Delivery: Delivery.NotSent or Delivery.Lost } or { Delivery: Delivery.Answered, Status: >= 500 } => AttemptHealth.Broken,
        _ => AttemptHealth.Answered,
    };

    private sealed record AttemptResult(CrmAnswer? Answer, CallFault? Fault, string? CorrelationId)
    {
        public AttemptHealth Health { get; init; } = AttemptHealth.Answered;

        /// <summary>Gets the credential that the call set out with; <see langword="null"/> where it did not.</summary>
        public UserCredential? Credential { get; init; }
    }

    [LoggerMessage(2001, LogLevel.Warning, "{Call} on {Connection} failed with {Kind} at attempt {Attempt}; trying again in {Seconds} s")]
    private static partial void LogRepeat(
        ILogger logger, string call, string connection, FailureKind kind, int attempt, double seconds);

    [LoggerMessage(2002, LogLevel.Warning, "{Call} on {Connection} failed with {Kind} at attempt {Attempt}")]
    private static partial void LogFailed(ILogger logger, string call, string connection, FailureKind kind, int attempt);

    [LoggerMessage(2003, LogLevel.Warning, "{Connection} hit its {Limit} limit; its calls wait {Seconds} s")]
    private static partial void LogLimited(ILogger logger, string connection, string limit, double seconds);

    [LoggerMessage(2004, LogLevel.Warning, "{Connection} has spent its daily allowance; its calls wait for the reset")]
    private static partial void LogQuota(ILogger logger, string connection);

    [LoggerMessage(2005, LogLevel.Information, "{Call} on {Connection} was refused at attempt {Attempt}; its token was renewed and it is sent once more")]
    private static partial void LogRenewed(ILogger logger, string call, string connection, int attempt);
}
