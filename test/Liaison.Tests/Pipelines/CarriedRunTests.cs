using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Pipelines;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Work;

namespace Liaison.Tests.Pipelines;

/// <summary>Runs that a serving node carries without being asked.</summary>
public sealed class CarriedRunTests : IAsyncDisposable
{
    private readonly EngineWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_run_that_a_spent_day_has_parked_goes_on_by_itself_at_the_reset_and_not_before()
    {
        world.AddContact(("lead_status", "NEW"));
        var node = world.Get<CarryRuns>();
        var run = (await world.Qualification.StartAsync(EngineWorld.Demo, null, Token)).Found();
        (await world.Qualification.LeaveToNodesAsync(run, Token)).Found();
        world.Crm.FailNext(CrmOperation.Write, new Failure(FailureKind.QuotaExhausted, "The day is spent.", TimeSpan.FromHours(3)));
        await CarryAsync(node);

        var parked = await FoundAsync(run);
        (parked.State, parked.ResumeAt).ShouldBe((RunState.Parked, world.Time.GetUtcNow() + TimeSpan.FromHours(3) + TimeSpan.FromSeconds(5)));
        parked.Reason.ShouldNotBeNull().ShouldContain("It goes on by itself at");
        world.Time.Advance(TimeSpan.FromHours(3));
        await CarryAsync(node);
        (await FoundAsync(run)).State.ShouldBe(RunState.Parked);
        world.Crm.Writes.ShouldBeEmpty();

        world.Time.Advance(TimeSpan.FromSeconds(6));
        await CarryAsync(node);

        (await FoundAsync(run)).State.ShouldBe(RunState.Finished);
        world.Crm.Writes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_needs_a_person_waits_for_one()
    {
        world.AddContact(("lead_status", "NEW"));
        var node = world.Get<CarryRuns>();
        var run = (await world.Qualification.StartAsync(EngineWorld.Demo, null, Token)).Found();
        (await world.Qualification.LeaveToNodesAsync(run, Token)).Found();
        world.Crm.FailNext(CrmOperation.Write, new Failure(FailureKind.Forbidden, "A scope is missing."));
        await CarryAsync(node);

        world.Time.Advance(TimeSpan.FromDays(30));
        await CarryAsync(node);

        (await FoundAsync(run)).ShouldSatisfyAllConditions(found => found.State.ShouldBe(RunState.Parked), found => found.ResumeAt.ShouldBeNull());
    }

    private static async Task CarryAsync(CarryRuns node)
    {
        await node.TakeUpAsync(Token);
        await node.EndAsync();
    }

    private async Task<Run> FoundAsync(Run run) => (await world.Work.FindRunAsync(run.Id, Token))!;
}
