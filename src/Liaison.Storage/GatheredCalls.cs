using Liaison.Connectors;

namespace Liaison.Storage;

/// <summary>Calls that wait in memory until some have gathered, one has failed or a second has passed, so that a log costs its callers nothing.</summary>
/// <remarks>
/// What a store refuses waits again, up to a bound: a log must not eat the memory of the work that it tells of. Beyond the bound
/// successes go first, then the bodies of failures; that a call failed, and why, is kept as long as there is any room.
/// </remarks>
internal sealed class GatheredCalls : IAsyncDisposable
{
    private const int FlushAt = 256;
    private const int MostWaiting = 16_384;
    private const int MostBodies = 2_048;

    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(1);

    private readonly Func<IReadOnlyList<CallEntry>, Task> store;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim turn = new(1);
    private List<CallEntry> waiting = [];
    private bool closed;

    /// <param name="store">Stores all entries or none, which it tells by a <see cref="StorageException"/>.</param>
    public GatheredCalls(TimeProvider time, Func<IReadOnlyList<CallEntry>, Task> store)
    {
        this.store = store;
        timer = time.CreateTimer(_ => _ = TryFlushAsync(), state: null, FlushEvery, FlushEvery);
    }

    public void Add(CallEntry entry)
    {
        bool full;
        lock (gate)
        {
            waiting.Add(waiting.Count < MostBodies ? entry : entry with { RequestBody = null, AnswerBody = null });
            Bound();

            // A failure waits for nobody: it is what the log is read for, and a crash may follow it.
            full = waiting.Count >= FlushAt || entry.FailureKind is not null;
        }

        if (full)
        {
            _ = TryFlushAsync();
        }
    }

    /// <summary>Stores what has gathered; when it ends, what was added before it is stored.</summary>
    /// <exception cref="StorageException">The store refused; the calls wait again.</exception>
    public async Task FlushAsync()
    {
        // One after the other, so that the end of this flush is also the end of each before it.
        await turn.WaitAsync();
        try
        {
            await StoreWaitingAsync();
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref closed, true))
        {
            return;
        }

        await timer.DisposeAsync();
        await TryFlushAsync();
    }

    // Only where the store has refused for long. A quarter at once, so that not every further call walks along the list.
    private void Bound()
    {
        if (waiting.Count <= MostWaiting)
        {
            return;
        }

        var surplus = MostWaiting / 4;
        waiting.RemoveAll(call => call.FailureKind is null && surplus-- > 0);
        waiting.RemoveRange(0, Math.Max(0, waiting.Count - MostWaiting));
    }

    private async Task TryFlushAsync()
    {
        try
        {
            await FlushAsync();
        }
        catch (StorageException)
        {
            // The lines wait again. Neither work nor closing may fail for a log; whoever asks for a summary is told.
        }
        catch (ObjectDisposedException)
        {
            // The database was closed before its log: the lines are lost, as at a crash.
        }
    }

    private async Task StoreWaitingAsync()
    {
        List<CallEntry> entries;
        lock (gate)
        {
            entries = waiting;
            waiting = [];
        }

        if (entries.Count == 0)
        {
            return;
        }

        try
        {
            await store(entries);
        }
        catch (StorageException)
        {
            lock (gate)
            {
                waiting.InsertRange(0, entries);
                Bound();
            }

            throw;
        }
    }
}
