namespace Liaison.Connectors;

/// <summary>Who waits: people first.</summary>
internal enum Lane
{
    /// <summary>A person or agent waits for the answer.</summary>
    Interactive,

    /// <summary>A run works through many records.</summary>
    Batch,
}

/// <summary>When the next call under one limit may start. Times are timestamps of the throttle's clock.</summary>
/// <remarks>Not safe for concurrent use: the throttle asks under its lock. A limiter never waits and holds no timer.</remarks>
internal interface ILimiter
{
    LimitKind Kind { get; }

    /// <summary>Gets until when the CRM asked for silence; in the past when it did not.</summary>
    long SilentUntil { get; }

    /// <summary>Tells from when on a call may start; <see cref="long.MaxValue"/> when only the end of another call can tell.</summary>
    long ReadyAt(Lane lane);

    /// <summary>Tells how many further calls of a lane may be in flight, whatever the pace.</summary>
    int Room(Lane lane) => int.MaxValue;

    /// <summary>Tells how much of the limit is spent at the moment and how much is left, as far as this process knows.</summary>
    /// <returns><see langword="null"/> where the limiter keeps no count.</returns>
    BudgetState? StateAt(long now) => null;

    /// <summary>Counts a call that starts now.</summary>
    void Take(long now);

    /// <summary>Counts a call that has ended.</summary>
    void Return();

    /// <summary>Takes in what the CRM's headers say; only ever slows.</summary>
    void Correct(LimitReading reading, long now);

    /// <summary>Lets no call start before then.</summary>
    void Silence(long until);
}

/// <summary>How much of a published limit is spent.</summary>
internal static class LimitShare
{
    // The small addend keeps 0.8 × 190 at 152 whatever binary fractions make of it.
    public static long Of(long permits, double share) => Math.Max(1, (long)Math.Floor((permits * share) + 1e-6));

    public static bool IsDaily(Limit limit) => limit.Window >= TimeSpan.FromDays(1);
}
