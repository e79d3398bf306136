using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>The calls of a connection that wait, and which of them is next.</summary>
internal sealed class WaitingLines(IReadOnlyList<WaitingLine> lines, ConnectionName connection, TimeSpan longestWait, TimeProvider time)
{
    /// <summary>Gives, of the lines whose first call may start now, that whose call waits longest: nobody is starved by a line with fewer limits.</summary>
    /// <param name="soonest">Lowered to when the next call may start that may not yet.</param>
    public WaitingLane? PickReady(Lane lane, long now, ref long soonest)
    {
        WaitingLane? picked = null;
        foreach (var line in lines)
        {
            var queue = line.Of(lane);
            if (queue.First is not { } first)
            {
                continue;
            }

            if (line.SilentUntil() - now is var silence && silence > longestWait.TotalSeconds * time.TimestampFrequency)
            {
                queue.RefuseAll(Silent(TimeSpan.FromSeconds((double)silence / time.TimestampFrequency)));
                continue;
            }

            // In a silence nothing is asked of a store, so that the silence itself must wake the line after it.
            var ready = silence > 0 ? now + silence : line.ReadyAt(lane);
            if (ready > now)
            {
                soonest = Math.Min(soonest, ready);
            }
            else if (picked is null || first.Sequence < picked.First!.Sequence)
            {
                picked = queue;
            }
        }

        return picked;
    }

    private Failure Silent(TimeSpan wait) => new(
        FailureKind.RateLimited,
        $"The CRM asked connection {connection} to make no such calls for another {Math.Ceiling(wait.TotalSeconds)} s.",
        wait);
}
