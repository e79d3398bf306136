using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Gateway.Documents;
using Liaison.Policy;
using Liaison.Server.Rest.Problems;
using Liaison.Writeback;

namespace Liaison.Server.Rest.Views;

/// <summary>A yes or a no.</summary>
/// <param name="ContentHash">The hash of what was shown; another content is then refused. Left out, the content as it stands is meant.</param>
/// <param name="Comment">What to say to it; stored with the decision.</param>
internal sealed record DecisionBody(string? ContentHash = null, string? Comment = null);

/// <summary>Why something is undone or stopped.</summary>
internal sealed record ReasonBody(string Reason);

/// <summary>A set of waiting changes by rule: those of a run, of an agent, or of both.</summary>
/// <param name="Token">What stands for the set that was shown; needed to approve it.</param>
internal sealed record ChangeSetBody(string? Run = null, string? Agent = null, string? Token = null, string? Comment = null)
{
    public ChangeQuery Query => new(RunId: Run) { Actor = Agent };
}

/// <summary>A change set.</summary>
/// <param name="ContentHash">What an approval binds to.</param>
/// <param name="Moves">Every move it made; left out in lists.</param>
internal sealed record ChangeView(
    string Id,
    string Action,
    string Record,
    ChangeState State,
    RiskClass Risk,
    string Reason,
    string Source,
    string Subject,
    string Actor,
    string? Run,
    string? Note,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string ContentHash,
    IReadOnlyList<ChangedFieldDocument> Fields,
    IReadOnlyList<LinkDelta> Links,
    IReadOnlyList<EvidenceDocument> Evidence,
    IReadOnlyList<string> Warnings,
    Approval? Approval,
    string? MadeId,
    IReadOnlyList<ChangeTransition>? Moves)
{
    public static ChangeView Of(ChangeHistory history) => Of(history.Change, history.Moves);

    public static ChangeView Of(ChangeSetRow row) => Of(row, moves: null);

    private static ChangeView Of(ChangeSetRow row, IReadOnlyList<ChangeTransition>? moves)
    {
        var content = ChangeContent.FromJson(row.Content);
        return new ChangeView(
            row.Id, content.Action, row.Record.ToString(), row.State, row.Risk, content.Reason, content.Source, row.Proposer.Subject.Id,
            row.Proposer.Actor.Id, row.Proposer.RunId, row.Note, row.CreatedAt, row.UpdatedAt, row.ContentHash,
            ChangedFieldDocument.Of(content),
            content.Links, EvidenceDocument.Of(content), content.Warnings,
            row.Approval, row.MadeId, moves);
    }
}

/// <summary>What became of a proposal.</summary>
/// <param name="Change">The change set; left out where nothing was to change.</param>
/// <param name="Unchanged">Whether the record holds every value already, so that nothing was stored.</param>
/// <param name="Repeated">Whether the same request came before under its key, and this is its answer.</param>
internal sealed record ProposalView(ChangeView? Change, bool Unchanged, bool Repeated)
{
    public static ProposalView Of(Proposal proposal) =>
        new(proposal.Stored is { } row ? ChangeView.Of(row) : null, proposal.Stored is null, proposal.Repeated);
}

/// <summary>Change sets, newest first.</summary>
internal sealed record ChangeListView(IReadOnlyList<ChangeView> Changes);

/// <summary>A set of waiting change sets with a random sample of it.</summary>
internal sealed record ApprovalSetView(string Token, int Count, IReadOnlyList<ChangeView> Sample);

/// <summary>What became of each change set of a set.</summary>
internal sealed record ChangeResultsView(int Changes, int Done, IReadOnlyList<ChangeView> Standing, IReadOnlyList<Problem> Refused)
{
    public static ChangeResultsView Of(IReadOnlyList<Result<ChangeSetRow>> results) => new(
        results.Count,
        results.Count(result => result.Failure is null),
        [.. results.Where(result => result.Failure is null).Select(result => result.TryGet(out var row, out _) ? ChangeView.Of(row) : null).OfType<ChangeView>()],
        [.. results.Select(result => result.Failure).OfType<Failure>().Select(Problem.Of)]);
}

/// <summary>What an undo put back, and what stands in the way of the rest.</summary>
internal sealed record UndoView(int Changes, int Restored, IReadOnlyList<UndoOutcomeView> Outcomes)
{
    public static UndoView Of(IReadOnlyList<UndoOutcome> outcomes) => new(
        outcomes.Count,
        outcomes.Count(outcome => outcome.Restored),
        [.. outcomes.Select(outcome => new UndoOutcomeView(outcome.ChangeId, outcome.Record.ToString(), outcome.Restored, outcome.Why, outcome.Fields))]);
}

/// <summary>What became of the undoing of one change set.</summary>
/// <param name="Fields">The fields that somebody has changed since.</param>
internal sealed record UndoOutcomeView(string Change, string Record, bool Restored, string? Why, IReadOnlyList<string> Fields);

/// <summary>The stopped agents.</summary>
internal sealed record StoppedAgentListView(IReadOnlyList<StoppedAgent> Agents);

/// <summary>How each agent has fared in each tier.</summary>
internal sealed record SafetyReportView(IReadOnlyList<TierReport> Tiers);

/// <summary>That something was done which has nothing to show.</summary>
internal sealed record DoneView(bool Done);
