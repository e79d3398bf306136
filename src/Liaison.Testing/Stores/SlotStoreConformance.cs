using Liaison.Connectors;
using Liaison.Model;
using Liaison.Testing.Conformance;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Stores;

/// <summary>What every slot store must do: give an instant or a place to one node and to no second.</summary>
[ConformanceSuite(typeof(ISlotStore))]
public abstract class SlotStoreConformance
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly SuiteClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the test's storage, which is empty at first, as one more process beside those that have it open.</summary>
    /// <remarks>A store that knows of one process only gives the same again; the deriving class closes what it opened.</remarks>
    protected abstract ValueTask<ISlotStore> OpenAsync(TimeProvider time);

    [Fact]
    public async Task Instants_lie_a_beat_apart_from_the_present_on()
    {
        var store = await OpenAsync(clock);

        var grant = await ReserveAsync(store, "one", batch: 3);

        grant.Count.ShouldBe(3);
        grant.First.ShouldBeLessThanOrEqualTo(TimeSpan.Zero);
        grant.Spacing.ShouldBe(TimeSpan.FromMilliseconds(100));
        grant.Alone.ShouldBeTrue();
    }

    [Fact]
    public async Task No_instant_is_given_twice_whoever_asks_at_once()
    {
        ISlotStore[] processes = [await OpenAsync(clock), await OpenAsync(clock), await OpenAsync(clock)];
        var began = clock.GetUtcNow();

        var grants = await Task.WhenAll(Enumerable.Range(0, 60).Select(
            number => Task.Run(() => ReserveAsync(processes[number % 3], $"node-{number % 3}", people: (number % 4) + 1), Token)));

        var instants = grants
            .SelectMany(grant => Enumerable.Range(0, grant.Count).Select(place => began + grant.First + (grant.Spacing * place)))
            .Order()
            .ToList();
        instants.Count.ShouldBe(150);
        instants.Zip(instants.Skip(1), (one, next) => next - one).Min().ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(99.9));
    }

    [Fact]
    public async Task A_run_is_given_little_ahead_and_a_person_comes_next()
    {
        var store = await OpenAsync(clock);

        var run = await ReserveAsync(store, "one", batch: 500);
        var more = await ReserveAsync(store, "one", batch: 500);
        var person = await ReserveAsync(store, "two", people: 1);

        run.Count.ShouldBeInRange(2, 4);
        more.Count.ShouldBe(0);
        more.AskAgain.ShouldBeGreaterThan(TimeSpan.Zero);
        person.Count.ShouldBe(1);
        person.First.ShouldBeLessThan(TimeSpan.FromSeconds(0.7));
    }

    [Fact]
    public async Task The_second_node_is_seen_and_forgotten_again()
    {
        ISlotStore[] processes = [await OpenAsync(clock), await OpenAsync(clock)];
        await ReserveAsync(processes[0], "one", batch: 1);

        (await ReserveAsync(processes[1], "two", batch: 1)).Alone.ShouldBeFalse();
        (await ReserveAsync(processes[0], "one", batch: 1)).Alone.ShouldBeFalse();
        clock.Advance(TimeSpan.FromMinutes(1));
        (await ReserveAsync(processes[0], "one", batch: 1)).Alone.ShouldBeTrue();
    }

    [Fact]
    public async Task The_slowest_rate_that_any_node_learnt_holds_for_all()
    {
        ISlotStore[] processes = [await OpenAsync(clock), await OpenAsync(clock)];
        await ReserveAsync(processes[0], "one", batch: 1, permits: 50);

        (await ReserveAsync(processes[1], "two", batch: 1)).Spacing.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(200));
        clock.Advance(TimeSpan.FromMinutes(1));
        (await ReserveAsync(processes[1], "two", batch: 1)).Spacing.ShouldBeLessThan(TimeSpan.FromMilliseconds(110));
    }

    [Fact]
    public async Task A_silence_holds_for_all_and_is_never_shortened()
    {
        ISlotStore[] processes = [await OpenAsync(clock), await OpenAsync(clock)];

        await processes[0].DeferAsync(Sample.Connection, LimitKind.Burst, TimeSpan.FromSeconds(30), Token);
        await processes[0].DeferAsync(Sample.Connection, LimitKind.Burst, TimeSpan.FromSeconds(5), Token);

        var during = await ReserveAsync(processes[1], "two", people: 1);
        (during.Count, during.Silence).ShouldBe((0, TimeSpan.FromSeconds(30)));
        clock.Advance(TimeSpan.FromSeconds(30));
        (await ReserveAsync(processes[1], "two", people: 1)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_holds_nobody_up_for_long()
    {
        var store = await OpenAsync(clock);
        await ReserveAsync(store, "one", batch: 1);

        clock.Advance(TimeSpan.FromHours(-3));

        (await ReserveAsync(store, "one", people: 1)).First.ShouldBeLessThanOrEqualTo(Window);
    }

    [Fact]
    public async Task Each_connection_and_each_limit_has_its_own_sequence()
    {
        var store = await OpenAsync(clock);
        await ReserveAsync(store, "one", people: 90);

        var other = await store.ReserveAsync(new ConnectionName("other"), LimitKind.Burst, Request("one", 1, 0), Token);
        var search = await store.ReserveAsync(Sample.Connection, LimitKind.Search, Request("one", 1, 0), Token);

        other.First.ShouldBeLessThanOrEqualTo(TimeSpan.Zero);
        search.First.ShouldBeLessThanOrEqualTo(TimeSpan.Zero);
    }

    [Fact]
    public async Task Places_are_never_held_twice_and_come_back_when_their_node_is_gone()
    {
        ISlotStore[] processes = [await OpenAsync(clock), await OpenAsync(clock)];

        var first = await HoldAsync(processes[0], "one", batch: 50);
        var second = await HoldAsync(processes[1], "two", batch: 50);
        clock.Advance(first.GoodFor + TimeSpan.FromSeconds(1));
        var after = await HoldAsync(processes[1], "two", batch: 50);

        (first.Places, first.ForBatch).ShouldBe((18, 18));
        (second.Places, after.Places).ShouldBe((0, 18));
    }

    [Fact]
    public async Task Nodes_that_want_the_same_places_come_to_hold_equal_parts()
    {
        ISlotStore[] processes = [await OpenAsync(clock), await OpenAsync(clock), await OpenAsync(clock)];
        var held = new int[3];
        for (var turn = 0; turn < 9; turn++)
        {
            held[turn % 3] = (await HoldAsync(processes[turn % 3], $"node-{turn % 3}", batch: 50)).Places;
            held.Sum().ShouldBeLessThanOrEqualTo(20);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        held.ShouldBe([6, 6, 6]);
    }

    [Fact]
    public async Task A_person_finds_a_place_where_runs_hold_all_that_they_may()
    {
        ISlotStore[] processes = [await OpenAsync(clock), await OpenAsync(clock)];
        await HoldAsync(processes[0], "one", batch: 50);

        (await HoldAsync(processes[1], "two", people: 2)).Places.ShouldBe(2);
    }

    [Fact]
    public async Task Of_more_nodes_than_places_each_has_its_turn()
    {
        var store = await OpenAsync(clock);
        var served = new HashSet<string>();
        for (var turn = 0; turn < 30; turn++)
        {
            foreach (var node in Enumerable.Range(0, 5).Select(number => $"node-{number}"))
            {
                if ((await HoldAsync(store, node, people: 1, places: 2)).Places > 0)
                {
                    served.Add(node);
                }
            }

            clock.Advance(TimeSpan.FromSeconds(1));
        }

        served.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Calls_in_flight_stay_counted_though_fewer_places_are_given()
    {
        var store = await OpenAsync(clock);
        await HoldAsync(store, "one", batch: 18, inUse: 18);
        await HoldAsync(store, "two", batch: 18);

        (await HoldAsync(store, "one", batch: 18, inUse: 18)).Places.ShouldBeLessThan(18);
        (await HoldAsync(store, "two", batch: 18)).Places.ShouldBe(0);
    }

    private static SlotRequest Request(string node, int people, int batch, int permits = 100) => new(node, people, batch, permits, Window);

    private static Task<SlotGrant> ReserveAsync(ISlotStore store, string node, int people = 0, int batch = 0, int permits = 100) =>
        store.ReserveAsync(Sample.Connection, LimitKind.Burst, Request(node, people, batch, permits), Token);

    private static Task<PlaceGrant> HoldAsync(
        ISlotStore store, string node, int people = 0, int batch = 0, int inUse = 0, int places = 20) =>
        store.HoldAsync(Sample.Connection, LimitKind.Concurrency, new PlaceRequest(node, people, batch, inUse, places), Token);
}
