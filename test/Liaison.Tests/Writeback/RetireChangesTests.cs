using Liaison.Audit;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Model;
using Liaison.Tests.Identity;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>What becomes of change sets whose values have been kept long enough.</summary>
public sealed class RetireChangesTests : IAsyncDisposable
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(365);

    private readonly GovernedWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task What_lost_its_values_is_not_undone_and_the_sentence_names_the_setting()
    {
        var (id, change) = await AppliedAsync();
        await SweepAsync();

        var outcome = (await world.Engine.ChangeGateway.UndoAsync(GovernedWorld.Ada, change.Id, "It was wrong.", Token)).Found();

        outcome.Restored.ShouldBeFalse();
        outcome.Why.ShouldBe("What stood there before has been kept for as long as changes.keepDays says and is dropped, so that it cannot be undone.");
        world.Engine.Crm.ValueOf(RecordType.Contact, id, "lead_status").ShouldBe("OPEN");
        (await world.StateOfAsync(change)).ShouldBe(ChangeState.Verified);
    }

    [Fact]
    public async Task Until_then_it_is_undone()
    {
        var (id, change) = await AppliedAsync();
        await SweepAsync(Keep - TimeSpan.FromMinutes(1));

        (await world.Engine.ChangeGateway.UndoAsync(GovernedWorld.Ada, change.Id, "It was wrong.", Token)).Found().Restored.ShouldBeTrue();

        world.Engine.Crm.ValueOf(RecordType.Contact, id, "lead_status").ShouldBe("NEW");
    }

    [Fact]
    public async Task Who_did_what_when_and_to_which_field_stays_to_be_seen()
    {
        var (_, change) = await AppliedAsync();
        await SweepAsync();

        var (row, moves) = (await world.Engine.ChangeGateway.ShowAsync(GovernedWorld.Bea, change.Id, Token)).Found();

        ChangeContent.FromJson(row.Content).Fields.ShouldContain(delta => delta.Field == "lead_status");
        row.Content.ShouldNotContain("OPEN");
        row.Content.ShouldNotContain("Because it is so.");
        row.Approval.ShouldNotBeNull().By.ShouldBe("bea@acme.test");
        moves.Select(move => move.To).ShouldBe([ChangeState.Validated, ChangeState.Waiting, ChangeState.Approved, ChangeState.Applying, ChangeState.Applied, ChangeState.Verified]);
    }

    [Fact]
    public async Task A_request_that_is_repeated_under_its_key_is_answered_and_not_done_again()
    {
        var id = world.Engine.AddContact();
        var request = Wish(id);
        var change = await world.ProposeAsync(request);
        await SweepAsync();

        var repeated = await world.ProposeAsync(request);

        repeated.Id.ShouldBe(change.Id);
        world.Engine.Crm.LinksOf(RecordType.Contact, id, RecordType.Task).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_failed_is_not_sent_without_its_values_when_it_is_asked_for_again()
    {
        var id = world.Engine.AddContact();
        var request = Wish(id);
        world.Engine.Crm.FailNext(CrmOperation.Write, new Failure(FailureKind.Forbidden, "It may not."));
        (await world.Engine.ChangeGateway.ProposeAsync(GovernedWorld.Assistant, request, Token)).Failure.ShouldNotBeNull();
        await SweepAsync();

        var again = await world.Engine.ChangeGateway.ProposeAsync(GovernedWorld.Assistant, request, Token);

        again.Failure.ShouldNotBeNull().Message.ShouldContain("changes.keepDays");
        world.Engine.Crm.LinksOf(RecordType.Contact, id, RecordType.Task).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_that_comes_back_to_what_failed_is_told_so_too()
    {
        var engine = world.Engine;
        var change = await engine.ScoreAsync(engine.AddContact(), 50);
        engine.Crm.FailNext(CrmOperation.Write, new Failure(FailureKind.Forbidden, "It may not."));
        (await engine.SubmitAsync(change))[0].Failure.ShouldNotBeNull();
        await SweepAsync();

        var outcome = (await engine.SubmitAsync(change))[0];

        outcome.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Conflict);
        outcome.Failure.Message.ShouldContain("changes.keepDays");
        engine.Crm.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sweep_is_told_in_the_audit_by_its_count_and_a_sweep_for_nothing_is_not()
    {
        await AppliedAsync();
        await SweepAsync();
        await SweepAsync(TimeSpan.Zero);

        (await world.Engine.AuditedAsync()).Where(entry => entry is { Action: "changes.drop-values", Phase: AuditPhase.Closed })
            .ShouldHaveSingleItem().Outcome.ShouldNotBeNull().ShouldContain("values of 1 change sets dropped, 365 days after their last move");
    }

    [Fact]
    public async Task While_another_node_sweeps_nothing_is_done()
    {
        await AppliedAsync();
        await using var other = await world.Engine.Work.TryHoldAsync("retention of change sets", Token);

        await SweepAsync();

        (await world.Engine.Changes.ListAsync(new ChangeQuery(), Token)).ShouldAllBe(row => row.ValuesDroppedAt == null);
    }

    private async Task<(string Id, ChangeSetRow Change)> AppliedAsync()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        world.Engine.Policy.Members = [.. world.Engine.Policy.Members.Skip(1), new() { Subject = "ada@acme.test", Roles = ["operator"] }];
        return (id, await world.ApplyAsync(await world.ApproveAsync(await world.ProposeAsync(GovernedWorld.Update(id, "lead_status", "OPEN")))));
    }

    private ChangeRequest Wish(string id) =>
        new(new ChangeAction.CreateTask(GovernedWorld.Contact(id), "Call back", null, world.Engine.Time.GetUtcNow().AddDays(1)), "She asked.", "wish-1");

    private Task<int> SweepAsync() => SweepAsync(Keep);

    private Task<int> SweepAsync(TimeSpan later)
    {
        world.Engine.Time.Advance(later);
        return world.Engine.Get<RetireChanges>().SweepAsync(Keep, Token);
    }
}
