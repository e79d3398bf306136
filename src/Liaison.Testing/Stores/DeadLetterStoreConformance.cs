using Liaison.Failures;
using Liaison.Identity;
using Liaison.Testing.Conformance;
using Liaison.Work;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Stores;

/// <summary>What every dead-letter store must do: a letter moves with its item, and nothing is lost between the two.</summary>
[ConformanceSuite(typeof(IDeadLetterStore))]
public abstract class DeadLetterStoreConformance
{
    private const string Worker = "node:1";
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static readonly Caller Planner =
        new(new Subject(SubjectKind.User, "ann@example.com"), new Actor("console"), Purpose.Administration) { KeyId = "key-1", CorrelationId = "corr-7" };

    private readonly SuiteClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the test's storage, which is empty at first, with the work that the letters are about.</summary>
    /// <remarks>The deriving class closes what it opened when it is disposed.</remarks>
    protected abstract ValueTask<(IWorkStore Work, IDeadLetterStore Letters)> OpenAsync(TimeProvider time);

    [Fact]
    public async Task A_dead_item_leaves_a_letter_with_all_that_was_known_of_it()
    {
        var (work, letters) = await OpenAsync(clock);
        var item = await DieAsync(work, "run-1");

        var letter = (await letters.ListAsync(new DeadLetterQuery(), Token)).ShouldHaveSingleItem();

        letter.Id.ShouldBe("run-1/1");
        (letter.Pipeline, letter.Record, letter.State).ShouldBe(("qualify", item.Record, DeadLetterState.Waiting));
        (letter.FailureKind, letter.Failure).ShouldBe((FailureKind.Invalid, "A value is wrong."));
        letter.Operation.Attempts.ShouldBe(Failed().Attempts);
        letter.Operation.Fields.ShouldBe(Failed().Fields);
        (letter.Operation.Operation, letter.Operation.ChangeId, letter.Operation.Values, letter.Operation.CorrelationId)
            .ShouldBe(("changes.submit", "chg-1", "sealed", "corr-1"));
        letter.CreatedAt.ShouldBe(Sample.Start);
    }

