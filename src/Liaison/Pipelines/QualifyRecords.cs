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
internal sealed record ClaimedRecord(WorkItem Item, Record Record, string? Again = null)
{
    /// <summary>Gets the links to companies that came along with the record; <see langword="null"/> where they are read for themselves.</summary>
    public IReadOnlyList<Association>? Companies { get; init; }
}

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
    /// <param name="chunk">Emptied as it is worked on, so that a record is let go of once it is scored.</param>
    /// <returns>The ends; or the failure that concerns the run as a whole, with nothing done.</returns>
    public async Task<Result<IReadOnlyList<EndedItem>>> ProcessAsync(Queue<ClaimedRecord> chunk, CancellationToken cancellationToken)
    {
        if (!(await CompaniesAsync(chunk, cancellationToken)).TryGet(out var companyOf, out var failure))
        {
            return failure;
        }

        // Scored as they are taken: of a large chunk, contexts and values never lie all at once beside what is on its way.
        var qualified = new List<Qualified>(chunk.Count);
        var scores = await gateway.SubmitAsync(
            run.Caller, run.Connection, RecordType.Contact, [.. chunk.Select(claimed => claimed.Record.Ref.Id)], ScoreFields, Scores(chunk, companyOf, qualified), cancellationToken);
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

        var proposalOf = raises.Zip(proposed).ToDictionary(pair => pair.First.Item.Sequence, pair => pair.Second);
        return Result<IReadOnlyList<EndedItem>>.Of(
            [.. qualified.Select((entry, index) => OutcomeOf(entry, written[index], proposalOf.GetValueOrDefault(entry.Item.Sequence)))]);
    }

    /// <inheritdoc/>
    public void Dispose() => reading.Dispose();

    private async Task<Result<Dictionary<string, Record?>>> CompaniesAsync(Queue<ClaimedRecord> chunk, CancellationToken cancellationToken)
    {
        await reading.WaitAsync(cancellationToken);
        try
        {
            if (!(await LinksAsync(chunk, cancellationToken)).TryGet(out var links, out var failure))
            {
                return failure;
            }

            var companyOf = links.GroupBy(link => link.FromId).ToDictionary(
                group => group.Key, group => (group.FirstOrDefault(link => link.IsPrimary) ?? group.First()).ToId);
            return (await companies.FillAsync(companyOf.Values, cancellationToken)).TryGet(out _, out failure)
                ? companyOf.ToDictionary(pair => pair.Key, pair => companies.Find(pair.Value), StringComparer.Ordinal)
                : failure;
        }
        finally
        {
            reading.Release();
        }
    }

    private IEnumerable<ProposedChange> Scores(Queue<ClaimedRecord> chunk, Dictionary<string, Record?> companyOf, List<Qualified> qualified)
    {
        while (chunk.TryDequeue(out var claimed))
        {
            var (entry, score) = Qualify(claimed, companyOf.GetValueOrDefault(claimed.Record.Ref.Id));
            qualified.Add(entry);
            yield return score;
        }
    }

    private async Task<Result<IReadOnlyList<Association>>> LinksAsync(Queue<ClaimedRecord> chunk, CancellationToken cancellationToken)
    {
        IReadOnlyList<Association> brought = [.. chunk.SelectMany(claimed => claimed.Companies ?? [])];
        string[] left = [.. chunk.Where(claimed => claimed.Companies is null).Select(claimed => claimed.Record.Ref.Id)];
        if (left.Length == 0)
        {
            return Result<IReadOnlyList<Association>>.Of(brought);
        }

        var request = new AssociationRequest(run.Connection, RecordType.Contact, RecordType.Company, left);
        return (await gateway.AssociatedAsync(run.Caller, request, cancellationToken)).Then(read => Result<IReadOnlyList<Association>>.Of([.. brought, .. read]));
    }

    private Scored Qualify(ClaimedRecord claimed, Record? company)
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

        var score = Change(claimed, company, "score", changes, qualification.Rationale);
        return new Scored(new Qualified(claimed.Item, qualification.Score, qualification.Playbook, RaiseOf(claimed, company, qualification)), score);
    }

    private ProposedChange? RaiseOf(ClaimedRecord claimed, Record? company, Qualification qualification)
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
                company,
                "raise",
                [new FieldChange(raise.Field, new FieldValue.Option(raise.To, raise.To))],
                $"Score {qualification.Score} is {raise.From} or more. {qualification.Rationale}")
            : null;
    }

    private ProposedChange Change(ClaimedRecord claimed, Record? company, string step, IReadOnlyList<FieldChange> changes, string reason) => new(
        new ChangeSet(
            ids.Next("chg"),
            claimed.Again is { } again ? $"{run.Id}/{claimed.Record.Ref.Id}/{step}/{again}" : $"{run.Id}/{claimed.Record.Ref.Id}/{step}",
            new ChangeAction.UpdateFields(claimed.Record.Ref, changes),
            reason,
            $"{run.Pipeline}/{run.Id}",
            run.Caller)
        {
            LockedBy = company?.Ref.Id,
        },
        claimed.Record);

    private async Task<Result<IReadOnlyList<ChangeOutcome>>> SubmitAsync(
        List<ProposedChange> changes, CancellationToken cancellationToken) =>
        changes.Count == 0
            ? Result<IReadOnlyList<ChangeOutcome>>.Of([])
            : await gateway.SubmitAsync(run.Caller, run.Connection, RecordType.Contact, changes, cancellationToken);

    private EndedItem OutcomeOf(Qualified entry, ChangeOutcome score, ChangeOutcome? proposal)
    {
        var item = entry.Item;
        var refused = FailureOf(score) is null ? proposal : score;
        var result = new QualifyResult(entry.Score, entry.Playbook, proposal?.Receipt?.ChangeId).ToJson();
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

    private IReadOnlyList<string> ScoreFields =>
        [FieldNames.AiScore, FieldNames.AiRationale, FieldNames.AiPlaybook, .. scorecard.ScoreFields];

    private sealed record Qualified(WorkItem Item, int Score, string? Playbook, ProposedChange? Raise);

    private sealed record Scored(Qualified Entry, ProposedChange Change);
}
