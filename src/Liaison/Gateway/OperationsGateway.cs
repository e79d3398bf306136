using Liaison.Alerts;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Policy;

namespace Liaison.Gateway;

/// <summary>The one way to what an operator looks at when something goes wrong: calls to the CRMs, connections, alerts.</summary>
/// <remarks>Safe for concurrent use. Takes the role operator, auditor or admin; that somebody looked is recorded as everything is.</remarks>
public sealed class OperationsGateway(Gate gate, ICallLog calls, ConnectionStates connections, IAlertStore? alerts = null)
{
    private static readonly Role[] Lookers = [Role.Operator, Role.Auditor, Role.Admin];

    /// <summary>Lists calls to CRMs, newest first.</summary>
    public Task<Result<IReadOnlyList<CallRow>>> ListCallsAsync(Caller caller, CallQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(caller);
        query = query with { Connection = Gate.Narrowed(caller, query.Connection) };
        return gate.PassAsync(
            new GateRequest(caller, query.Connection ?? AdministrationGateway.Installation, default, "calls.list")
            {
                Records = query.RecordId is { } record ? [record] : [],
            },
            "look at the calls to the CRMs",
            Lookers,
            async () => Result<IReadOnlyList<CallRow>>.Of(await calls.ListAsync(query, cancellationToken)),
            cancellationToken);
    }

    /// <summary>Tells how the connections stand, without a call of its own.</summary>
    public Task<Result<IReadOnlyList<ConnectionState>>> ListConnectionsAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var only = Gate.Narrowed(caller, named: null);
        return gate.PassAsync(
            new GateRequest(caller, only ?? AdministrationGateway.Installation, default, "connections.states"),
            "look at how the connections stand",
            Lookers,
            async () => Result<IReadOnlyList<ConnectionState>>.Of(
                [.. (await connections.ListAsync(cancellationToken)).Where(state => only is null || state.Connection.Name == only)]),
            cancellationToken);
    }

    /// <summary>Lists alerts, newest first.</summary>
    public Task<Result<IReadOnlyList<AlertRow>>> ListAlertsAsync(Caller caller, AlertQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(caller);
        query = query with { Connection = Gate.Narrowed(caller, query.Connection) };
        return gate.PassAsync(
            new GateRequest(caller, query.Connection ?? AdministrationGateway.Installation, default, "alerts.list"),
            "look at alerts",
            Lookers,
            async () => Result<IReadOnlyList<AlertRow>>.Of(alerts is null ? [] : await alerts.ListAsync(query, cancellationToken)),
            cancellationToken);
    }
}
