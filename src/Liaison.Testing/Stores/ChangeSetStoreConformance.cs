using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Testing.Conformance;
using Liaison.Writeback;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Stores;

/// <summary>What every change set store must do: one row a wish, and no move but from the state it was decided in.</summary>
[ConformanceSuite(typeof(IChangeSetStore))]
public abstract class ChangeSetStoreConformance
{
    private readonly SuiteClock clock = new();

    private static ChangeContent Held { get; } = new(
        "update-fields", WriteOperation.Update, "contact", "Her title is Chief Canary.", "qualify/run-1",
        [new FieldDelta("job_title", "jobtitle", NativeValue.OfText("Canary"), NativeValue.OfText("Chief Canary"), "Canary", "Chief Canary")]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the test's storage, which is empty at first, as one more process beside those that have it open.</summary>
    /// <remarks>The deriving class closes what it opened when it is disposed.</remarks>
    protected abstract ValueTask<IChangeSetStore> OpenAsync(TimeProvider time);

    /// <summary>Opens the test's storage as it is found after every process that had it open was killed.</summary>
    protected virtual ValueTask<IChangeSetStore> ReopenAsync(TimeProvider time) => OpenAsync(time);

    [Fact]
    public async Task A_change_set_survives_a_kill_as_it_was_stored()
    {
        var store = await OpenAsync(clock);
        var row = Sample.Change(1, "run-1", ChangeState.Waiting) with { Note = "Needs a manager.", RecordVersion = null, Risk = RiskClass.Irreversible };

        (await store.AddAsync([row], Token)).ShouldBe([row]);

        (await (await ReopenAsync(clock)).FindAsync(row.Id, Token)).ShouldBe(row);
    }

    [Fact]
    public async Task The_same_key_is_the_same_change_set_however_often_it_is_asked()
    {
        var store = await OpenAsync(clock);
        var first = Sample.Change(1);
        await store.AddAsync([first], Token);

        var stand = await store.AddAsync([Sample.Change(2), first with { Id = "chg-again", Content = "{}" }], Token);

        stand.ShouldBe([Sample.Change(2), first]);
        (await store.FindAsync("chg-again", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_that_comes_twice_in_one_call_is_stored_once()
    {
        var store = await OpenAsync(clock);
        var first = Sample.Change(1);

        var stand = await store.AddAsync([first, first with { Id = "chg-again" }], Token);

        stand.ShouldBe([first, first]);
        (await store.ListAsync(new ChangeQuery(), Token)).ShouldBe([first]);
    }

    [Fact]
    public async Task An_earlier_row_is_given_as_it_stands_now()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync([Sample.Change(1)], Token);
        await store.MoveAsync([Move(1, ChangeState.Proposed, ChangeState.Refused, "No such option.")], Token);

        var stand = await store.AddAsync([Sample.Change(1)], Token);

        stand.ShouldHaveSingleItem().State.ShouldBe(ChangeState.Refused);
    }

    [Fact]
    public async Task Two_processes_that_ask_for_the_same_get_the_same()
    {
        IChangeSetStore[] processes = [await OpenAsync(clock), await OpenAsync(clock)];

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(
            () => processes[worker % 2].AddAsync(
                [.. Enumerable.Range(1, 50).Select(number => Sample.Change(number) with { Id = $"chg-{worker}-{number}" })], Token), Token)));

        foreach (var answer in answers)
        {
            answer.ShouldBe(answers[0]);
        }
    }

    [Fact]
    public async Task A_move_is_kept_with_who_when_and_why()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync([Sample.Change(1)], Token);
        clock.Advance(TimeSpan.FromMinutes(1));
        await store.MoveAsync([Move(1, ChangeState.Proposed, ChangeState.Waiting, "Needs a manager.")], Token);
        clock.Advance(TimeSpan.FromMinutes(1));
        await store.MoveAsync([Move(1, ChangeState.Waiting, ChangeState.Approved, note: null, by: "boss@example.com")], Token);

        var reopened = await ReopenAsync(clock);

        var row = (await reopened.FindAsync(Sample.Change(1).Id, Token))!;
        row.ShouldBe(Sample.Change(1) with { State = ChangeState.Approved, Note = null, UpdatedAt = Sample.Start.AddMinutes(2) });
        (await reopened.ListMovesAsync(row.Id, Token)).ShouldBe(
        [
            new ChangeTransition(ChangeState.Proposed, ChangeState.Waiting, "engine", "Needs a manager.", Sample.Start.AddMinutes(1)),
            new ChangeTransition(ChangeState.Waiting, ChangeState.Approved, "boss@example.com", null, Sample.Start.AddMinutes(2)),
        ]);
    }

