using Liaison.Audit;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Policy;
using Liaison.Reading;
using Liaison.Writeback;

namespace Liaison.Gateway;

/// <summary>A change set with every move it made.</summary>
public sealed record ChangeHistory(ChangeSetRow Change, IReadOnlyList<ChangeTransition> Moves);

/// <summary>The one way to propose changes, decide on them, apply and undo them, whichever door asks.</summary>
/// <remarks>Safe for concurrent use. Every call passes the gate: it is recorded, judged, and its outcome recorded.</remarks>
public sealed class ChangeGateway(
    Gate gate,
    Members members,
    ReadRecords read, TypeOpener types,
    MatchCompany match,
    IChangeSetStore store,
    ProposeChange propose,
    DecideChanges decide,
    ApprovalSets sets,
    ApplyApproved apply,
    MergeCreates merge,
    UndoChanges undo,
    ExpireChanges expire)
{
    // One call's worth of records to every CRM, so that an interruption leaves little between two states.
    private const int Chunk = 100;

    private readonly ApplyAtGate applying = new(apply, merge);
    private readonly ShownChanges shown = new(gate, members, types);
    private readonly ProposeAtGate proposing = new(gate, read, match, propose, shown: new ShownChanges(gate, members, types));

    private static readonly Role[] Everybody = [Role.User, Role.Approver, Role.Operator, Role.Auditor, Role.Admin];

    /// <summary>Proposes a change: it is validated, and applied, or stored to wait for a person.</summary>
    /// <returns>The change set as it then stands; the failure of the first check that refused.</returns>
    public Task<Result<Proposal>> ProposeAsync(Caller caller, ChangeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var target = request.Action.Target;
        return gate.PassAsync(
            new GateRequest(caller, target.Connection, target.Type, "changes.propose")
            {
                Records = target.Id.Length > 0 ? [target.Id] : [],
                Fields = ActionFacts.FieldsOf(request.Action),
            },
            Access.Write,
            permit => proposing.ProposeAsync(caller, permit, request, cancellationToken),
            cancellationToken,
            proposal => new AuditClosing
            {
                Summary = proposal.Stored is { } row ? $"{row.Id} {row.State}" : "nothing to change",
                Values = proposal.Stored is { } stored ? ChangedValues.Of(stored) : [],
            });
    }

    /// <summary>Lists change sets, newest first: all of them to those who oversee, their own to everybody else.</summary>
    public async Task<Result<IReadOnlyList<ChangeSetRow>>> ListAsync(Caller caller, ChangeQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(query);
        await expire.SweepAsync(cancellationToken);
        query = query with { Connection = Gate.Narrowed(caller, query.Connection) };
        return await gate.PassAsync(
            new GateRequest(caller, query.Connection ?? AdministrationGateway.Installation, default, "changes.list"),
            "look at change sets",
            Everybody,
            async () => Result<IReadOnlyList<ChangeSetRow>>.Of(
                await shown.ToAsync(caller, await store.ListAsync(Narrowed(caller, query), cancellationToken), cancellationToken)),
            cancellationToken,
            rows => new AuditClosing { Records = [.. rows.Select(row => row.Record.Id).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal)] });
    }

    /// <summary>Shows one change set with every move it made.</summary>
    /// <returns><see cref="FailureKind.NotFound"/> for one that is not there, or not for this caller.</returns>
    public Task<Result<ChangeHistory>> ShowAsync(Caller caller, string id, CancellationToken cancellationToken = default) =>
        OnAsync<ChangeHistory>(
            caller, id, "changes.show", Everybody,
            async row => new ChangeHistory((await shown.ToAsync(caller, [row], cancellationToken))[0], await store.ListMovesAsync(row.Id, cancellationToken)),
            cancellationToken);

    /// <summary>Says yes to a change set; bound to what it is and how its record stands.</summary>
    public Task<Result<ChangeSetRow>> ApproveAsync(Caller caller, Decision decision, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return OnAsync(
            caller, decision.Id, "changes.approve", [Role.Approver],
            async row => (await EachGroupAsync(
                [row], (permit, rows) => decide.ApproveAsync(caller, permit, rows, decision, cancellationToken))).Single(),
            cancellationToken,
            decision.Comment);
    }

    /// <summary>Says no to a change set.</summary>
    public Task<Result<ChangeSetRow>> RejectAsync(Caller caller, Decision decision, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return OnAsync(
            caller, decision.Id, "changes.reject", [Role.Approver], row => decide.RejectAsync(caller, row, decision, cancellationToken), cancellationToken, decision.Comment);
    }

    /// <summary>Draws a set of waiting change sets, with a random sample that is to be looked at before the whole is approved.</summary>
    public async Task<Result<ApprovalSet>> DrawSetAsync(Caller caller, ChangeQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(query);
        query = query with { Connection = Gate.Narrowed(caller, query.Connection) };
        await expire.SweepAsync(cancellationToken);
        return await gate.PassAsync(
            SetRequest(caller, query, "changes.draw-set"), "decide on changes", [Role.Approver], () => sets.DrawAsync(query, cancellationToken), cancellationToken);
    }

    /// <summary>Says yes to every change set of a set that was shown; each is judged for itself all the same.</summary>
    /// <param name="token">What stands for the set that was shown.</param>
    public Task<Result<IReadOnlyList<Result<ChangeSetRow>>>> ApproveSetAsync(
        Caller caller, ChangeQuery query, string token, string? comment, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(query);
        query = query with { Connection = Gate.Narrowed(caller, query.Connection) };
        return gate.PassAsync<IReadOnlyList<Result<ChangeSetRow>>>(
            SetRequest(caller, query, "changes.approve-set"),
            "decide on changes",
            [Role.Approver],
            async () => (await sets.OpenAsync(query, token, cancellationToken)).TryGet(out var rows, out var failure)
                ? await EachGroupAsync(rows, (permit, group) => decide.ApproveAsync(caller, permit, group, new Decision("", Comment: comment), cancellationToken))
                : failure,
            cancellationToken,
            results => new AuditClosing { Summary = $"{results.Count(result => result.Failure is null)} of {results.Count} approved" });
    }

    /// <summary>Applies an approved change set; one that stands applied already is answered from its receipt.</summary>
    /// <remarks>The write is made with the proposer's rights as they are now; whoever asks for it needs to be the proposer, an approver or an operator.</remarks>
    public Task<Result<ChangeSetRow>> ApplyAsync(Caller caller, string id, CancellationToken cancellationToken = default) =>
        OnAsync(
            caller, id, "changes.apply", Everybody,
            async row => row.Proposer.Subject == caller.Subject || members.Require(caller, "apply what others propose", Role.Approver, Role.Operator).TryGet(out _, out var denied)
                ? await shown.ToAsync(
                    caller, (await EachGroupAsync([row], (permit, rows) => applying.ApplyAsync(caller, permit, rows, cancellationToken))).Single(), cancellationToken)
                : denied,
            cancellationToken);

    /// <summary>Applies every approved change set that a query gives.</summary>
    public async Task<Result<IReadOnlyList<Result<ChangeSetRow>>>> ApplySetAsync(
        Caller caller, ChangeQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(query);
        query = query with { Connection = Gate.Narrowed(caller, query.Connection) };
        await expire.SweepAsync(cancellationToken);
        return await gate.PassAsync<IReadOnlyList<Result<ChangeSetRow>>>(
            SetRequest(caller, query, "changes.apply-set"),
            "apply changes",
            [Role.Approver, Role.Operator],
            async () =>
            {
                var rows = await store.ListAsync(query with { State = ChangeState.Approved, Limit = int.MaxValue }, cancellationToken);
                return await EachGroupAsync(rows, (permit, group) => applying.ApplyAsync(caller, permit, group, cancellationToken));
            },
            cancellationToken,
            results => new AuditClosing
            {
                Summary = $"{results.Count(result => result.Failure is null)} of {results.Count} applied",
                Values = [.. results.SelectMany(ChangedValues.Of)],
            });
    }

    /// <summary>Undoes one change set.</summary>
    /// <returns>The outcome; a restored one stands as <see cref="ChangeState.Undone"/>.</returns>
    public Task<Result<UndoOutcome>> UndoAsync(Caller caller, string id, string reason, CancellationToken cancellationToken = default) =>
        OnAsync<UndoOutcome>(
            caller, id, "changes.undo", [Role.Approver, Role.Operator],
            async row => (await UndoAsync(caller, [row], reason, progressed: null, cancellationToken)).TryGet(out var outcomes, out var failure) ? outcomes[0] : failure,
            cancellationToken,
            reason);

    /// <summary>Undoes every applied change of a run that nobody has changed since, and tells of all the others (R234).</summary>
    /// <param name="progressed">Told after each chunk how many of how many have been looked at.</param>
    public async Task<Result<IReadOnlyList<UndoOutcome>>> UndoRunAsync(
        Caller caller, string runId, string reason, Action<int, int>? progressed = null, CancellationToken cancellationToken = default)
    {
        // A run is on one connection, which any of its changes tells.
        var first = await store.ListAsync(new ChangeQuery(RunId: runId, Limit: 1), cancellationToken);
        return await gate.PassAsync(
            new GateRequest(caller, first is [var row] ? row.Record.Connection : AdministrationGateway.Installation, default, "runs.undo") { Reason = reason },
            "undo runs",
            [Role.Approver, Role.Operator],
            async () =>
            {
                var rows = await store.ListAsync(new ChangeQuery(RunId: runId, Limit: int.MaxValue), cancellationToken);
                return await UndoAsync(
                    caller, [.. rows.Where(row => row.State is ChangeState.Applied or ChangeState.Verified)], reason, progressed, cancellationToken);
            },
            cancellationToken,
            outcomes => new AuditClosing
            {
                Records = [.. outcomes.Select(outcome => outcome.Record.Id).Distinct(StringComparer.Ordinal)],
                Summary = $"{outcomes.Count(outcome => outcome.Restored)} of {outcomes.Count} restored",
            });
    }

    private static GateRequest SetRequest(Caller caller, ChangeQuery query, string action) =>
        new(caller, query.Connection ?? AdministrationGateway.Installation, default, action);

    // An agent sees what it proposed itself: what its person did by other doors may hold what the agent may not read.
    private bool IsOwn(Caller caller, ChangeSetRow row) =>
        row.Proposer.Subject == caller.Subject && (row.Proposer.Actor == caller.Actor || !members.IsAgent(caller));

    private ChangeQuery Narrowed(Caller caller, ChangeQuery query) => shown.Oversees(caller) ? query : query with
    {
        Subject = caller.Subject.Id,
        Actor = members.IsAgent(caller) ? caller.Actor.Id : query.Actor,
    };

    private async Task<Result<T>> OnAsync<T>(
        Caller caller, string id, string action, IReadOnlyList<Role> roles, Func<ChangeSetRow, Task<Result<T>>> carryOut, CancellationToken cancellationToken, string? reason = null)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await expire.SweepAsync(cancellationToken);
        var found = await store.FindAsync(id, cancellationToken);

        // Somebody else's change is told like one that is not there.
        var row = found is not null && (IsOwn(caller, found) || shown.Oversees(caller)) ? found : null;
        return await gate.PassAsync(
            new GateRequest(caller, row?.Record.Connection ?? AdministrationGateway.Installation, row?.Record.Type ?? default, action)
            {
                Records = row is { Record.Id.Length: > 0 } ? [row.Record.Id] : [],
                Reason = reason,
            },
            "do this with a change",
            roles,
            async () => row is not null
                ? await carryOut(row)
                : new Failure(FailureKind.NotFound, $"There is no change set \"{id}\" for this caller, or more than one begins so; liaison change list shows them."),
            cancellationToken,
            _ => new AuditClosing { Summary = row?.Id, Values = action == "changes.apply" && row is not null ? ChangedValues.Of(row) : [] });
    }

    private async Task<Result<IReadOnlyList<UndoOutcome>>> UndoAsync(
        Caller caller, IReadOnlyList<ChangeSetRow> rows, string reason, Action<int, int>? progressed, CancellationToken cancellationToken)
    {
        var outcomes = new List<UndoOutcome>(rows.Count);
        foreach (var group in rows.GroupBy(row => (Rights: RightsFor(caller, row), row.Record.Connection, row.Record.Type)))
        {
            if (!gate.Judge(group.Key.Rights, group.Key.Connection, group.Key.Type, Access.Write).TryGet(out var permit, out var failure))
            {
                outcomes.AddRange(group.Select(row => new UndoOutcome(row.Id, row.Record, Restored: false, failure.Message, [])));
                continue;
            }

            foreach (var chunk in Waves(group).SelectMany(wave => wave.Chunk(Chunk)))
            {
                if (!(await undo.ExecuteAsync(caller, permit, chunk, reason, cancellationToken)).TryGet(out var undone, out failure))
                {
                    return failure;
                }

                outcomes.AddRange(undone);
                progressed?.Invoke(outcomes.Count, rows.Count);
            }
        }

        return outcomes;
    }

    // Newest first, and each record once a wave: what the newer change of a run found there is what the older one wrote.
    private static IEnumerable<IEnumerable<ChangeSetRow>> Waves(IEnumerable<ChangeSetRow> newestFirst) => newestFirst
        .GroupBy(row => row.MadeId ?? row.Record.Id)
        .SelectMany(changes => changes.Index())
        .GroupBy(change => change.Index, change => change.Item);

    // What a principal did is undone with its own rights, and what a person did with that person's only by themselves: nobody acts
    // in a CRM under another person's name.
    private static Caller RightsFor(Caller caller, ChangeSetRow row) =>
        row.Proposer.Subject.Kind == SubjectKind.Principal || row.Proposer.Subject == caller.Subject ? row.Proposer : caller;

    private async Task<List<Result<ChangeSetRow>>> EachGroupAsync(
        IReadOnlyList<ChangeSetRow> rows, Func<Permit, IReadOnlyList<ChangeSetRow>, Task<Result<IReadOnlyList<Result<ChangeSetRow>>>>> carryOut)
    {
        var results = new Dictionary<string, Result<ChangeSetRow>>(StringComparer.Ordinal);
        foreach (var group in rows.GroupBy(row => (row.Proposer, row.Record.Connection, row.Record.Type)))
        {
            var judged = gate.Judge(group.Key.Proposer, group.Key.Connection, group.Key.Type, Access.Write);
            foreach (var chunk in group.Chunk(Chunk))
            {
                var answered = judged.TryGet(out var permit, out var failure) ? await carryOut(permit, chunk) : failure;
                var got = answered.TryGet(out var carried, out failure);
                for (var index = 0; index < chunk.Length; index++)
                {
                    results[chunk[index].Id] = got ? carried![index] : failure!;
                }
            }
        }

        return [.. rows.Select(row => results[row.Id])];
    }
}
