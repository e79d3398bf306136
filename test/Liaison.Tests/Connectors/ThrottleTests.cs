using System.Collections.Concurrent;
using FsCheck;
using FsCheck.Fluent;
using Liaison.Connectors;
using Liaison.Model;
using Liaison.Testing;
using Liaison.Tests.Identity;

namespace Liaison.Tests.Connectors;

public sealed class ThrottleTests
{
    private static readonly Limit Burst = new(LimitKind.Burst, 10, TimeSpan.FromSeconds(1));
    private static readonly Limit Search = new(LimitKind.Search, 5, TimeSpan.FromSeconds(1));
    private static readonly Limit InFlight = new(LimitKind.Concurrency, 5, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_start_in_the_order_in_which_they_came()
    {
        var time = new ManualTime();
        using var throttle = Make(time, Burst);
        var started = new ConcurrentQueue<int>();

        var calls = Enumerable.Range(0, 40).Select(number => EnterAsync(throttle, Lane.Batch, number, started)).ToList();
        await RunAsync(time, calls);

        started.ShouldBe(Enumerable.Range(0, 40));
    }

    [Fact]
    public async Task A_person_passes_a_run_that_saturates_the_limit()
    {
        var time = new ManualTime();
        using var throttle = Make(time, Burst);
        var started = new ConcurrentQueue<int>();

        var batch = Enumerable.Range(0, 50).Select(number => EnterAsync(throttle, Lane.Batch, number, started)).ToList();
        await batch[0];
        var before = time.GetUtcNow();
        var person = EnterAsync(throttle, Lane.Interactive, 1_000, started);
        await RunAsync(time, [person]);
        var waited = time.GetUtcNow() - before;
        await RunAsync(time, batch);

        started.ElementAt(1).ShouldBe(1_000);
        waited.ShouldBeLessThan(TimeSpan.FromSeconds(0.2));
    }

    [Fact]
    public void For_any_pattern_of_arrivals_people_wait_less_than_a_second_beside_a_saturating_run()
    {
        // Up to one person's call every 400 ms beside an endless run on a search limit of 4 calls a second.
        var arrivals = Gen.Choose(400, 3_000).ListOf(20).ToArbitrary();

        Prop.ForAll(arrivals, gaps => Percentile95(InteractiveWaits(gaps)) < 1.0).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task A_call_under_two_limits_starts_under_both_at_one_instant()
    {
        var time = new ManualTime();
        var burst = new RecordingLimiter(new PacedLimiter(Burst, 0.8, time));
        var search = new RecordingLimiter(new PacedLimiter(Search, 0.8, time));
        using var throttle = Make(time, burst, search);
        var started = new ConcurrentQueue<int>();

        var calls = Enumerable.Range(0, 60)
            .Select(number => EnterAsync(throttle, Lane.Batch, number, started, number % 3 == 0 ? CrmOperation.Query : CrmOperation.Read))
            .ToList();
        await RunAsync(time, calls);

        MostInASecond(burst.Taken).ShouldBeLessThanOrEqualTo(8);
        MostInASecond(search.Taken).ShouldBeLessThanOrEqualTo(4);
        search.Taken.Count.ShouldBe(20);
        search.Taken.ShouldBeSubsetOf(burst.Taken);
        (burst.Taken[^1] - burst.Taken[0]).ShouldBeLessThan(8 * time.TimestampFrequency);
    }

    [Fact]
    public async Task A_line_that_is_held_up_does_not_hold_up_others()
    {
        var time = new ManualTime();
        using var throttle = Make(time, Burst, Search);
        var started = new ConcurrentQueue<int>();

        await throttle.SilenceAsync(CrmOperation.Query, LimitKind.Search, TimeSpan.FromSeconds(30), Cancellation);
        var query = EnterAsync(throttle, Lane.Interactive, 1, started, CrmOperation.Query);
        var read = EnterAsync(throttle, Lane.Batch, 2, started);
        await RunAsync(time, [read]);

        query.IsCompleted.ShouldBeFalse();
        await RunAsync(time, [query]);
        time.GetUtcNow().ShouldBe(new ManualTime().GetUtcNow() + TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public async Task Calls_in_flight_are_capped_and_a_run_leaves_a_place_for_people()
    {
        var time = new ManualTime();
        using var throttle = Make(time, InFlight);
        var started = new ConcurrentQueue<int>();
        var batch = Enumerable.Range(0, 3).Select(number => EnterAsync(throttle, Lane.Batch, number, started, CrmOperation.Write)).ToList();
        await Task.WhenAll(batch);

        var fourth = EnterAsync(throttle, Lane.Batch, 3, started, CrmOperation.Write);
        await EnterAsync(throttle, Lane.Interactive, 4, started, CrmOperation.Write);
        var refusedPlace = EnterAsync(throttle, Lane.Interactive, 5, started, CrmOperation.Write);

        fourth.IsCompleted.ShouldBeFalse();
        refusedPlace.IsCompleted.ShouldBeFalse();
        throttle.Leave(CrmOperation.Write);
        await refusedPlace;
        fourth.IsCompleted.ShouldBeFalse();
        throttle.Leave(CrmOperation.Write);
        throttle.Leave(CrmOperation.Write);
        await fourth;
    }

    [Fact]
    public async Task A_cancelled_call_spends_nothing_and_leaves_its_place_to_the_next()
    {
        var time = new ManualTime();
        using var throttle = Make(time, Burst);
        using var cancel = new CancellationTokenSource();
        var started = new ConcurrentQueue<int>();
        await EnterAsync(throttle, Lane.Batch, 0, started);

        var cancelled = throttle.EnterAsync(CrmOperation.Read, Lane.Batch, cancel.Token).AsTask();
        var next = EnterAsync(throttle, Lane.Batch, 2, started);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(cancelled);
        await RunAsync(time, [next]);

        (time.GetUtcNow() - new ManualTime().GetUtcNow()).ShouldBeLessThan(TimeSpan.FromMilliseconds(130));
    }

    [Fact]
    public async Task Many_threads_at_once_lose_no_call_and_double_none()
    {
        using var throttle = Make(TimeProvider.System, new Limit(LimitKind.Burst, 20_000, TimeSpan.FromSeconds(1)), InFlight);
        var inFlight = 0;
        var most = 0;
        var done = 0;

        await Parallel.ForAsync(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Cancellation }, async (_, cancellationToken) =>
        {
            (await throttle.EnterAsync(CrmOperation.Write, Lane.Batch, cancellationToken)).Found();
            InterlockedMax(ref most, Interlocked.Increment(ref inFlight));
            await Task.Yield();
            Interlocked.Decrement(ref inFlight);
            throttle.Leave(CrmOperation.Write);
            Interlocked.Increment(ref done);
        });

        done.ShouldBe(500);
        most.ShouldBeLessThanOrEqualTo(4);
    }

    private static List<double> InteractiveWaits(IEnumerable<int> gaps)
    {
        var time = new ManualTime();
        using var throttle = Make(time, Search);
        var run = Enumerable.Range(0, 400).Select(_ => throttle.EnterAsync(CrmOperation.Query, Lane.Batch, Cancellation).AsTask()).ToList();
        var waits = new List<double>();
        foreach (var gap in gaps)
        {
            time.Advance(TimeSpan.FromMilliseconds(gap));
            var before = time.GetUtcNow();
            var person = throttle.EnterAsync(CrmOperation.Query, Lane.Interactive, Cancellation).AsTask();
            RunAsync(time, [person]).GetAwaiter().GetResult();
            waits.Add((time.GetUtcNow() - before).TotalSeconds);
        }

        run.ShouldContain(call => !call.IsCompleted);
        return waits;
    }

    private static double Percentile95(List<double> values) => values.Order().ElementAt((int)(values.Count * 0.95) - 1);

    private static Throttle Make(TimeProvider time, params Limit[] limits) => Make(
        time, [.. limits.Select(limit => limit.Window == TimeSpan.Zero ? (ILimiter)new FlightLimiter(limit, 0.8, time) : new PacedLimiter(limit, 0.8, time))]);

    private static Throttle Make(TimeProvider time, params ILimiter[] limiters) => new(
        new ConnectionName("demo"),
        new Dictionary<CrmOperation, OperationDescriptor>
        {
            [CrmOperation.Read] = new(100, [LimitKind.Burst]),
            [CrmOperation.Query] = new(100, [LimitKind.Search, LimitKind.Burst]),
            [CrmOperation.Write] = new(100, [LimitKind.Burst, LimitKind.Concurrency]),
        },
        limiters,
        [],
        TimeSpan.FromSeconds(60),
        time);

    private static async Task EnterAsync(
        Throttle throttle,
        Lane lane,
        int number,
        ConcurrentQueue<int> started,
        CrmOperation? operation = null)
    {
        var kind = operation ?? CrmOperation.Read;
        (await throttle.EnterAsync(kind, lane, Cancellation)).Found();
        started.Enqueue(number);
    }

    // Moves the clock from timer to timer; between two, lets the calls that have started go on.
    private static async Task RunAsync(ManualTime time, IReadOnlyList<Task> until)
    {
        var all = Task.WhenAll(until);
        while (!all.IsCompleted)
        {
            await Task.WhenAny(all, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancellation));
            if (!all.IsCompleted && time.Pending is [var next, ..])
            {
                time.Advance(next);
            }
        }

        await all;
    }

    private static int MostInASecond(IReadOnlyList<long> starts) =>
        starts.Max(first => starts.Count(other => other >= first && other - first <= TimeSpan.TicksPerSecond));

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    // Notes the instants of the grants themselves: what a test sees afterwards depends on when its thread is let run.
    private sealed class RecordingLimiter(ILimiter inner) : ILimiter
    {
        public List<long> Taken { get; } = [];

        public LimitKind Kind => inner.Kind;

        public long SilentUntil => inner.SilentUntil;

        public long ReadyAt(Lane lane) => inner.ReadyAt(lane);

        public void Take(long now)
        {
            Taken.Add(now);
            inner.Take(now);
        }

        public void Return() => inner.Return();

        public void Correct(LimitReading reading, long now) => inner.Correct(reading, now);

        public void Silence(long until) => inner.Silence(until);
    }
}
