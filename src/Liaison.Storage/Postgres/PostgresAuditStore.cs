using System.Runtime.CompilerServices;
using Liaison.Audit;

namespace Liaison.Storage.Postgres;

/// <summary>The audit in a PostgreSQL database.</summary>
/// <remarks>
/// The chain stays whole across nodes: one appends at a time, under a lock that its transaction holds. Appends that wait for the lock
/// are stored together with the next.
/// </remarks>
public sealed class PostgresAuditStore : IAuditStore, IDisposable
{
    private const int PageSize = 1000;

    private readonly PostgresDatabase database;
    private readonly AuditAppends appends;
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Opens the audit of a database.</summary>
    public PostgresAuditStore(PostgresDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        this.database = database;
        appends = new AuditAppends(StoreAsync);
    }

    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return entries.Count == 0 ? Task.CompletedTask : appends.AppendAsync(entries, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AuditRow> ReadAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);

        // Page by page, since a reader that stays open keeps the server from clearing away dead rows; and one page ahead, since a
        // walk along the whole chain spends as long on hashing a page as the database on giving it.
        var left = query.Limit;
        var reading = ReadPageAsync(query, Math.Min(left, PageSize), cancellationToken);
        while (true)
        {
            var page = await reading;
            left -= page.Count;
            var more = page.Count == PageSize && left > 0;
            if (more)
            {
                query = query.NewestFirst ? query with { Before = page[^1].Sequence } : query with { After = page[^1].Sequence };
                reading = ReadPageAsync(query, Math.Min(left, PageSize), cancellationToken);
            }

            foreach (var row in page)
            {
                yield return row;
            }

            if (!more)
            {
                yield break;
            }
        }
    }

    /// <inheritdoc/>
    public Task<AuditSegment> WalkAsync(long after, int most, CancellationToken cancellationToken) =>
        database.ReadAsync(session => PostgresAuditRows.WalkAsync(session, after, most), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> FindUnclosedAsync(int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async session => await session.Statement("SELECT trace_id FROM audit_unclosed ORDER BY sequence LIMIT @limit")
                .With("@limit", limit)
                .ListAsync(row => row.Text(0)),
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> AddCheckpointAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return database.WriteAsync(session => PostgresAuditCheckpoints.AddAsync(session, checkpoint), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AuditCheckpoint> ReadCheckpointsAsync(
        long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await database.ReadAsync(session => PostgresAuditCheckpoints.ReadAsync(session, from, PageSize), cancellationToken);
            foreach (var checkpoint in page)
            {
                yield return checkpoint;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            from = page[^1].Sequence + 1;
        }
    }

    /// <inheritdoc/>
    public Task<AuditCheckpoint?> FindLastCheckpointAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(PostgresAuditCheckpoints.LastAsync, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task StoreAsync(AuditBatch batch)
    {
        // The caller is let go first: it holds up everybody else who appends.
        await Task.Yield();

        // Only whoever has the turn asks for the lock: the others of this node gather meanwhile instead of queueing in the database.
        await turn.WaitAsync(CancellationToken.None);
        try
        {
            var entries = batch.Close();
            await database.WriteAsync(session => PostgresAuditRows.AppendAsync(session, entries), CancellationToken.None);
        }
        finally
        {
            turn.Release();
        }
    }

    private Task<List<AuditRow>> ReadPageAsync(AuditQuery query, int size, CancellationToken cancellationToken) =>
        database.ReadAsync(session => PostgresAuditRows.ReadAsync(session, query, size), cancellationToken);
}
