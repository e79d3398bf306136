using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Policy;
using Liaison.Reading;

namespace Liaison.Writeback;

/// <summary>Applies valid changes once: the intent is durable before the call, and a lost answer is settled by looking.</summary>
public sealed class ApplyChanges(IChangeSetStore store, TimeProvider time)
{
    private const string Engine = "liaison";

    /// <summary>Applies changes to records of one type and tells the outcome of each, in the order given.</summary>
    internal async Task<IReadOnlyList<ChangeOutcome>> ExecuteAsync(
        Permit permit, OpenType open, IReadOnlyList<ValidatedChangeSet> changes, CancellationToken cancellationToken)
    {
        var stored = await store.AddAsync([.. changes.Select(change => RowOf(change, ChangeState.Applying))], cancellationToken);
        var outcomes = new Dictionary<string, ChangeOutcome>(StringComparer.Ordinal);
        var fresh = new List<PendingWrite>();
        var unsettled = new List<PendingWrite>();
        for (var index = 0; index < changes.Count; index++)
        {
            Sort(changes[index], stored[index], outcomes, fresh, unsettled);
        }

        var sender = new WriteSender(open, permit.Type, cancellationToken);
        fresh.AddRange(await sender.SettleAsync(unsettled));
        await ReopenFailedAsync(fresh, cancellationToken);
        await Task.WhenAll(Waves(fresh, open.BatchSizeOf(CrmOperation.Write)).Select(sender.SendAsync));
        await RecordAsync([.. unsettled, .. fresh.Except(unsettled)], outcomes);
        return [.. changes.Select(change => outcomes[change.Change.Id])];
    }

    internal ChangeSetRow RowOf(ValidatedChangeSet change, ChangeState state, string? note = null)
    {
        var json = change.Content.ToJson();
        var now = time.GetUtcNow();
        return new ChangeSetRow(
            change.Change.Id,
            change.Change.Key,
            change.Target,
            state,
            change.Risk,
            json,
            ChangeContent.HashOf(change.Target, json),
            change.RecordVersion,
            change.Change.Proposer,
            note,
            now,
            now);
    }

    // What stands under the key decides: the same wish asked again is answered from what became of it the first time.
    private static void Sort(
        ValidatedChangeSet change,
        ChangeSetRow row,
        Dictionary<string, ChangeOutcome> outcomes,
        List<PendingWrite> fresh,
        List<PendingWrite> unsettled)
    {
        if (row.Id == change.Change.Id || row.State == ChangeState.Failed)
        {
            fresh.Add(new PendingWrite(change.Change, row));
        }
        else if (row.State == ChangeState.Applying)
        {
            // The process that recorded this intent died before it learned the outcome.
            unsettled.Add(new PendingWrite(change.Change, row));
        }
        else
        {
            outcomes[change.Change.Id] = new ChangeOutcome(change.Change, new Receipt(row.Id, row.Record, row.State, Sent: false), null);
        }
    }

    private Task<IReadOnlySet<string>> ReopenFailedAsync(List<PendingWrite> writes, CancellationToken cancellationToken) =>
        store.MoveAsync(
            [.. writes
                .Where(write => write.Row.State == ChangeState.Failed)
                .Select(write => new ChangeMove(write.Row.Id, ChangeState.Failed, ChangeState.Applying, Engine, "tried again"))],
            cancellationToken);

    // CRMs refuse or race when one batch names a record twice, so a second change to it goes into a later batch.
    private static IEnumerable<IReadOnlyList<PendingWrite>> Waves(List<PendingWrite> writes, int batchSize) =>
        writes
            .GroupBy(write => write.Row.Record.Id)
            .SelectMany(group => group.Select((write, turn) => (write, turn)))
            .GroupBy(pair => pair.turn, pair => pair.write)
            .SelectMany(turn => turn.Chunk(batchSize));

    private async Task RecordAsync(IReadOnlyList<PendingWrite> writes, Dictionary<string, ChangeOutcome> outcomes)
    {
        var moves = new List<ChangeMove>(writes.Count);
        foreach (var write in writes)
        {
            var state = write.State;
            if (state != ChangeState.Applying)
            {
                moves.Add(new ChangeMove(write.Row.Id, ChangeState.Applying, state, Engine, write.Failure?.Message));
            }

            outcomes[write.Change.Id] = write.Failure is { } failure
                ? new ChangeOutcome(write.Change, null, failure)
                : new ChangeOutcome(write.Change, new Receipt(write.Row.Id, write.Row.Record, state, write.Sent), null);
        }

        // No token: the CRM has taken these writes, so their outcome must not be cancelled away.
        await store.MoveAsync(moves, CancellationToken.None);
    }
}

/// <summary>A write on its way: the change that was asked, the intent that stands for it, and what became of it.</summary>
internal sealed class PendingWrite(ChangeSet change, ChangeSetRow row)
{
    public ChangeSet Change { get; } = change;

    public ChangeSetRow Row { get; } = row;

    public ChangeContent Content { get; } = ChangeContent.FromJson(row.Content);

    public Failure? Failure { get; set; }

    public bool Sent { get; set; }

    public bool Superseded { get; set; }

    public ChangeState State => this switch
    {
        { Superseded: true } => ChangeState.Conflicted,
        { Failure: null } => ChangeState.Applied,

        // The outcome is still unknown: the intent stays open, and the next attempt looks before it sends.
        { Failure.Kind: FailureKind.Ambiguous } => ChangeState.Applying,
        _ => ChangeState.Failed,
    };

    public RecordWrite ToWrite() => new(
        Row.Id, Row.Record.Id, Content.Fields.ToDictionary(delta => delta.NativeName, delta => delta.After, StringComparer.Ordinal));
}
