using Liaison.Model;
using Liaison.Work;

namespace Liaison.Cli.Commands;

/// <summary>What becomes of the runs on a connection that goes and comes (R14).</summary>
internal static class ConnectedWork
{
    /// <summary>Parks what is running on a connection that goes.</summary>
    /// <returns>How many runs were parked.</returns>
    public static async Task<int> ParkAsync(IWorkStore work, ConnectionName connection, CancellationToken cancellationToken)
    {
        var parked = 0;
        foreach (var run in (await work.ListRunsAsync(RunState.Running, cancellationToken)).Where(run => run.Connection == connection))
        {
            var reason = $"Connection {connection} was removed; the run goes on once it is added again.";
            parked += await work.TryParkAsync(run.Id, RunState.Running, reason, resumeAfter: null, cancellationToken) ? 1 : 0;
        }

        return parked;
    }

    /// <summary>Lets go on by itself what is parked on a connection that comes, or whose credential was renewed.</summary>
    /// <returns>How many runs may go on.</returns>
    public static async Task<int> ResumeAsync(IWorkStore work, ConnectionName connection, CancellationToken cancellationToken)
    {
        var resumed = 0;
        foreach (var run in (await work.ListRunsAsync(RunState.Parked, cancellationToken)).Where(run => run.Connection == connection))
        {
            var reason = $"Connection {connection} is there again; a serving node goes on, or liaison run resume does.";
            resumed += await work.TryParkAsync(run.Id, RunState.Parked, reason, TimeSpan.Zero, cancellationToken) ? 1 : 0;
        }

        return resumed;
    }
}
