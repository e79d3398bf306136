using Liaison.Audit;

namespace Liaison.Storage;

/// <summary>Gathers the appends that wait for their turn into one: callers that append at once share its reads, its transaction and its task.</summary>
/// <param name="store">Starts to store a batch; once it is its turn it closes the batch and stores what is in it, all or nothing.</param>
internal sealed class AuditAppends(Func<AuditBatch, Task> store)
{
    // One append more would hold up other writes of the process.
    private const int MostInBatch = 512;

    private readonly Lock gate = new();
    private AuditBatch? open;

    public async Task AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Written on the caller's thread: whoever stores only hashes and stores.
        var append = new AuditAppend([.. entries.Select(entry => new WrittenEntry(entry, AuditChain.Write(entry)))], cancellationToken);
        await Take(append);
        if (append.Dropped)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private Task Take(AuditAppend append)
    {
        lock (gate)
        {
            // One that has ended without being stored has failed: whoever comes now tries anew.
            if (open is { IsFull: false, Stored.IsCompleted: false } batch)
            {
                batch.Add(append);
                return batch.Stored;
            }

            open = batch = new AuditBatch(MostInBatch, Leave);
            batch.Add(append);
            return batch.Stored = store(batch);
        }
    }

    // From here on nobody may add to it.
    private void Leave(AuditBatch batch)
    {
        lock (gate)
        {
            if (open == batch)
            {
                open = null;
            }
        }
    }
}

/// <summary>Appends that are stored together.</summary>
internal sealed class AuditBatch(int most, Action<AuditBatch> leave)
{
    private readonly List<AuditAppend> appends = [];

    public Task Stored { get; set; } = Task.CompletedTask;

    public bool IsFull => appends.Count >= most;

    public void Add(AuditAppend append) => appends.Add(append);

    /// <summary>Ends the gathering.</summary>
    /// <returns>The entries of those whose callers still wait, in the order in which they came.</returns>
    public IReadOnlyList<WrittenEntry> Close()
    {
        leave(this);
        foreach (var append in appends)
        {
            append.Dropped = append.CancellationToken.IsCancellationRequested;
        }

        return [.. appends.Where(append => !append.Dropped).SelectMany(append => append.Entries)];
    }
}

/// <summary>One caller's entries.</summary>
internal sealed class AuditAppend(IReadOnlyList<WrittenEntry> entries, CancellationToken cancellationToken)
{
    public IReadOnlyList<WrittenEntry> Entries => entries;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Gets or sets a value indicating whether the caller had gone before the batch was stored.</summary>
    public bool Dropped { get; set; }
}

/// <summary>An entry beside the bytes that are hashed.</summary>
internal sealed record WrittenEntry(AuditEntry Entry, byte[] Canonical);