    [Fact]
    public async Task Of_two_who_saw_the_same_move_one_moves_it_on()
    {
        IChangeSetStore[] processes = [await OpenAsync(clock), await OpenAsync(clock)];
        await processes[0].AddAsync([Sample.Change(1, state: ChangeState.Applying)], Token);
        var seen = (await processes[0].FindAsync(Sample.Change(1).Id, Token))!.UpdatedAt;
        clock.Advance(TimeSpan.FromMinutes(3));

        var moved = await Task.WhenAll(processes.Select(process => process.MoveAsync(
            [Move(1, ChangeState.Applying, ChangeState.Applying) with { Seen = seen }], Token)));

        moved.Sum(ids => ids.Count).ShouldBe(1);
        var now = (await processes[0].FindAsync(Sample.Change(1).Id, Token))!.UpdatedAt;
        (await processes[1].MoveAsync([Move(1, ChangeState.Applying, ChangeState.Applied) with { Seen = now }], Token)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_set_is_stored_with_the_moves_that_it_begins_with()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync([Sample.Change(1, state: ChangeState.Waiting) with { Note = "waits for approval" }], Token);
        await store.AddAsync([Sample.Change(1, state: ChangeState.Waiting)], Token);

        (await store.ListMovesAsync(Sample.Change(1).Id, Token)).ShouldBe(
        [
            new ChangeTransition(ChangeState.Proposed, ChangeState.Validated, "liaison", null, Sample.Start.AddSeconds(1)),
            new ChangeTransition(ChangeState.Validated, ChangeState.Waiting, "liaison", "waits for approval", Sample.Start.AddSeconds(1)),
        ]);
    }

    [Fact]
    public async Task An_approval_stays_until_the_change_set_waits_again()
    {
        var store = await OpenAsync(clock);
        var row = Sample.Change(1, state: ChangeState.Waiting) with { RequestHash = "asked" };
        var approval = new Approval("boss@example.com", "chief@example.com", Sample.Start, row.ContentHash, "v1", "Go.");
        await store.AddAsync([row], Token);

        await store.MoveAsync([Move(1, ChangeState.Waiting, ChangeState.Approved) with { Approval = approval }], Token);
        var approved = await (await ReopenAsync(clock)).FindAsync(row.Id, Token);
        await store.MoveAsync([Move(1, ChangeState.Approved, ChangeState.Waiting)], Token);
        var waiting = await store.FindAsync(row.Id, Token);

        approved!.Approval.ShouldBe(approval);
        approved.RequestHash.ShouldBe("asked");
        waiting!.Approval.ShouldBeNull();
        waiting.RequestHash.ShouldBe("asked");
    }

    [Fact]
    public async Task The_record_that_was_made_is_kept_and_found()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync([Sample.Change(1, state: ChangeState.Applying), Sample.Change(2, state: ChangeState.Applying)], Token);

        await store.MoveAsync([Move(1, ChangeState.Applying, ChangeState.Applied) with { MadeId = "9001" }], Token);
        await store.MoveAsync([Move(1, ChangeState.Applied, ChangeState.Verified)], Token);

        (await store.ListAsync(new ChangeQuery(RecordId: "9001"), Token)).ShouldHaveSingleItem().MadeId.ShouldBe("9001");
    }

    [Fact]
    public async Task What_an_agent_had_applied_is_counted_since_a_moment()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync([Sample.Change(1, state: ChangeState.Applying), Sample.Change(2, state: ChangeState.Applying), Sample.Change(3, state: ChangeState.Applying)], Token);
        await store.MoveAsync([Move(1, ChangeState.Applying, ChangeState.Applied), Move(2, ChangeState.Applying, ChangeState.Failed)], Token);
        clock.Advance(TimeSpan.FromHours(1));
        await store.MoveAsync([Move(3, ChangeState.Applying, ChangeState.Applied)], Token);

