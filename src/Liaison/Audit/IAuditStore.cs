namespace Liaison.Audit;

/// <summary>The durable, append-only audit.</summary>
/// <remarks>Appends of all processes on one store are put into one order; <see cref="AuditChain.Seal(ReadOnlyMemory{byte}, long, string)"/> is called inside it.</remarks>
public interface IAuditStore
{
    /// <summary>Appends entries in their order, each sealed onto the one before; durable when the task ends.</summary>
    Task AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken);

    /// <summary>Reads rows in order of their sequence, or newest first where the query says so.</summary>
    IAsyncEnumerable<AuditRow> ReadAsync(AuditQuery query, CancellationToken cancellationToken);

    /// <summary>Walks a piece of the chain, as <see cref="AuditSegmentWalk"/> does; a store may do it on its own bytes.</summary>
    /// <param name="after">The sequence behind which the piece begins.</param>
    /// <param name="most">The most rows.</param>
    Task<AuditSegment> WalkAsync(long after, int most, CancellationToken cancellationToken) =>
        AuditSegment.WalkAsync(ReadAsync(new AuditQuery(After: after, Limit: most), cancellationToken));

    /// <summary>Lists the trace ids of opened entries that were never closed, oldest first.</summary>
    Task<IReadOnlyList<string>> FindUnclosedAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Stores a checkpoint behind the newest; durable when the task ends.</summary>
    /// <returns>False, and nothing is stored, where another is the newest than the one that this names as the one before.</returns>
    Task<bool> AddCheckpointAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken);

    /// <summary>Reads checkpoints in order of their sequence.</summary>
    /// <param name="from">The least sequence.</param>
    IAsyncEnumerable<AuditCheckpoint> ReadCheckpointsAsync(long from, CancellationToken cancellationToken);

    /// <summary>Finds the newest checkpoint; <see langword="null"/> where nothing was signed yet.</summary>
    Task<AuditCheckpoint?> FindLastCheckpointAsync(CancellationToken cancellationToken);
}
