using Liaison.Alerts;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Tests.Identity;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>Who may say yes, to what, and for how long.</summary>
public sealed class ApprovalTests : IAsyncDisposable
{
    private readonly GovernedWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_proposal_waits_is_approved_applied_and_verified_with_every_move_stored()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));

        var proposed = await world.ProposeAsync(GovernedWorld.Update(id, "lead_status", "OPEN"));
        world.Engine.WritesOf(id).ShouldBe(0);
        await world.ApproveAsync(proposed);
        world.Engine.WritesOf(id).ShouldBe(0);
        var applied = await world.ApplyAsync(proposed);

        applied.State.ShouldBe(ChangeState.Verified);
        world.Engine.Crm.ValueOf(RecordType.Contact, id, "lead_status").ShouldBe("OPEN");
        world.Engine.Crm.ValueOf(RecordType.Contact, id, "ai_source").ShouldBe("assistant");
        (await world.Engine.Changes.ListMovesAsync(proposed.Id, Token)).Select(move => (move.To, move.By)).ShouldBe(
        [
            (ChangeState.Validated, "liaison"), (ChangeState.Waiting, "liaison"), (ChangeState.Approved, "bea@acme.test"),
            (ChangeState.Applying, "bea@acme.test"), (ChangeState.Applied, "liaison"), (ChangeState.Verified, "liaison"),
        ]);
    }

    [Fact]
    public async Task What_waits_is_not_applied()
    {
        var proposed = await world.ProposeAsync(GovernedWorld.Update(world.Engine.AddContact(("lead_status", "NEW")), "lead_status", "OPEN"));

        var refused = (await world.Engine.ChangeGateway.ApplyAsync(GovernedWorld.Bea, proposed.Id, Token)).Refused();

        refused.Kind.ShouldBe(FailureKind.NeedsApproval);
        world.Engine.Crm.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_without_the_role_decides()
    {
        var proposed = await ProposedAsync();

        (await DecideAsync(GovernedWorld.Ada, proposed)).DeniedBy.ShouldBe(DeniedBy.Policy);
        (await DecideAsync(GovernedWorld.Olga, proposed)).DeniedBy.ShouldBe(DeniedBy.Policy);
        (await DecideAsync(GovernedWorld.Person("nobody@acme.test"), proposed)).Kind.ShouldBe(FailureKind.Denied);
    }

    [Theory]
    [InlineData("ada@acme.test")]
    [InlineData("bea@acme.test")]
    public async Task An_agent_never_decides_whosever_rights_it_has(string subject)
    {
        world.Engine.Policy.Members = [.. world.Engine.Policy.Members.Where(member => member.Subject != "ada@acme.test"), new MemberOptions { Subject = "ada@acme.test", Roles = ["approver"] }];
        var proposed = await ProposedAsync();

        (await DecideAsync(GovernedWorld.Person(subject) with { Actor = new Actor("assistant") }, proposed)).DeniedBy.ShouldBe(DeniedBy.Agent);
        (await world.StateOfAsync(proposed)).ShouldBe(ChangeState.Waiting);
    }

    [Fact]
    public async Task A_person_who_approves_may_say_yes_to_what_their_agent_proposed_and_not_to_their_own_by_the_same_door()
    {
        world.Engine.Policy.Members = [new MemberOptions { Subject = "ada@acme.test", Roles = ["approver"] }];
        var byAgent = await ProposedAsync();
        var byHand = await world.ProposeAsync(GovernedWorld.Update(world.Engine.AddContact(("lead_status", "NEW")), "lead_status", "OPEN"), GovernedWorld.Ada);

        (await world.ApproveAsync(byAgent, GovernedWorld.Ada)).State.ShouldBe(ChangeState.Approved);
        (await DecideAsync(GovernedWorld.Ada, byHand)).Kind.ShouldBe(FailureKind.Denied);
    }

    [Fact]
    public async Task What_cannot_be_undone_is_never_decided_on_by_the_one_it_is_for()
    {
        world.Engine.Policy.Members = [new MemberOptions { Subject = "ada@acme.test", Roles = ["approver"] }, new MemberOptions { Subject = "bea@acme.test", Roles = ["approver"] }];
        var id = world.Engine.AddContact(("lifecycle_stage", "lead"));
        var proposed = await world.ProposeAsync(GovernedWorld.Update(id, "lifecycle_stage", "customer"));

        proposed.Risk.ShouldBe(RiskClass.Irreversible);
        (await DecideAsync(GovernedWorld.Ada, proposed)).Kind.ShouldBe(FailureKind.Denied);
        (await world.ApproveAsync(proposed)).State.ShouldBe(ChangeState.Approved);
    }

    [Fact]
    public async Task A_principal_is_no_person()
    {
        world.Engine.Policy.Members = [new MemberOptions { Subject = "operator", Roles = ["approver"] }];
        var proposed = await ProposedAsync();

        var denied = await DecideAsync(new Caller(new Subject(SubjectKind.Principal, "operator"), new Actor("cli"), Purpose.Assistance), proposed);

        denied.Message.ShouldContain("no person");
    }

    [Fact]
    public async Task A_delegate_decides_in_the_place_of_an_approver_and_both_are_named()
    {
        var approved = await world.ApproveAsync(await ProposedAsync(), GovernedWorld.Person("cid@acme.test"));

        approved.Approval.ShouldNotBeNull().By.ShouldBe("cid@acme.test");
        approved.Approval.For.ShouldBe("bea@acme.test");
    }

    [Fact]
    public async Task A_changed_record_voids_the_approval_even_where_the_change_does_not_touch_it()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        var proposed = await world.ProposeAsync(GovernedWorld.Update(id, "lead_status", "OPEN"));
        await world.ApproveAsync(proposed);
        Edit(id, "job_title", "CFO");

        var refused = (await world.Engine.ChangeGateway.ApplyAsync(GovernedWorld.Bea, proposed.Id, Token)).Refused();

        refused.Kind.ShouldBe(FailureKind.NeedsApproval);
        (await world.StateOfAsync(proposed)).ShouldBe(ChangeState.Waiting);
        (await world.ApplyAsync(await world.ApproveAsync(proposed))).State.ShouldBe(ChangeState.Verified);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_field_that_somebody_has_changed_since_makes_a_conflict(bool approvedFirst)
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        var proposed = await world.ProposeAsync(GovernedWorld.Update(id, "lead_status", "OPEN"));
        if (approvedFirst)
        {
            await world.ApproveAsync(proposed);
        }

        Edit(id, "lead_status", "CONNECTED");

        var refused = approvedFirst
            ? (await world.Engine.ChangeGateway.ApplyAsync(GovernedWorld.Bea, proposed.Id, Token)).Refused()
            : await DecideAsync(GovernedWorld.Bea, proposed);
        refused.Kind.ShouldBe(FailureKind.Conflict);
        refused.Message.ShouldContain("lead_status");
        (await world.StateOfAsync(proposed)).ShouldBe(ChangeState.Conflicted);
        world.Engine.Crm.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_content_than_was_shown_is_not_approved()
    {
        var proposed = await ProposedAsync();

        var refused = (await world.Engine.ChangeGateway.ApproveAsync(GovernedWorld.Bea, new Decision(proposed.Id, "another"), Token)).Refused();

        refused.Kind.ShouldBe(FailureKind.Conflict);
    }

    [Fact]
    public async Task Rights_that_were_taken_away_do_not_come_back_by_an_approval()
    {
        var proposed = await ProposedAsync();
        await world.ApproveAsync(proposed);
        world.Engine.Policy.Agents = new Dictionary<string, AgentOptions>
        {
            ["assistant"] = new() { Write = new Dictionary<string, IReadOnlyDictionary<string, WriteLevel>> { ["contact"] = new Dictionary<string, WriteLevel> { ["ai_score"] = WriteLevel.Auto } } },
        };

        var refused = (await world.Engine.ChangeGateway.ApplyAsync(GovernedWorld.Bea, proposed.Id, Token)).Refused();

        refused.DeniedBy.ShouldBe(DeniedBy.Agent);
        (await world.StateOfAsync(proposed)).ShouldBe(ChangeState.Refused);
        world.Engine.Crm.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_nobody_decides_on_is_reminded_of_and_expires()
    {
        var proposed = await ProposedAsync();

        world.Engine.Time.Advance(TimeSpan.FromHours(25));
        await world.Engine.ChangeGateway.ListAsync(GovernedWorld.Bea, new ChangeQuery(), Token);
        (await world.Engine.Changes.FindAsync(proposed.Id, Token))!.Note.ShouldNotBeNull().ShouldStartWith("reminder");
        world.Engine.Alerts.Raised.ShouldHaveSingleItem().Kind.ShouldBe(AlertKind.ChangesWaiting);
        world.Engine.Time.Advance(TimeSpan.FromHours(144));
        var refused = await DecideAsync(GovernedWorld.Bea, proposed);

        refused.Kind.ShouldBe(FailureKind.Conflict);
        (await world.StateOfAsync(proposed)).ShouldBe(ChangeState.Expired);
    }

    [Fact]
    public async Task A_set_is_approved_by_what_was_shown_of_it_and_by_nothing_else()
    {
        var run = GovernedWorld.Assistant with { RunId = "run-7" };
        for (var number = 0; number < 30; number++)
        {
            await world.ProposeAsync(GovernedWorld.Update(world.Engine.AddContact(("lead_status", "NEW")), "lead_status", "OPEN"), run);
        }

        var query = new ChangeQuery(RunId: "run-7");
        var stale = (await world.Engine.ChangeGateway.DrawSetAsync(GovernedWorld.Bea, query, Token)).Found();
        await world.ProposeAsync(GovernedWorld.Update(world.Engine.AddContact(("lead_status", "NEW")), "lead_status", "OPEN"), run);
        var set = (await world.Engine.ChangeGateway.DrawSetAsync(GovernedWorld.Bea, query, Token)).Found();

        set.Count.ShouldBe(31);
        set.Sample.Count.ShouldBe(10);
        (await world.Engine.ChangeGateway.ApproveSetAsync(GovernedWorld.Bea, query, stale.Token, null, Token)).Refused().Kind.ShouldBe(FailureKind.Conflict);
        (await world.Engine.ChangeGateway.ApproveSetAsync(GovernedWorld.Ada, query, set.Token, null, Token)).Refused().Kind.ShouldBe(FailureKind.Denied);
        (await world.Engine.ChangeGateway.ApproveSetAsync(GovernedWorld.Bea, query, set.Token, null, Token)).Found().Count(result => result.Failure is null).ShouldBe(31);
        (await world.Engine.ChangeGateway.ApplySetAsync(GovernedWorld.Olga, query, Token)).Found().Count(result => result.Failure is null).ShouldBe(31);
        (await world.Engine.Changes.CountAsync("run-7", Token)).ShouldBe(new Dictionary<ChangeState, long> { [ChangeState.Verified] = 31 });
    }

    [Fact]
    public async Task Applying_again_is_answered_from_the_receipt_and_sends_nothing()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        var proposed = await world.ProposeAsync(GovernedWorld.Update(id, "lead_status", "OPEN"));
        await world.ApproveAsync(proposed);
        await world.ApplyAsync(proposed);

        (await world.ApplyAsync(proposed)).State.ShouldBe(ChangeState.Verified);

        world.Engine.WritesOf(id).ShouldBe(1);
    }

    [Fact]
    public async Task Two_who_apply_at_the_same_instant_send_it_once()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        var proposed = await world.ProposeAsync(GovernedWorld.Update(id, "lead_status", "OPEN"));
        await world.ApproveAsync(proposed);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => world.Engine.ChangeGateway.ApplyAsync(GovernedWorld.Bea, proposed.Id, Token), Token)));

        world.Engine.WritesOf(id).ShouldBe(1);
        (await world.StateOfAsync(proposed)).ShouldBe(ChangeState.Verified);
    }

    private Task<ChangeSetRow> ProposedAsync() =>
        world.ProposeAsync(GovernedWorld.Update(world.Engine.AddContact(("lead_status", "NEW")), "lead_status", "OPEN"));

    private async Task<Failure> DecideAsync(Caller caller, ChangeSetRow change) =>
        (await world.Engine.ChangeGateway.ApproveAsync(caller, new Decision(change.Id), Token)).Refused();

    private void Edit(string id, string field, string value)
    {
        world.Engine.Time.Advance(TimeSpan.FromMinutes(1));
        world.Engine.Crm.Change(RecordType.Contact, id, field, value);
    }
}
