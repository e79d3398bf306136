using Liaison.Model;
using Liaison.Tests.Identity;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

public sealed class UndoTests : IAsyncDisposable
{
    private readonly GovernedWorld world = new();

    // What Ada's agent did with her rights is undone with hers and nobody else's.
    public UndoTests() => world.Engine.Policy.Members = [.. world.Engine.Policy.Members.Skip(1), new() { Subject = "ada@acme.test", Roles = ["operator"] }];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task What_stood_there_stands_there_again_with_the_source_of_the_undo()
    {
        var (id, change) = await AppliedAsync();

        var outcome = await UndoAsync(change);

        outcome.Restored.ShouldBeTrue();
        world.Engine.Crm.ValueOf(RecordType.Contact, id, "lead_status").ShouldBe("NEW");
        world.Engine.Crm.ValueOf(RecordType.Contact, id, "ai_source").ShouldBe("undo/assistant");
        (await world.StateOfAsync(change)).ShouldBe(ChangeState.Undone);
    }

    [Fact]
    public async Task What_somebody_has_changed_since_stays_and_is_told()
    {
        var (id, change) = await AppliedAsync();
        world.Engine.Crm.Change(RecordType.Contact, id, "lead_status", "CONNECTED");

        var outcome = await UndoAsync(change);

        outcome.Restored.ShouldBeFalse();
        outcome.Fields.ShouldBe(["lead_status"]);
        world.Engine.Crm.ValueOf(RecordType.Contact, id, "lead_status").ShouldBe("CONNECTED");
        (await world.StateOfAsync(change)).ShouldBe(ChangeState.Verified);
    }

    [Fact]
    public async Task Another_field_that_was_edited_is_no_hindrance_and_stays()
    {
        var (id, change) = await AppliedAsync();
        world.Engine.Crm.Change(RecordType.Contact, id, "phone", "+49 30 1234567");

        (await UndoAsync(change)).Restored.ShouldBeTrue();

        world.Engine.Crm.ValueOf(RecordType.Contact, id, "phone").ShouldBe("+49 30 1234567");
    }

    [Fact]
    public async Task A_second_undo_changes_nothing()
    {
        var (id, change) = await AppliedAsync();
        await UndoAsync(change);

        (await UndoAsync(change)).Restored.ShouldBeFalse();

        world.Engine.WritesOf(id).ShouldBe(2);
    }

    [Fact]
    public async Task A_task_that_was_made_is_taken_away()
    {
        var id = world.Engine.AddContact();
        var change = await world.ProposeAsync(new ChangeRequest(
            new ChangeAction.CreateTask(GovernedWorld.Contact(id), "Call back", null, world.Engine.Time.GetUtcNow().AddDays(1)), "She asked."));

        (await UndoAsync(change)).Restored.ShouldBeTrue();

        world.Engine.Crm.Deletes.ShouldHaveSingleItem().Id.ShouldBe(change.MadeId);
        world.Engine.Crm.LinksOf(RecordType.Contact, id, RecordType.Task).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_task_that_somebody_has_worked_on_stays()
    {
        var id = world.Engine.AddContact();
        var change = await world.ProposeAsync(new ChangeRequest(
            new ChangeAction.CreateTask(GovernedWorld.Contact(id), "Call back", null, world.Engine.Time.GetUtcNow().AddDays(1)), "She asked."));
        world.Engine.Crm.Change(RecordType.Task, change.MadeId!, "name", "Called back, wants an offer");

        (await UndoAsync(change)).Restored.ShouldBeFalse();

        world.Engine.Crm.Deletes.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_undone_is_named()
    {
        var id = world.Engine.AddContact(("lifecycle_stage", "lead"));
        var change = await world.ProposeAsync(GovernedWorld.Update(id, "lifecycle_stage", "customer"));
        await world.ApplyAsync(await world.ApproveAsync(change));

        var outcome = await UndoAsync(change);

        outcome.Restored.ShouldBeFalse();
        outcome.Why.ShouldNotBeNull().ShouldContain("irreversible");
    }

    [Fact]
    public async Task Who_only_proposes_does_not_undo()
    {
        var (_, change) = await AppliedAsync();

        (await world.Engine.ChangeGateway.UndoAsync(GovernedWorld.Person("eve@acme.test"), change.Id, "I say so.", Token)).Failure.ShouldNotBeNull();
        (await world.StateOfAsync(change)).ShouldBe(ChangeState.Verified);
    }

    private async Task<(string Id, ChangeSetRow Change)> AppliedAsync()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        var proposed = await world.ProposeAsync(GovernedWorld.Update(id, "lead_status", "OPEN"), GovernedWorld.Assistant with { RunId = "run-9" });
        return (id, await world.ApplyAsync(await world.ApproveAsync(proposed)));
    }

    private async Task<UndoOutcome> UndoAsync(ChangeSetRow change)
    {
        world.Engine.Time.Advance(TimeSpan.FromMinutes(1));
        return (await world.Engine.ChangeGateway.UndoAsync(GovernedWorld.Ada, change.Id, "It was wrong.", Token)).Found();
    }
}
