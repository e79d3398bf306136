using System.Globalization;
using Liaison.Audit;
using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Policy;
using Liaison.Work;

namespace Liaison.Pipelines;

/// <summary>Puts replays of dead letters off to a time that an operator names, at which a served installation makes them (R142).</summary>
public sealed class PlanReplays(Gate gate, IDeadLetterStore letters, TimeProvider time)
{
    /// <summary>Plans the replay of one letter, or of every waiting one that a query selects now; takes the role operator.</summary>
    /// <param name="id">The letter; <see langword="null"/> for those of the query.</param>
    /// <param name="query">Which letters; its state and limit are not looked at, and with an id nothing of it is.</param>
    /// <param name="at">When; <see langword="null"/> takes off what was planned.</param>
    /// <returns>
    /// How many letters it holds for. <see cref="FailureKind.Invalid"/> for a time that has passed, <see cref="FailureKind.NotFound"/> for a letter
    /// that is not there, <see cref="FailureKind.Conflict"/> for one that does not wait.
    /// </returns>
    public async Task<Result<int>> PlanAsync(
        Caller caller, string? id, DeadLetterQuery query, DateTimeOffset? at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(query);
        query = query with { Connection = Gate.Narrowed(caller, query.Connection), State = DeadLetterState.Waiting };
        var found = id is null ? null : await letters.FindAsync(id, cancellationToken);
        return await gate.PassAsync<int>(
            DeadLetterGateway.RequestOf(caller, "dead-letters.plan", id is null ? query.Connection : found?.Record.Connection),
            "replay dead letters",
            [Role.Operator],
            async () => at <= time.GetUtcNow() ? Passed : id is null
                ? await letters.PlanAsync(await letters.ListAllAsync(query, cancellationToken), Planned(), cancellationToken)
                : await PlanOneAsync(id, found, Planned(), cancellationToken),
            cancellationToken,
            count => new AuditClosing
            {
                Summary = at is { } when
                    ? string.Create(CultureInfo.InvariantCulture, $"{count} planned for {when.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}")
                    : string.Create(CultureInfo.InvariantCulture, $"{count} planned no more"),
            });

        PlannedReplay? Planned() => at is { } when ? new PlannedReplay(when, caller with { TraceId = null }) : null;
    }

    private async Task<Result<int>> PlanOneAsync(string id, DeadLetter? found, PlannedReplay? planned, CancellationToken cancellationToken) =>
        found is null ? DeadLetterGateway.Unknown(id)
            : await letters.PlanAsync([found], planned, cancellationToken) is > 0 and var changed ? changed
            : new Failure(FailureKind.Conflict, $"Dead letter {found.Id} is {found.State} and does not wait; there is nothing to plan.");

    private static Failure Passed { get; } = new(FailureKind.Invalid, "The time lies in the past; name one ahead, or leave it out to replay at once.");
}
