using Liaison.Audit;

namespace Liaison.Tests.Audit;

/// <summary>Rows and checkpoints as somebody left them, to be read only.</summary>
internal sealed class AuditRowsStore(IReadOnlyList<AuditRow> rows, params IReadOnlyList<AuditCheckpoint> checkpoints) : IAuditStore
{
    public Task AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<AuditRow> ReadAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        // As they stand, whatever their numbers say: an export can be in any order.
        var place = query.NewestFirst ? rows.Reverse() : rows.SkipWhile(row => row.Sequence <= query.After);
        return place.Take(query.Limit).ToAsyncEnumerable();
    }

    public Task<IReadOnlyList<string>> FindUnclosedAsync(int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> AddCheckpointAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<AuditCheckpoint> ReadCheckpointsAsync(long from, CancellationToken cancellationToken) =>
        checkpoints.Where(checkpoint => checkpoint.Sequence >= from).ToAsyncEnumerable();

    public Task<AuditCheckpoint?> FindLastCheckpointAsync(CancellationToken cancellationToken) => Task.FromResult<AuditCheckpoint?>(checkpoints is [.., var last] ? last : null);
}
