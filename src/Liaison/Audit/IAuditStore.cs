namespace Liaison.Audit;

/// <summary>The durable, append-only audit.</summary>
/// <remarks>Appends of all processes on one store are put into one order; <see cref="AuditChain.Seal"/> is called inside it.</remarks>
public interface IAuditStore
{
    /// <summary>Appends entries in their order, each sealed onto the one before; durable when the task ends.</summary>
    Task AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken);

    /// <summary>Reads rows in order of their sequence.</summary>
    IAsyncEnumerable<AuditRow> ReadAsync(AuditQuery query, CancellationToken cancellationToken);

    /// <summary>Lists the trace ids of opened entries that were never closed, oldest first.</summary>
    Task<IReadOnlyList<string>> FindUnclosedAsync(int limit, CancellationToken cancellationToken);
}
