using Liaison.Failures;

namespace Liaison.Connectors;

/// <summary>The calls of one operation that wait, by lane, and the limits that each spends.</summary>
internal sealed class WaitingLine
{
    private readonly WaitingLane interactive;
    private readonly WaitingLane batch;

    public WaitingLine(ILimiter[] limiters, DailyAllowance[] allowances)
    {
        Limiters = limiters;
        Allowances = allowances;
        interactive = new WaitingLane(limiters);
        batch = new WaitingLane(limiters);
    }

    public ILimiter[] Limiters { get; }

    public DailyAllowance[] Allowances { get; }

    public WaitingLane Of(Lane lane) => lane == Lane.Interactive ? interactive : batch;

    public long ReadyAt(Lane lane)
    {
        var ready = long.MinValue;
        foreach (var limiter in Limiters)
        {
            ready = Math.Max(ready, limiter.ReadyAt(lane));
        }

        return ready;
    }

    public long SilentUntil()
    {
        var silent = 0L;
        foreach (var limiter in Limiters)
        {
            silent = Math.Max(silent, limiter.SilentUntil);
        }

        return silent;
    }
}

/// <summary>The waiting calls of one operation in one lane, first come first.</summary>
internal sealed class WaitingLane(ILimiter[] limiters)
{
    private readonly Queue<WaitingCall> calls = new();

    /// <summary>Gets the call that is next; those cancelled while they waited drop out here.</summary>
    public WaitingCall? First
    {
        get
        {
            while (calls.TryPeek(out var call))
            {
                if (!call.Task.IsCompleted)
                {
                    return call;
                }

                calls.Dequeue();
            }

            return null;
        }
    }

    public int Count => First is null ? 0 : calls.Count;

    public void Enqueue(WaitingCall call) => calls.Enqueue(call);

    public void StartNext(long now)
    {
        // A call that was cancelled in this very moment spends nothing.
        if (calls.Dequeue().Start())
        {
            foreach (var limiter in limiters)
            {
                limiter.Take(now);
            }
        }
    }

    public void RefuseAll(Failure failure)
    {
        while (calls.TryDequeue(out var call))
        {
            call.Refuse(failure);
        }
    }

    public void FailAll(Exception exception)
    {
        while (calls.TryDequeue(out var call))
        {
            call.Fail(exception);
        }
    }
}

/// <summary>One call that waits for its start.</summary>
internal sealed class WaitingCall(long sequence)
{
    private readonly TaskCompletionSource<Result<Done>> source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Sequence => sequence;

    public Task<Result<Done>> Task => source.Task;

    public bool Start() => source.TrySetResult(Done.Value);

    public void Refuse(Failure failure) => source.TrySetResult(failure);

    public void Fail(Exception exception) => source.TrySetException(exception);

    public void CancelWith(CancellationToken cancellationToken)
    {
        var registration = cancellationToken.UnsafeRegister(_ => source.TrySetCanceled(cancellationToken), null);
        _ = source.Task.ContinueWith(
            _ => registration.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
