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
        // Asked before storing: afterwards a change set that is submitted again under its own id would look like a new one.
        var earlier = await store.FindByKeysAsync([.. changes.Select(change => change.Change.Key)], cancellationToken);
        var stored = await store.AddAsync([.. changes.Select(change => RowOf(change, ChangeState.Applying))], cancellationToken);
        var outcomes = new Dictionary<string, ChangeOutcome>(StringComparer.Ordinal);
        var writes = new Dictionary<string, PendingWrite>(StringComparer.Ordinal);
        for (var index = 0; index < changes.Count; index++)
        {
            // One wish that comes twice in one submit is one write: the first carries it, the others get its outcome.
            if (!writes.ContainsKey(stored[index].Id))
            {
                Sort(changes[index].Change, stored[index], !earlier.ContainsKey(stored[index].Key), outcomes, writes);
            }
        }

        await ReopenFailedAsync([.. writes.Values], cancellationToken);
        var sender = new WriteSender(open, permit.Type, cancellationToken);
        var pending = writes.Values.Where(write => write.Failure is null).ToList();
        var missing = await sender.SettleAsync([.. pending.Where(write => write.MayBeThere)]);
        foreach (var wave in Waves([.. pending.Where(write => !write.MayBeThere || missing.Contains(write))]))
        {
            await Task.WhenAll(wave.Chunk(open.BatchSizeOf(CrmOperation.Write)).Select(sender.SendAsync));
        }

        await RecordAsync([.. writes.Values], outcomes);
        return [.. changes.Select((change, index) =>
            (outcomes.GetValueOrDefault(change.Change.Id) ?? outcomes[writes[stored[index].Id].Change.Id]) with { Change = change.Change })];
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
        ChangeSet change, ChangeSetRow row, bool isNew, Dictionary<string, ChangeOutcome> outcomes, Dictionary<string, PendingWrite> writes)
    {
        if (isNew && row.Id == change.Id)
        {
            writes.Add(row.Id, new PendingWrite(change, row, mayBeThere: false));
        }
        else if (row.State is ChangeState.Applying or ChangeState.Failed)
        {
            // The process that recorded this intent died before it learned the outcome; or the write failed and has grown old, so
            // that a newer one may have come in between. Either way the record is looked at first.
            writes.Add(row.Id, new PendingWrite(change, row, mayBeThere: true));
        }
        else
        {
            outcomes[change.Id] = new ChangeOutcome(change, new Receipt(row.Id, row.Record, row.State, Sent: false), null);
        }
    }

    /// <summary>Opens failed intents anew; one that another process has taken up in the meantime is left to it.</summary>
    private async Task ReopenFailedAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var failed = writes.Where(write => write.Row.State == ChangeState.Failed).ToList();
        if (failed.Count == 0)
        {
            return;
        }

        var moved = await store.MoveAsync(
            [.. failed.Select(write => new ChangeMove(write.Row.Id, ChangeState.Failed, ChangeState.Applying, Engine, "tried again"))],
            cancellationToken);
        foreach (var write in failed.Where(write => !moved.Contains(write.Row.Id)))
        {
            write.Failure = new Failure(
                FailureKind.Ambiguous, "Another process is trying this change again; asking once more tells what became of it.");
        }
    }

    // CRMs refuse or race when one batch names a record twice, so a second change to it goes into a later wave; a wave begins
    // when the one before has ended, so that changes to one record arrive in the order in which they were asked.
    private static IEnumerable<IEnumerable<PendingWrite>> Waves(IReadOnlyList<PendingWrite> writes) =>
        writes
            .GroupBy(write => write.Row.Record.Id)
            .SelectMany(group => group.Select((write, turn) => (write, turn)))
            .GroupBy(pair => pair.turn, pair => pair.write)
            .OrderBy(wave => wave.Key);

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
internal sealed class PendingWrite(ChangeSet change, ChangeSetRow row, bool mayBeThere)
{
    public ChangeSet Change { get; } = change;

    public ChangeSetRow Row { get; } = row;

    public ChangeContent Content { get; } = ChangeContent.FromJson(row.Content);

    /// <summary>Gets a value indicating whether an earlier attempt may have reached the record.</summary>
    public bool MayBeThere { get; } = mayBeThere;

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
