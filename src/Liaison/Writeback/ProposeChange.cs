using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Policy;
using Liaison.Reading;
using Liaison.Work;

namespace Liaison.Writeback;

/// <summary>Takes one change in through a door: reads the record and what is cited, judges, and stores what came of it, refusals too.</summary>
public sealed class ProposeChange(
    TypeOpener types,
    SubmitChanges submit,
    ApplyApproved apply,
    DuplicateCreates duplicates,
    IChangeSetStore store,
    IdSource ids,
    PolicyInForce policy,
    TimeProvider time)
{
    /// <summary>Proposes a change.</summary>
    /// <param name="readCited">Reads what is cited, with the caller's own rights.</param>
    /// <returns>
    /// The change set as it then stands; <see cref="FailureKind.Conflict"/> for a key that stands for another request and for a
    /// record that is no longer as the caller read it.
    /// </returns>
    internal async Task<Result<Proposal>> ExecuteAsync(
        Permit permit, ChangeRequest request, Func<ReadRequest, Task<Result<ReadAnswer>>> readCited, CancellationToken cancellationToken)
    {
        var id = ids.Next("chg");
        var key = KeyOf(permit, request, id);
        var hash = request.Hash();
        if ((await store.FindByKeysAsync([key], cancellationToken)).TryGetValue(key, out var earlier))
        {
            return earlier.RequestHash == hash && IsUnfinished(earlier)
                ? await TakeUpAsync(permit, earlier, cancellationToken)
                : Answer(earlier, id, hash);
        }

        if (!(await types.OpenAsync(permit, cancellationToken)).TryGet(out var open, out var failure)
            || !(await TargetAsync(permit, open, request, cancellationToken)).TryGet(out var target, out failure)
            || !(await EvidenceAsync(request, readCited)).TryGet(out var evidence, out failure))
        {
            return failure;
        }

        var change = new ChangeSet(id, key, request.Action, request.Reason, permit.Caller.Actor.Id, permit.Caller) { Evidence = evidence, Remarks = target.Remarks };
        var submitted = await submit.ExecuteAsync(permit, open, [new ProposedChange(change, target.Record)], hash, cancellationToken);
        if (!submitted.TryGet(out var outcomes, out failure))
        {
            return failure;
        }

        // What the CRM itself refused was sent, and stands as failed already.
        var outcome = outcomes[0];
        if (outcome.Failure is { Kind: FailureKind.Invalid or FailureKind.Denied } refused && await store.FindAsync(id, cancellationToken) is null)
        {
            await KeepRefusalAsync(change, refused, hash, cancellationToken);
        }

        return outcome switch
        {
            { Unchanged: true } => new Proposal(null, Repeated: false),
            { Receipt: { } receipt } => Answer((await store.FindAsync(receipt.ChangeId, cancellationToken))!, id, hash),
            _ => outcome.Failure!,
        };
    }

    // Keys are the caller's own: nobody else's stands in their way, and none tells of another's requests.
    private static string KeyOf(Permit permit, ChangeRequest request, string id) => request.Key is { } own
        ? $"{permit.Connection.Name}/{permit.Caller.Subject.Id}/{permit.Caller.Actor.Id}/{own}"
        : $"proposal/{id}";

    // What failed, or whose answer was lost, is no answer to a request that is asked again; what waited for a person is theirs to try again.
    private bool IsUnfinished(ChangeSetRow row) => row.Approval is null
        && (row.State == ChangeState.Failed || (row.State == ChangeState.Applying && time.GetUtcNow() - row.UpdatedAt >= ChangeStates.LongestInHand));

    private async Task<Result<Proposal>> TakeUpAsync(Permit permit, ChangeSetRow row, CancellationToken cancellationToken) =>
        (await apply.ExecuteAsync(permit.Caller, permit, [row], cancellationToken)).TryGet(out var results, out var failure)
            ? results[0].Then<Proposal>(stands => new Proposal(stands, Repeated: true))
            : failure;

    // Two requests of one key may meet at the store: the one that came first stands for both, where both ask for the same.
    private static Result<Proposal> Answer(ChangeSetRow row, string id, string hash) => row.RequestHash == hash
        ? new Proposal(row, Repeated: row.Id != id)
        : new Failure(
            FailureKind.Conflict,
            $"The idempotency key stands for another request already (change {row.Id}); use a new key for a new request.");

    private async Task<Result<Target>> TargetAsync(Permit permit, OpenType open, ChangeRequest request, CancellationToken cancellationToken)
    {
        if (request.Action is ChangeAction.CreateRecord create)
        {
            return (await duplicates.BeforeProposalAsync(permit, open, create, cancellationToken)).Then<Target>(remarks => new Target(null) { Remarks = remarks });
        }

        // The engine's own eyes for what it compares; what the caller asked for is resolved against the caller's rights later.
        var names = ProposalFields.Of(request.Action, open.Whole, permit, policy.Options);
        var read = await open.Session.ReadAsync(permit.Type, [request.Action.Target.Id], names, cancellationToken);
        if (!read.TryGet(out var batch, out var failure))
        {
            return failure;
        }

        if (batch.Records is not [var native])
        {
            return new Failure(
                FailureKind.NotFound, $"There is no such {permit.Type} for this caller: it is deleted, unknown, not visible or not the caller's to change.");
        }

        var record = RecordNormalizer.Normalize(native, open.Whole, names, permit.Connection.Name, open.Dialect, time.GetUtcNow());
        record = record with { Ref = request.Action.Target };
        return request.RecordVersion is { } version && record.Version is { } held && version != held
            ? new Failure(FailureKind.Conflict, "The record has changed since it was read; read it again and propose anew.")
            : new Target(record);
    }

    private static async Task<Result<IReadOnlyList<Evidence>>> EvidenceAsync(
        ChangeRequest request, Func<ReadRequest, Task<Result<ReadAnswer>>> readCited)
    {
        var evidence = new List<Evidence>();
        foreach (var cited in (request.Cites ?? []).GroupBy(cite => cite.Record))
        {
            var asked = new ReadRequest(
                cited.Key.Connection, cited.Key.Type, [cited.Key.Id], [.. cited.Select(cite => cite.Field).Distinct(StringComparer.Ordinal)]);
            if (!(await readCited(asked)).TryGet(out var answer, out var failure))
            {
                return failure;
            }

            evidence.AddRange(answer.Records.SelectMany(record => record.Fields.Values.Select(field =>
                new Evidence(record.Ref, field.Name, field.Value is FieldValue.RichText rich ? HtmlText.ToPlain(rich.Html) : ValueText.Of(field.Value)))));
        }

        return evidence;
    }

    // A refusal is kept for the figures of safety, and never holds its key: what was mended may be asked again.
    private async Task KeepRefusalAsync(ChangeSet change, Failure refused, string hash, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var content = new ChangeContent(
            ChangeCatalogue.NameOf(change.Action.Kind), WriteOperation.Update, change.Action.Target.Type.Name, change.Reason, change.Source, []);
        var json = content.ToJson();
        await store.AddAsync(
            [
                new ChangeSetRow(
                    change.Id, $"refused/{change.Id}", change.Action.Target, ChangeState.Refused, ChangeCatalogue.RiskOf(change.Action.Kind), json,
                    ChangeContent.HashOf(change.Action.Target, json), RecordVersion: null, change.Proposer, refused.Message, now, now)
                {
                    RequestHash = hash,
                    TraceId = change.Proposer.TraceId,
                },
            ],
            cancellationToken);
    }

    private sealed record Target(Record? Record)
    {
        public IReadOnlyList<string> Remarks { get; init; } = [];
    }
}