        (await store.CountAppliedAsync("qualify", Sample.Start, Token)).ShouldBe(2);
        (await store.CountAppliedAsync("qualify", Sample.Start.AddMinutes(30), Token)).ShouldBe(1);
        (await store.CountAppliedAsync("another", Sample.Start, Token)).ShouldBe(0);
    }

    [Fact]
    public async Task A_record_that_was_made_and_not_linked_counts_as_applied()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync([Sample.Change(1, state: ChangeState.Applying)], Token);

        await store.MoveAsync([Move(1, ChangeState.Applying, ChangeState.Failed) with { MadeId = "9001" }], Token);

        (await store.CountAppliedAsync("qualify", Sample.Start, Token)).ShouldBe(1);
    }

    [Fact]
    public async Task The_job_in_which_an_open_intent_travels_is_kept_through_its_moves()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync([Sample.Change(1, state: ChangeState.Applying), Sample.Change(2, state: ChangeState.Applying), Sample.Change(3)], Token);

        await store.AssignJobAsync([Sample.Change(1).Id, Sample.Change(2).Id, Sample.Change(3).Id, "chg-unknown"], "750-1", Token);

        var again = await ReopenAsync(clock);
        (await again.CountJobAsync("750-1", Token)).ShouldBe(2);
        (await again.CountJobAsync("750-2", Token)).ShouldBe(0);
        (await again.FindAsync(Sample.Change(3).Id, Token))!.Job.ShouldBeNull();
        await again.MoveAsync([Move(1, ChangeState.Applying, ChangeState.Applied)], Token);
        (await again.FindAsync(Sample.Change(1).Id, Token))!.Job.ShouldBe("750-1");
        (await again.CountJobAsync("750-1", Token)).ShouldBe(1);
        await again.AssignJobAsync([Sample.Change(1).Id, Sample.Change(2).Id], "750-2", Token);
        (await again.FindByKeysAsync([Sample.Change(1).Key, Sample.Change(2).Key], Token)).Values.Select(row => row.Job).ShouldBe(["750-1", "750-2"], ignoreOrder: true);
    }

    [Fact]
    public async Task Creates_are_found_by_what_makes_them_the_same()
    {
        var store = await OpenAsync(clock);
        var row = Sample.Change(1, state: ChangeState.Waiting) with { NaturalKey = "abc" };
        await store.AddAsync([row, Sample.Change(2) with { NaturalKey = "xyz" }, Sample.Change(3)], Token);

        (await (await ReopenAsync(clock)).ListAsync(new ChangeQuery { NaturalKey = "abc" }, Token)).ShouldBe([row]);
        (await store.ListAsync(new ChangeQuery { NaturalKey = "none" }, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Values_of_what_has_ended_go_and_the_row_stays_with_its_moves()
    {
        var store = await OpenAsync(clock);
        var row = Sample.Change(1, "run-1", ChangeState.Applying) with { Content = Held.ToJson(), NaturalKey = "abc", RequestHash = "asked" };
        await store.AddAsync([row], Token);
        await store.MoveAsync([Move(1, ChangeState.Applying, ChangeState.Applied) with { MadeId = "9001" }], Token);
        var before = (await store.FindAsync(row.Id, Token))!;
        var moves = await store.ListMovesAsync(row.Id, Token);
        clock.Advance(TimeSpan.FromDays(30));

        (await store.DropValuesAsync(Sample.Start.AddDays(30), 500, Token)).ShouldBe(1);

        var again = await ReopenAsync(clock);
        (await again.FindAsync(row.Id, Token)).ShouldBe(before with
        {
            Content = Held.WithoutValues().ToJson(), NaturalKey = null, ValuesDroppedAt = Sample.Start.AddDays(30),
        });
        (await again.ListMovesAsync(row.Id, Token)).ShouldBe(moves);
        (await again.FindByKeysAsync([row.Key], Token)).Count.ShouldBe(1);
        (await again.CountAsync("run-1", Token))[ChangeState.Applied].ShouldBe(1);
        (await again.DropValuesAsync(Sample.Start.AddDays(30), 500, Token)).ShouldBe(0);
    }

    [Theory]
    [InlineData(ChangeState.Waiting)]
    [InlineData(ChangeState.Applying)]
    [InlineData(ChangeState.Approved)]
    public async Task Values_of_what_waits_or_has_no_known_outcome_stay(ChangeState state)
    {
        var store = await OpenAsync(clock);
        await store.AddAsync([Sample.Change(1, state: state == ChangeState.Approved ? ChangeState.Waiting : state) with { Content = Held.ToJson() }], Token);
        await store.MoveAsync([Move(1, ChangeState.Waiting, state)], Token);
        clock.Advance(TimeSpan.FromDays(400));

        (await store.DropValuesAsync(clock.GetUtcNow(), 500, Token)).ShouldBe(0);

        (await store.FindAsync(Sample.Change(1).Id, Token))!.Content.ShouldBe(Held.ToJson());
    }

    [Fact]
    public async Task Values_go_so_many_at_a_time_the_oldest_first_and_not_those_of_what_moved_since()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync([.. Enumerable.Range(1, 5).Select(number => Sample.Change(number, state: ChangeState.Waiting) with { Content = Held.ToJson() })], Token);
        await store.MoveAsync([.. Enumerable.Range(2, 4).Select(number => Move(number, ChangeState.Waiting, ChangeState.Expired))], Token);
        clock.Advance(TimeSpan.FromDays(10));
        await store.MoveAsync([Move(1, ChangeState.Waiting, ChangeState.Rejected)], Token);

        (await store.DropValuesAsync(Sample.Start.AddDays(5), 3, Token)).ShouldBe(3);
        var first = (await store.ListAsync(new ChangeQuery(), Token)).Where(row => row.ValuesDroppedAt is not null).Select(row => row.Id).Order();
        (await store.DropValuesAsync(Sample.Start.AddDays(5), 3, Token)).ShouldBe(1);

        first.ShouldBe([Sample.Change(2).Id, Sample.Change(3).Id, Sample.Change(4).Id]);
        (await store.FindAsync(Sample.Change(1).Id, Token))!.ValuesDroppedAt.ShouldBeNull();
    }

    [Fact]
    public async Task What_failed_and_lost_its_values_is_not_sent_again()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync([.. Enumerable.Range(1, 2).Select(number => Sample.Change(number, state: ChangeState.Applying) with { Content = Held.ToJson() })], Token);
        await store.MoveAsync([Move(1, ChangeState.Applying, ChangeState.Failed)], Token);
        clock.Advance(TimeSpan.FromDays(1));
        await store.MoveAsync([Move(2, ChangeState.Applying, ChangeState.Failed)], Token);
        await store.DropValuesAsync(Sample.Start.AddHours(1), 500, Token);

        var moved = await store.MoveAsync([Move(1, ChangeState.Failed, ChangeState.Applying), Move(2, ChangeState.Failed, ChangeState.Applying)], Token);

        moved.ShouldBe([Sample.Change(2).Id]);
    }

    [Fact]
    public async Task A_list_goes_on_behind_its_last_row()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync([.. Enumerable.Range(1, 5).Select(number => Sample.Change(number))], Token);

        var first = await store.ListAsync(new ChangeQuery(Limit: 2), Token);
        var second = await store.ListAsync(new ChangeQuery(Limit: 2) { After = first[^1].Id }, Token);

        second.ShouldBe([Sample.Change(3), Sample.Change(2)]);
    }

    [Fact]
    public async Task A_list_is_narrowed_by_who_proposed_how_risky_and_how_old()
    {
        var store = await OpenAsync(clock);
        var other = new Caller(new Subject(SubjectKind.User, "bob@example.com"), new Actor("claude"), Purpose.Assistance);
        await store.AddAsync([Sample.Change(1), Sample.Change(2) with { Proposer = other, Risk = RiskClass.Irreversible }], Token);

        (await store.ListAsync(new ChangeQuery { Subject = "bob@example.com" }, Token)).ShouldHaveSingleItem().Proposer.ShouldBe(other);
        (await store.ListAsync(new ChangeQuery { Actor = "claude" }, Token)).Count.ShouldBe(1);
        (await store.ListAsync(new ChangeQuery { Risk = RiskClass.Low }, Token)).ShouldBe([Sample.Change(1)]);
        (await store.ListAsync(new ChangeQuery { CreatedUntil = Sample.Start.AddSeconds(1) }, Token)).ShouldBe([Sample.Change(1)]);
    }

    [Fact]
    public async Task A_move_from_another_state_than_it_is_in_is_left_out()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync([Sample.Change(1), Sample.Change(2)], Token);
        await store.MoveAsync([Move(1, ChangeState.Proposed, ChangeState.Rejected)], Token);

        var moved = await store.MoveAsync(
            [
                Move(1, ChangeState.Proposed, ChangeState.Applying),
                Move(2, ChangeState.Proposed, ChangeState.Applying),
                Move(3, ChangeState.Proposed, ChangeState.Applying),
            ],
            Token);

        moved.ShouldBe([Sample.Change(2).Id]);
        (await store.FindAsync(Sample.Change(1).Id, Token))!.State.ShouldBe(ChangeState.Rejected);
        (await store.ListMovesAsync(Sample.Change(1).Id, Token)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Moves_of_one_call_follow_one_another()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync([Sample.Change(1)], Token);

        await store.MoveAsync([Move(1, ChangeState.Proposed, ChangeState.Validated), Move(1, ChangeState.Validated, ChangeState.Applying)], Token);

        (await store.ListMovesAsync(Sample.Change(1).Id, Token)).Select(move => move.To).ShouldBe([ChangeState.Validated, ChangeState.Applying]);
    }

    [Fact]
    public async Task Of_all_who_would_send_a_change_set_one_may()
    {
        IChangeSetStore[] processes = [await OpenAsync(clock), await OpenAsync(clock)];
        await processes[0].AddAsync([.. Enumerable.Range(1, 40).Select(number => Sample.Change(number))], Token);
        ChangeMove[] moves = [.. Enumerable.Range(1, 40).Select(number => Move(number, ChangeState.Proposed, ChangeState.Applying))];

        var moved = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            worker => Task.Run(() => processes[worker % 2].MoveAsync(moves, Token), Token)));

        moved.SelectMany(ids => ids).Order().ShouldBe(moves.Select(move => move.Id));
    }

    [Fact]
    public async Task A_change_set_is_found_by_a_beginning_that_fits_no_other()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync([Sample.Change(1) with { Id = "chg-aa" }, Sample.Change(2) with { Id = "chg-aab" }, Sample.Change(3) with { Id = "chg-b" }], Token);

        (await store.FindAsync("chg-b", Token))!.Id.ShouldBe("chg-b");
        (await store.FindAsync("chg-aa", Token))!.Id.ShouldBe("chg-aa");
        (await store.FindAsync("chg-a", Token)).ShouldBeNull();
        (await store.FindAsync("chg_", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Those_that_stand_under_keys_are_found_and_the_others_left_out()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync([Sample.Change(1), Sample.Change(2)], Token);

        var found = await store.FindByKeysAsync([Sample.Change(2).Key, Sample.Change(2).Key, "key-x"], Token);

        found.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create(Sample.Change(2).Key, Sample.Change(2)));
    }

    [Fact]
    public async Task Change_sets_are_listed_newest_first_by_what_is_asked()
    {
        var store = await OpenAsync(clock);
        var other = new ConnectionName("salesforce-demo");
        await store.AddAsync(
            [
                Sample.Change(1, "run-1"),
                Sample.Change(2, "run-1", ChangeState.Waiting),
                Sample.Change(3, null, ChangeState.Waiting),
                Sample.Change(4) with { Record = Sample.Record(1) with { Connection = other } },
            ],
            Token);

        (await ListAsync(store, new ChangeQuery())).ShouldBe([4, 3, 2, 1]);
        (await ListAsync(store, new ChangeQuery(Limit: 2))).ShouldBe([4, 3]);
        (await ListAsync(store, new ChangeQuery(State: ChangeState.Waiting))).ShouldBe([3, 2]);
        (await ListAsync(store, new ChangeQuery(RunId: "run-1"))).ShouldBe([2, 1]);
        (await ListAsync(store, new ChangeQuery(Connection: other))).ShouldBe([4]);
        (await ListAsync(store, new ChangeQuery(RecordId: Sample.Record(1).Id))).ShouldBe([4, 1]);
        (await ListAsync(store, new ChangeQuery { RecordIds = [Sample.Record(1).Id, Sample.Record(3).Id, "nobody's"] })).ShouldBe([4, 3, 1]);
        (await ListAsync(store, new ChangeQuery { RecordIds = [] })).ShouldBeEmpty();
        (await ListAsync(store, new ChangeQuery(ChangeState.Waiting, "run-1", Sample.Connection, Sample.Record(2).Id))).ShouldBe([2]);
    }

    [Fact]
    public async Task Change_sets_of_a_run_are_counted_by_state()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync([Sample.Change(1, "run-1"), Sample.Change(2, "run-1"), Sample.Change(3, "run-1"), Sample.Change(4, "run-2"), Sample.Change(5)], Token);
        await store.MoveAsync([Move(2, ChangeState.Proposed, ChangeState.Applying)], Token);

        var counts = await store.CountAsync("run-1", Token);

        counts.OrderBy(pair => pair.Key).ShouldBe(
            [KeyValuePair.Create(ChangeState.Proposed, 2L), KeyValuePair.Create(ChangeState.Applying, 1L)]);
        (await store.CountAsync("run-x", Token)).ShouldBeEmpty();
    }

    private static ChangeMove Move(int number, ChangeState from, ChangeState to, string? note = null, string by = "engine") =>
        new(Sample.Change(number).Id, from, to, by, note);

    private static async Task<List<int>> ListAsync(IChangeSetStore store, ChangeQuery query)
    {
        var rows = await store.ListAsync(query, Token);
        return [.. rows.Select(row => int.Parse(row.Id.AsSpan(4), System.Globalization.CultureInfo.InvariantCulture))];
    }
}
