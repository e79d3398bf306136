using System.Diagnostics;
using Liaison.Audit;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Reading;
using Liaison.Telemetry;
using Liaison.Work;
using Microsoft.Extensions.Logging;

namespace Liaison.Gateway;

/// <summary>What comes to the gate: who asks, for what, on what.</summary>
/// <param name="Action">What is asked, as the audit names it, as in <c>records.query</c>.</param>
internal sealed record GateRequest(Caller Caller, ConnectionName Connection, RecordType Type, string Action)
{
    public IReadOnlyList<string> Records { get; init; } = [];

    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Gets why, as a person says it; what a model says stands in the change set and not here, since it may hold anything.</summary>
    public string? Reason { get; init; }
}

/// <summary>Where policy and audit stand, and nowhere else: every request is recorded, judged, carried out, and its outcome recorded.</summary>
public sealed partial class Gate(
    ConnectionRegistry connections,
    PolicyEngine policy,
    Members members,
    KillSwitch stops,
    Promotions promotions,
    AuditTrail audit,
    IdSource ids,
    TimeProvider time,
    LiaisonTelemetry telemetry,
    ILogger<Gate> logger)
{
    private static readonly Failure Cancelled = new(FailureKind.Unavailable, "The caller went away before it ended.");

    /// <summary>Lets a request to a CRM pass under a permit.</summary>
    internal Task<Result<T>> PassAsync<T>(
        GateRequest request,
        Access access,
        Func<Permit, Task<Result<T>>> carryOut,
        CancellationToken cancellationToken,
        Func<T, AuditClosing>? closing = null) =>
        PassAsync(
            request,
            async caller => (await stops.AskAsync(caller, cancellationToken)).TryGet(out _, out var denied)
                && Judge(caller, request.Connection, request.Type, access).TryGet(out var permit, out denied)
                    ? await carryOut(permit)
                    : denied,
            closing,
            cancellationToken);

    /// <summary>Lets a request pass that no grant opens but a role, for those who hold one of the roles and whose key reaches so far.</summary>
    /// <remarks>A role is held over every connection, a key need not reach them all: one that is limited to some opens nothing of the others.</remarks>
    /// <param name="what">What is asked for, as it follows "may not", as in <c>export the audit</c>.</param>
    internal Task<Result<T>> PassAsync<T>(
        GateRequest request,
        string what,
        IReadOnlyList<Role> roles,
        Func<Task<Result<T>>> carryOut,
        CancellationToken cancellationToken,
        Func<T, AuditClosing>? closing = null) =>
        PassAsync(
            request,
            async caller => members.Require(caller, what, roles).TryGet(out _, out var denied)
                && PolicyEngine.Reach(caller, request.Connection).TryGet(out _, out denied)
                && (!members.IsAgent(caller) || (await stops.AskAsync(caller, cancellationToken)).TryGet(out _, out denied))
                    ? await carryOut()
                    : denied,
            closing,
            cancellationToken);

    /// <summary>Records a request that takes no right: one about the caller's own, or one that was refused before it could be judged.</summary>
    internal Task<Result<T>> RecordAsync<T>(
        GateRequest request, Func<Task<Result<T>>> carryOut, CancellationToken cancellationToken, Func<T, AuditClosing>? closing = null) =>
        PassAsync(request, _ => carryOut(), closing, cancellationToken);

    /// <summary>Gives the connection that a request is about which may leave it open: the one that is named, or the only one that the caller's key reaches.</summary>
    /// <returns><see langword="null"/> for the whole installation.</returns>
    internal static ConnectionName? Narrowed(Caller caller, ConnectionName? named) => named ?? (caller.Connections is [var only] ? only : null);

    /// <summary>Tells whether anything at all on a connection is opened to a caller.</summary>
    internal bool Opens(Caller caller, ConnectionProfile connection) => policy.Opens(caller, connection);

    /// <summary>Judges what a request needs beside its own permit, as the type that a link leads to.</summary>
    internal Result<Permit> Judge(Caller caller, ConnectionName connection, RecordType type, Access access) =>
        connections.Find(connection).Then(found => policy.Judge(caller, found.Profile, type, access));

    /// <summary>Gives what judges the reading of other types of a connection for a caller.</summary>
    internal JudgeRead ReadingOf(Caller caller, ConnectionName connection) => type => Judge(caller, connection, type, Access.Read);

    private async Task<Result<T>> PassAsync<T>(
        GateRequest request, Func<Caller, Task<Result<T>>> carryOut, Func<T, AuditClosing>? closing, CancellationToken cancellationToken)
    {
        // A request for a connection that is not there is one that somebody made: it is recorded, as the careful environment.
        var environment = connections.Find(request.Connection).TryGet(out var configured, out _)
            ? configured.Profile.Environment
            : CrmEnvironment.Production;

        var began = time.GetTimestamp();
        using var span = LiaisonTelemetry.Activities.StartActivity("liaison.request");

        // What is done from here on carries the trace: the permit, by it the calls to the CRM, and what they lead to.
        var caller = request.Caller with { TraceId = ids.Next("trc") };

        span?.SetTag("action", request.Action).SetTag("connection", request.Connection.Value).SetTag("trace", caller.TraceId).SetTag("run", caller.RunId);

        // Opened before anything is judged or asked: if we die in between, the trace without an outcome tells of it.
        var trace = await audit.OpenAsync(
            new AuditTrace(
                caller.TraceId, caller, request.Connection, environment, request.Action, request.Type, request.Records, request.Fields)
            {
                Reason = request.Reason,
            },
            cancellationToken);

        Result<T> result;
        try
        {
            await promotions.RefreshAsync(cancellationToken);
            result = await carryOut(caller);
        }
        catch (OperationCanceledException)
        {
            // An entry that stays open tells of a death; a caller who went away is none.
            await audit.CloseAsync(trace, Cancelled, new AuditClosing(), CancellationToken.None);
            throw;
        }

        // No token: the CRM may have taken a write already, so its outcome must not be cancelled away.
        var concerned = result.TryGet(out var value, out var refused) && closing is not null ? closing(value) : new AuditClosing();
        await audit.CloseAsync(trace, refused, concerned, CancellationToken.None);
        var outcome = refused?.Kind.ToString() ?? "ok";
        span?.SetTag("outcome", outcome).SetStatus(refused is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        telemetry.RecordRequest(request.Action, outcome, time.GetElapsedTime(began));

        if (refused is not null)
        {
            LogRefused(logger, request.Action, request.Connection.Value, request.Type.Name, refused.Kind, trace.Id);
        }

        return result;
    }

    [LoggerMessage(1001, LogLevel.Information, "{Action} on {Connection} {RecordType} refused: {Kind} (trace {TraceId})")]
    private static partial void LogRefused(
        ILogger logger, string action, string connection, string recordType, FailureKind kind, string traceId);
}
