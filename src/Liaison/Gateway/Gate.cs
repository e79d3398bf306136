using Liaison.Audit;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Work;
using Microsoft.Extensions.Logging;

namespace Liaison.Gateway;

/// <summary>What comes to the gate: who asks, for what, on what.</summary>
/// <param name="Action">What is asked, as the audit names it, as in <c>records.query</c>.</param>
internal sealed record GateRequest(Caller Caller, ConnectionName Connection, RecordType Type, string Action)
{
    public IReadOnlyList<string> Records { get; init; } = [];

    public IReadOnlyList<string> Fields { get; init; } = [];
}

/// <summary>What a request turned out to be about, for the entry that closes it.</summary>
/// <param name="Records">The ids concerned; <see langword="null"/> keeps those that the request named.</param>
/// <param name="Summary">How the parts fared, in counts; <see langword="null"/> where there are none.</param>
internal readonly record struct Passage(IReadOnlyList<string>? Records = null, string? Summary = null);

/// <summary>Where policy and audit stand, and nowhere else: every request is recorded, judged, carried out, and its outcome recorded.</summary>
public sealed partial class Gate(
    ConnectionRegistry connections,
    PolicyEngine policy,
    Members members,
    KillSwitch stops,
    AuditTrail audit,
    IdSource ids,
    ILogger<Gate> logger)
{
    /// <summary>Lets a request to a CRM pass under a permit.</summary>
    internal Task<Result<T>> PassAsync<T>(
        GateRequest request,
        Access access,
        Func<Permit, Task<Result<T>>> carryOut,
        CancellationToken cancellationToken,
        Func<T, Passage>? passage = null) =>
        PassAsync(
            request,
            async () => (await stops.AskAsync(request.Caller, cancellationToken)).TryGet(out _, out var denied)
                && Judge(request.Caller, request.Connection, request.Type, access).TryGet(out var permit, out denied)
                    ? await carryOut(permit)
                    : denied,
            passage,
            cancellationToken);

    /// <summary>Lets a request to the installation itself pass, for those who hold one of the roles.</summary>
    /// <param name="what">What is asked for, as it follows "may not", as in <c>export the audit</c>.</param>
    internal Task<Result<T>> PassAsync<T>(
        GateRequest request,
        string what,
        IReadOnlyList<Role> roles,
        Func<Task<Result<T>>> carryOut,
        CancellationToken cancellationToken,
        Func<T, Passage>? passage = null) =>
        PassAsync(
            request,
            async () => members.Require(request.Caller, what, roles).TryGet(out _, out var denied)
                && (!members.IsAgent(request.Caller) || (await stops.AskAsync(request.Caller, cancellationToken)).TryGet(out _, out denied))
                    ? await carryOut()
                    : denied,
            passage,
            cancellationToken);

    /// <summary>Judges what a request needs beside its own permit, as the type that a link leads to.</summary>
    internal Result<Permit> Judge(Caller caller, ConnectionName connection, RecordType type, Access access) =>
        connections.Find(connection).Then(found => policy.Judge(caller, found.Profile, type, access));

    private async Task<Result<T>> PassAsync<T>(
        GateRequest request, Func<Task<Result<T>>> carryOut, Func<T, Passage>? passage, CancellationToken cancellationToken)
    {
        // A request for a connection that is not there is one that somebody made: it is recorded, as the careful environment.
        var environment = connections.Find(request.Connection).TryGet(out var configured, out _)
            ? configured.Profile.Environment
            : CrmEnvironment.Production;

        // Opened before anything is judged or asked: if we die in between, the trace without an outcome tells of it.
        var trace = await audit.OpenAsync(
            new AuditTrace(
                ids.Next("trc"), request.Caller, request.Connection, environment, request.Action, request.Type, request.Records, request.Fields),
            cancellationToken);

        var result = await carryOut();

        // No token: the CRM may have taken a write already, so its outcome must not be cancelled away.
        var (records, summary) = result.TryGet(out var value, out var refused) && passage is not null ? passage(value) : default;
        await audit.CloseAsync(trace, refused, records, summary, CancellationToken.None);

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
