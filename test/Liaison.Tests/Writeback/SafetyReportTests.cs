using Liaison.Failures;
using Liaison.Policy;
using Liaison.Tests.Identity;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>The evidence on which the next tier is opened to an agent, or not.</summary>
public sealed class SafetyReportTests : IAsyncDisposable
{
    private readonly GovernedWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Accepted_declined_refused_and_undone_are_counted_by_agent_and_tier()
    {
        world.Engine.Policy.Members = [new MemberOptions { Subject = "ada@acme.test", Roles = ["user", "operator"] }, new MemberOptions { Subject = "bea@acme.test", Roles = ["approver"] }];
        var applied = await ProposedAsync();
        await world.ApproveAsync(applied);
        await world.ApplyAsync(applied);
        await world.ApproveAsync(await ProposedAsync());
        var undone = await ProposedAsync();
        await world.ApproveAsync(undone);
        await world.ApplyAsync(undone);
        (await world.Engine.ChangeGateway.UndoAsync(GovernedWorld.Ada, undone.Id, "Wrong.", Token)).Found().Restored.ShouldBeTrue();
        var rejected = await ProposedAsync();
        await world.Engine.ChangeGateway.RejectAsync(GovernedWorld.Bea, new Decision(rejected.Id), Token);
        await world.Engine.ChangeGateway.ProposeAsync(GovernedWorld.Assistant, GovernedWorld.Update(world.Engine.AddContact(), "ai_score", "700"), Token);

        var report = (await world.Engine.Get<Liaison.Gateway.AgentGateway>().ReportAsync(GovernedWorld.Bea, 30, Token)).Found();

        var write = report.Single(tier => tier is { Agent: "assistant", Tier: ActionTier.Write });
        (write.Proposed, write.Accepted, write.Declined, write.Refused, write.Waiting, write.Stands, write.Undone).ShouldBe((5, 3, 1, 1, 1, 1, 1));
        write.AcceptanceRate.ShouldBe(0.75);
        write.UndoRate.ShouldBe(0.5);
        write.RefusalRate.ShouldBe(0.2);
    }

    [Fact]
    public async Task An_agent_learns_nothing_of_how_agents_fare()
    {
        var refused = (await world.Engine.Get<Liaison.Gateway.AgentGateway>().ReportAsync(GovernedWorld.Assistant, 30, Token)).Refused();

        refused.Kind.ShouldBe(FailureKind.Denied);
    }

    private Task<ChangeSetRow> ProposedAsync() =>
        world.ProposeAsync(GovernedWorld.Update(world.Engine.AddContact(("lead_status", "NEW")), "lead_status", "OPEN"));
}
