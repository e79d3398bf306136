namespace Liaison.Testing;

/// <summary>A clock that stands still until a test moves it; timers and <c>Task.Delay(wait, time, …)</c> fire as it passes them.</summary>
/// <remarks>Safe for concurrent use. Timers fire on the thread that moves the clock, in order of their due times.</remarks>
public sealed class ManualTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private readonly DateTimeOffset start;
    private long elapsed;
    private long sequence;

    /// <summary>Makes a clock.</summary>
    /// <param name="start">What the clock shows; the default is 2 March 2026, 09:00 UTC, a Monday.</param>
    public ManualTime(DateTimeOffset? start = null) =>
        this.start = start ?? new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Gets how long each pending timer has yet to run, the next first.</summary>
    public IReadOnlyList<TimeSpan> Pending
    {
        get
        {
            lock (gate)
            {
                return [.. timers.Order(ManualTimer.ByDue).Select(timer => TimeSpan.FromTicks(timer.Due - elapsed))];
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => start + TimeSpan.FromTicks(Interlocked.Read(ref elapsed));

    // Not from zero: code that keeps "never" as a zero timestamp shall be found out.
    /// <inheritdoc/>
    public override long GetTimestamp() => TimeSpan.TicksPerHour + Interlocked.Read(ref elapsed);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and fires what falls due on the way, each at its own instant.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = Interlocked.Read(ref elapsed) + by.Ticks;
        while (TakeDue(target) is { } fire)
        {
            fire();
        }

        Interlocked.Exchange(ref elapsed, target);
    }

    private Action? TakeDue(long target)
    {
        lock (gate)
        {
            var timer = timers.Where(timer => timer.Due <= target).Min(ManualTimer.ByDue);
            if (timer is null)
            {
                return null;
            }

            Interlocked.Exchange(ref elapsed, Math.Max(elapsed, timer.Due));
            timers.Remove(timer);
            if (timer.Period > 0)
            {
                timer.Due += timer.Period;
                timers.Add(timer);
            }

            return timer.Fire;
        }
    }

    private bool Set(ManualTimer timer, TimeSpan due, TimeSpan period)
    {
        lock (gate)
        {
            timers.Remove(timer);
            if (due < TimeSpan.Zero)
            {
                return true;
            }

            timer.Due = elapsed + due.Ticks;
            timer.Period = period > TimeSpan.Zero ? period.Ticks : 0;
            timer.Sequence = sequence++;
            timers.Add(timer);
            return true;
        }
    }

    /// <summary>Lets waits pass, up to twenty seconds each, until something is done; an attempt's own bound of time is longer.</summary>
    /// <remarks>For what speaks to something real in between, as an HTTP server, so that nobody can say when it waits.</remarks>
    public async Task<T> PassAsync<T>(Task<T> doing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(doing);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!doing.IsCompleted)
        {
            if (Pending is [var next, ..] && next <= TimeSpan.FromSeconds(20))
            {
                Advance(next);
            }

            await look.WaitForNextTickAsync(cancellationToken);
        }

        return await doing;
    }

    private sealed class ManualTimer(ManualTime owner, Action fire) : ITimer
    {
        public static IComparer<ManualTimer> ByDue { get; } = Comparer<ManualTimer>.Create(
            (one, other) => (one.Due, one.Sequence).CompareTo((other.Due, other.Sequence)));

        public Action Fire => fire;

        public long Due { get; set; }

        public long Period { get; set; }

        public long Sequence { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => owner.Set(this, dueTime, period);

        public void Dispose() => owner.Set(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
