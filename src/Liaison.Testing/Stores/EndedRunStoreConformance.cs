using Liaison.Testing.Conformance;
using Liaison.Work;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Stores;

/// <summary>What every store of ended runs must do: items go, their counts stay, and nothing goes that somebody still needs.</summary>
[ConformanceSuite(typeof(IEndedRunStore))]
public abstract class EndedRunStoreConformance
{
    // Longer than any store needs to have items lie apart from those of now.
    private static readonly TimeSpan Long = TimeSpan.FromDays(40);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly SuiteClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the test's storage, which is empty at first, with the work and the letters of the runs.</summary>
    /// <remarks>The deriving class closes what it opened when it is disposed.</remarks>
    protected abstract ValueTask<EndedRunStores> OpenAsync(TimeProvider time);

    [Fact]
    public async Task Runs_are_listed_once_they_ended_long_enough_ago_and_no_more_once_their_last_report_is_noted()
    {
        var (work, _, ended) = await OpenAsync(clock);
        await EndAsync(work, "run-1", count: 1);
        await work.CreateRunAsync(Sample.Run("run-2"), Token);
        clock.Advance(TimeSpan.FromHours(1));
        await EndAsync(work, "run-3", count: 1, RunState.Cancelled);

        (await IdsAsync(ended, TimeSpan.Zero)).ShouldBe(["run-1", "run-3"]);
        (await IdsAsync(ended, TimeSpan.FromHours(1))).ShouldBe(["run-1"]);
        (await ended.NoteAsync("run-1", """{"first":1}""", last: false, Token)).ShouldBeTrue();
        (await IdsAsync(ended, TimeSpan.FromHours(1))).ShouldBe(["run-1"]);
        (await ended.NoteAsync("run-1", """{"last":1}""", last: true, Token)).ShouldBeTrue();
        (await IdsAsync(ended, TimeSpan.Zero)).ShouldBe(["run-3"]);
    }

    [Fact]
    public async Task A_report_is_found_with_its_run_and_the_last_one_stands()
    {
        var (work, _, ended) = await OpenAsync(clock);
        await EndAsync(work, "run-1", count: 1);

        await ended.NoteAsync("run-1", """{"first":1}""", last: false, Token);
        (await work.FindRunAsync("run-1", Token))!.Report.ShouldBe("""{"first":1}""");
        await ended.NoteAsync("run-1", """{"last":1}""", last: true, Token);

        (await ended.NoteAsync("run-1", """{"later":1}""", last: true, Token)).ShouldBeFalse();
        (await work.FindRunAsync("run-1", Token))!.Report.ShouldBe("""{"last":1}""");
    }

    [Fact]
    public async Task A_run_that_has_not_ended_takes_no_report()
    {
        var (work, _, ended) = await OpenAsync(clock);
        await work.CreateRunAsync(Sample.Run("run-1"), Token);

        (await ended.NoteAsync("run-1", "{}", last: true, Token)).ShouldBeFalse();
        (await ended.NoteAsync("run-unknown", "{}", last: true, Token)).ShouldBeFalse();

        (await work.FindRunAsync("run-1", Token))!.Report.ShouldBeNull();
    }

    [Fact]
    public async Task Dropped_items_are_gone_and_their_counts_are_as_before()
    {
        var (work, _, ended) = await OpenAsync(clock);
        await EndAsync(work, "run-1", count: 1203);
        await work.CreateRunAsync(Sample.Run("run-2"), Token);
        var counts = await work.CountAsync("run-1", Token);
        clock.Advance(Long);
        await ended.NoteAsync("run-1", "{}", last: true, Token);
        await work.SetStateAsync("run-2", RunState.Finished, null, Token);
        await ended.NoteAsync("run-2", "{}", last: true, Token);

        (await ended.DropAsync(Token)).ShouldBe(new DroppedItems(Runs: 1, Items: 1203));

        (await ListAsync(work, "run-1")).ShouldBeEmpty();
        (await work.CountAsync("run-1", Token)).ShouldBe(counts);
        counts.In.ShouldBe(1203);
        (await work.FindRunAsync("run-1", Token))!.State.ShouldBe(RunState.Finished);
        (await ended.DropAsync(Token)).ShouldBe(new DroppedItems(0, 0));
    }

