using Liaison.Work;

namespace Liaison.Pipelines;

/// <summary>Holds a worker's name while it lives, so that others see when it has died; and tells the worker when it cannot.</summary>
/// <remarks>
/// A lost connection takes the name along while the worker lives. It is taken again at once; who cannot must stop before others take it
/// for dead, which they do when the server has given up a vanished connection, after half a minute.
/// </remarks>
internal sealed class WorkerPresence : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromSeconds(20);

    private readonly IWorkStore work;
    private readonly TimeProvider time;
    private readonly string runId;
    private readonly CancellationTokenSource ending = new();
    private readonly CancellationTokenSource lost = new();
    private readonly Task watching;
    private IWorkHold? hold;

    private WorkerPresence(IWorkStore work, TimeProvider time, string runId, string name, IWorkHold hold)
    {
        this.work = work;
        this.time = time;
        this.runId = runId;
        this.hold = hold;
        Name = name;
        watching = WatchAsync(ending.Token);
    }

    /// <summary>Gets the worker's name.</summary>
    public string Name { get; }

    /// <summary>Gets what is cancelled when others may take the worker for dead.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Takes a name that nobody has had, and joins a run under it.</summary>
    public static async Task<WorkerPresence> TakeAsync(
        IWorkStore work, TimeProvider time, string runId, string name, CancellationToken cancellationToken)
    {
        var hold = await work.TryHoldAsync(name, cancellationToken)
            ?? throw new InvalidOperationException($"The worker's name {name} was given out twice.");
        try
        {
            await work.JoinAsync(runId, name, cancellationToken);
        }
        catch
        {
            await hold.DisposeAsync();
            throw;
        }

        return new WorkerPresence(work, time, runId, name, hold);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();

        // What the watch met has been told by the token.
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (hold is not null)
        {
            await hold.DisposeAsync();
        }

        ending.Dispose();
        lost.Dispose();
    }

    private async Task WatchAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Between, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                if (!await StandsAsync(stop) && !await TakeAgainAsync(stop))
                {
                    return;
                }
            }
        }
        finally
        {
            if (!stop.IsCancellationRequested)
            {
                await lost.CancelAsync();
            }
        }
    }

    private async Task<bool> StandsAsync(CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(LongestQuestion, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            return await hold!.StandsAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<bool> TakeAgainAsync(CancellationToken stop)
    {
        await hold!.DisposeAsync();
        hold = null;
        using var limit = new CancellationTokenSource(LongestAbsence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        using var timer = new PeriodicTimer(Between / 4, time);
        do
        {
            // Who looks whether this worker lives has the name for a moment.
            hold = await work.TryHoldAsync(Name, either.Token);
        }
        while (hold is null && await timer.WaitForNextTickAsync(either.Token));

        // Whoever took it for dead has taken it out of the run, and others have its items.
        return (await work.ListWorkersAsync(runId, either.Token)).Contains(Name, StringComparer.Ordinal);
    }
}
