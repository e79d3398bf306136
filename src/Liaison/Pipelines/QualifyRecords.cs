using Liaison.Context;
using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Model;
using Liaison.Pipelines.Scorecards;
using Liaison.Reading;
using Liaison.Work;
using Liaison.Writeback;

namespace Liaison.Pipelines;

/// <summary>A contact on its way through a run: the item that stands for it and the record as it was read.</summary>
/// <param name="Again">For a replay, what sets its change sets apart from those of the attempt that failed; the same as long as the letter is.</param>
internal sealed record ClaimedRecord(WorkItem Item, Record Record, string? Again = null);

/// <summary>The end of an item, beside the failure as it was met.</summary>
internal sealed record EndedItem(ItemOutcome Outcome, Failure? Failure);

/// <summary>Scores contacts: links and companies in batches, context, score, and the changes that follow from it.</summary>
internal sealed class QualifyRecords(
    LiaisonGateway gateway,
    IdSource ids,
    Run run,
    QualifyOptions options,
    QualifyFields fields,
    Scorecard scorecard,
    DateTimeOffset asOf,
    FailedOperations failed) : IDisposable
{
    private readonly CompanyShelf companies = new(gateway, run.Caller, run.Connection, fields.Company);

    // Links and companies are read by one chunk at a time, so that no company is asked for twice; writes overlap.
    private readonly SemaphoreSlim reading = new(1, 1);

    /// <summary>Works on one chunk and gives each item its end.</summary>
    /// <returns>The ends; or the failure that concerns the run as a whole, with nothing done.</returns>
    public async Task<Result<IReadOnlyList<EndedItem>>> ProcessAsync(IReadOnlyList<ClaimedRecord> chunk, CancellationToken cancellationToken)
    {
        if (!(await QualifyAsync(chunk, cancellationToken)).TryGet(out var qualified, out var failure))
        {
            return failure;
        }

        var scores = await SubmitAsync(qualified.ConvertAll(entry => entry.Score), cancellationToken);
        if (!scores.TryGet(out var written, out failure))
        {
            return failure;
        }

        // Only a contact whose score stands is proposed: an approver must find the reason in the record.
        var raises = qualified.Where((entry, index) => entry.Raise is not null && FailureOf(written[index]) is null).ToList();
        var proposals = await SubmitAsync(raises.ConvertAll(entry => entry.Raise!), cancellationToken);
        if (!proposals.TryGet(out var proposed, out failure))
        {
            return failure;
        }

        var proposalOf = raises.Zip(proposed).ToDictionary(pair => pair.First.Claimed.Item.Sequence, pair => pair.Second);
        return Result<IReadOnlyList<EndedItem>>.Of(
            [.. qualified.Select((entry, index) => OutcomeOf(entry, written[index], proposalOf.GetValueOrDefault(entry.Claimed.Item.Sequence)))]);
    }

    /// <inheritdoc/>
    public void Dispose() => reading.Dispose();

    private async Task<Result<List<Qualified>>> QualifyAsync(IReadOnlyList<ClaimedRecord> chunk, CancellationToken cancellationToken)
    {
        await reading.WaitAsync(cancellationToken);
        try
        {
            var request = new AssociationRequest(
                run.Connection, RecordType.Contact, RecordType.Company, [.. chunk.Select(claimed => claimed.Record.Ref.Id)]);
            if (!(await gateway.AssociatedAsync(run.Caller, request, cancellationToken)).TryGet(out var links, out var failure))
            {
                return failure;
            }

            var companyOf = links.GroupBy(link => link.FromId).ToDictionary(
                group => group.Key, group => (group.FirstOrDefault(link => link.IsPrimary) ?? group.First()).ToId);
            return (await companies.FillAsync(companyOf.Values, cancellationToken)).TryGet(out _, out failure)
                ? chunk.Select(claimed => Qualify(claimed, companies.Find(companyOf.GetValueOrDefault(claimed.Record.Ref.Id)))).ToList()
                : failure;
        }
        finally
        {
            reading.Release();
        }
    }

    private Qualified Qualify(ClaimedRecord claimed, Record? company)
    {
        var packet = ContextAssembler.Assemble(scorecard.Profile, claimed.Record, company);
        var qualification = scorecard.Score(packet, asOf);
        var changes = new List<FieldChange>
        {
            new(FieldNames.AiScore, new FieldValue.Number(qualification.Score)),
            new(FieldNames.AiRationale, new FieldValue.Text(qualification.Rationale)),
        };
        if (qualification.Playbook is { } playbook)
        {
            changes.Add(new FieldChange(FieldNames.AiPlaybook, new FieldValue.Option(playbook, playbook)));
        }

        changes.AddRange(qualification.Scores
            .Where(named => named.Field is not null)
            .Select(named => new FieldChange(named.Field!, new FieldValue.Number(named.Score))));

        var score = Change(claimed, "score", changes, qualification.Rationale);
        return new Qualified(claimed, qualification, score, RaiseOf(claimed, qualification));
    }

    private ProposedChange? RaiseOf(ClaimedRecord claimed, Qualification qualification)
    {
        if (options.Raise is not { } raise || qualification.Score < raise.From)
        {
            return null;
        }

        // Forward only: a contact whom a person has moved on already is left alone (R162).
        var held = claimed.Record[raise.Field];
        var movable = held is FieldValue.Option option
            && raise.OutOf.Any(from => from.Equals(option.Value, StringComparison.OrdinalIgnoreCase)
                || from.Equals(option.Label, StringComparison.OrdinalIgnoreCase));
        return movable
            ? Change(
                claimed,
                "raise",
                [new FieldChange(raise.Field, new FieldValue.Option(raise.To, raise.To))],
                $"Score {qualification.Score} is {raise.From} or more. {qualification.Rationale}")
            : null;
    }

    private ProposedChange Change(ClaimedRecord claimed, string step, IReadOnlyList<FieldChange> changes, string reason) => new(
        new ChangeSet(
            ids.Next("chg"),
            claimed.Again is { } again ? $"{run.Id}/{claimed.Record.Ref.Id}/{step}/{again}" : $"{run.Id}/{claimed.Record.Ref.Id}/{step}",
            new ChangeAction.UpdateFields(claimed.Record.Ref, changes),
            reason,
            $"{run.Pipeline}/{run.Id}",
            run.Caller),
        claimed.Record);

    private async Task<Result<IReadOnlyList<ChangeOutcome>>> SubmitAsync(
        List<ProposedChange> changes, CancellationToken cancellationToken) =>
        changes.Count == 0
            ? Result<IReadOnlyList<ChangeOutcome>>.Of([])
            : await gateway.SubmitAsync(run.Caller, run.Connection, RecordType.Contact, changes, cancellationToken);

    private EndedItem OutcomeOf(Qualified entry, ChangeOutcome score, ChangeOutcome? proposal)
    {
        var item = entry.Claimed.Item;
        var refused = FailureOf(score) is null ? proposal : score;
        var result = new QualifyResult(entry.Qualification.Score, entry.Qualification.Playbook, proposal?.Receipt?.ChangeId).ToJson();
        return (FailureOf(score) ?? proposal?.Failure) is { } failure
            ? new EndedItem(
                new ItemOutcome(item.Sequence, item.Fence, ItemEnd.Of(failure.Kind), failure.Kind.ToString(), failure.Message, result)
                {
                    Failed = ItemEnd.Of(failure.Kind) == ItemState.Dead ? failed.Of(refused!.Change, failure) : null,
                },
                failure)
            : new EndedItem(
                new ItemOutcome(item.Sequence, item.Fence, score.Unchanged && proposal is null or { Unchanged: true } ? ItemState.Skipped : ItemState.Done, Result: result),
                Failure: null);
    }

    // A newer result of another workflow stands in the record: nothing failed at the CRM, and this score is not there.
    private static Failure? FailureOf(ChangeOutcome score) => score.Receipt is { State: ChangeState.Conflicted }
        ? new Failure(FailureKind.Conflict, "A newer result of another workflow stands in the record; it was not overwritten.")
        : score.Failure;

    private sealed record Qualified(ClaimedRecord Claimed, Qualification Qualification, ProposedChange Score, ProposedChange? Raise);
}
