using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Testing;
using Liaison.Tests.Identity;

namespace Liaison.Tests.Connectors;

/// <summary>Several nodes, each with a throttle of its own, on one store.</summary>
public sealed class SharedBudgetTests
{
    private static readonly Limit Burst = new(LimitKind.Burst, 190, TimeSpan.FromSeconds(10));
    private static readonly Limit InFlight = new(LimitKind.Concurrency, 10, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(190, 10)]
    [InlineData(5, 1)]
    public void Three_saturated_nodes_never_pass_the_share_together_and_use_nearly_all_of_it(int permits, int seconds)
    {
        var limit = new Limit(LimitKind.Burst, permits, TimeSpan.FromSeconds(seconds));
        using var nodes = new Nodes(3, limit);
        nodes.Saturate(1_000);

        // Timers on a busy machine come late, each by another measure.
        nodes.Run(TimeSpan.FromSeconds(60 + (6 * seconds)), mostLate: seconds * 12);

        var share = LimitShare.Of(permits, 0.8);
        MostInAWindow(nodes.Starts, limit.Window).ShouldBeLessThanOrEqualTo((int)share);
        var used = (nodes.Starts.Count - 1) / ((nodes.Starts[^1] - nodes.Starts[0]) / limit.Window) / share;
        used.ShouldBeInRange(0.95, 1.0);
        nodes.StartsOf.ShouldAllBe(starts => starts > nodes.Starts.Count / 6);
    }

    [Theory]
    [InlineData(190, 10)]
    [InlineData(5, 1)]
    public void A_person_on_any_node_passes_runs_that_saturate_all_of_them(int permits, int seconds)
    {
        using var nodes = new Nodes(3, new Limit(LimitKind.Burst, permits, TimeSpan.FromSeconds(seconds)));
        nodes.Saturate(1_000);

        var waits = new List<double>();
        for (var person = 0; person < 40; person++)
        {
            nodes.Run(TimeSpan.FromMilliseconds(500 + (person * 37)), mostLate: 5);
            var before = nodes.Time.GetUtcNow();
            var call = nodes.EnterAsync(person % 3, Lane.Interactive);
            nodes.RunUntil(call);
            waits.Add((nodes.Time.GetUtcNow() - before).TotalSeconds);
        }

        waits.Order().ElementAt(37).ShouldBeLessThan(1);
    }

    [Fact]
    public void A_node_that_is_alone_keeps_the_pace_of_its_own_limiter()
    {
        using var lone = new Nodes(1, Burst);
        using var own = new Nodes(1, time => [new PacedLimiter(Burst, 0.8, time)]);
        lone.Saturate(900);
        own.Saturate(900);

        lone.Run(TimeSpan.FromSeconds(50), mostLate: 5);
        own.Run(TimeSpan.FromSeconds(50), mostLate: 5);

        lone.Starts.Count.ShouldBeInRange(own.Starts.Count - 2, own.Starts.Count + 2);
        MostInAWindow(lone.Starts, Burst.Window).ShouldBeLessThanOrEqualTo(152);
    }

