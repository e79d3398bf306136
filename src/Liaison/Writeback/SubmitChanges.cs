using Liaison.Failures;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Reading;

namespace Liaison.Writeback;

/// <summary>A change set beside the record as its proposer read it; <see langword="null"/> for a record that is yet to be made.</summary>
public sealed record ProposedChange(ChangeSet Change, Record? AsRead);

/// <summary>Takes changes in: judges each, applies those that need no person, and stores the rest to wait for one.</summary>
public sealed class SubmitChanges(
    TypeOpener types, IChangeSetStore store, ApplyChanges apply, BlastRadius radius, PolicyInForce policy, TimeProvider time)
{
    // Past so many at a time only what is on its way is held: judgements, stored forms and records are let go of.
    private const int PartSize = 1_000;

    /// <summary>Submits changes to records of one type, which may be made one after the other as they are taken.</summary>
    /// <returns>One outcome a change, in the order given; a failure where none could be judged.</returns>
    internal async Task<Result<IReadOnlyList<ChangeOutcome>>> ExecuteAsync(
        Permit permit, IEnumerable<ProposedChange> changes, CancellationToken cancellationToken) =>
        (await types.OpenAsync(permit, cancellationToken)).TryGet(out var open, out var failure)
            ? await ExecuteAsync(permit, open, changes, requestHash: null, cancellationToken)
            : failure;

    /// <summary>Submits changes to records of a type that is open already.</summary>
    internal async Task<Result<IReadOnlyList<ChangeOutcome>>> ExecuteAsync(
        Permit permit, OpenType open, IEnumerable<ProposedChange> changes, string? requestHash, CancellationToken cancellationToken)
    {
        var parts = new List<SubmittedPart>();

        // What has gone out is counted before more may: many submits at once would each see the same room.
        IAsyncDisposable? turn = null;
        try
        {
            foreach (var part in changes.Chunk(PartSize))
            {
                if (!(await WritableAsync(open, part, cancellationToken)).TryGet(out var writable, out var failure))
                {
                    return failure;
                }

                var submitted = new SubmittedPart(part);
                parts.Add(submitted);
                var automatic = await TakeInAsync(permit, open, writable, part, requestHash, submitted, cancellationToken);
                turn ??= automatic.Count > 0 ? await radius.TakeTurnAsync(permit.Caller, cancellationToken) : null;
                var within = await WithinRadiusAsync(permit, open, automatic, parts.Sum(earlier => earlier.Intents.Count), submitted.Outcomes, cancellationToken);
                submitted.Intents = await apply.PrepareAsync(within, cancellationToken);
            }

            await apply.SendAsync(permit, open, parts.SelectMany(part => part.Intents), cancellationToken);
        }
        finally
        {
            await (turn?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        return Result<IReadOnlyList<ChangeOutcome>>.Of([.. parts.SelectMany(part => part.Told())]);
    }

    /// <summary>Judges a part, answers and stores what is not sent, and gives what may be sent at once.</summary>
    private async Task<IReadOnlyList<ValidatedChangeSet>> TakeInAsync(
        Permit permit,
        OpenType open,
        WritableTypes writable,
        IReadOnlyList<ProposedChange> changes,
        string? requestHash,
        SubmittedPart part,
        CancellationToken cancellationToken)
    {
        var resolved = await ResolveAsync(new StageRules(open), changes, part.Outcomes, cancellationToken);
        var valid = Judge(new ChangeValidator(permit, writable, policy.Options, open.Dialect), resolved, part.Outcomes);
        valid.ForEach(change => (change.RequestHash, change.TraceId) = (requestHash, permit.Caller.TraceId));
        valid.ForEach(change => part.Contents[change.Change.Id] = change.Content);

        part.Note(await apply.SettleAsync(
            permit, open, [.. part.Outcomes.Values.Where(outcome => outcome.Unchanged).Select(outcome => outcome.Change)], cancellationToken));
        await StoreAsync([.. valid.Where(change => !change.IsAutomatic)], part.Outcomes, cancellationToken);
        return [.. valid.Where(change => change.IsAutomatic)];
    }

    private static async Task<IReadOnlyList<ProposedChange>> ResolveAsync(
        StageRules stages, IReadOnlyList<ProposedChange> changes, Dictionary<string, ChangeOutcome> outcomes, CancellationToken cancellationToken)
    {
        var resolved = new List<ProposedChange>(changes.Count);
        foreach (var proposed in changes)
        {
            if ((await stages.ResolveAsync(proposed.Change, proposed.AsRead, cancellationToken)).TryGet(out var change, out var failure))
            {
                resolved.Add(proposed with { Change = change });
            }
            else
            {
                outcomes[proposed.Change.Id] = new ChangeOutcome(proposed.Change, null, failure);
            }
        }

        return resolved;
    }

    private async Task<Result<WritableTypes>> WritableAsync(
        OpenType open, IReadOnlyList<ProposedChange> changes, CancellationToken cancellationToken)
    {
        var whole = new Dictionary<RecordType, RecordSchema> { [open.Whole.Type] = open.Whole };
        var actions = changes.Select(change => change.Change.Action).Where(action => action is not ChangeAction.LogSummary { IsLoggable: false });
        foreach (var type in actions.Select(action => ActionPlan.Of(action, default).Type).Distinct().Except(whole.Keys).ToList())
        {
            if (!(await types.DescribeBesideAsync(open, type, cancellationToken)).TryGet(out var schema, out var failure))
            {
                return failure;
            }

            whole[type] = schema;
        }

        return new WritableTypes(open.Permitted, whole);
    }

    private List<ValidatedChangeSet> Judge(
        ChangeValidator validator, IReadOnlyList<ProposedChange> changes, Dictionary<string, ChangeOutcome> outcomes)
    {
        // The CRMs keep milliseconds; more digits would make a read-back look like another value.
        var now = new DateTimeOffset(time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
        var valid = new List<ValidatedChangeSet>(changes.Count);
        var turns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (change, asRead) in changes)
        {
            // Lost outcomes are told by the stamp of time: two changes to one record must not carry the same.
            var record = change.Action.Target.Id;
            var turn = turns[record] = turns.GetValueOrDefault(record, -1) + 1;
            if (!validator.Validate(change, asRead, now.AddMilliseconds(turn)).TryGet(out var judged, out var failure))
            {
                outcomes[change.Id] = new ChangeOutcome(change, null, failure);
            }
            else if (judged is null)
            {
                outcomes[change.Id] = new ChangeOutcome(change, null, null, Unchanged: true);
            }
            else
            {
                valid.Add(judged);
            }
        }

        return valid;
    }

    private async Task<IReadOnlyList<ValidatedChangeSet>> WithinRadiusAsync(
        Permit permit,
        OpenType open,
        IReadOnlyList<ValidatedChangeSet> automatic,
        int underWay,
        Dictionary<string, ChangeOutcome> outcomes,
        CancellationToken cancellationToken)
    {
        if (await radius.JudgeAsync(permit, open, automatic.Count, underWay, cancellationToken) is not { } judged)
        {
            return automatic;
        }

        foreach (var beyond in automatic.Skip(judged.Allowed))
        {
            outcomes[beyond.Change.Id] = new ChangeOutcome(beyond.Change, null, judged.Beyond);
        }

        return [.. automatic.Take(judged.Allowed)];
    }

    private async Task StoreAsync(
        IReadOnlyList<ValidatedChangeSet> changes, Dictionary<string, ChangeOutcome> outcomes, CancellationToken cancellationToken)
    {
        var waiting = await WaitingAsync([.. changes.Where(MayWaitAlready)], cancellationToken);
        var fresh = new List<ValidatedChangeSet>(changes.Count);
        foreach (var change in changes)
        {
            if (MayWaitAlready(change) && waiting[change.Target].FirstOrDefault(row => IsSame(row, change)) is { } already)
            {
                outcomes[change.Change.Id] = new ChangeOutcome(change.Change, new Receipt(already.Id, already.Record, already.State, Sent: false), null);
            }
            else
            {
                fresh.Add(change);
            }
        }

        await AddAsync(fresh, outcomes, cancellationToken);
    }

    // People are not asked twice: what a later run proposes and an earlier one of the same proposer has asked for already is answered
    // by that. A request through a door has its own key and stands for itself.
    private static bool MayWaitAlready(ValidatedChangeSet change) => change is { IsDryRun: false, RequestHash: null, Target.Id.Length: > 0 };

    private static bool IsSame(ChangeSetRow row, ValidatedChangeSet change) =>
        row.Proposer.Subject == change.Change.Proposer.Subject
        && row.Proposer.Actor == change.Change.Proposer.Actor
        && ChangeContent.FromJson(row.Content).AsksForTheSameAs(change.Content);

    // For a whole batch at once: changes to records of one type are all on one connection.
    private async Task<ILookup<RecordRef, ChangeSetRow>> WaitingAsync(IReadOnlyList<ValidatedChangeSet> changes, CancellationToken cancellationToken)
    {
        IReadOnlyList<ChangeSetRow> rows = changes is [var first, ..]
            ? await store.ListAsync(
                new ChangeQuery(ChangeState.Waiting, Connection: first.Target.Connection, Limit: int.MaxValue)
                {
                    RecordIds = [.. changes.Select(change => change.Target.Id).Distinct(StringComparer.Ordinal)],
                },
                cancellationToken)
            : [];
        return rows.ToLookup(row => row.Record);
    }

    private async Task AddAsync(
        List<ValidatedChangeSet> changes, Dictionary<string, ChangeOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
        {
            return;
        }

        var rows = await store.AddAsync(
            [.. changes.Select(change => change.IsDryRun
                ? apply.RowOf(change, ChangeState.Validated, "dry run: shown, not sent")
                : apply.RowOf(change, ChangeState.Waiting, "waits for approval"))],
            cancellationToken);
        for (var index = 0; index < changes.Count; index++)
        {
            var row = rows[index];
            var change = changes[index].Change;
            outcomes[change.Id] = new ChangeOutcome(change, new Receipt(row.Id, row.Record, row.State, Sent: false), null);
        }
    }
}

/// <summary>A part of a submit: what is known of its changes, and what is on its way of them.</summary>
internal sealed class SubmittedPart(IReadOnlyList<ProposedChange> changes)
{
    private readonly IReadOnlyList<ChangeSet> order = [.. changes.Select(change => change.Change)];

    /// <summary>Gets what became of changes by their ids.</summary>
    public Dictionary<string, ChangeOutcome> Outcomes { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets what was found valid, by the changes' ids.</summary>
    public Dictionary<string, ChangeContent> Contents { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets what is sent.</summary>
    public IReadOnlyList<Intent> Intents { get; set; } = [];

    public void Note(IReadOnlyList<ChangeOutcome> known)
    {
        foreach (var outcome in known)
        {
            Outcomes[outcome.Change.Id] = outcome;
        }
    }

    /// <summary>Tells one outcome a change, in their order.</summary>
    public IEnumerable<ChangeOutcome> Told()
    {
        Note([.. Intents.Select(intent => intent.Outcome)]);
        return order.Select(change => Outcomes[change.Id] with { Content = Contents.GetValueOrDefault(change.Id) });
    }
}
