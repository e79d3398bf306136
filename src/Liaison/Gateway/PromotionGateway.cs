using Liaison.Audit;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Writeback;

namespace Liaison.Gateway;

/// <summary>The one way to let writes into production: what is promoted, on what ground, and what is taken back (R192).</summary>
/// <remarks>Safe for concurrent use. To look takes the role operator, approver, auditor or admin; to promote and to withdraw takes admin.</remarks>
public sealed class PromotionGateway(Gate gate, PromoteWrites promote)
{
    private static readonly Role[] Lookers = [Role.Operator, Role.Approver, Role.Auditor, Role.Admin];

    /// <summary>Tells how each write stands that is opened on a production connection.</summary>
    public Task<Result<IReadOnlyList<WriteStanding>>> ListAsync(Caller caller, ConnectionName connection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return gate.PassAsync(
            new GateRequest(caller, connection, default, "promotions.list"),
            "look at what is promoted",
            Lookers,
            () => promote.ListAsync(connection, cancellationToken),
            cancellationToken);
    }

    /// <summary>Promotes each write that is opened on a production connection and was taken by a sandbox of the same CRM.</summary>
    /// <param name="sandbox">The sandbox, which the caller's key has to reach as well.</param>
    /// <param name="runId">The run whose change sets alone count; <see langword="null"/> for the newest of the sandbox.</param>
    /// <returns>How each write stands afterwards, those that lack something among them.</returns>
    public Task<Result<IReadOnlyList<WriteStanding>>> MakeAsync(
        Caller caller, ConnectionName connection, ConnectionName sandbox, string? runId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return PassAsync(
            caller, connection, "promotions.make", reason: null,
            async () => PolicyEngine.Reach(caller, sandbox).TryGet(out _, out var beyond)
                ? await promote.MakeAsync(caller, connection, sandbox, runId, cancellationToken)
                : beyond,
            cancellationToken);
    }

    /// <summary>Promotes writes that no sandbox was seen to take.</summary>
    /// <param name="writes">The writes, as in <c>contact.ai_score</c> or <c>contact.create-task</c>.</param>
    /// <param name="reason">Why, in one sentence; the audit keeps it.</param>
    /// <returns><see cref="FailureKind.Denied"/> to a named principal, which is no person.</returns>
    public Task<Result<IReadOnlyList<WriteStanding>>> OverrideAsync(
        Caller caller, ConnectionName connection, IReadOnlyList<string> writes, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(writes);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return PassAsync(
            caller, connection, "promotions.override", reason,
            async () => caller.Subject.Kind == SubjectKind.User
                ? await promote.OverrideAsync(caller, connection, writes, reason, cancellationToken)
                : new Failure(FailureKind.Denied, $"\"{caller.Subject.Id}\" is a named principal and no person; a member with the role admin takes this upon themselves.")
                {
                    DeniedBy = DeniedBy.Policy,
                },
            cancellationToken,
            writes);
    }

    /// <summary>Takes promotions back; within a second the writes are shown and sent no more, in every process.</summary>
    /// <param name="reason">Why, in one sentence; the audit keeps it.</param>
    public Task<Result<IReadOnlyList<WriteStanding>>> WithdrawAsync(
        Caller caller, ConnectionName connection, IReadOnlyList<string> writes, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(writes);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return PassAsync(
            caller, connection, "promotions.withdraw", reason, () => promote.WithdrawAsync(connection, writes, cancellationToken), cancellationToken, writes);
    }

    private Task<Result<IReadOnlyList<WriteStanding>>> PassAsync(
        Caller caller,
        ConnectionName connection,
        string action,
        string? reason,
        Func<Task<Result<IReadOnlyList<WriteStanding>>>> carryOut,
        CancellationToken cancellationToken,
        IReadOnlyList<string>? writes = null) =>
        gate.PassAsync(
            new GateRequest(caller, connection, default, action) { Reason = reason },
            "promote writes or take that back",
            [Role.Admin],
            carryOut,
            cancellationToken,
            standing => new AuditClosing
            {
                Summary = string.Join(", ", writes ?? standing.Where(write => write.Promotion is not null).Select(write => write.Write)),
            });
}
