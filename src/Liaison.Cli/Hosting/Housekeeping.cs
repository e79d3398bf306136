using Liaison.Writeback;

namespace Liaison.Cli.Hosting;

/// <summary>What a serving installation does now and then without being asked: lets proposals expire, and reminds of those that wait.</summary>
internal sealed class Housekeeping(ExpireChanges expire, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    /// <summary>Goes on until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Between, time);
        try
        {
            do
            {
                await expire.SweepAsync(stop);
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }
}
