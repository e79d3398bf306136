using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Policy;

namespace Liaison.Gateway;

/// <summary>The one way to what an operator looks at when something goes wrong: the calls to the CRMs.</summary>
/// <remarks>Safe for concurrent use. Takes the role operator, auditor or admin; that somebody looked is recorded as everything is.</remarks>
public sealed class OperationsGateway(Gate gate, ICallLog calls)
{
    private static readonly Role[] Lookers = [Role.Operator, Role.Auditor, Role.Admin];

    /// <summary>Lists calls to CRMs, newest first.</summary>
    public Task<Result<IReadOnlyList<CallRow>>> ListCallsAsync(Caller caller, CallQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
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
}
