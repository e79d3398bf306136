namespace Liaison.Connectors;

/// <summary>Holds calls back from a CRM that fails again and again, and lets one through now and then to see whether it is back (R117).</summary>
/// <remarks>
/// A run's call waits while the breaker is open, however long: its items are parked where they stand and none of them dies of an
/// outage. A person's call is told at once. Whoever comes when a probe is due is the probe.
/// </remarks>
internal sealed class CircuitBreaker(ChannelOptions options, TimeProvider time)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private TaskCompletionSource changed = NewSignal();
    private TimeSpan pause = options.BreakerPause;
    private DateTimeOffset probeAt;
    private DateTimeOffset? openSince;
    private DateTimeOffset? lastAnswer;
    private int failures;
    private bool open;
    private bool probing;

    /// <summary>Waits until a call may be tried.</summary>
    /// <returns>The pass, to be settled when the attempt has ended; <see langword="null"/> where a person's call is held back.</returns>
    public async ValueTask<BreakerPass?> EnterAsync(Lane lane, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task change;
            TimeSpan wait;
            lock (gate)
            {
                var left = probeAt - time.GetUtcNow();
                if (!open)
                {
                    return new BreakerPass(IsProbe: false);
                }

                if (!probing && left <= TimeSpan.Zero)
                {
                    probing = true;
                    return new BreakerPass(IsProbe: true);
                }

                if (lane == Lane.Interactive)
                {
                    return null;
                }

                change = changed.Task;
                wait = probing ? Timeout.InfiniteTimeSpan : left;
            }

            try
            {
                await change.WaitAsync(wait, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                // The time for a probe has come.
            }
        }
    }

    /// <summary>Gets a value indicating whether calls are held back.</summary>
    public bool IsOpen
    {
        get
        {
            lock (gate)
            {
                return open;
            }
        }
    }

    /// <summary>Gets since when calls are held back.</summary>
    public DateTimeOffset? OpenSince
    {
        get
        {
            lock (gate)
            {
                return open ? openSince : null;
            }
        }
    }

    /// <summary>Gets when an attempt was answered last.</summary>
    public DateTimeOffset? LastAnswer
    {
        get
        {
            lock (gate)
            {
                return lastAnswer;
            }
        }
    }

    /// <summary>Gets how long it is until the next probe.</summary>
    public TimeSpan UntilProbe
    {
        get
        {
            lock (gate)
            {
                var left = probeAt - time.GetUtcNow();
                return open && left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Takes in how an attempt ended.</summary>
    public BreakerTurn Settle(BreakerPass pass, AttemptHealth health)
    {
        lock (gate)
        {
            switch (health)
            {
                case AttemptHealth.Untold when pass.IsProbe:
                    probing = false;
                    Signal();
                    return BreakerTurn.None;

                case AttemptHealth.Answered when open && !pass.IsProbe:
                case AttemptHealth.Untold:
                    // What was sent before the breaker opened says nothing of how the CRM is since.
                    return BreakerTurn.None;

                case AttemptHealth.Answered:
                    lastAnswer = time.GetUtcNow();
                    var wasOpen = open;
                    (open, probing, failures, pause) = (false, false, 0, options.BreakerPause);
                    Signal();
                    return wasOpen ? BreakerTurn.Closed : BreakerTurn.None;

                default:
                    return Fail(pass);
            }
        }
    }

    private BreakerTurn Fail(BreakerPass pass)
    {
        failures++;
        if (open && !pass.IsProbe || !open && failures < options.BreakerFailures)
        {
            return BreakerTurn.None;
        }

        var opened = !open;
        pause = opened ? options.BreakerPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
        openSince = opened ? time.GetUtcNow() : openSince;
        (open, probing, probeAt) = (true, false, time.GetUtcNow() + pause);
        Signal();
        return opened ? BreakerTurn.Opened : BreakerTurn.None;
    }

    private void Signal()
    {
        changed.TrySetResult();
        changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Leave to try a call once.</summary>
/// <param name="IsProbe">Whether the call is the one by which an open breaker sees how the CRM is.</param>
internal readonly record struct BreakerPass(bool IsProbe);

/// <summary>What an attempt says of the CRM's health.</summary>
internal enum AttemptHealth
{
    /// <summary>The CRM answered, be it with a refusal.</summary>
    Answered,

    /// <summary>It gave no answer, or one that says that it is broken.</summary>
    Broken,

    /// <summary>The caller lost interest before there was an answer.</summary>
    Untold,
}

/// <summary>What an attempt did to its breaker.</summary>
internal enum BreakerTurn
{
    /// <summary>It is as it was.</summary>
    None,

    /// <summary>It opened: calls are held back from now on.</summary>
    Opened,

    /// <summary>It closed: calls go out again.</summary>
    Closed,
}
