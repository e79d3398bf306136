using Liaison.Connectors;
using Liaison.Model;
using Liaison.Testing.Conformance;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Stores;

/// <summary>What every budget store must do: never give more than a window holds, whoever asks.</summary>
[ConformanceSuite(typeof(IBudgetStore))]
public abstract class BudgetStoreConformance
{
    private static readonly DateTimeOffset Today = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly SuiteClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the test's storage, which is empty at first, as one more process beside those that have it open.</summary>
    /// <remarks>The deriving class closes what it opened when it is disposed.</remarks>
    protected abstract ValueTask<IBudgetStore> OpenAsync(TimeProvider time);

    /// <summary>Opens the test's storage as it is found after every process that had it open was killed.</summary>
    protected virtual ValueTask<IBudgetStore> ReopenAsync(TimeProvider time) => OpenAsync(time);

    [Fact]
    public async Task What_was_taken_is_spent_and_stays_so_after_a_kill()
    {
        var store = await OpenAsync(clock);

        (await TakeAsync(store, wanted: 30, ceiling: 100)).ShouldBe(30);

        (await SpentAsync(await ReopenAsync(clock))).ShouldBe(30);
    }

    [Fact]
    public async Task Near_the_ceiling_fewer_are_given_and_at_it_none()
    {
        var store = await OpenAsync(clock);
        await TakeAsync(store, wanted: 70, ceiling: 100);

        (await TakeAsync(store, wanted: 50, ceiling: 100)).ShouldBe(30);
        (await TakeAsync(store, wanted: 1, ceiling: 100)).ShouldBe(0);
        (await TakeAsync(store, wanted: 0, ceiling: 100)).ShouldBe(0);
        (await SpentAsync(store)).ShouldBe(100);
    }

    [Fact]
    public async Task A_ceiling_that_was_lowered_below_what_is_spent_gives_nothing_and_takes_nothing_back()
    {
        var store = await OpenAsync(clock);
        await TakeAsync(store, wanted: 70, ceiling: 100);

        (await TakeAsync(store, wanted: 10, ceiling: 50)).ShouldBe(0);
        (await SpentAsync(store)).ShouldBe(70);
    }

    [Fact]
    public async Task Never_more_than_the_ceiling_is_given_to_all_together()
    {
        IBudgetStore[] processes = [await OpenAsync(clock), await OpenAsync(clock)];

        var given = await Task.WhenAll(Enumerable.Range(0, 200).Select(
            number => Task.Run(() => TakeAsync(processes[number % 2], wanted: (number % 13) + 1, ceiling: 1000), Token)));

        given.Sum().ShouldBe(1000);
        (await SpentAsync(processes[0])).ShouldBe(1000);
    }

    [Fact]
    public async Task A_later_window_begins_anew_and_the_earlier_one_keeps_its_count()
    {
        var store = await OpenAsync(clock);
        await TakeAsync(store, wanted: 100, ceiling: 100);

        (await TakeAsync(store, wanted: 100, ceiling: 100, window: Today.AddDays(1))).ShouldBe(100);
        (await TakeAsync(store, wanted: 1, ceiling: 100)).ShouldBe(0);
    }

    [Fact]
    public async Task The_newest_windows_are_kept_however_many_have_passed()
    {
        var store = await OpenAsync(clock);
        for (var day = 0; day < 40; day++)
        {
            await TakeAsync(store, wanted: 5, ceiling: 100, window: Today.AddDays(day));
        }

        (await store.SpentAsync(Sample.Connection, LimitKind.Daily, Today.AddDays(39), Token)).ShouldBe(5);
        (await store.SpentAsync(Sample.Connection, LimitKind.Daily, Today.AddDays(38), Token)).ShouldBe(5);
    }

    [Fact]
    public async Task Each_connection_and_each_limit_has_its_own_count()
    {
        var store = await OpenAsync(clock);
        await TakeAsync(store, wanted: 100, ceiling: 100);

        (await store.TakeAsync(new ConnectionName("other"), LimitKind.Daily, Today, 10, 100, Token)).ShouldBe(10);
        (await store.TakeAsync(Sample.Connection, LimitKind.Search, Today, 10, 100, Token)).ShouldBe(10);
    }

    [Fact]
    public async Task A_correction_raises_and_never_lowers()
    {
        var store = await OpenAsync(clock);
        await TakeAsync(store, wanted: 10, ceiling: 100);

        await store.CorrectAsync(Sample.Connection, LimitKind.Daily, Today, 90, Token);
        await store.CorrectAsync(Sample.Connection, LimitKind.Daily, Today, 20, Token);

        (await SpentAsync(await ReopenAsync(clock))).ShouldBe(90);
        (await TakeAsync(store, wanted: 20, ceiling: 100)).ShouldBe(10);
    }

    [Fact]
    public async Task A_window_that_nobody_touched_has_spent_nothing()
    {
        (await SpentAsync(await OpenAsync(clock))).ShouldBe(0);
    }

    [Fact]
    public async Task Of_the_windows_after_a_time_the_one_of_which_most_was_spent_is_found()
    {
        var store = await OpenAsync(clock);
        await TakeAsync(store, wanted: 90, ceiling: 100, window: Today.AddDays(-1));
        await TakeAsync(store, wanted: 40, ceiling: 100, window: Today.AddHours(-1));
        await TakeAsync(store, wanted: 7, ceiling: 100);
        await store.TakeAsync(Sample.Connection, LimitKind.Search, Today, 99, 100, Token);

        (await (await ReopenAsync(clock)).FindFullestAsync(Sample.Connection, LimitKind.Daily, Today.AddHours(-12), Token)).ShouldBe(new SpentWindow(Today.AddHours(-1), 40));
        (await store.FindFullestAsync(Sample.Connection, LimitKind.Daily, Today, Token)).ShouldBeNull();
        (await store.FindFullestAsync(new ConnectionName("other"), LimitKind.Daily, Today.AddDays(-9), Token)).ShouldBeNull();
    }

    private static Task<long> TakeAsync(IBudgetStore store, long wanted, long ceiling, DateTimeOffset? window = null) =>
        store.TakeAsync(Sample.Connection, LimitKind.Daily, window ?? Today, wanted, ceiling, Token);

    private static Task<long> SpentAsync(IBudgetStore store) =>
        store.SpentAsync(Sample.Connection, LimitKind.Daily, Today, Token);
}
