namespace Liaison.Connectors;

/// <summary>Paces calls evenly over a rolling window, so that no window holds more than the share, here or at the receiver.</summary>
/// <remarks>
/// Two rules together. Calls follow an even beat, and one that a late timer delayed lets the next catch up a little, or every
/// late timer would cost throughput for good. And the call N places back must lie a whole window and a guard behind, which holds
/// whatever the beat does; the guard is what the network may shift two calls against each other before the receiver sees N + 1.
/// Beat and guard cost at most 2.5 % of the rate (measured in the tests).
/// </remarks>
internal sealed class PacedLimiter : ILimiter
{
    private const double MostSlack = 0.025;
    private static readonly TimeSpan LeastCatchUp = TimeSpan.FromMilliseconds(50);

    private readonly Limit limit;
    private readonly double share;
    private readonly TimeProvider time;

    // The last N starts, oldest at the cursor.
    private long[] starts;
    private int cursor;
    private long published;
    private long window;
    private long beat;
    private long guarded;
    private long catchUp;
    private long next;

    public PacedLimiter(Limit limit, double share, TimeProvider time)
    {
        this.limit = limit;
        this.share = share;
        this.time = time;
        starts = [];
        next = time.GetTimestamp();
        SilentUntil = next;
        SetRate(limit.Permits, limit.Window);
    }

    public LimitKind Kind => limit.Kind;

    public long SilentUntil { get; private set; }

    /// <summary>Gets how many calls any window may hold.</summary>
    public int Permits => starts.Length;

    /// <summary>Gets how long the window is that may hold as many.</summary>
    public TimeSpan Window { get; private set; }

    public long ReadyAt(Lane lane) => Math.Max(Math.Max(next, SilentUntil), starts[cursor] + guarded);

    public void Take(long now)
    {
        starts[cursor] = now;
        cursor = (cursor + 1) % starts.Length;
        next = Math.Max(next, now - catchUp) + beat;
    }

    public void Return()
    {
    }

    public BudgetState StateAt(long now)
    {
        var left = SilentUntil > now ? 0 : starts.Count(start => start + window <= now);
        return new BudgetState(Kind, Window, Permits, left, left, ResetsAt: null);
    }

    public void Correct(LimitReading reading, long now)
    {
        if (reading.Permits is > 0 and var permits)
        {
            var over = reading.Window ?? limit.Window;
            if (IsFaster(permits, over))
            {
                SetRate(limit.Permits, limit.Window);
            }
            else
            {
                SetRate(permits, over);
            }
        }

        // More was spent than our share: others spend too. Wait until as many of our own calls as that have left the
        // window; the next answer tells whether it was enough.
        if (reading.Remaining is { } remaining && (reading.Permits ?? published) - remaining - Permits is > 0 and var beyond)
        {
            Silence(now + Math.Min(beyond * beat, window));
        }
    }

    public void Silence(long until) => SilentUntil = Math.Max(SilentUntil, until);

    private bool IsFaster(long permits, TimeSpan over) =>
        over <= TimeSpan.Zero || permits * (double)limit.Window.Ticks > limit.Permits * (double)over.Ticks;

    private void SetRate(long permits, TimeSpan over)
    {
        var size = (int)LimitShare.Of(permits, share);
        published = permits;
        Window = over;
        window = Timestamps(over);
        var slack = Math.Min(2 * window / size, (long)(window * MostSlack));
        beat = (window + slack) / size;
        guarded = window + (slack / 2);
        catchUp = Math.Max(beat / 2, Timestamps(LeastCatchUp));
        if (size != starts.Length)
        {
            Resize(size);
        }
    }

    private void Resize(int size)
    {
        var resized = new long[size];
        Array.Fill(resized, long.MinValue / 2);
        for (var back = 1; back <= Math.Min(size, starts.Length); back++)
        {
            resized[size - back] = starts[(cursor - back + starts.Length) % starts.Length];
        }

        starts = resized;
        cursor = 0;
    }

    private long Timestamps(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
