using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Reading;
using Liaison.Writeback.Operations;

namespace Liaison.Writeback;

/// <summary>Sends what is durable as an intent, finds lost outcomes, sees what the CRM holds, and moves the change sets on.</summary>
/// <remarks>Everything that is written to a CRM goes through here, whoever asked and however it was approved.</remarks>
/// <param name="random">Spreads the waits between attempts.</param>
public sealed class ChangeSender(
    IChangeSetStore store, TypeOpener types, KillSwitch stops, MakerOwner makers, ChannelOptions options, Random random, TimeProvider time)
{
    private const int MovedAtOnce = 1_000;

    private readonly WritePace pace = new(options, new Backoff(options, random), time);

    /// <summary>Sends writes whose rows stand as <see cref="ChangeState.Applying"/>.</summary>
    /// <param name="open">The record type that the changes are about.</param>
    /// <param name="stoppable">Whether a stop of the permit's agent holds the writes back.</param>
    internal async Task SendAsync(
        Permit permit, OpenType open, IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken, bool stoppable = true)
    {
        var pending = writes.Where(write => write.Failure is null).ToList();
        foreach (var group in pending.GroupBy(write => (write.Content.Operation, write.Type, LinkedType(write))))
        {
            var (operation, type, linked) = group.Key;
            if (!(await SchemaOfAsync(permit, open, type, cancellationToken)).TryGet(out var schema, out var failure))
            {
                BatchSender.Fail([.. group], failure);
                continue;
            }

            await SendAsync(stoppable ? permit.Caller : null, open, OperationOf(operation, open, schema, linked), [.. group], cancellationToken);
        }

        await RecordAsync(writes);
        await VerifyAsync(permit, open, [.. pending.Where(write => write.State == ChangeState.Applied)], cancellationToken);
    }

    private async Task SendAsync(
        Caller? stoppable, OpenType open, IWriteOperation operation, IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var calls = new BatchSender(operation, pace, stops, stoppable, cancellationToken);
        if (operation is not UpdateRecords updates)
        {
            await SendWavesAsync(calls, operation, [.. await DueAsync(operation, writes, jobs: null, cancellationToken)], jobOf: null, cancellationToken);
            return;
        }

        var jobs = open.Jobs is { } taking ? new JobSender(taking, updates.Type, operation, calls, store, stops, stoppable, time) : null;
        var joined = JoinedWrites.Of(await DueAsync(operation, writes, jobs, cancellationToken));
        await SendWavesAsync(calls, operation, [.. joined.Select(join => join.Carrier)], wave => open.JobsForPart(wave.Count) is null ? null : jobs, cancellationToken);
        foreach (var join in joined)
        {
            join.Tell();
        }

        await SendWavesAsync(calls, operation, [.. joined.SelectMany(join => join.Apart)], jobOf: null, cancellationToken);
    }

    // What an earlier process left is in a job that is followed to its end, or is looked for in its record.
    private static async Task<IEnumerable<PendingWrite>> DueAsync(
        IWriteOperation operation, IReadOnlyList<PendingWrite> writes, JobSender? jobs, CancellationToken cancellationToken)
    {
        IReadOnlyList<PendingWrite> left = [.. writes.Where(write => write.MayBeThere)];
        var unknown = jobs is null || left.Count == 0 ? left : await jobs.ResumeAsync(left, cancellationToken);
        var missing = (await operation.SettleAsync(unknown, cancellationToken)).ToHashSet();
        foreach (var write in missing)
        {
            write.Failure = write.Hindrance;
        }

        return writes.Where(write => !write.MayBeThere || (missing.Contains(write) && write.Failure is null));
    }

    private static async Task SendWavesAsync(
        BatchSender calls,
        IWriteOperation operation,
        IReadOnlyList<PendingWrite> writes,
        Func<IReadOnlyList<PendingWrite>, JobSender?>? jobOf,
        CancellationToken cancellationToken)
    {
        // Below one record one behind the other, in a batch as in a job: side by side they would wait for its lock.
        foreach (var wave in Waves(writes).Select(wave => wave.OrderBy(write => write.LockedBy, StringComparer.Ordinal).ToList()))
        {
            await (jobOf?.Invoke(wave) is { } job ? job.SendAsync(wave, cancellationToken) : Task.WhenAll(wave.Chunk(operation.BatchSize).Select(calls.SendAsync)));
        }
    }

    private IWriteOperation OperationOf(WriteOperation operation, OpenType open, RecordSchema schema, RecordType linked) => operation switch
    {
        WriteOperation.Update => new UpdateRecords(open, schema.Type, store),
        WriteOperation.Create => new CreateRecords(open, schema, makers, time),
        WriteOperation.Link => new LinkRecords(open, schema.Type, linked),
        WriteOperation.Delete => new DeleteRecords(open, schema.Type),
    };

    // What cannot travel as one goes in waves, since CRMs refuse or race when one batch names a record twice; a wave begins
    // when the one before has ended, so that changes to one record arrive in the order in which they were asked.
    private static IEnumerable<IEnumerable<PendingWrite>> Waves(IReadOnlyList<PendingWrite> writes) =>
        writes
            .GroupBy(write => write.Row.Record.Id.Length > 0 ? write.Row.Record.Id : write.Row.Id)
            .SelectMany(group => group.Select((write, turn) => (write, turn)))
            .GroupBy(pair => pair.turn, pair => pair.write)
            .OrderBy(wave => wave.Key);

    private async Task RecordAsync(IReadOnlyList<PendingWrite> writes)
    {
        var moves = writes
            .Where(write => write.Row.State == ChangeState.Applying && write.State != ChangeState.Applying)
            .Select(write => ChangeStates.Move(write.Row, write.State, ChangeStates.Engine, NoteOf(write)) with { MadeId = write.MadeId });

        await MoveAsync(moves);
    }

    // Part by part: one transaction over the rows of a large job outgrows what a database holds of them at hand, and takes many times
    // as long. No token: the CRM has taken these writes, so their outcome must not be cancelled away.
    private async Task MoveAsync(IEnumerable<ChangeMove> moves)
    {
        foreach (var part in moves.Chunk(MovedAtOnce))
        {
            await store.MoveAsync(part, CancellationToken.None);
        }
    }

    private async Task VerifyAsync(Permit permit, OpenType open, IReadOnlyList<PendingWrite> applied, CancellationToken cancellationToken)
    {
        var moves = new List<ChangeMove>(applied.Count);
        foreach (var group in applied.GroupBy(write => (write.Content.Operation, write.Type)))
        {
            // A link or a delete has no values; that it was taken is all there is to see.
            IReadOnlyList<PendingWrite> equal = group.Key.Operation is WriteOperation.Link or WriteOperation.Delete ? [.. group]
                : (await SchemaOfAsync(permit, open, group.Key.Type, cancellationToken)).TryGet(out var schema, out _)
                    ? await new WriteVerifier(open, schema, time).EqualAsync([.. group], cancellationToken)
                    : [];
            foreach (var write in equal)
            {
                moves.Add(ChangeStates.Move(write.Row with { State = ChangeState.Applied }, ChangeState.Verified, ChangeStates.Engine, note: null));
                write.Verified = true;
            }
        }

        await MoveAsync(moves);
    }

    private async Task<Result<RecordSchema>> SchemaOfAsync(Permit permit, OpenType open, RecordType type, CancellationToken cancellationToken) =>
        type == permit.Type ? open.Whole : await types.DescribeBesideAsync(open, type, cancellationToken);

    private static RecordType LinkedType(PendingWrite write) =>
        write.Content.Operation == WriteOperation.Link ? new RecordType(write.Content.Links[0].ToType) : default;

    private static string? NoteOf(PendingWrite write) => write.Superseded
        ? "A newer result of another workflow stands in the record; it was not overwritten."
        : write.Failure?.Message ?? (write.JoinedTo is { } later
            ? $"Sent in one request with change {later.Row.Id}, whose value stands where both set a field."
            : null);
}
