using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>Lets the calls of one connection start when every limit that they spend allows it: in order, people before runs.</summary>
/// <remarks>
/// A call starts under all its limits at one instant, not under one after the other: a permit that is held while another is
/// waited for would be spent later than its limiter reckons. One lock and one timer, however many wait.
/// </remarks>
internal sealed class Throttle : IDisposable
{
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly Dictionary<CrmOperation, WaitingLine> lines;
    private readonly IReadOnlyList<ILimiter> limiters;
    private readonly IReadOnlyList<DailyAllowance> allowances;
    private readonly WaitingLines waiting;
    private readonly SharedLimits shared;
    private readonly CancellationTokenSource closing = new();
    private readonly ITimer timer;
    private long sequence;
    private long armedFor = long.MaxValue;

    public Throttle(
        ConnectionName connection,
        IReadOnlyDictionary<CrmOperation, OperationDescriptor> operations,
        IReadOnlyList<ILimiter> limiters,
        IReadOnlyList<DailyAllowance> allowances,
        TimeSpan longestWait,
        TimeProvider time)
    {
        this.limiters = limiters;
        this.allowances = allowances;
        this.time = time;
        lines = operations.ToDictionary(
            entry => entry.Key,
            entry => new WaitingLine(
                [.. limiters.Where(limiter => entry.Value.Spends.Contains(limiter.Kind))],
                [.. allowances.Where(allowance => entry.Value.Spends.Contains(allowance.Kind))]));
        waiting = new WaitingLines([.. lines.Values], connection, longestWait, time);
        shared = new SharedLimits(limiters, [.. lines.Values]);
        timer = time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        timer.Dispose();
        closing.Cancel();
        closing.Dispose();
        foreach (var allowance in allowances)
        {
            allowance.Dispose();
        }
    }

    /// <summary>Waits until a call may start; the call must start at once and <see cref="Leave"/> when it has ended.</summary>
    /// <returns><see cref="FailureKind.QuotaExhausted"/> or, where the CRM asked for a long silence, <see cref="FailureKind.RateLimited"/>.</returns>
    public async ValueTask<Result<Done>> EnterAsync(CrmOperation operation, Lane lane, CancellationToken cancellationToken)
    {
        var line = lines[operation];
        var taken = 0;
        var entered = false;
        try
        {
            for (; taken < line.Allowances.Length; taken++)
            {
                if ((await line.Allowances[taken].TakeAsync(lane, cancellationToken)).Failure is { } spent)
                {
                    return spent;
                }
            }

            var result = await StartAsync(line, lane, cancellationToken);
            entered = result.Failure is null;
            return result;
        }
        finally
        {
            for (var index = 0; index < taken && !entered; index++)
            {
                line.Allowances[index].GiveBack(lane);
            }
        }
    }

    /// <summary>Tells that a call has ended.</summary>
    public void Leave(CrmOperation operation)
    {
        lock (gate)
        {
            foreach (var limiter in lines[operation].Limiters)
            {
                limiter.Return();
            }

            Pump();
        }

        Ask();
    }

    /// <summary>Takes in what an answer's headers say.</summary>
    public async Task CorrectAsync(IReadOnlyList<LimitReading> readings, CancellationToken cancellationToken)
    {
        foreach (var reading in readings)
        {
            foreach (var allowance in allowances.Where(allowance => allowance.Kind == reading.Kind))
            {
                await allowance.CorrectAsync(reading, cancellationToken);
            }

            lock (gate)
            {
                limiters.FirstOrDefault(limiter => limiter.Kind == reading.Kind)?.Correct(reading, time.GetTimestamp());
            }
        }

        await TellAsync(cancellationToken);
        Ask();
    }

    /// <summary>Lets no call under a limit start for a while; without a kind, none that shares a limit with the operation.</summary>
    public async Task SilenceAsync(CrmOperation operation, LimitKind? kind, TimeSpan wait, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var until = time.GetTimestamp() + Timestamps(wait);
            foreach (var limiter in kind is null ? lines[operation].Limiters : limiters.Where(limiter => limiter.Kind == kind))
            {
                limiter.Silence(until);
            }

            Pump();
        }

