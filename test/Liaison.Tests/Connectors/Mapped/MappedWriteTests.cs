using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Writeback;

namespace Liaison.Tests.Connectors.Mapped;

/// <summary>Through the account's token a user changes only what the mapping lets them edit.</summary>
public sealed class MappedWriteTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MappedReach.None, "")]
    [InlineData(MappedReach.Own, "ben")]
    [InlineData(MappedReach.Team, "ben eve left")]
    public async Task A_change_reaches_the_records_that_the_user_edits_and_no_other(MappedReach edits, string owners)
    {
        await using var world = new MappedWorld(MappedReach.All, edits, unowned: true);
        foreach (var owner in MappedWorld.Everybody)
        {
            var proposed = await world.ProposeAsync(Score(world.Contact(owner)));
            (proposed.Failure?.Kind).ShouldBe(owners.Split(' ').Contains(owner) ? null : FailureKind.NotFound, owner);
        }

        world.Owners(world.Engine.Crm.Writes.Select(write => write.Id)).ShouldBe(owners);
    }

    [Fact]
    public async Task A_change_to_a_record_outside_that_comes_with_the_record_as_read_by_somebody_else_reaches_no_CRM()
    {
        await using var world = new MappedWorld(MappedReach.Own, MappedReach.Own);
        var read = await world.Engine.ReadAsync(world["sam"], "ai_score");
        var change = world.Engine.Change(read, "key", [.. Score(world.Contact("sam")).Fields]);

        var outcomes = (await world.Engine.Gateway.SubmitAsync(MappedWorld.Ben, EngineWorld.Demo, RecordType.Contact, [change], Token)).Found();

        outcomes.ShouldHaveSingleItem().Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NotFound);
        world.Engine.Crm.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_user_makes_is_theirs()
    {
        await using var world = new MappedWorld(MappedReach.Own, MappedReach.Own);

        var logged = await world.ProposeAsync(new ChangeAction.LogSummary(world.Contact("ben"), RecordType.Note, null, "They called."));

        var made = logged.Found().Stored.ShouldNotBeNull();
        made.State.ShouldBe(ChangeState.Verified);
        world.Engine.Crm.ValueOf(RecordType.Note, made.MadeId.ShouldNotBeNull(), "owner").ShouldBe(MappedWorld.BensOwnerId);
    }

    [Fact]
    public async Task Nothing_is_logged_on_a_record_outside()
    {
        await using var world = new MappedWorld(MappedReach.Team, MappedReach.Own);

        var logged = await world.ProposeAsync(new ChangeAction.LogSummary(world.Contact("eve"), RecordType.Note, null, "They called."));

        logged.Refused().Kind.ShouldBe(FailureKind.NotFound);
        world.Engine.Crm.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("near", null)]
    [InlineData("far", FailureKind.NotFound)]
    public async Task A_link_needs_both_its_ends(string company, FailureKind? refused)
    {
        await using var world = new MappedWorld(MappedReach.Team, MappedReach.Own);
        var ids = new Dictionary<string, string>
        {
            ["near"] = world.Engine.Crm.Add(RecordType.Company, ("name", "Near"), ("owner", MappedWorld.BensOwnerId)),
            ["far"] = world.Engine.Crm.Add(RecordType.Company, ("name", "Far"), ("owner", "12")),
        };

        var applied = await ApprovedAsync(world, new ChangeAction.Associate(
            world.Contact("ben"), new RecordRef(EngineWorld.Demo, RecordType.Company, ids[company])));

        (applied.Failure?.Kind).ShouldBe(refused);
        world.Engine.Crm.LinksOf(RecordType.Contact, world["ben"], RecordType.Company).Count.ShouldBe(refused is null ? 1 : 0);
    }

    [Fact]
    public async Task A_value_that_a_record_outside_has_is_told_as_taken_and_not_by_whom()
    {
        await using var world = new MappedWorld(MappedReach.Own, MappedReach.Own);
        var taken = world.Engine.Crm.ValueOf(RecordType.Contact, world["sam"], "email").ShouldNotBeNull();

        var applied = await ApprovedAsync(world, new ChangeAction.CreateRecord(
            EngineWorld.Demo, RecordType.Contact, [new FieldChange("email", new FieldValue.Text(taken))], []));

        var failure = applied.Refused();
        (failure.Kind, failure.ExistingId).ShouldBe((FailureKind.Duplicate, null));
        failure.Message.ShouldNotContain(world["sam"]);
    }

    [Fact]
    public async Task An_approval_gives_a_proposer_who_left_nothing_back()
    {
        await using var world = new MappedWorld(MappedReach.Own, MappedReach.Own);
        var proposed = await world.ProposeAsync(new ChangeAction.CreateRecord(
            EngineWorld.Demo, RecordType.Contact, [new FieldChange("email", new FieldValue.Text("new@acme.test"))], []));
        world.AddUser(MappedWorld.BensOwnerId, "ben", MappedWorld.North, active: false);
        world.Engine.Time.Advance(TimeSpan.FromMinutes(5));

        var applied = await ApplyAsync(world, proposed.Found().Stored!.Id);

        applied.Refused().DeniedBy.ShouldBe(DeniedBy.CrmUser);
        world.Engine.Crm.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Fields_are_not_created_through_a_mapping()
    {
        await using var world = new MappedWorld(MappedReach.All, MappedReach.Team);
        world.Engine.RemoveField("ai_score");

        var refusal = (await world.Engine.Gateway.ProvisionAsync(MappedWorld.Ben, EngineWorld.Demo, RecordType.Contact, [], apply: true, Token)).Refused();

        refusal.DeniedBy.ShouldBe(DeniedBy.CrmUser);
        world.Engine.Crm.SchemaOf(RecordType.Contact)!.Find("ai_score").ShouldBeNull();
    }

    private static ChangeAction.UpdateFields Score(RecordRef record) =>
        new(record, [new FieldChange("ai_score", new FieldValue.Number(50)), new FieldChange("ai_rationale", new FieldValue.Text("They asked."))]);

    private static async Task<Result<ChangeSetRow>> ApprovedAsync(MappedWorld world, ChangeAction action) =>
        await ApplyAsync(world, (await world.ProposeAsync(action)).Found().Stored.ShouldNotBeNull().Id);

    private static async Task<Result<ChangeSetRow>> ApplyAsync(MappedWorld world, string id)
    {
        var changes = world.Engine.Get<ChangeGateway>();
        var approved = await changes.ApproveAsync(MappedWorld.CallerOf("approver"), new Decision(id), Token);
        return approved.Failure is { } failure ? failure : await changes.ApplyAsync(MappedWorld.Ben, id, Token);
    }
}
