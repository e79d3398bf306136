using Liaison.Failures;
using Liaison.Model;
using Liaison.Tests.Gateway;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>Several changes to one record in one submit: one request where they can be laid over each other, each told for itself (R109).</summary>
public sealed class JoinedWritesTests : IAsyncDisposable
{
    private readonly EngineWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Two_changes_to_one_field_travel_as_one_the_later_value_stands_and_both_are_told()
    {
        var id = world.AddContact();

        var outcomes = await world.SubmitAsync(await world.ScoreAsync(id, 40, "one"), await world.ScoreAsync(id, 60, "two"));

        world.Crm.Writes.ShouldHaveSingleItem().Values["mem_ai_score"].ShouldBe("60");
        outcomes.Select(outcome => outcome.Receipt!.State).ShouldBe([ChangeState.Applied, ChangeState.Verified]);
        outcomes.ShouldAllBe(outcome => outcome.Receipt!.Sent);
        var earlier = (await world.Changes.FindAsync(outcomes[0].Receipt!.ChangeId, Token))!;
        earlier.Note.ShouldNotBeNull().ShouldContain(outcomes[1].Receipt!.ChangeId);
    }

    [Fact]
    public async Task Changes_to_other_fields_of_one_record_travel_as_one_and_each_is_seen_to_stand()
    {
        var id = world.AddContact();
        var playbook = world.Change(await world.ReadAsync(id), "two", new FieldChange("ai_playbook", new FieldValue.Text("call")));

        var outcomes = await world.SubmitAsync(await world.ScoreAsync(id, 40, "one"), playbook);

        var values = world.Crm.Writes.ShouldHaveSingleItem().Values;
        (values["mem_ai_score"], values["mem_ai_playbook"]).ShouldBe(("40", "call"));
        outcomes.ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified && outcome.Receipt.Sent);
        outcomes.Select(outcome => outcome.Receipt!.ChangeId).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task One_bad_change_to_a_record_does_not_take_the_good_one_to_the_same_record_along()
    {
        var id = world.AddContact();
        var good = await world.ScoreAsync(id, 40, "one");
        var bad = world.Change(await world.ReadAsync(id), "two", new FieldChange("ai_playbook", new FieldValue.Text("call")));
        world.Alter("ai_playbook", field => field with { Writable = false });

        var outcomes = await world.SubmitAsync(good, bad);

        outcomes[0].Receipt!.State.ShouldBe(ChangeState.Verified);
        outcomes[1].Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);
        world.Crm.Writes.ShouldHaveSingleItem().Values["mem_ai_score"].ShouldBe("40");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Joined_changes_whose_answer_was_lost_are_told_by_the_later_ones_stamp(bool reached)
    {
        var id = world.AddContact();
        world.LoseNextAnswer(reached);

        var outcomes = await world.SubmitAsync(await world.ScoreAsync(id, 40, "one"), await world.ScoreAsync(id, 60, "two"));

        outcomes.Select(outcome => outcome.Receipt!.State).ShouldBe([ChangeState.Applied, ChangeState.Verified]);
        world.Crm.ValueOf(RecordType.Contact, id, "ai_score").ShouldBe("60");
        world.WritesOf(id).ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Joined_changes_that_a_dead_process_left_are_settled_together(bool reached)
    {
        var id = world.AddContact();
        ProposedChange[] changes = [await world.ScoreAsync(id, 40, "one"), await world.ScoreAsync(id, 60, "two")];
        await world.DieAsync(reached, changes);
        world.Time.Advance(TimeSpan.FromMinutes(5));

        var outcomes = await world.SubmitAsync(changes);

        outcomes.Select(outcome => outcome.Receipt!.State).ShouldBe([ChangeState.Applied, ChangeState.Verified]);
        world.WritesOf(id).ShouldBe(1);
        world.Crm.ValueOf(RecordType.Contact, id, "ai_score").ShouldBe("60");
    }
}
