using Liaison.Failures;
using Liaison.Identity;
using Liaison.Policy;
using Liaison.Writeback;

namespace Liaison.Gateway;

/// <summary>The one way to stop agents, let them go on, and let a run change more than its agent's limits allow.</summary>
public sealed class AgentGateway(Gate gate, KillSwitch stops, ISafeguardStore safeguards, ReportSafety report, TimeProvider time)
{
    private static readonly Role[] Brakes = [Role.Operator, Role.Admin, Role.Approver];

    /// <summary>Lists the stopped agents.</summary>
    public Task<Result<IReadOnlyList<StoppedAgent>>> ListStoppedAsync(Caller caller, CancellationToken cancellationToken = default) => PassAsync(
        caller, "agents.list", "look at stopped agents", [.. Brakes, Role.Auditor],
        async () => Result<IReadOnlyList<StoppedAgent>>.Of(await safeguards.ListStoppedAsync(cancellationToken)), cancellationToken);

    /// <summary>Tells how each agent has fared in each tier: what people said yes to, what was refused, what was undone (R211).</summary>
    /// <param name="days">How far back, 1 to 3,650 days.</param>
    /// <returns><see cref="FailureKind.Invalid"/> for another number of days.</returns>
    public Task<Result<IReadOnlyList<TierReport>>> ReportAsync(Caller caller, int days, CancellationToken cancellationToken = default) => PassAsync(
        caller, "agents.report", "look at how agents fare", [.. Brakes, Role.Auditor],
        async () => days is >= 1 and <= 3650
            ? Result<IReadOnlyList<TierReport>>.Of(await report.ExecuteAsync(time.GetUtcNow().AddDays(-days), cancellationToken))
            : new Failure(FailureKind.Invalid, "A report goes back 1 to 3650 days.") { Field = "days" },
        cancellationToken);

    /// <summary>Stops an agent, in every process within a second; what it has sent already stands and can be undone.</summary>
    /// <param name="actor">The agent's name, or <see cref="KillSwitch.Everyone"/>.</param>
    /// <param name="reason">Why, in one sentence.</param>
    public Task<Result<Done>> StopAsync(Caller caller, string actor, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentException.ThrowIfNullOrEmpty(reason);
        return PassAsync<Done>(
            caller, "agents.stop", "stop agents", Brakes,
            async () =>
            {
                await stops.StopAsync(actor, caller.Subject.Id, reason.TrimEnd('.') + ".", cancellationToken);
                return Done.Value;
            },
            cancellationToken);
    }

    /// <summary>Lets an agent go on.</summary>
    /// <returns><see cref="FailureKind.NotFound"/> for one that is not stopped.</returns>
    public Task<Result<Done>> ReleaseAsync(Caller caller, string actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return PassAsync<Done>(
            caller, "agents.release", "let agents go on", [Role.Operator, Role.Admin],
            async () => await stops.ReleaseAsync(actor, caller.Subject.Id, cancellationToken)
                ? Done.Value
                : new Failure(FailureKind.NotFound, $"The agent \"{actor}\" is not stopped; liaison agent list shows those that are."),
            cancellationToken);
    }

    /// <summary>Lets a run change more records than its agent's limits allow.</summary>
    /// <returns><see cref="FailureKind.Denied"/> to a named principal, which is no person.</returns>
    public Task<Result<Done>> ApproveVolumeAsync(Caller caller, string runId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return PassAsync<Done>(
            caller, "runs.approve-volume", "let a run change more", [Role.Approver],
            async () =>
            {
                if (caller.Subject.Kind != SubjectKind.User)
                {
                    return new Failure(FailureKind.Denied, $"\"{caller.Subject.Id}\" is a named principal and no person; a member with the role approver decides.")
                    {
                        DeniedBy = DeniedBy.Policy,
                    };
                }

                await safeguards.ApproveVolumeAsync(runId, caller.Subject.Id, time.GetUtcNow(), cancellationToken);
                return Done.Value;
            },
            cancellationToken);
    }

    private Task<Result<T>> PassAsync<T>(
        Caller caller, string action, string what, IReadOnlyList<Role> roles, Func<Task<Result<T>>> carryOut, CancellationToken cancellationToken) =>
        gate.PassAsync(new GateRequest(caller, AdministrationGateway.Installation, default, action), what, roles, carryOut, cancellationToken);
}