    [Fact]
    public async Task Nothing_is_dropped_of_a_run_that_goes_on_or_whose_last_report_is_not_noted()
    {
        var (work, _, ended) = await OpenAsync(clock);
        await EndAsync(work, "run-1", count: 3);
        await ended.NoteAsync("run-1", "{}", last: false, Token);
        await work.CreateRunAsync(Sample.Run("run-2"), Token);
        await work.AddItemsAsync("run-2", Sample.Records(1, 4), null, "w1", Lease, Token);
        clock.Advance(Long);

        (await ended.DropAsync(Token)).ShouldBe(new DroppedItems(0, 0));

        (await ListAsync(work, "run-1")).Count.ShouldBe(3);
        (await ListAsync(work, "run-2")).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Items_of_a_later_run_stay_and_are_worked_on_while_earlier_ones_are_dropped()
    {
        var (work, _, ended) = await OpenAsync(clock);
        await EndAsync(work, "run-1", count: 5);
        clock.Advance(Long);
        await work.CreateRunAsync(Sample.Run("run-2", clock.GetUtcNow()), Token);
        var items = await work.AddItemsAsync("run-2", Sample.Records(1, 5), null, "w1", Lease, Token);
        await ended.NoteAsync("run-1", "{}", last: true, Token);

        (await ended.DropAsync(Token)).ShouldBe(new DroppedItems(1, 5));

        (await work.CompleteAsync("run-2", [.. items.Select(item => new ItemOutcome(item.Sequence, item.Fence, ItemState.Done))], Token)).ShouldBe(5);
        (await work.CountAsync("run-2", Token)).Done.ShouldBe(5);
    }

    [Fact]
    public async Task An_item_with_a_letter_stays_until_its_letter_has_gone_and_can_be_replayed_meanwhile()
    {
        var (work, letters, ended) = await OpenAsync(clock);
        await work.CreateRunAsync(Sample.Run("run-1"), Token);
        var items = await work.AddItemsAsync("run-1", Sample.Records(1, 4), null, "w1", Lease, Token);
        await work.CompleteAsync(
            "run-1",
            [
                new ItemOutcome(1, items[0].Fence, ItemState.Done),
                new ItemOutcome(2, items[1].Fence, ItemState.Dead, "Invalid", "It is wrong.") { Failed = new FailedOperation("changes.submit", null, [], null, null, []) },
                new ItemOutcome(3, items[2].Fence, ItemState.Dead, "Invalid", "It left no letter."),
                new ItemOutcome(4, items[3].Fence, ItemState.Done),
            ],
            Token);
        await work.SetStateAsync("run-1", RunState.Finished, null, Token);
        clock.Advance(Long);
        await ended.NoteAsync("run-1", "{}", last: true, Token);

        (await ended.DropAsync(Token)).ShouldBe(new DroppedItems(1, 3));
        (await ListAsync(work, "run-1")).ShouldHaveSingleItem().ShouldBe(items[1] with { State = ItemState.Dead, FailureKind = "Invalid", Failure = "It is wrong." });
        (await work.CountAsync("run-1", Token)).ShouldBe(new RunCounts(0, 0, Done: 2, 0, 0, 0, Dead: 2));
        (await letters.FindAsync("run-1/2", Token))!.Record.ShouldBe(items[1].Record);

        var again = (await letters.ReopenAsync("run-1", [2], "w2", Lease, Token)).ShouldHaveSingleItem();
        await work.CompleteAsync("run-1", [new ItemOutcome(2, again.Fence, ItemState.Done)], Token);
        (await work.CountAsync("run-1", Token)).ShouldBe(new RunCounts(0, 0, Done: 3, 0, 0, 0, Dead: 1));
        clock.Advance(Long);
        await letters.PurgeAsync(clock.GetUtcNow(), Token);

        (await ended.DropAsync(Token)).ShouldBe(new DroppedItems(1, 1));
        (await ListAsync(work, "run-1")).ShouldBeEmpty();
        (await work.CountAsync("run-1", Token)).ShouldBe(new RunCounts(0, 0, Done: 3, 0, 0, 0, Dead: 1));
    }

    private static async Task EndAsync(IWorkStore work, string run, int count, RunState end = RunState.Finished)
    {
        await work.CreateRunAsync(Sample.Run(run), Token);
        var items = await work.AddItemsAsync(run, Sample.Records(1, count), null, "w1", Lease, Token);
        ItemState[] ends = [ItemState.Done, ItemState.Skipped, ItemState.Gone];
        await work.CompleteAsync(run, [.. items.Select(item => new ItemOutcome(item.Sequence, item.Fence, ends[item.Sequence % 3]))], Token);
        await work.SetStateAsync(run, end, null, Token);
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(IEndedRunStore ended, TimeSpan ago) =>
        [.. (await ended.ListAsync(ago, Token)).Select(run => run.Id)];

    private static ValueTask<List<WorkItem>> ListAsync(IWorkStore work, string run) => work.ListItemsAsync(run, state: null, Token).ToListAsync(Token);
}

/// <summary>The stores of one place that ended runs are proven with.</summary>
public sealed record EndedRunStores(IWorkStore Work, IDeadLetterStore Letters, IEndedRunStore Ended);
