using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Tests.Identity;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>Changes that failed, or whose outcome was lost, and that are tried again on what holds by then (R142, R229).</summary>
public sealed class TriedAgainTests : IAsyncDisposable
{
    private readonly GovernedWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task What_failed_is_sent_where_nothing_has_changed()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        var failed = await FailedAsync(id);

        (await world.ApplyAsync(failed)).State.ShouldBe(ChangeState.Verified);

        world.Engine.Crm.ValueOf(RecordType.Contact, id, "lead_status").ShouldBe("OPEN");
    }

    [Fact]
    public async Task A_right_that_was_taken_back_since_refuses_it_until_it_is_given_again()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        var failed = await FailedAsync(id);
        var granted = world.Engine.Grants[^1].Write;
        Open("lead_status", WriteLevel.DryRun);

        var refused = await RefusedAsync(failed);

        refused.Kind.ShouldBe(FailureKind.Denied);
        refused.Message.ShouldContain("lead_status");
        (await world.StateOfAsync(failed)).ShouldBe(ChangeState.Failed);
        world.Engine.WritesOf(id).ShouldBe(0);

        world.Engine.Grants[^1].Write = granted;
        (await world.ApplyAsync(failed)).State.ShouldBe(ChangeState.Verified);
    }

    [Theory]
    [InlineData("lead_status", "CONNECTED", "somebody has changed lead_status")]
    [InlineData("job_title", "CFO", "is void: the record has changed since it was approved")]
    public async Task A_record_that_has_changed_since_keeps_what_it_holds(string field, string value, string told)
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        var failed = await FailedAsync(id);
        world.Engine.Crm.Change(RecordType.Contact, id, field, value);

        var refused = await RefusedAsync(failed);

        refused.Kind.ShouldBe(FailureKind.Conflict);
        refused.Message.ShouldContain(told);
        (await world.StateOfAsync(failed)).ShouldBe(ChangeState.Failed);
        world.Engine.WritesOf(id).ShouldBe(0);
    }

    [Fact]
    public async Task What_went_by_itself_goes_again_only_where_it_still_may()
    {
        var note = new ChangeRequest(
            new ChangeAction.LogSummary(GovernedWorld.Contact(world.Engine.AddContact()), RecordType.Note, null, "All is well."), "A call.", "once");
        world.Engine.Crm.FailNext(CrmOperation.Write, new Failure(FailureKind.Invalid, "The CRM does not take it."));
        (await world.Engine.ChangeGateway.ProposeAsync(GovernedWorld.Assistant, note, Token)).Refused().Kind.ShouldBe(FailureKind.Invalid);
        var granted = world.Engine.Grants[^1].Actions;
        world.Engine.Grants[^1].Actions = new Dictionary<string, IReadOnlyDictionary<ChangeKind, WriteLevel>>
        {
            ["contact"] = new Dictionary<ChangeKind, WriteLevel>(granted["contact"]) { [ChangeKind.LogSummary] = WriteLevel.Suggest },
        };

        (await world.Engine.ChangeGateway.ProposeAsync(GovernedWorld.Assistant, note, Token)).Refused().Kind.ShouldBe(FailureKind.Denied);

        world.Engine.Crm.Writes.ShouldBeEmpty();
        world.Engine.Grants[^1].Actions = granted;
        (await world.ProposeAsync(note)).State.ShouldBe(ChangeState.Verified);
    }

    [Fact]
    public async Task What_reached_the_CRM_is_told_as_applied_though_its_right_was_taken_back()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        var approved = await world.ApproveAsync(await world.ProposeAsync(GovernedWorld.Update(id, "lead_status", "OPEN")));
        world.Engine.Connector.OnWrite = async (_, send) =>
        {
            await send();
            world.Engine.Crm.FailNext(CrmOperation.Read, new Failure(FailureKind.Unavailable, "The CRM cannot be reached."));
            return new Failure(FailureKind.Ambiguous, "The answer was lost.");
        };
        (await RefusedAsync(approved)).Kind.ShouldBe(FailureKind.Ambiguous);
        (await world.StateOfAsync(approved)).ShouldBe(ChangeState.Applying);
        world.Engine.Connector.OnWrite = static (_, send) => send();
        Open("lead_status", WriteLevel.Off);
        world.Engine.Time.Advance(ChangeStates.LongestInHand);

        (await world.ApplyAsync(approved)).State.ShouldBe(ChangeState.Verified);

        world.Engine.WritesOf(id).ShouldBe(1);
    }

    private async Task<ChangeSetRow> FailedAsync(string id)
    {
        var approved = await world.ApproveAsync(await world.ProposeAsync(GovernedWorld.Update(id, "lead_status", "OPEN")));
        world.Engine.Crm.FailNext(CrmOperation.Write, new Failure(FailureKind.Invalid, "The CRM does not take it."));
        (await RefusedAsync(approved)).Kind.ShouldBe(FailureKind.Invalid);
        (await world.StateOfAsync(approved)).ShouldBe(ChangeState.Failed);
        return approved;
    }

    private async Task<Failure> RefusedAsync(ChangeSetRow change) => (await world.Engine.ChangeGateway.ApplyAsync(GovernedWorld.Bea, change.Id, Token)).Refused();

    private void Open(string field, WriteLevel level) =>
        world.Engine.Grants[^1].Write = new Dictionary<string, IReadOnlyDictionary<string, WriteLevel>>
        {
            ["contact"] = new Dictionary<string, WriteLevel>(world.Engine.Grants[^1].Write["contact"]) { [field] = level },
        };
}
