using Liaison.Work;

namespace Liaison.Pipelines;

/// <summary>Prolongs what a worker has in hand until it is disposed of.</summary>
internal sealed class LeaseRenewal : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly Task renewing;

    public LeaseRenewal(IWorkStore work, string runId, string worker, TimeSpan lease, TimeProvider time) =>
        renewing = RenewAsync(work, runId, worker, lease, time, ending.Token);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await renewing;
        ending.Dispose();
    }

    private static async Task RenewAsync(
        IWorkStore work, string runId, string worker, TimeSpan lease, TimeProvider time, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(lease / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await work.RenewAsync(runId, worker, lease, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The run has ended, and with it the need for leases.
        }
    }
}
