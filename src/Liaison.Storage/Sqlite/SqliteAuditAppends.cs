using Liaison.Audit;

namespace Liaison.Storage.Sqlite;

/// <summary>Gathers the appends that wait for the writer into one: callers that append at once share its reads, its savepoint and its task.</summary>
internal sealed class SqliteAuditAppends(SqliteDatabase database)
{
    // One append more would hold up other writes of the process.
    private const int MostInBatch = 512;

    private readonly Lock gate = new();
    private Batch? open;

    public async Task AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Written on the caller's thread: the one writer only hashes and stores.
        var append = new Append([.. entries.Select(entry => new WrittenEntry(entry, AuditChain.Write(entry)))], cancellationToken);
        await Take(append);
        if (append.Dropped)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private Task Take(Append append)
    {
        lock (gate)
        {
            // One that has ended without being stored has failed: whoever comes now tries anew.
            if (open is not { } batch || batch.Appends.Count >= MostInBatch || batch.Stored.IsCompleted)
            {
                batch = open = Begin();
            }

            batch.Appends.Add(append);
            return batch.Stored;
        }
    }

    private Batch Begin()
    {
        var batch = new Batch();
        batch.Stored = database.WriteAsync(session => Store(session, batch), CancellationToken.None);
        return batch;
    }

    private int Store(SqliteSession session, Batch batch)
    {
        lock (gate)
        {
            // From here on nobody may add to it.
            if (open == batch)
            {
                open = null;
            }
        }

        var chain = SqliteAuditRows.ReadEnd(session);
        foreach (var append in batch.Appends)
        {
            append.Dropped = append.CancellationToken.IsCancellationRequested;
            if (!append.Dropped)
            {
                foreach (var entry in append.Entries)
                {
                    chain = SqliteAuditRows.Insert(session, entry, chain);
                }
            }
        }

        return batch.Appends.Count;
    }

    private sealed class Append(IReadOnlyList<WrittenEntry> entries, CancellationToken cancellationToken)
    {
        public IReadOnlyList<WrittenEntry> Entries => entries;

        public CancellationToken CancellationToken => cancellationToken;

        /// <summary>Gets or sets a value indicating whether the caller had gone before the batch was stored.</summary>
        public bool Dropped { get; set; }
    }

    private sealed class Batch
    {
        public List<Append> Appends { get; } = [];

        public Task Stored { get; set; } = Task.CompletedTask;
    }
}

/// <summary>An entry beside the bytes that are hashed.</summary>
internal sealed record WrittenEntry(AuditEntry Entry, byte[] Canonical);

/// <summary>Where the chain ends.</summary>
internal readonly record struct ChainEnd(long Sequence, string Hash);
