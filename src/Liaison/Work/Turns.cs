using System.Collections.Concurrent;

namespace Liaison.Work;

/// <summary>Turns at a name, which one at a time has over all processes on a store; whoever waits for one name keeps nobody from another.</summary>
/// <remarks>Safe for concurrent use. A name stays in memory once it was asked for: names are few, whatever they stand for.</remarks>
internal sealed class Turns(IWorkStore work, TimeProvider time)
{
    // As long as a hand-over between two processes takes; within one process nobody waits so.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> here = new(StringComparer.Ordinal);

    /// <summary>Waits for the turn at a name.</summary>
    /// <returns>The turn, which ends with its disposal, and with the death of the process.</returns>
    public async Task<IAsyncDisposable> TakeAsync(string name, CancellationToken cancellationToken)
    {
        // One of each process asks the store; the others stand behind it.
        var first = here.GetOrAdd(name, _ => new SemaphoreSlim(1));
        await first.WaitAsync(cancellationToken);
        try
        {
            IWorkHold? hold;
            while ((hold = await work.TryHoldAsync(name, cancellationToken)) is null)
            {
                await Task.Delay(Glance, time, cancellationToken);
            }

            return new Turn(hold, first);
        }
        catch
        {
            first.Release();
            throw;
        }
    }

    private sealed class Turn(IWorkHold hold, SemaphoreSlim first) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await hold.DisposeAsync();
            first.Release();
        }
    }
}
