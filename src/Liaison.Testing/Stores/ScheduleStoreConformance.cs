using Liaison.Testing.Conformance;
using Liaison.Work;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Stores;

/// <summary>What every store of schedules must do: every node sees the same next time, and a kill forgets none.</summary>
[ConformanceSuite(typeof(IScheduleStore))]
public abstract class ScheduleStoreConformance
{
    private readonly SuiteClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the test's storage, which is empty at first, as one more process beside those that have it open.</summary>
    /// <remarks>The deriving class closes what it opened when it is disposed.</remarks>
    protected abstract ValueTask<IScheduleStore> OpenAsync(TimeProvider time);

    [Fact]
    public async Task A_state_comes_back_as_it_was_put_from_every_process()
    {
        var store = await OpenAsync(clock);
        var nightly = new ScheduleState("nightly", "0 0 2 * * ?", Sample.Start.AddHours(1), TakenAt: null, RunId: null, Note: null);
        var weekly = new ScheduleState("Wöchentlich", "{}", DueAt: null, Sample.Start, "run-1", "It was late by an hour.");

        await store.PutAsync(weekly, Token);
        await store.PutAsync(nightly with { Definition = "before" }, Token);
        await store.PutAsync(nightly, Token);

        (await (await OpenAsync(clock)).ListAsync(Token)).OrderBy(state => state.Name.Length).ShouldBe([nightly, weekly]);
    }

    [Fact]
    public async Task What_is_removed_is_gone_and_the_rest_stays()
    {
        var store = await OpenAsync(clock);
        var kept = new ScheduleState("kept", "{}", Sample.Start, null, null, null);
        await store.PutAsync(kept, Token);
        await store.PutAsync(kept with { Name = "gone" }, Token);

        await store.RemoveAsync("gone", Token);
        await store.RemoveAsync("never there", Token);

        (await store.ListAsync(Token)).ShouldBe([kept]);
    }

    [Fact]
    public async Task Its_present_is_the_stores_own()
    {
        var store = await OpenAsync(clock);
        clock.Advance(TimeSpan.FromMinutes(7));

        (await store.GetNowAsync(Token)).ShouldBe(clock.GetUtcNow());
    }
}
