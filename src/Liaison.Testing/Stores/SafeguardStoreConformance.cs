using Liaison.Policy;
using Liaison.Testing.Conformance;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Stores;

/// <summary>What every safeguard store must do: a stop is seen by every process and outlives them all.</summary>
[ConformanceSuite(typeof(ISafeguardStore))]
public abstract class SafeguardStoreConformance
{
    private static readonly StoppedAgent Stop = new("qualify", "ann@example.com", "It writes nonsense.", Sample.Start);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the test's storage, which is empty at first, as one more process beside those that have it open.</summary>
    /// <remarks>The deriving class closes what it opened when it is disposed.</remarks>
    protected abstract ValueTask<ISafeguardStore> OpenAsync();

    [Fact]
    public async Task A_stop_is_seen_by_every_process()
    {
        var one = await OpenAsync();
        var other = await OpenAsync();

        await one.StopAsync(Stop, Token);

        (await other.ListStoppedAsync(Token)).ShouldBe([Stop]);
    }

    [Fact]
    public async Task The_first_stop_stands()
    {
        var store = await OpenAsync();

        await store.StopAsync(Stop, Token);
        await store.StopAsync(Stop with { By = "liaison", Reason = "Another." }, Token);

        (await store.ListStoppedAsync(Token)).ShouldBe([Stop]);
    }

    [Fact]
    public async Task A_released_agent_is_stopped_no_more_and_the_others_still_are()
    {
        var store = await OpenAsync();
        await store.StopAsync(Stop, Token);
        await store.StopAsync(Stop with { Actor = "*" }, Token);

        (await store.ReleaseAsync("qualify", Token)).ShouldBeTrue();
        (await store.ReleaseAsync("qualify", Token)).ShouldBeFalse();

        (await store.ListStoppedAsync(Token)).ShouldHaveSingleItem().Actor.ShouldBe("*");
    }

    [Fact]
    public async Task A_run_has_the_volume_that_the_first_approver_gave_it()
    {
        var store = await OpenAsync();
        await store.ApproveVolumeAsync("run-1", "ann@example.com", Sample.Start, Token);
        await store.ApproveVolumeAsync("run-1", "bob@example.com", Sample.Start, Token);

        (await store.FindVolumeApprovalAsync("run-1", Token)).ShouldBe("ann@example.com");
        (await store.FindVolumeApprovalAsync("run-2", Token)).ShouldBeNull();
    }
}
