using FsCheck;
using FsCheck.Fluent;
using Liaison.Connectors;

namespace Liaison.Tests.Connectors;

public sealed class SlotSequenceTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(152, 10_000)]
    [InlineData(4, 1_000)]
    [InlineData(4_800, 300_000)]
    public void No_window_holds_more_than_the_permits_whatever_nodes_ask_and_however_late_their_calls_are(int permits, int milliseconds)
    {
        var window = TimeSpan.FromMilliseconds(milliseconds);
        var asks = Gen.Choose(0, 1_000_000).ListOf(500).ToArbitrary();

        Prop.ForAll(asks, numbers => MostInAWindow(Calls(permits, window, numbers), window) <= permits)
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Nodes_that_always_want_more_use_nearly_all_that_is_permitted()
    {
        var window = TimeSpan.FromSeconds(10);

        var calls = Calls(152, window, [.. Enumerable.Range(0, 4_000).Select(number => number * 31)], mostGap: 20);

        var used = (calls.Count - 1) / ((calls[^1] - calls[0]) / window) / 152;
        used.ShouldBeInRange(0.95, 1.0);
    }

    [Fact]
    public void A_rate_that_falls_lets_the_window_empty_first()
    {
        var window = TimeSpan.FromSeconds(10);
        var sequence = SlotSequence.Untouched.Reserve(new SlotRequest("one", 152, 0, 152, window), Start, out _);

        sequence.Reserve(new SlotRequest("one", 1, 0, 80, window), Start + window, out var grant);

        grant.First.TotalSeconds.ShouldBe(10 * (1 - (80.0 / 152)), 0.2);
    }

    [Fact]
    public void What_is_owed_for_late_calls_moves_the_sequence_on()
    {
        var window = TimeSpan.FromSeconds(10);
        var shared = SlotSequence.Untouched
            .Reserve(new SlotRequest("one", 1, 0, 152, window), Start, out _)
            .Reserve(new SlotRequest("two", 1, 0, 152, window), Start, out _);

        shared.Reserve(new SlotRequest("one", 1, 0, 152, window), Start, out var prompt);
        shared.Reserve(new SlotRequest("one", 1, 0, 152, window, Owed: TimeSpan.FromMilliseconds(70)), Start, out var late);

        (late.First - prompt.First).ShouldBe(TimeSpan.FromMilliseconds(70));
    }

    // Three nodes that ask at any time for any number, and use each instant as late as they may; every call reaches the CRM with
    // a delay of its own, up to what the beat leaves for it. When a lone node calls is for its own limiter to say.
    private static List<DateTimeOffset> Calls(int permits, TimeSpan window, IReadOnlyList<int> numbers, int mostGap = 200)
    {
        var calls = new List<DateTimeOffset>();
        var sequence = SlotSequence.Untouched;
        var now = Start;
        foreach (var number in numbers)
        {
            now += TimeSpan.FromMilliseconds(number % mostGap);
            var people = number % 7 == 0 ? number % 5 : 0;
            sequence = sequence.Reserve(new SlotRequest($"node-{number % 3}", people, number % 11, permits, window), now, out var grant);
            for (var place = 0; place < grant.Count && !grant.Alone; place++)
            {
                var late = grant.Tolerance * ((number + place) % 10 / 10.0);
                var travel = grant.Tolerance * ((number + (place * 3)) % 9 / 10.0);
                var call = now + grant.First + (grant.Spacing * place) + late;
                calls.Add((call < now ? now : call) + travel);
            }
        }

        calls.Sort();
        return calls;
    }

    private static int MostInAWindow(List<DateTimeOffset> calls, TimeSpan window)
    {
        var (most, first) = (0, 0);
        for (var last = 0; last < calls.Count; last++)
        {
            while (calls[last] - calls[first] >= window)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
