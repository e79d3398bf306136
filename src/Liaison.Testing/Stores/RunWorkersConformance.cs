using Liaison.Testing.Conformance;
using Liaison.Work;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Stores;

/// <summary>What every work store must do for several workers on one run: one leads, the dead give way, and one decides.</summary>
[ConformanceSuite(typeof(IWorkStore))]
public abstract class RunWorkersConformance
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly SuiteClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the test's storage, which is empty at first, as one more process beside those that have it open.</summary>
    /// <remarks>The deriving class closes what it opened when it is disposed.</remarks>
    protected abstract ValueTask<IWorkStore> OpenAsync(TimeProvider time);

    [Theory]
    [InlineData("run-1", "run-2")]
    [InlineData("worker-host/1-a", "worker-host/1-b")]
    [InlineData("qualify on a b/ü", "qualify on a b")]
    public async Task A_name_is_held_by_one_until_it_lets_go(string name, string otherName)
    {
        IWorkStore[] processes = [await OpenAsync(clock), await OpenAsync(clock)];

        var first = await processes[0].TryHoldAsync(name, Token);
        var second = await processes[1].TryHoldAsync(name, Token);
        var other = await processes[1].TryHoldAsync(otherName, Token);
        (await first!.StandsAsync(Token)).ShouldBeTrue();
        await first.DisposeAsync();
        var third = await processes[1].TryHoldAsync(name, Token);

        second.ShouldBeNull();
        other.ShouldNotBeNull();
        third.ShouldNotBeNull();
        await other.DisposeAsync();
        await third.DisposeAsync();
    }

    [Fact]
    public async Task One_leads_at_a_time_and_adds_and_another_adds_nothing()
    {
        var store = await OpenWithRunAsync();

        (await store.TryLeadAsync("run-1", "w1", Token)).ShouldBeTrue();
        (await store.TryLeadAsync("run-1", "w1", Token)).ShouldBeTrue();
        (await store.TryLeadAsync("run-1", "w2", Token)).ShouldBeFalse();
        (await store.FindRunAsync("run-1", Token))!.Leader.ShouldBe("w1");
        (await AddAsync(store, 1, 2, "page-2", "w2")).ShouldBeEmpty();
        (await AddAsync(store, 1, 2, "page-2", "w1")).Count.ShouldBe(2);

        await store.LeaveAsync("run-1", "w1", Token);
        (await store.TryLeadAsync("run-1", "w2", Token)).ShouldBeTrue();

        // Who led before and does not know that it leads no more neither adds nor moves the cursor.
        (await AddAsync(store, 3, 2, "page-9", "w1")).ShouldBeEmpty();
        (await store.FindRunAsync("run-1", Token))!.Cursor.ShouldBe("page-2");
        (await store.CountAsync("run-1", Token)).In.ShouldBe(2);
    }

    [Fact]
    public async Task A_run_that_was_led_takes_nothing_while_nobody_leads_it()
    {
        var store = await OpenWithRunAsync();
        await store.TryLeadAsync("run-1", "w1", Token);
        await store.LeaveAsync("run-1", "w1", Token);

        (await AddAsync(store, 1, 2, "page-2", "w1")).ShouldBeEmpty();

        (await store.FindRunAsync("run-1", Token))!.ShouldSatisfyAllConditions(run => run.Cursor.ShouldBeNull(), run => run.Leader.ShouldBeNull());
    }

    [Fact]
    public async Task Of_many_that_would_lead_one_does()
    {
        await OpenWithRunAsync();
        IWorkStore[] processes = [await OpenAsync(clock), await OpenAsync(clock)];

        var led = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            worker => Task.Run(() => processes[worker % 2].TryLeadAsync("run-1", $"w{worker}", Token), Token)));

        led.Count(leads => leads).ShouldBe(1);
    }

    [Fact]
    public async Task Who_leaves_leaves_what_it_has_in_hand_and_others_keep_theirs()
    {
        var store = await OpenWithRunAsync();
        await store.JoinAsync("run-1", "w1", Token);
        await store.JoinAsync("run-1", "w2", Token);
        await store.JoinAsync("run-1", "w2", Token);
        await AddAsync(store, 1, 2, "page-2", "w1");
        var kept = await AddAsync(store, 3, 2, null, "w2");

        (await store.ListWorkersAsync("run-1", Token)).ShouldBe(["w1", "w2"]);
        (await store.LeaveAsync("run-1", "w1", Token)).ShouldBe(2);
        (await store.LeaveAsync("run-1", "w1", Token)).ShouldBe(0);

        (await store.ListWorkersAsync("run-1", Token)).ShouldBe(["w2"]);
        (await store.CountReadyAsync("run-1", Token)).ShouldBe(2);
        (await store.ClaimAsync("run-1", "w3", 10, Lease, Token)).Select(item => item.Sequence).ShouldBe([1, 2]);
        (await store.CompleteAsync("run-1", [.. kept.Select(Done)], Token)).ShouldBe(2);
    }

    [Fact]
    public async Task A_release_leaves_what_a_worker_that_takes_part_has_in_hand()
    {
        var store = await OpenWithRunAsync();
        await store.JoinAsync("run-1", "w1", Token);
        var held = await AddAsync(store, 1, 3, "page-2", "w1");
        await AddAsync(store, 4, 2, null, "w2");
        await store.CompleteAsync("run-1", [Done(held[2]) with { State = ItemState.Parked }], Token);

        (await store.ReleaseAsync("run-1", Token)).ShouldBe(3);

        (await store.CompleteAsync("run-1", [Done(held[0]), Done(held[1])], Token)).ShouldBe(2);
        (await store.ClaimAsync("run-1", "w3", 10, Lease, Token)).Select(item => item.Sequence).ShouldBe([3, 4, 5]);
    }

    [Fact]
    public async Task What_is_handed_over_is_claimed_by_others_and_no_end_of_before_counts()
    {
        var store = await OpenWithRunAsync();
        var items = await AddAsync(store, 1, 3, null, "w1");

        (await store.HandOverAsync("run-1", [items[0], items[1]], Token)).ShouldBe(2);
        (await store.HandOverAsync("run-1", [items[0]], Token)).ShouldBe(0);
        (await store.CountReadyAsync("run-1", Token)).ShouldBe(2);
        var claimed = await store.ClaimAsync("run-1", "w2", 10, Lease, Token);

        claimed.Select(item => (item.Sequence, item.Fence)).ShouldBe([(1, 2), (2, 2)]);
        (await store.HandOverAsync("run-1", [items[0]], Token)).ShouldBe(0);
        (await store.CompleteAsync("run-1", [Done(items[0]), Done(items[2])], Token)).ShouldBe(1);
        (await store.CountReadyAsync("run-1", Token)).ShouldBe(0);
    }

    [Fact]
    public async Task Of_many_that_decide_at_once_one_does()
    {
        await OpenWithRunAsync();
        IWorkStore[] processes = [await OpenAsync(clock), await OpenAsync(clock)];
        var ends = new[] { RunState.Finished, RunState.Paused, RunState.Parked, RunState.Cancelled };

        var moved = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            turn => Task.Run(() => processes[turn % 2].TryMoveAsync("run-1", RunState.Running, ends[turn % 4], $"by {turn}", Token), Token)));

        moved.Count(moves => moves).ShouldBe(1);
        var run = (await processes[0].FindRunAsync("run-1", Token))!;
        run.State.ShouldBe(ends[moved.IndexOf(true) % 4]);
        run.Reason.ShouldBe($"by {moved.IndexOf(true)}");
        run.FinishedAt.ShouldBe(run.State is RunState.Finished or RunState.Cancelled ? clock.GetUtcNow() : null);
        (await processes[1].TryMoveAsync("run-x", RunState.Running, RunState.Paused, null, Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_parked_run_is_due_when_its_time_has_come_and_no_longer_once_it_was_moved()
    {
        var store = await OpenWithRunAsync();
        (await store.TryParkAsync("run-1", RunState.Paused, "Spent.", TimeSpan.FromHours(1), Token)).ShouldBeFalse();
        (await store.TryParkAsync("run-1", RunState.Running, "Spent.", TimeSpan.FromHours(1), Token)).ShouldBeTrue();
        var parked = (await store.FindRunAsync("run-1", Token))!;
        (parked.State, parked.Reason, parked.ResumeAt).ShouldBe((RunState.Parked, "Spent.", clock.GetUtcNow().AddHours(1)));

        clock.Advance(TimeSpan.FromMinutes(59));
        (await store.ListDueAsync(Token)).ShouldBeEmpty();
        clock.Advance(TimeSpan.FromMinutes(1));
        (await store.ListDueAsync(Token)).ShouldHaveSingleItem().Id.ShouldBe("run-1");
        (await store.TryParkAsync("run-1", RunState.Parked, "A scope is missing.", resumeAfter: null, Token)).ShouldBeTrue();
        (await store.ListDueAsync(Token)).ShouldBeEmpty();

        await store.TryParkAsync("run-1", RunState.Parked, "It is back.", TimeSpan.Zero, Token);
        (await store.ListDueAsync(Token)).Count.ShouldBe(1);
        await store.TryMoveAsync("run-1", RunState.Parked, RunState.Running, null, Token);
        (await store.ListDueAsync(Token)).ShouldBeEmpty();
        (await store.FindRunAsync("run-1", Token))!.ResumeAt.ShouldBeNull();
    }

    [Fact]
    public async Task Runs_are_listed_by_state_oldest_first()
    {
        var store = await OpenAsync(clock);
        foreach (var (id, state) in new[] { ("run-1", RunState.Running), ("run-2", RunState.Finished), ("run-3", RunState.Parked), ("run-4", RunState.Running) })
        {
            await store.CreateRunAsync(Sample.Run(id) with { State = state }, Token);
        }

        (await store.ListRunsAsync(RunState.Running, Token)).Select(run => run.Id).ShouldBe(["run-1", "run-4"]);
        (await store.ListRunsAsync(RunState.Parked, Token)).Select(run => run.Id).ShouldBe(["run-3"]);
        (await store.ListRunsAsync(RunState.Finished, Token)).Select(run => run.Id).ShouldBe(["run-2"]);
        (await store.ListRunsAsync(RunState.Cancelled, Token)).ShouldBeEmpty();
    }

    private static ItemOutcome Done(WorkItem item) => new(item.Sequence, item.Fence, ItemState.Done);

    private static Task<IReadOnlyList<WorkItem>> AddAsync(IWorkStore store, int first, int count, string? next, string worker) =>
        store.AddItemsAsync("run-1", Sample.Records(first, count), next, worker, Lease, Token);

    private async Task<IWorkStore> OpenWithRunAsync()
    {
        var store = await OpenAsync(clock);
        await store.CreateRunAsync(Sample.Run("run-1") with { State = RunState.Running }, Token);
        return store;
    }
}
