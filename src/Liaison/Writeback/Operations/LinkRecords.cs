using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Reading;

namespace Liaison.Writeback.Operations;

/// <summary>Makes and takes away links between records of two types.</summary>
internal sealed class LinkRecords(OpenType open, RecordType from, RecordType to) : IWriteOperation
{
    public int BatchSize => open.BatchSizeOf(CrmOperation.WriteAssociations);

    public bool SeesForSure => false;

    public Task<Result<IReadOnlyList<WriteOutcome>>> SendAsync(IReadOnlyList<PendingWrite> batch, CancellationToken cancellationToken) =>
        open.Session.LinkAsync(
            from,
            to,
            [.. batch.Select(write => new LinkWrite(
                write.Row.Id, write.Row.Record.Id, write.Content.Links[0].ToId, write.Content.Links[0].Label, write.Content.Links[0].Remove))],
            cancellationToken);

    // To make a link that is there, or to take away one that is not, succeeds by contract: sending again is looking.
    public Task<IReadOnlyList<PendingWrite>> SettleAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken) =>
        Task.FromResult(writes);
}
