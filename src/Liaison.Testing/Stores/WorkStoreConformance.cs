using Liaison.Model;
using Liaison.Testing.Conformance;
using Liaison.Work;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Stores;

/// <summary>What every work store must do: nothing lost, nothing doubled, whoever dies.</summary>
[ConformanceSuite(typeof(IWorkStore))]
public abstract class WorkStoreConformance
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly SuiteClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the test's storage, which is empty at first, as one more process beside those that have it open.</summary>
    /// <remarks>The deriving class closes what it opened when it is disposed.</remarks>
    protected abstract ValueTask<IWorkStore> OpenAsync(TimeProvider time);

    /// <summary>Opens the test's storage as it is found after every process that had it open was killed.</summary>
    protected virtual ValueTask<IWorkStore> ReopenAsync(TimeProvider time) => OpenAsync(time);

    [Fact]
    public async Task A_run_comes_back_as_it_was_stored()
    {
        var store = await OpenAsync(clock);
        var run = Sample.Run("run-1") with { Caller = Sample.Caller("run-0"), Cursor = "c", Selected = true, Reason = "waits", FinishedAt = Sample.Start };

        await store.CreateRunAsync(run, Token);

        (await (await ReopenAsync(clock)).FindRunAsync("run-1", Token)).ShouldBe(run);
    }

    [Fact]
    public async Task A_run_is_found_by_a_beginning_that_fits_no_other()
    {
        var store = await OpenAsync(clock);
        foreach (var id in (string[])["run-aa", "run-aab", "run-b"])
        {
            await store.CreateRunAsync(Sample.Run(id), Token);
        }

        (await store.FindRunAsync("run-b", Token))!.Id.ShouldBe("run-b");
        (await store.FindRunAsync("run-aa", Token))!.Id.ShouldBe("run-aa");
        (await store.FindRunAsync("run-a", Token)).ShouldBeNull();
        (await store.FindRunAsync("run-c", Token)).ShouldBeNull();
        (await store.FindRunAsync("RUN-B", Token)).ShouldBeNull();
        (await store.FindRunAsync("run-%", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Runs_are_listed_newest_first()
    {
        var store = await OpenAsync(clock);
        await store.CreateRunAsync(Sample.Run("run-1", Sample.Start), Token);
        await store.CreateRunAsync(Sample.Run("run-3", Sample.Start.AddHours(2)), Token);
        await store.CreateRunAsync(Sample.Run("run-2", Sample.Start.AddHours(1)), Token);

        (await store.ListRunsAsync(2, Token)).Select(run => run.Id).ShouldBe(["run-3", "run-2"]);
    }

    [Theory]
    [InlineData(RunState.Parked, false)]
    [InlineData(RunState.Paused, false)]
    [InlineData(RunState.Running, false)]
    [InlineData(RunState.Finished, true)]
    [InlineData(RunState.Cancelled, true)]
    public async Task A_state_is_kept_with_its_reason_and_only_an_end_has_an_end_time(RunState state, bool ends)
    {
        var store = await OpenWithRunAsync();
        clock.Advance(TimeSpan.FromMinutes(5));

        await store.SetStateAsync("run-1", state, "The daily allowance is spent.", Token);

        var run = (await (await ReopenAsync(clock)).FindRunAsync("run-1", Token))!;
        run.State.ShouldBe(state);
        run.Reason.ShouldBe("The daily allowance is spent.");
        run.UpdatedAt.ShouldBe(clock.GetUtcNow());
        run.FinishedAt.ShouldBe(ends ? clock.GetUtcNow() : null);
    }

    [Fact]
    public async Task A_run_that_is_unknown_takes_no_items_and_no_state()
    {
        var store = await OpenAsync(clock);

        await Should.ThrowAsync<InvalidOperationException>(() => store.SetStateAsync("run-x", RunState.Paused, null, Token));
        await Should.ThrowAsync<InvalidOperationException>(() => AddAsync(store, Sample.Records(1, 1), next: null, run: "run-x"));
        (await store.CountAsync("run-x", Token)).In.ShouldBe(0);
    }

    [Fact]
    public async Task Items_and_cursor_are_stored_together_and_survive_a_kill()
    {
        var store = await OpenWithRunAsync();

        var added = await AddAsync(store, Sample.Records(1, 3), next: "page-2");

        var reopened = await ReopenAsync(clock);
        var run = (await reopened.FindRunAsync("run-1", Token))!;
        run.Cursor.ShouldBe("page-2");
        run.Selected.ShouldBeFalse();
        added.Select(item => item.Sequence).ShouldBe([1, 2, 3]);
        added.ShouldAllBe(item => item.State == ItemState.Leased && item.Attempts == 1 && item.Fence == 1);
        (await ListAsync(reopened)).ShouldBe(added);
    }

    [Fact]
    public async Task The_last_page_ends_the_selection()
    {
        var store = await OpenWithRunAsync();
        await AddAsync(store, Sample.Records(1, 3), next: "page-2");

        await AddAsync(store, [], next: null);

        var run = (await store.FindRunAsync("run-1", Token))!;
        run.Cursor.ShouldBeNull();
        run.Selected.ShouldBeTrue();
    }

    [Fact]
    public async Task A_page_that_is_read_again_adds_only_what_is_new()
    {
        var store = await OpenWithRunAsync();
        await AddAsync(store, Sample.Records(1, 3), next: "page-2");

        var added = await AddAsync(store, [.. Sample.Records(2, 3), Sample.Record(4)], next: "page-3");

        added.Select(item => (item.Sequence, item.Record)).ShouldBe([(4, Sample.Record(4))]);
        (await store.CountAsync("run-1", Token)).In.ShouldBe(4);
    }

    [Fact]
    public async Task The_same_id_of_another_type_or_run_is_another_item()
    {
        var store = await OpenWithRunAsync();
        await store.CreateRunAsync(Sample.Run("run-2"), Token);
        await AddAsync(store, Sample.Records(1, 1), next: null);

        (await AddAsync(store, [Sample.Record(1) with { Type = RecordType.Company }], next: null)).Count.ShouldBe(1);
        (await AddAsync(store, Sample.Records(1, 1), next: null, run: "run-2")).ShouldHaveSingleItem().Sequence.ShouldBe(1);
    }

    [Fact]
    public async Task Ready_items_are_claimed_in_order_of_selection()
    {
        var store = await OpenWithReadyItemsAsync(5);

        var first = await store.ClaimAsync("run-1", "w1", 3, Lease, Token);
        var second = await store.ClaimAsync("run-1", "w2", 3, Lease, Token);

        first.Select(item => item.Sequence).ShouldBe([1, 2, 3]);
        second.Select(item => item.Sequence).ShouldBe([4, 5]);
        first.ShouldAllBe(item => item.State == ItemState.Leased && item.Fence == 2 && item.Attempts == 2);
        (await store.ClaimAsync("run-1", "w3", 3, Lease, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_item_is_claimed_again_when_its_lease_has_ended_and_not_before()
    {
        var store = await OpenWithRunAsync();
        await AddAsync(store, Sample.Records(1, 2), next: null);

        clock.Advance(Lease - TimeSpan.FromMilliseconds(1));
        (await store.ClaimAsync("run-1", "w2", 10, Lease, Token)).ShouldBeEmpty();
        clock.Advance(TimeSpan.FromMilliseconds(1));
        var claimed = await store.ClaimAsync("run-1", "w2", 10, Lease, Token);

        claimed.Select(item => item.Sequence).ShouldBe([1, 2]);
        claimed.ShouldAllBe(item => item.Fence == 2 && item.UpdatedAt == clock.GetUtcNow());
    }

    [Fact]
    public async Task A_renewed_lease_holds_and_only_for_the_worker_who_renewed()
    {
        var store = await OpenWithRunAsync();
        await AddAsync(store, Sample.Records(1, 1), next: "more", worker: "w1");
        await AddAsync(store, Sample.Records(2, 1), next: null, worker: "w2");
        clock.Advance(Lease / 2);

        await store.RenewAsync("run-1", "w1", Lease, Token);

        clock.Advance(Lease / 2);
        (await store.ClaimAsync("run-1", "w3", 10, Lease, Token)).Select(item => item.Sequence).ShouldBe([2]);
    }

    [Fact]
    public async Task An_outcome_under_an_outdated_fence_is_refused()
    {
        var store = await OpenWithRunAsync();
        var lost = await AddAsync(store, Sample.Records(1, 1), next: null, worker: "w1");
        clock.Advance(Lease);
        var held = await store.ClaimAsync("run-1", "w2", 1, Lease, Token);

        (await store.CompleteAsync("run-1", [Done(lost[0])], Token)).ShouldBe(0);
        (await ListAsync(store)).ShouldBe(held);
        (await store.CompleteAsync("run-1", [Done(held[0])], Token)).ShouldBe(1);
    }

    [Fact]
    public async Task An_outcome_that_comes_late_is_taken_while_nobody_else_has_the_item()
    {
        var store = await OpenWithRunAsync();
        var items = await AddAsync(store, Sample.Records(1, 1), next: null);
        clock.Advance(Lease * 2);

        (await store.CompleteAsync("run-1", [Done(items[0])], Token)).ShouldBe(1);
    }

    [Fact]
    public async Task An_item_ends_once()
    {
        var store = await OpenWithRunAsync();
        var items = await AddAsync(store, Sample.Records(1, 1), next: null);

        (await store.CompleteAsync("run-1", [Done(items[0]), Done(items[0]) with { State = ItemState.Dead }], Token)).ShouldBe(1);

        (await ListAsync(store)).ShouldHaveSingleItem().State.ShouldBe(ItemState.Done);
    }

    [Fact]
    public async Task An_end_is_kept_with_reason_and_result()
    {
        var store = await OpenWithRunAsync();
        var items = await AddAsync(store, Sample.Records(1, 2), next: null);
        clock.Advance(TimeSpan.FromSeconds(3));

        await store.CompleteAsync(
            "run-1",
            [
                new ItemOutcome(1, items[0].Fence, ItemState.Dead, "Invalid", "The score is no number."),
                new ItemOutcome(2, items[1].Fence, ItemState.Done, Result: """{"score":81}"""),
            ],
            Token);

        var stored = await ListAsync(await ReopenAsync(clock));
        stored[0].ShouldBe(items[0] with { State = ItemState.Dead, FailureKind = "Invalid", Failure = "The score is no number.", UpdatedAt = clock.GetUtcNow() });
        stored[1].ShouldBe(items[1] with { State = ItemState.Done, Result = """{"score":81}""", UpdatedAt = clock.GetUtcNow() });
    }

    [Theory]
    [InlineData(ItemState.Ready)]
    [InlineData(ItemState.Leased)]
    public async Task What_is_no_end_completes_nothing(ItemState state)
    {
        var store = await OpenWithRunAsync();
        var items = await AddAsync(store, Sample.Records(1, 2), next: null);

        await Should.ThrowAsync<ArgumentException>(
            () => store.CompleteAsync("run-1", [Done(items[0]), Done(items[1]) with { State = state }], Token));

        (await store.CountAsync("run-1", Token)).Leased.ShouldBe(2);
    }

    [Fact]
    public async Task Release_makes_parked_and_leased_items_ready_and_leaves_the_ended_alone()
    {
        var store = await OpenWithRunAsync();
        var items = await AddAsync(store, Sample.Records(1, 4), next: null);
        await store.CompleteAsync(
            "run-1", [Done(items[0]), Done(items[1]) with { State = ItemState.Parked, Failure = "The allowance is spent." }], Token);

        (await (await ReopenAsync(clock)).ReleaseAsync("run-1", Token)).ShouldBe(3);

        var reopened = await ReopenAsync(clock);
        (await reopened.CountAsync("run-1", Token)).ShouldBe(new RunCounts(Ready: 3, 0, Done: 1, 0, 0, 0, 0));
        (await reopened.ClaimAsync("run-1", "w2", 10, Lease, Token)).Select(item => item.Sequence).ShouldBe([2, 3, 4]);
        (await reopened.CompleteAsync("run-1", [Done(items[2])], Token)).ShouldBe(0);
    }

    [Fact]
    public async Task Items_are_listed_in_order_of_selection_all_or_by_state()
    {
        var store = await OpenWithRunAsync();
        var items = await AddAsync(store, Sample.Records(1, 2500), next: null);
        await store.CompleteAsync("run-1", [.. items.Where(item => item.Sequence % 2 == 0).Select(Done)], Token);

        (await ListAsync(store)).Select(item => item.Sequence).ShouldBe(Enumerable.Range(1, 2500).Select(number => (long)number));
        (await ListAsync(store, ItemState.Done)).Select(item => item.Sequence).ShouldBe(Enumerable.Range(1, 1250).Select(number => number * 2L));
        (await ListAsync(store, ItemState.Leased)).Count.ShouldBe(1250);
        (await ListAsync(store, ItemState.Ready)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Concurrent_workers_of_two_processes_get_each_item_once()
    {
        await OpenWithReadyItemsAsync(600);
        IWorkStore[] processes = [await OpenAsync(clock), await OpenAsync(clock)];

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            worker => Task.Run(() => ClaimUntilNoneAsync(processes[worker % 2], $"w{worker}"), Token)));

        claims.SelectMany(sequences => sequences).Order().ShouldBe(Enumerable.Range(1, 600).Select(number => (long)number));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_came_in_is_the_sum_of_the_states_whatever_happens(int seed)
    {
        var store = await OpenWithRunAsync();
        var walk = new WorkStoreWalk(store, clock, seed);

        for (var step = 0; step < 150; step++)
        {
            await walk.StepAsync(Lease, Token);

            var counts = await store.CountAsync("run-1", Token);
            counts.In.ShouldBe(walk.Added, $"after {walk.Told}");
            counts.ShouldBe(Counted(await ListAsync(store)), $"after {walk.Told}");
        }
    }

    private static ItemOutcome Done(WorkItem item) => new(item.Sequence, item.Fence, ItemState.Done);

    private static Task<IReadOnlyList<WorkItem>> AddAsync(
        IWorkStore store, IReadOnlyList<RecordRef> records, string? next, string worker = "w1", string run = "run-1") =>
        store.AddItemsAsync(run, records, next, worker, Lease, Token);

    private static async Task<List<WorkItem>> ListAsync(IWorkStore store, ItemState? state = null)
    {
        var items = new List<WorkItem>();
        await foreach (var item in store.ListItemsAsync("run-1", state, Token))
        {
            items.Add(item);
        }

        return items;
    }

    private static async Task<List<long>> ClaimUntilNoneAsync(IWorkStore store, string worker)
    {
        var sequences = new List<long>();
        while (await store.ClaimAsync("run-1", worker, 25, Lease, Token) is { Count: > 0 } claimed)
        {
            sequences.AddRange(claimed.Select(item => item.Sequence));
            await store.CompleteAsync("run-1", [.. claimed.Select(Done)], Token);
        }

        return sequences;
    }

    private static RunCounts Counted(List<WorkItem> items)
    {
        return new RunCounts(
            Of(ItemState.Ready), Of(ItemState.Leased), Of(ItemState.Done), Of(ItemState.Skipped),
            Of(ItemState.Gone), Of(ItemState.Parked), Of(ItemState.Dead));

        long Of(ItemState state) => items.LongCount(item => item.State == state);
    }

    private async Task<IWorkStore> OpenWithRunAsync()
    {
        var store = await OpenAsync(clock);
        await store.CreateRunAsync(Sample.Run("run-1"), Token);
        return store;
    }

    private async Task<IWorkStore> OpenWithReadyItemsAsync(int count)
    {
        var store = await OpenWithRunAsync();
        await AddAsync(store, Sample.Records(1, count), next: null);
        await store.ReleaseAsync("run-1", Token);
        return store;
    }
}
