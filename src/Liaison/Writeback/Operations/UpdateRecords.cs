using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Reading;

namespace Liaison.Writeback.Operations;

/// <summary>Updates of records that stand; a lost answer is told by the stamps, which travel in the same request as the values.</summary>
/// <remarks>
/// Two changes of one source that are asked for in one instant carry the same stamps, and in some CRMs an instant is a second: then the
/// values tell which of them the record has.
/// </remarks>
internal sealed class UpdateRecords(OpenType open, RecordType type, IChangeSetStore store) : IWriteOperation
{
    // More than anybody asks of one record within an instant.
    private const int Twins = 20;

    private readonly WrittenValues values = new(open.Whole, open.Dialect);

    /// <summary>Gets the type of the records.</summary>
    public RecordType Type => type;

    public int BatchSize => open.BatchSizeOf(CrmOperation.Write);

    public bool SeesForSure => true;

    public Task<Result<IReadOnlyList<WriteOutcome>>> SendAsync(IReadOnlyList<PendingWrite> batch, CancellationToken cancellationToken) =>
        open.Session.WriteAsync(type, [.. batch.Select(write => write.ToWrite())], cancellationToken);

    public async Task<IReadOnlyList<PendingWrite>> SettleAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var missing = new List<PendingWrite>();

        // Writes may come in larger batches than a read takes.
        foreach (var batch in writes.Chunk(open.BatchSizeOf(CrmOperation.Read)))
        {
            missing.AddRange(await LookAsync(batch, cancellationToken));
        }

        return missing;
    }

    private async Task<IReadOnlyList<PendingWrite>> LookAsync(IReadOnlyList<PendingWrite> batch, CancellationToken cancellationToken)
    {
        var stamps = new Stamps(open.Whole, open.Dialect);
        var read = await open.Session.ReadAsync(
            type,
            [.. batch.Select(write => write.Row.Record.Id).Distinct(StringComparer.Ordinal)],
            [.. stamps.Fields.Union(values.FieldsOf(batch))],
            cancellationToken);
        if (!read.TryGet(out var found, out var failure))
        {
            BatchSender.Fail(batch, failure with { Kind = FailureKind.Ambiguous });
            return [];
        }

        var held = found.Records.ToDictionary(record => record.RequestedId ?? record.Id, StringComparer.Ordinal);
        var missing = new List<PendingWrite>();
        foreach (var write in batch)
        {
            var record = held.GetValueOrDefault(write.Row.Record.Id);
            if (!Settle(write, record, stamps, LaterOf(write, batch)) || await IsTwinsAsync(write, record, stamps, cancellationToken))
            {
                missing.Add(write);
            }
        }

        return missing;
    }

    private static PendingWrite[] LaterOf(PendingWrite write, IReadOnlyList<PendingWrite> batch) =>
        [.. batch.SkipWhile(other => other != write).Skip(1).Where(other => other.Row.Record == write.Row.Record)];

    /// <summary>Reads the outcome off the stamps.</summary>
    /// <returns>Whether the write is settled; otherwise it has not reached the record.</returns>
    private static bool Settle(PendingWrite write, NativeRecord? record, Stamps stamps, PendingWrite[] later)
    {
        if (record is null)
        {
            write.Failure = new Failure(FailureKind.NotFound, "The record is gone, so what became of the write cannot be seen.");
            return true;
        }

        var intended = stamps.MomentOf(write);
        var held = stamps.MomentOf(record);
        if (held is null || held < intended)
        {
            return false;
        }

        // A later stamp, or one of the same instant from another source, is another workflow's: an older result must not
        // overwrite a newer one (R143). That of a later change of ours says that both went in one request.
        write.JoinedTo = held > intended ? later.FirstOrDefault(other => stamps.MomentOf(other) == held && stamps.IsSourceOf(other, record)) : null;
        write.Superseded = write.JoinedTo is null && (held > intended || !stamps.IsSourceOf(write, record));
        write.Failure = null;
        return true;
    }

    /// <summary>Tells whether the record holds an earlier change with the same stamps, and not this one, which has not reached it then.</summary>
    private async Task<bool> IsTwinsAsync(PendingWrite write, NativeRecord? record, Stamps stamps, CancellationToken cancellationToken)
    {
        if (record is null || write.Superseded || write.JoinedTo is not null || values.AreIn(write, record.Values))
        {
            return false;
        }

        // Where there is none it was sent, and somebody has changed the record since.
        var others = await store.ListAsync(new ChangeQuery(Connection: write.Row.Record.Connection, RecordId: write.Row.Record.Id, Limit: Twins), cancellationToken);
        return others
            .Where(other => other.State is ChangeState.Applying or ChangeState.Applied or ChangeState.Verified && IsBefore(other, write.Row))
            .Select(other => new PendingWrite(other, mayBeThere: true))
            .Any(other => stamps.AreEqual(other, write) && values.AreIn(other, record.Values));
    }

    private static bool IsBefore(ChangeSetRow one, ChangeSetRow other) => (one.CreatedAt, one.Id).CompareTo((other.CreatedAt, other.Id)) < 0;
}
