using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Tests.Gateway;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

public sealed class ApplyChangesTests : IAsyncDisposable
{
    private readonly EngineWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task One_bad_item_fails_alone_and_the_good_ones_are_applied_once()
    {
        var changes = await ScoresAsync(21);
        var bad = world.AddContact();
        changes.Insert(8, await world.ScoreAsync(bad, 50, playbook: "call"));
        world.Alter("ai_playbook", field => field with { Writable = false });

        var outcomes = await world.SubmitAsync([.. changes]);

        outcomes[8].Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);
        outcomes.Where((_, index) => index != 8).ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified && outcome.Receipt.Sent);
        world.WritesOf(bad).ShouldBe(0);
        world.Crm.Writes.CountBy(write => write.Id).ShouldAllBe(count => count.Value == 1);
        world.Crm.Writes.Count.ShouldBe(21);
    }

    [Fact]
    public async Task An_answer_that_is_lost_after_the_write_is_settled_by_looking()
    {
        var changes = await ScoresAsync(3);
        world.LoseNextAnswer(reached: true);

        var outcomes = await world.SubmitAsync([.. changes]);

        outcomes.ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified);
        world.Connector.Batches.Count.ShouldBe(1);
        world.Crm.Writes.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_answer_that_is_lost_before_the_write_is_sent_again_once()
    {
        var changes = await ScoresAsync(3);
        world.LoseNextAnswer(reached: false);

        var outcomes = await world.SubmitAsync([.. changes]);

        outcomes.ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified);
        world.Connector.Batches.Count.ShouldBe(2);
        world.Crm.Writes.CountBy(write => write.Id).ShouldAllBe(count => count.Value == 1);
    }

    [Fact]
    public async Task A_second_change_of_one_instant_that_was_lost_is_not_taken_for_the_first()
    {
        var id = world.AddContact();
        await world.SubmitAsync(await world.ScoreAsync(id, 40, "one"));
        world.LoseNextAnswer(reached: false);

        var outcomes = await world.SubmitAsync(await world.ScoreAsync(id, 60, "two"));

        outcomes.ShouldHaveSingleItem().Receipt!.State.ShouldBe(ChangeState.Verified);
        world.Crm.Writes.Select(write => write.Values["mem_ai_score"]).ShouldBe(["40", "60"]);
        world.Crm.Writes.Select(write => write.Values["mem_ai_updated"]).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_second_change_of_one_instant_that_a_person_has_written_over_is_not_sent_again()
    {
        var id = world.AddContact();
        await world.SubmitAsync(await world.ScoreAsync(id, 40, "one"));
        world.Connector.OnWrite = async (_, send) =>
        {
            await send();
            world.Crm.Change(RecordType.Contact, id, "ai_score", "99");
            return EngineWorld.Lost;
        };

        var outcomes = await world.SubmitAsync(await world.ScoreAsync(id, 60, "two"));

        outcomes.ShouldHaveSingleItem().Receipt!.State.ShouldBe(ChangeState.Applied);
        world.Crm.ValueOf(RecordType.Contact, id, "ai_score").ShouldBe("99");
        world.WritesOf(id).ShouldBe(2);
    }

    [Fact]
    public async Task What_an_answer_does_not_name_is_settled_by_looking()
    {
        var changes = await ScoresAsync(4);
        world.Connector.OnWrite = async (_, send) => (await send()).Then(outcomes => Result<IReadOnlyList<WriteOutcome>>.Of([.. outcomes.Take(2)]));

        var outcomes = await world.SubmitAsync([.. changes]);

        outcomes.ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified);
        world.Crm.Writes.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_lost_answer_in_larger_batches_than_a_read_takes_is_settled_in_several_reads()
    {
        var narrow = world.Connector.Descriptor.Operations.ToDictionary();
        narrow[CrmOperation.Read] = narrow[CrmOperation.Read] with { BatchSize = 3 };
        world.Connector.Descriptor = world.Connector.Descriptor with
        {
            Operations = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(narrow),
        };
        var changes = await ScoresAsync(8);
        world.LoseNextAnswer(reached: true);

        var outcomes = await world.SubmitAsync([.. changes]);

        outcomes.ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified);
        world.Connector.Reads.ShouldAllBe(read => read.Ids.Count <= 3);
    }

    [Fact]
    public async Task The_same_key_asked_again_is_one_write_and_one_receipt()
    {
        var id = world.AddContact();
        var first = await world.ScoreAsync(id, 80);
        var again = await world.ScoreAsync(id, 80);

        var one = (await world.SubmitAsync(first))[0].Receipt!;
        var other = (await world.SubmitAsync(again))[0].Receipt!;

        other.ShouldBe(one with { Sent = false });
        world.WritesOf(id).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_twice_in_one_submit_is_one_write()
    {
        var id = world.AddContact();

        var outcomes = await world.SubmitAsync(await world.ScoreAsync(id, 80), await world.ScoreAsync(id, 80));

        outcomes.Select(outcome => outcome.Receipt!.ChangeId).Distinct().Count().ShouldBe(1);
        outcomes.ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified);
        world.WritesOf(id).ShouldBe(1);
        (await world.Changes.ListAsync(new ChangeQuery(), Token)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task An_intent_that_a_dead_process_left_is_looked_up_before_it_is_sent(bool reached, int batches)
    {
        var id = world.AddContact();
        var change = await world.ScoreAsync(id, 80);
        await world.DieAsync(reached, change);
        var again = await world.ScoreAsync(id, 80);
        world.Time.Advance(TimeSpan.FromMinutes(5));

        // Read before the death: read anew, a score that is there is no change at all.
        var outcome = (await world.SubmitAsync(again with { AsRead = change.AsRead })).ShouldHaveSingleItem();

        outcome.Receipt.ShouldNotBeNull().State.ShouldBe(ChangeState.Verified);
        outcome.Receipt.ChangeId.ShouldBe(change.Change.Id);
        world.WritesOf(id).ShouldBe(1);
        world.Connector.Batches.Count.ShouldBe(batches);
    }

    [Fact]
    public async Task A_newer_stamp_is_not_overwritten()
    {
        var id = world.AddContact();
        var change = await world.ScoreAsync(id, 80);
        await world.DieAsync(reached: false, change);
        world.Crm.Change(RecordType.Contact, id, "ai_score", "33");
        world.Crm.Change(RecordType.Contact, id, "ai_updated", "2026-03-02T10:00:00Z");

        var outcome = (await world.SubmitAsync(change)).ShouldHaveSingleItem();

        outcome.Receipt.ShouldNotBeNull().State.ShouldBe(ChangeState.Conflicted);
        world.Crm.ValueOf(RecordType.Contact, id, "ai_score").ShouldBe("33");
        (await world.Changes.FindAsync(change.Change.Id, Token))!.State.ShouldBe(ChangeState.Conflicted);
    }

    [Fact]
    public async Task The_same_instant_of_another_source_is_not_taken_for_our_own()
    {
        var id = world.AddContact();
        var change = await world.ScoreAsync(id, 80);
        await world.DieAsync(reached: false, change);
        world.Crm.Change(RecordType.Contact, id, "ai_source", "another/run");
        world.Crm.Change(RecordType.Contact, id, "ai_updated", "2026-03-02T09:00:00Z");

        var outcome = (await world.SubmitAsync(change)).ShouldHaveSingleItem();

        outcome.Receipt.ShouldNotBeNull().State.ShouldBe(ChangeState.Conflicted);
        world.WritesOf(id).ShouldBe(0);
    }

    [Fact]
    public async Task The_second_of_two_submits_to_a_record_is_not_taken_for_sent_because_the_first_was()
    {
        var id = world.AddContact();
        ProposedChange[] changes = [await world.ScoreAsync(id, 40, "one"), await world.ScoreAsync(id, 60, "two")];
        await world.SubmitAsync(changes[0]);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        world.LoseNextAnswer(reached: false);

        var outcome = (await world.SubmitAsync(changes[1])).ShouldHaveSingleItem();

        outcome.Receipt!.State.ShouldBe(ChangeState.Verified);
        world.Crm.ValueOf(RecordType.Contact, id, "ai_score").ShouldBe("60");
    }

    [Fact]
    public async Task A_record_that_is_gone_fails_alone()
    {
        var changes = await ScoresAsync(3);
        world.Crm.Remove(RecordType.Contact, changes[1].AsRead!.Ref.Id);

        var outcomes = await world.SubmitAsync([.. changes]);

        outcomes[1].Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NotFound);
        outcomes[0].Receipt!.State.ShouldBe(ChangeState.Verified);
        outcomes[2].Receipt!.State.ShouldBe(ChangeState.Verified);
        (await world.Changes.FindAsync(changes[1].Change.Id, Token))!.State.ShouldBe(ChangeState.Failed);
    }

    [Fact]
    public async Task What_failed_because_the_CRM_was_away_can_be_applied_under_the_same_key()
    {
        var id = world.AddContact();
        var change = await world.ScoreAsync(id, 80);
        world.Crm.FailNext(CrmOperation.Write, EngineWorld.Away);

        var failed = (await world.SubmitAsync(change))[0];
        var applied = (await world.SubmitAsync(await world.ScoreAsync(id, 80)))[0];

        failed.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Unavailable);
        applied.Receipt.ShouldNotBeNull().State.ShouldBe(ChangeState.Verified);
        applied.Receipt.ChangeId.ShouldBe(change.Change.Id);
        world.WritesOf(id).ShouldBe(1);
        (await world.Changes.ListMovesAsync(change.Change.Id, Token)).Select(move => move.To)
            .ShouldBe([ChangeState.Validated, ChangeState.Applying, ChangeState.Failed, ChangeState.Applying, ChangeState.Applied, ChangeState.Verified]);
    }

    [Fact]
    public async Task What_failed_long_ago_does_not_overwrite_what_came_since()
    {
        var id = world.AddContact();
        var old = await world.ScoreAsync(id, 10, "old");
        world.Crm.FailNext(CrmOperation.Write, EngineWorld.Away);
        await world.SubmitAsync(old);
        world.Time.Advance(TimeSpan.FromHours(1));
        await world.SubmitAsync(await world.ScoreAsync(id, 90, "new"));

        var outcome = (await world.SubmitAsync(old))[0];

        outcome.Receipt.ShouldNotBeNull().State.ShouldBe(ChangeState.Conflicted);
        world.Crm.ValueOf(RecordType.Contact, id, "ai_score").ShouldBe("90");
    }

    [Fact]
    public async Task While_nobody_can_look_the_intent_stays_open_and_nothing_is_sent_again()
    {
        var id = world.AddContact();
        var change = await world.ScoreAsync(id, 80);
        world.LoseNextAnswer(reached: true);
        world.Crm.FailNext(CrmOperation.Read, EngineWorld.Away);

        var outcome = (await world.SubmitAsync(change))[0];

        outcome.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Ambiguous);
        (await world.Changes.FindAsync(change.Change.Id, Token))!.State.ShouldBe(ChangeState.Applying);
        (await world.SubmitAsync(change))[0].Receipt!.State.ShouldBe(ChangeState.Verified);
        world.WritesOf(id).ShouldBe(1);
    }

    private async Task<List<ProposedChange>> ScoresAsync(int count)
    {
        var changes = new List<ProposedChange>();
        for (var number = 0; number < count; number++)
        {
            changes.Add(await world.ScoreAsync(world.AddContact(), 40 + number));
        }

        return changes;
    }
}