    [Fact]
    public async Task Other_ends_leave_none()
    {
        var (work, letters) = await OpenAsync(clock);
        await work.CreateRunAsync(Sample.Run("run-1"), Token);
        var items = await work.AddItemsAsync("run-1", Sample.Records(1, 4), null, Worker, Lease, Token);
        ItemState[] ends = [ItemState.Done, ItemState.Skipped, ItemState.Gone, ItemState.Parked];

        await work.CompleteAsync("run-1", [.. items.Zip(ends, (item, end) => new ItemOutcome(item.Sequence, item.Fence, end))], Token);

        (await letters.ListAsync(new DeadLetterQuery(State: null), Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_outcome_under_an_outdated_fence_leaves_none()
    {
        var (work, letters) = await OpenAsync(clock);
        await work.CreateRunAsync(Sample.Run("run-1"), Token);
        var item = (await work.AddItemsAsync("run-1", Sample.Records(1, 1), null, Worker, Lease, Token))[0];

        await work.CompleteAsync("run-1", [Dead(item) with { Fence = item.Fence + 1 }], Token);

        (await letters.ListAsync(new DeadLetterQuery(State: null), Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_letter_is_found_by_its_id_and_by_an_unambiguous_beginning_of_its_run()
    {
        var (work, letters) = await OpenAsync(clock);
        await DieAsync(work, "run-1a");
        await DieAsync(work, "run-1b", first: 5);

        (await letters.FindAsync("run-1a/1", Token)).ShouldNotBeNull().RunId.ShouldBe("run-1a");
        (await letters.FindAsync("run-1b/1", Token)).ShouldNotBeNull().RunId.ShouldBe("run-1b");
        (await letters.FindAsync("run-1/1", Token)).ShouldBeNull();
        (await letters.FindAsync("run-1a/2", Token)).ShouldBeNull();
        (await letters.FindAsync("run-1a", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_reopened_item_is_leased_under_a_new_fence_and_its_success_closes_the_letter()
    {
        var (work, letters) = await OpenAsync(clock);
        var dead = await DieAsync(work, "run-1");

        var item = (await letters.ReopenAsync("run-1", [1], Worker, Lease, Token)).ShouldHaveSingleItem();
        (await letters.FindAsync("run-1/1", Token))!.State.ShouldBe(DeadLetterState.Replaying);
        (await work.CountAsync("run-1", Token)).Leased.ShouldBe(1);
        item.Fence.ShouldBeGreaterThan(dead.Fence);

        clock.Advance(TimeSpan.FromSeconds(5));
        await work.CompleteAsync("run-1", [new ItemOutcome(1, item.Fence, ItemState.Done)], Token);

        var letter = (await letters.FindAsync("run-1/1", Token)).ShouldNotBeNull();
        letter.State.ShouldBe(DeadLetterState.Replayed);
        letter.UpdatedAt.ShouldBe(Sample.Start.AddSeconds(5));
        (await work.CountAsync("run-1", Token)).Done.ShouldBe(1);
        (await letters.ReopenAsync("run-1", [1], Worker, Lease, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_item_that_dies_again_keeps_its_letter_with_the_attempts_of_both()
    {
        var (work, letters) = await OpenAsync(clock);
        await DieAsync(work, "run-1");
        var item = (await letters.ReopenAsync("run-1", [1], Worker, Lease, Token))[0];
        clock.Advance(TimeSpan.FromSeconds(5));

        await work.CompleteAsync("run-1", [Dead(item) with { FailureKind = nameof(FailureKind.Unavailable), Failure = "It is down." }], Token);

        var letter = (await letters.ListAsync(new DeadLetterQuery(), Token)).ShouldHaveSingleItem();
        (letter.FailureKind, letter.Failure).ShouldBe((FailureKind.Unavailable, "It is down."));
        letter.Operation.Attempts.Count.ShouldBe(Failed().Attempts.Count * 2);
        (letter.CreatedAt, letter.UpdatedAt).ShouldBe((Sample.Start, Sample.Start.AddSeconds(5)));
        (await work.CountAsync("run-1", Token)).Dead.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_replay_that_died_had_in_hand_is_reopened_once_its_lease_has_ended()
    {
        var (work, letters) = await OpenAsync(clock);
        await DieAsync(work, "run-1");
        await letters.ReopenAsync("run-1", [1], "node:dead", Lease, Token);

        (await letters.ReopenAsync("run-1", [1], Worker, Lease, Token)).ShouldBeEmpty();
        clock.Advance(Lease);
        (await letters.ReopenAsync("run-1", [1], Worker, Lease, Token)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_superseded_letter_ends_its_item_as_skipped_and_a_discarded_one_leaves_it_dead()
    {
        var (work, letters) = await OpenAsync(clock);
        await DieAsync(work, "run-1", count: 2);
        var waiting = await letters.ListAsync(new DeadLetterQuery(), Token);

        var closed = await letters.CloseAsync(
            [
                new DeadLetterClosing(waiting[0], DeadLetterState.Superseded, "liaison", "A newer run succeeded."),
                new DeadLetterClosing(waiting[1], DeadLetterState.Discarded, "ann@example.com", "Nobody needs it."),
            ],
            Token);

        closed.ShouldBe(2);
        var counts = await work.CountAsync("run-1", Token);
        (counts.Skipped, counts.Dead, counts.In).ShouldBe((1, 1, 2));
        var discarded = (await letters.FindAsync("run-1/2", Token)).ShouldNotBeNull();
        (discarded.State, discarded.ClosedBy, discarded.Note).ShouldBe((DeadLetterState.Discarded, "ann@example.com", "Nobody needs it."));
        (await letters.ListAsync(new DeadLetterQuery(), Token)).ShouldBeEmpty();
        (await letters.CloseAsync([new DeadLetterClosing(discarded, DeadLetterState.Discarded, "bob@example.com", "Again.")], Token)).ShouldBe(0);
    }

    [Fact]
    public async Task A_newer_success_of_the_same_pipeline_with_the_same_record_is_found()
    {
        var (work, letters) = await OpenAsync(clock);
        await DieAsync(work, "run-1");
        var letter = (await letters.FindAsync("run-1/1", Token))!;
        (await letters.FindNewerAsync(letter, Token)).ShouldBeNull();
        clock.Advance(TimeSpan.FromMinutes(1));
        await EndAsync(work, Sample.Run("run-2"), ItemState.Dead);
        await EndAsync(work, Sample.Run("run-3") with { Pipeline = "enrich" }, ItemState.Done);
        (await letters.FindNewerAsync(letter, Token)).ShouldBeNull();

        await EndAsync(work, Sample.Run("run-4"), ItemState.Done);

        (await letters.FindNewerAsync(letter, Token)).ShouldBe(new NewerSuccess("run-4", Sample.Start.AddMinutes(1)));
    }

    [Fact]
    public async Task Letters_are_listed_oldest_first_by_what_is_asked_for_and_page_by_page()
    {
        var (work, letters) = await OpenAsync(clock);
        await DieAsync(work, "run-1", count: 3);
        clock.Advance(TimeSpan.FromMinutes(1));
        await DieAsync(work, "run-2", first: 3);

        (await IdsAsync(new DeadLetterQuery())).ShouldBe(["run-1/1", "run-1/2", "run-1/3", "run-2/1"]);
        (await IdsAsync(new DeadLetterQuery(RunId: "run-2"))).ShouldBe(["run-2/1"]);
        (await IdsAsync(new DeadLetterQuery { RecordId = Sample.Record(3).Id })).ShouldBe(["run-1/3", "run-2/1"]);
        (await IdsAsync(new DeadLetterQuery { FailureKind = FailureKind.Conflict })).ShouldBeEmpty();
        (await IdsAsync(new DeadLetterQuery { Pipeline = "enrich" })).ShouldBeEmpty();
        (await IdsAsync(new DeadLetterQuery { Connection = Sample.Connection })).Count.ShouldBe(4);
        (await IdsAsync(new DeadLetterQuery(DeadLetterState.Discarded))).ShouldBeEmpty();
        var page = await letters.ListAsync(new DeadLetterQuery(Limit: 2), Token);
        (await IdsAsync(new DeadLetterQuery { After = page[^1] })).ShouldBe(["run-1/3", "run-2/1"]);
        (await letters.CountWaitingAsync(Token)).ShouldBe(new Dictionary<string, long> { [Sample.Connection.Value] = 4 });

        async Task<IReadOnlyList<string>> IdsAsync(DeadLetterQuery query) => [.. (await letters.ListAsync(query, Token)).Select(letter => letter.Id)];
    }

    [Fact]
    public async Task A_planned_replay_is_due_at_its_time_until_it_is_taken_off_or_the_letter_closed()
    {
        var (work, letters) = await OpenAsync(clock);
        await DieAsync(work, "run-1", count: 4);
        var waiting = await letters.ListAsync(new DeadLetterQuery(), Token);
        var later = new PlannedReplay(Sample.Start.AddHours(2), Planner);
        var sooner = later with { At = Sample.Start.AddHours(1) };

        (await letters.PlanAsync([waiting[0], waiting[2], waiting[3]], later, Token)).ShouldBe(3);
        (await letters.PlanAsync([waiting[1]], sooner, Token)).ShouldBe(1);

        (await letters.FindAsync("run-1/1", Token))!.Planned.ShouldBe(later);
        clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        (await letters.ListDueAsync(10, Token)).ShouldBeEmpty();
        clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromMilliseconds(1));
        (await letters.ListDueAsync(10, Token)).Select(letter => letter.Id).ShouldBe(["run-1/2", "run-1/1", "run-1/3", "run-1/4"]);
        (await letters.ListDueAsync(1, Token)).ShouldHaveSingleItem().Planned.ShouldBe(sooner);

        (await letters.PlanAsync([waiting[0]], null, Token)).ShouldBe(1);
        await letters.CloseAsync([new DeadLetterClosing(waiting[2], DeadLetterState.Discarded, "ann@example.com", "No.")], Token);
        await letters.ReopenAsync("run-1", [4], Worker, Lease, Token);
        (await letters.ListDueAsync(10, Token)).Select(letter => letter.Id).ShouldBe(["run-1/2"]);
        (await letters.FindAsync("run-1/1", Token))!.Planned.ShouldBeNull();
        (await letters.PlanAsync([waiting[2], waiting[3]], later, Token)).ShouldBe(0);
    }

    [Fact]
    public async Task The_retention_takes_the_values_of_open_letters_and_the_whole_of_closed_ones()
    {
        var (work, letters) = await OpenAsync(clock);
        await DieAsync(work, "run-1", count: 2);
        await letters.CloseAsync([new DeadLetterClosing((await letters.FindAsync("run-1/2", Token))!, DeadLetterState.Discarded, "ann@example.com", "No.")], Token);
        clock.Advance(TimeSpan.FromDays(30));
        await DieAsync(work, "run-2");

        (await letters.PurgeAsync(clock.GetUtcNow(), Token)).ShouldBe(2);

        (await letters.FindAsync("run-1/1", Token))!.Operation.Values.ShouldBeNull();
        (await letters.FindAsync("run-1/2", Token)).ShouldBeNull();
        (await letters.FindAsync("run-2/1", Token))!.Operation.Values.ShouldBe("sealed");
        (await letters.PurgeAsync(clock.GetUtcNow(), Token)).ShouldBe(0);
    }

    private static FailedOperation Failed() => new(
        "changes.submit", "chg-1", ["ai_score", "ai_rationale"], "sealed", "corr-1",
        [
            new FailedAttempt(Sample.Start.AddSeconds(-3), FailureKind.Unavailable, null),
            new FailedAttempt(Sample.Start.AddSeconds(-1), FailureKind.Invalid, "corr-1"),
        ]);

    private static ItemOutcome Dead(WorkItem item) =>
        new(item.Sequence, item.Fence, ItemState.Dead, nameof(FailureKind.Invalid), "A value is wrong.") { Failed = Failed() };

    private static async Task<WorkItem> DieAsync(IWorkStore work, string runId, int first = 1, int count = 1)
    {
        await work.CreateRunAsync(Sample.Run(runId), Token);
        var items = await work.AddItemsAsync(runId, Sample.Records(first, count), null, Worker, Lease, Token);
        await work.CompleteAsync(runId, [.. items.Select(Dead)], Token);
        return items[0];
    }

    private static async Task EndAsync(IWorkStore work, Run run, ItemState end)
    {
        await work.CreateRunAsync(run, Token);
        var item = (await work.AddItemsAsync(run.Id, Sample.Records(1, 1), null, Worker, Lease, Token))[0];
        await work.CompleteAsync(run.Id, [new ItemOutcome(item.Sequence, item.Fence, end)], Token);
    }
}