        await TellAsync(cancellationToken);
        Ask();
    }

    /// <summary>Stops a daily allowance until its reset; a kind that has none here is left alone.</summary>
    /// <returns>How long until the reset.</returns>
    public async Task<TimeSpan?> StopDayAsync(LimitKind kind, CancellationToken cancellationToken) =>
        allowances.FirstOrDefault(allowance => allowance.Kind == kind) is { } spent
            ? await spent.StopAsync(cancellationToken)
            : null;

    /// <summary>Tells the account's time zone, at whose midnight daily allowances begin anew.</summary>
    public void UseZone(TimeZoneInfo zone)
    {
        foreach (var allowance in allowances)
        {
            allowance.UseZone(zone);
        }
    }

    /// <summary>Tells what is left of each limit: of a day's by the store's count, of the others as far as this process knows.</summary>
    public async Task<IReadOnlyList<BudgetState>> ReadAsync(CancellationToken cancellationToken)
    {
        List<BudgetState> states = [];
        foreach (var allowance in allowances)
        {
            states.Add(await allowance.ReadAsync(cancellationToken));
        }

        lock (gate)
        {
            return [.. states, .. limiters.Select(limiter => limiter.StateAt(time.GetTimestamp())).OfType<BudgetState>()];
        }
    }

    private ValueTask<Result<Done>> StartAsync(WaitingLine line, Lane lane, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        WaitingCall call;
        lock (gate)
        {
            call = new WaitingCall(sequence++);
            line.Of(lane).Enqueue(call);
            Pump();
        }

        Ask();

        if (call.Task.IsCompleted)
        {
            return new(call.Task);
        }

        call.CancelWith(cancellationToken);
        return new(call.Task);
    }

    private void OnTimer()
    {
        lock (gate)
        {
            armedFor = long.MaxValue;
            Pump();
        }

        Ask();
    }

    // Outside the lock: a store may answer at once, and its answer lets calls start.
    private void Ask()
    {
        while (Next() is { } asking)
        {
            _ = AskAsync(asking);
        }
    }

    private Asking? Next()
    {
        lock (gate)
        {
            return closing.IsCancellationRequested ? null : shared.Next(time.GetTimestamp());
        }
    }

    private async Task AskAsync(Asking asking)
    {
        var answering = asking.Question(closing.Token);
        await ((Task)answering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (gate)
        {
            var now = time.GetTimestamp();
            if (answering.IsCompletedSuccessfully)
            {
                asking.Limiter.Take(answering.Result, now);
            }
            else
            {
                // Who waits learns why: without its store a node cannot know what the others spend.
                asking.Limiter.Forsake(now);
                shared.Fail(asking.Limiter, answering.Exception);
            }

            Pump();
        }

        Ask();
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Func<CancellationToken, Task>> news;
        lock (gate)
        {
            news = shared.News(time.GetTimestamp());
        }

        foreach (var tell in news)
        {
            await tell(cancellationToken);
        }
    }

    private void Pump()
    {
        var now = time.GetTimestamp();
        while (true)
        {
            var soonest = long.MaxValue;
            if ((waiting.PickReady(Lane.Interactive, now, ref soonest) ?? waiting.PickReady(Lane.Batch, now, ref soonest)) is not { } line)
            {
                Arm(Math.Min(soonest, shared.SoonestAfter(now)), now);
                return;
            }

            line.StartNext(now);
        }
    }

    private void Arm(long soonest, long now)
    {
        if (soonest == armedFor)
        {
            return;
        }

        armedFor = soonest;
        var due = soonest == long.MaxValue
            ? Timeout.InfiniteTimeSpan
            : TimeSpan.FromMilliseconds(Math.Ceiling((soonest - now) * 1000.0 / time.TimestampFrequency));
        timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private long Timestamps(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
