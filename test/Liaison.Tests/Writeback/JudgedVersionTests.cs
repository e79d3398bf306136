using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Tests.Identity;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>A write carries the version of the record on which it was judged, unless writes of our own may have moved it since (R77).</summary>
public sealed class JudgedVersionTests : IAsyncDisposable
{
    private readonly GovernedWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEnumerable<RecordWrite> Sent => world.Engine.Connector.Batches.SelectMany(batch => batch);

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task What_was_approved_carries_the_version_that_the_approver_saw()
    {
        var approved = await world.ApproveAsync(await world.ProposeAsync(
            GovernedWorld.Update(world.Engine.AddContact(("lead_status", "NEW")), "lead_status", "OPEN")));

        await world.ApplyAsync(approved);

        Sent.ShouldHaveSingleItem().Version.ShouldBe(approved.Approval.ShouldNotBeNull().RecordVersion.ShouldNotBeNull());
    }

    [Fact]
    public async Task What_is_tried_again_carries_none_since_another_write_of_ours_may_have_come_between()
    {
        var approved = await world.ApproveAsync(await world.ProposeAsync(
            GovernedWorld.Update(world.Engine.AddContact(("lead_status", "NEW")), "lead_status", "OPEN")));
        world.Engine.Crm.FailNext(CrmOperation.Write, new Failure(FailureKind.Invalid, "The CRM does not take it."));
        (await world.Engine.ChangeGateway.ApplyAsync(GovernedWorld.Bea, approved.Id, Token)).Refused();

        await world.ApplyAsync(approved);

        Sent.Select(write => write.Version is null).ShouldBe([false, true]);
    }

    [Fact]
    public async Task Two_changes_to_one_record_that_go_together_carry_none()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        var one = await world.ApproveAsync(await world.ProposeAsync(GovernedWorld.Update(id, "lead_status", "OPEN")));
        var other = await world.ApproveAsync(await world.ProposeAsync(GovernedWorld.Update(id, "lifecycle_stage", "lead")));

        var applied = (await world.Engine.ChangeGateway.ApplySetAsync(GovernedWorld.Bea, new ChangeQuery(RecordId: id), Token)).Found();

        applied.Select(result => result.Found().State).ShouldBe([ChangeState.Verified, ChangeState.Verified], $"{one.Id} and {other.Id}");
        Sent.ShouldNotBeEmpty();
        Sent.ShouldAllBe(write => write.Version == null);
    }
}
