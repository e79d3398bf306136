using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Policy;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Tests.Writeback;
using Liaison.Work;
using Liaison.Writeback;

namespace Liaison.Tests.Policy;

/// <summary>The kill switch and the limits of how much an agent may change.</summary>
public sealed class SafeguardTests : IAsyncDisposable
{
    private readonly GovernedWorld world = new();

    private AgentGateway Agents => world.Engine.Get<AgentGateway>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("assistant")]
    [InlineData("*")]
    public async Task A_stopped_agent_neither_reads_nor_writes_until_it_is_let_go_on(string actor)
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        (await Agents.StopAsync(GovernedWorld.Olga, actor, "It writes nonsense", Token)).Failure.ShouldBeNull();

        var refused = (await world.Engine.ChangeGateway.ProposeAsync(GovernedWorld.Assistant, GovernedWorld.Update(id, "lead_status", "OPEN"), Token)).Refused();
        await Agents.ReleaseAsync(GovernedWorld.Olga, actor, Token);

        refused.DeniedBy.ShouldBe(DeniedBy.Agent);
        refused.Message.ShouldContain("olga@acme.test");
        (await world.ProposeAsync(GovernedWorld.Update(id, "lead_status", "OPEN"))).State.ShouldBe(ChangeState.Waiting);
    }

    [Fact]
    public async Task A_stop_of_another_process_is_seen_within_a_second()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        await world.ProposeAsync(GovernedWorld.Update(id, "lead_status", "OPEN"));
        await world.Engine.Safeguards.StopAsync(new StoppedAgent("assistant", "olga@acme.test", "Stop.", world.Engine.Time.GetUtcNow()), Token);
        world.Engine.Time.Advance(TimeSpan.FromMilliseconds(999));

        (await world.Engine.ChangeGateway.ProposeAsync(GovernedWorld.Assistant, GovernedWorld.Update(id, "lead_status", "CONNECTED"), Token)).Refused()
            .DeniedBy.ShouldBe(DeniedBy.Agent);
    }

    [Fact]
    public async Task Only_who_holds_a_role_pulls_the_brake()
    {
        (await Agents.StopAsync(GovernedWorld.Assistant, "qualify", "I say so", Token)).Refused().Kind.ShouldBe(FailureKind.Denied);
        (await Agents.ReleaseAsync(GovernedWorld.Bea, "qualify", Token)).Refused().Kind.ShouldBe(FailureKind.Denied);
    }

    [Fact]
    public async Task Too_many_writes_an_hour_stop_the_agent()
    {
        Limit(new BlastRadiusOptions { WritesPerHour = 2 });

        var states = new List<FailureKind?>();
        for (var number = 0; number < 4; number++)
        {
            states.Add((await ScoreAsync()).Failure?.Kind);
        }

        states.ShouldBe([null, null, FailureKind.Denied, FailureKind.Denied]);
        (await world.Engine.Safeguards.ListStoppedAsync(Token)).ShouldHaveSingleItem().By.ShouldBe("liaison");
        world.Engine.Crm.Writes.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_hour_goes_on()
    {
        Limit(new BlastRadiusOptions { WritesPerHour = 1 });
        (await ScoreAsync()).Failure.ShouldBeNull();

        world.Engine.Time.Advance(TimeSpan.FromMinutes(61));

        (await ScoreAsync()).Failure.ShouldBeNull();
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(null, 0.3)]
    public async Task A_run_that_changes_too_much_pauses_until_a_person_lets_it(int? records, double? share)
    {
        AddLeads(10);
        Pipeline(new BlastRadiusOptions { RecordsPerRun = records, ShareOfRecords = share });
        var started = (await world.Engine.Qualification.StartAsync(EngineWorld.Demo, null, Token)).Found();

        var parked = (await world.Engine.Qualification.ContinueAsync(started, cancellationToken: Token)).Found();
        var counts = await world.Engine.Changes.CountAsync(started.Id, Token);
        var refused = await Agents.ApproveVolumeAsync(GovernedWorld.Olga, started.Id, Token);
        (await Agents.ApproveVolumeAsync(GovernedWorld.Bea, started.Id, Token)).Failure.ShouldBeNull();
        var finished = (await world.Engine.Qualification.ContinueAsync(parked, cancellationToken: Token)).Found();

        parked.State.ShouldBe(RunState.Parked);
        parked.Reason.ShouldNotBeNull().ShouldContain("--approve-volume");
        counts.ShouldBe(new Dictionary<ChangeState, long> { [ChangeState.Verified] = 3 });
        refused.Refused().Kind.ShouldBe(FailureKind.Denied);
        finished.State.ShouldBe(RunState.Finished);
        (await world.Engine.Changes.CountAsync(started.Id, Token))[ChangeState.Verified].ShouldBe(10);
    }

    private void Limit(BlastRadiusOptions limits) => world.Engine.Policy.Agents = new Dictionary<string, AgentOptions> { ["assistant"] = new() { Limits = limits } };

    private void Pipeline(BlastRadiusOptions limits) => world.Engine.Policy.Agents = new Dictionary<string, AgentOptions> { ["qualify"] = new() { Limits = limits } };

    private void AddLeads(int count)
    {
        for (var number = 0; number < count; number++)
        {
            world.Engine.AddContact(("lead_status", "NEW"));
        }
    }

    private Task<Result<Proposal>> ScoreAsync() => world.Engine.ChangeGateway.ProposeAsync(
        GovernedWorld.Assistant,
        new ChangeRequest(
            new ChangeAction.UpdateFields(
                GovernedWorld.Contact(world.Engine.AddContact()),
                [new FieldChange("ai_score", new Model.FieldValue.Number(5)), new FieldChange("ai_rationale", new Model.FieldValue.Text("Because."))]),
            "A score."),
        Token);
}