    [Fact]
    public void A_node_that_joins_one_that_saturates_the_limit_passes_the_share_in_no_window()
    {
        using var nodes = new Nodes(2, Burst);
        nodes.Saturate(1_000, node: 0);
        nodes.Run(TimeSpan.FromSeconds(25), mostLate: 10);

        nodes.Saturate(1_000, node: 1);
        nodes.Run(TimeSpan.FromSeconds(25), mostLate: 10);

        MostInAWindow(nodes.Starts, Burst.Window).ShouldBeLessThanOrEqualTo(152);
        nodes.StartsOf[1].ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task A_lower_rate_in_one_nodes_answer_holds_for_every_node()
    {
        using var nodes = new Nodes(3, Burst);
        nodes.Saturate(1_000);
        nodes.Run(TimeSpan.FromSeconds(15), mostLate: 5);

        await nodes.Throttles[0].CorrectAsync([new LimitReading(LimitKind.Burst) { Permits = 100, Window = Burst.Window }], Cancellation);
        var told = nodes.Starts.Count;
        nodes.Run(TimeSpan.FromSeconds(30), mostLate: 5);

        // What each node has in hand for the next quarter of a second is not called back.
        MostInAWindow(nodes.Starts[(told + 8)..], Burst.Window).ShouldBeLessThanOrEqualTo(80);
    }

    [Fact]
    public async Task A_silence_that_one_node_is_asked_for_is_kept_by_every_node()
    {
        using var nodes = new Nodes(3, Burst);
        nodes.Saturate(1_000);
        nodes.Run(TimeSpan.FromSeconds(15), mostLate: 5);

        await nodes.Throttles[0].SilenceAsync(CrmOperation.Read, LimitKind.Burst, TimeSpan.FromSeconds(20), Cancellation);
        var told = nodes.Starts.Count;
        nodes.Run(TimeSpan.FromSeconds(19), mostLate: 5);

        (nodes.Starts.Count - told).ShouldBeLessThanOrEqualTo(8);
        nodes.Run(TimeSpan.FromSeconds(10), mostLate: 5);
        nodes.Starts.Count.ShouldBeGreaterThan(told + 80);
    }

    [Fact]
    public async Task A_long_silence_refuses_the_calls_of_every_node_with_its_length()
    {
        using var nodes = new Nodes(2, Burst);
        await nodes.Throttles[0].SilenceAsync(CrmOperation.Read, LimitKind.Burst, TimeSpan.FromMinutes(10), Cancellation);

        var call = nodes.EnterAsync(1, Lane.Interactive);
        nodes.RunUntil(call);

        var refused = (await call).Refused();
        refused.Kind.ShouldBe(FailureKind.RateLimited);
        refused.RetryAfter!.Value.TotalMinutes.ShouldBe(10, 0.1);
    }

    [Fact]
    public async Task Calls_in_flight_on_all_nodes_together_keep_the_share_and_each_node_has_its_part()
    {
        using var nodes = new Nodes(3, InFlight);
        var most = 0;
        var landed = new int[3];
        var waiting = Enumerable.Range(0, 3).SelectMany(node => Enumerable.Range(0, 60).Select(_ => (node, call: nodes.EnterAsync(node, Lane.Batch)))).ToList();
        while (waiting.Count > 0)
        {
            nodes.Time.Advance(TimeSpan.FromMilliseconds(400));
            var flying = waiting.Where(entry => entry.call.IsCompleted).ToList();
            most = Math.Max(most, flying.Count);
            foreach (var (node, call) in flying.Where((_, index) => index % 2 == 0))
            {
                (await call).Found();
                nodes.Throttles[node].Leave(CrmOperation.Read);
                landed[node]++;
                waiting.RemoveAll(entry => entry.call == call);
            }

            if (waiting.Count > 90 && landed.Sum() > 40)
            {
                landed.Min().ShouldBeGreaterThan(3);
            }
        }

        most.ShouldBeInRange(5, 8);
    }

    [Fact]
    public async Task A_store_that_cannot_answer_fails_the_waiting_call_and_not_the_next()
    {
        var time = new ManualTime();
        var store = new BrokenOnce(new LocalSlotStore(time));
        using var throttle = Nodes.Make(time, [new SharedPace(new PacedLimiter(Burst, 0.8, time), Nodes.Connection, "one", store, new Random(1), time)]);

        await Should.ThrowAsync<IOException>(throttle.EnterAsync(CrmOperation.Read, Lane.Batch, Cancellation).AsTask());
        time.Advance(TimeSpan.FromSeconds(2));

        (await throttle.EnterAsync(CrmOperation.Read, Lane.Batch, Cancellation)).Found();
    }

    private static int MostInAWindow(List<DateTimeOffset> starts, TimeSpan window)
    {
        var (most, first) = (0, 0);
        for (var last = 0; last < starts.Count; last++)
        {
            while (starts[last] - starts[first] >= window)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    private sealed class BrokenOnce(ISlotStore inner) : ISlotStore
    {
        private bool broken = true;

        public Task<SlotGrant> ReserveAsync(
            ConnectionName connection, LimitKind kind, SlotRequest request, CancellationToken cancellationToken) =>
            Interlocked.Exchange(ref broken, false)
                ? Task.FromException<SlotGrant>(new IOException("The disk is gone."))
                : inner.ReserveAsync(connection, kind, request, cancellationToken);

        public Task DeferAsync(ConnectionName connection, LimitKind kind, TimeSpan wait, CancellationToken cancellationToken) =>
            inner.DeferAsync(connection, kind, wait, cancellationToken);

        public Task<PlaceGrant> HoldAsync(
            ConnectionName connection, LimitKind kind, PlaceRequest request, CancellationToken cancellationToken) =>
            inner.HoldAsync(connection, kind, request, cancellationToken);
    }
}
