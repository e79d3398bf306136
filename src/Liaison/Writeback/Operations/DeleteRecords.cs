using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Reading;

namespace Liaison.Writeback.Operations;

/// <summary>Deletes records that earlier change sets made; a lost answer is told by whether the record is still there.</summary>
internal sealed class DeleteRecords(OpenType open, RecordType type) : IWriteOperation
{
    public int BatchSize => open.BatchSizeOf(CrmOperation.Delete);

    public bool SeesForSure => true;

    public Task<Result<IReadOnlyList<WriteOutcome>>> SendAsync(IReadOnlyList<PendingWrite> batch, CancellationToken cancellationToken) =>
        open.Session.DeleteAsync(type, [.. batch.Select(write => new RecordDelete(write.Row.Id, write.Row.Record.Id))], cancellationToken);

    public async Task<IReadOnlyList<PendingWrite>> SettleAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var there = new List<PendingWrite>();
        foreach (var batch in writes.Chunk(open.BatchSizeOf(CrmOperation.Read)))
        {
            var read = await open.Session.ReadAsync(type, [.. batch.Select(write => write.Row.Record.Id)], [], cancellationToken);
            if (!read.TryGet(out var found, out var failure))
            {
                BatchSender.Fail(batch, failure with { Kind = FailureKind.Ambiguous });
                continue;
            }

            foreach (var write in batch)
            {
                write.Failure = null;
                if (!found.Missing.Contains(write.Row.Record.Id))
                {
                    there.Add(write);
                }
            }
        }

        return there;
    }
}
