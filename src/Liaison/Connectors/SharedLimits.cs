namespace Liaison.Connectors;

/// <summary>The limiters of a throttle that share their limits with other nodes: what is to be asked of the store, and when.</summary>
/// <remarks>Used under the throttle's lock, like the limiters.</remarks>
internal sealed class SharedLimits(IReadOnlyList<ILimiter> limiters, IReadOnlyList<WaitingLine> lines)
{
    private readonly ISharedLimiter[] shared = [.. limiters.OfType<ISharedLimiter>()];

    /// <summary>Begins the next asking that is due.</summary>
    public Asking? Next(long now)
    {
        foreach (var limiter in shared)
        {
            var demand = DemandOf(limiter, now);
            if (limiter.AskAt(demand, now) <= now)
            {
                return new Asking(limiter, limiter.Ask(demand, now));
            }
        }

        return null;
    }

    /// <summary>Tells when the next asking will be due that is not due yet.</summary>
    public long SoonestAfter(long now)
    {
        var soonest = long.MaxValue;
        foreach (var limiter in shared)
        {
            var at = limiter.AskAt(DemandOf(limiter, now), now);
            soonest = at > now ? Math.Min(soonest, at) : soonest;
        }

        return soonest;
    }

    /// <summary>Gives what other nodes are to be told.</summary>
    public IReadOnlyList<Func<CancellationToken, Task>> News(long now) =>
        shared.Length == 0 ? [] : [.. shared.Select(limiter => limiter.Tell(now)).OfType<Func<CancellationToken, Task>>()];

    /// <summary>Ends the waiting of all that need a limiter whose store gave no answer.</summary>
    public void Fail(ISharedLimiter limiter, AggregateException? reason)
    {
        foreach (var line in lines.Where(line => reason is not null && line.Limiters.Contains(limiter)))
        {
            line.Of(Lane.Interactive).FailAll(reason!.InnerException!);
            line.Of(Lane.Batch).FailAll(reason.InnerException!);
        }
    }

    // Only calls that no other limit holds up: an instant that is reserved for a call that cannot start is lost for everybody.
    private Demand DemandOf(ISharedLimiter limiter, long now)
    {
        var (people, batch) = (0, 0);
        foreach (var line in lines)
        {
            if (line.Limiters.Contains(limiter) && line.SilentUntil() <= now)
            {
                people += Waiting(line, Lane.Interactive, limiter);
                batch += Waiting(line, Lane.Batch, limiter);
            }
        }

        return new Demand(people, batch);
    }

    private static int Waiting(WaitingLine line, Lane lane, ISharedLimiter but)
    {
        var count = line.Of(lane).Count;
        foreach (var limiter in line.Limiters)
        {
            count = count == 0 || limiter == but ? count : Math.Min(count, limiter.Room(lane));
        }

        return count;
    }
}

/// <summary>A question to the store, for one limiter.</summary>
internal sealed record Asking(ISharedLimiter Limiter, Func<CancellationToken, Task<Answer>> Question);
