using FsCheck;
using FsCheck.Fluent;
using Liaison.Connectors;
using Liaison.Testing;

namespace Liaison.Tests.Connectors;

public sealed class PacedLimiterTests
{
    private static readonly Limit Burst = new(LimitKind.Burst, 190, TimeSpan.FromSeconds(10));
    private static readonly Limit Search = new(LimitKind.Search, 5, TimeSpan.FromSeconds(1));

    [Theory]
    [InlineData(190, 10_000)]
    [InlineData(100, 10_000)]
    [InlineData(5, 1_000)]
    [InlineData(6_000, 300_000)]
    public void A_saturated_window_uses_nearly_all_that_is_permitted(long permits, int windowMilliseconds)
    {
        var limit = new Limit(LimitKind.Burst, permits, TimeSpan.FromMilliseconds(windowMilliseconds));

        // Timers on a busy machine come up to 10 ms late.
        var starts = Run(limit, Enumerable.Repeat(0, 2_000), lateness: new System.Random(3), mostLate: 10);

        var spent = (starts[^1] - starts[0]).TotalSeconds / limit.Window.TotalSeconds;
        var used = (starts.Count - 1) / spent / LimitShare.Of(permits, 0.8);
        used.ShouldBeInRange(0.97, 1.0);
    }

    [Fact]
    public void No_rolling_window_holds_more_than_the_share_whatever_the_arrivals()
    {
        var arrivals = Gen.Choose(0, 400).ListOf(600).ToArbitrary();

        Prop.ForAll(arrivals, gaps => MostInAWindow(Run(Search, gaps, new System.Random(gaps.Sum()), 30), Search.Window) <= 4)
            .QuickCheckThrowOnFailure();
        Prop.ForAll(arrivals, gaps => MostInAWindow(Run(Burst, gaps.Select(gap => gap / 8), new System.Random(gaps.Sum()), 30), Burst.Window) <= 152)
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_window_at_the_receiver_holds_more_than_the_share_when_the_network_shifts_calls()
    {
        var random = new System.Random(5);

        var starts = Run(Burst, Enumerable.Repeat(0, 1_000), new System.Random(4), 10);
        var arrivals = starts.Select(start => start + TimeSpan.FromMilliseconds(20 + random.Next(65))).Order().ToList();

        MostInAWindow(arrivals, Burst.Window).ShouldBeLessThanOrEqualTo(152);
    }

    [Fact]
    public void There_is_no_burst_at_the_start_or_after_a_rest()
    {
        var starts = Run(Search, [0, 0, 0, 60_000, 0, 0], new System.Random(1), 0);

        (starts[1] - starts[0]).TotalMilliseconds.ShouldBeInRange(120, 260);
        (starts[2] - starts[0]).TotalMilliseconds.ShouldBeInRange(380, 520);
        (starts[4] - starts[3]).TotalMilliseconds.ShouldBeInRange(120, 260);
    }

    [Fact]
    public void A_lower_rate_in_a_header_holds_for_the_calls_that_were_made_before_it()
    {
        var time = new ManualTime();
        var limiter = new PacedLimiter(Burst, 0.8, time);
        var starts = Enumerable.Range(0, 120).Select(_ => Start(limiter, time)).ToList();

        limiter.Correct(new LimitReading(LimitKind.Burst) { Permits = 100, Window = Burst.Window }, time.GetTimestamp());
        starts.AddRange(Enumerable.Range(0, 300).Select(_ => Start(limiter, time)));

        limiter.Permits.ShouldBe(80);
        MostInAWindow(starts[120..], Burst.Window).ShouldBeLessThanOrEqualTo(80);
        (starts[120] - starts[119]).TotalSeconds.ShouldBeGreaterThan(4);
    }

    [Fact]
    public void A_higher_rate_in_a_header_changes_nothing_and_the_published_one_comes_back()
    {
        var time = new ManualTime();
        var limiter = new PacedLimiter(Burst, 0.8, time);

        limiter.Correct(new LimitReading(LimitKind.Burst) { Permits = 500 }, time.GetTimestamp());
        limiter.Permits.ShouldBe(152);

        limiter.Correct(new LimitReading(LimitKind.Burst) { Permits = 19, Window = TimeSpan.FromSeconds(1) }, time.GetTimestamp());
        limiter.Permits.ShouldBe(15);

        limiter.Correct(new LimitReading(LimitKind.Burst) { Permits = 250 }, time.GetTimestamp());
        limiter.Permits.ShouldBe(152);
    }

    [Fact]
    public void What_others_spend_slows_us_down_and_what_we_spend_ourselves_does_not()
    {
        var time = new ManualTime();
        var limiter = new PacedLimiter(Burst, 0.8, time);

        limiter.Correct(new LimitReading(LimitKind.Burst) { Permits = 190, Remaining = 38 }, time.GetTimestamp());
        var own = limiter.SilentUntil - time.GetTimestamp();
        limiter.Correct(new LimitReading(LimitKind.Burst) { Permits = 190, Remaining = 8 }, time.GetTimestamp());
        var others = TimeSpan.FromTicks(limiter.SilentUntil - time.GetTimestamp());

        own.ShouldBeLessThanOrEqualTo(0);
        others.TotalSeconds.ShouldBe(30 * 10.0 / 152, 0.05);
    }

    private static List<TimeSpan> Run(Limit limit, IEnumerable<int> gaps, System.Random lateness, int mostLate)
    {
        var time = new ManualTime();
        var limiter = new PacedLimiter(limit, 0.8, time);
        var starts = new List<TimeSpan>();
        var arrival = time.GetTimestamp();
        foreach (var gap in gaps)
        {
            arrival += gap * TimeSpan.TicksPerMillisecond;
            time.Advance(TimeSpan.FromTicks(Math.Max(0, arrival - time.GetTimestamp())));
            starts.Add(Start(limiter, time, lateness.Next(mostLate + 1)));
        }

        return starts;
    }

    private static TimeSpan Start(PacedLimiter limiter, ManualTime time, int lateMilliseconds = 0)
    {
        var wait = limiter.ReadyAt(Lane.Batch) - time.GetTimestamp();
        time.Advance(TimeSpan.FromTicks(Math.Max(0, wait)) + TimeSpan.FromMilliseconds(wait > 0 ? lateMilliseconds : 0));
        limiter.Take(time.GetTimestamp());
        return TimeSpan.FromTicks(time.GetTimestamp());
    }

    private static int MostInAWindow(List<TimeSpan> starts, TimeSpan window)
    {
        var most = 0;
        for (int first = 0, last = 0; last < starts.Count; last++)
        {
            while (starts[last] - starts[first] > window)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
