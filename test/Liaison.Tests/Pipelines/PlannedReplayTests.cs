using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Identity.Keys;
using Liaison.Pipelines;
using Liaison.Policy;
using Liaison.Testing.Stores;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Work;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liaison.Tests.Pipelines;

/// <summary>Replays that are put off to a time: made then, once, by the rights of then.</summary>
public sealed class PlannedReplayTests : IAsyncDisposable
{
    private readonly LeadWorld leads = new(count: 1, refused: 0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private EngineWorld World => leads.Engine;

    private ReplayDeadLetters Replay => World.Get<ReplayDeadLetters>();

    private PlanReplays Plan => World.Get<PlanReplays>();

    private CarryReplays Carry => World.Get<CarryReplays>();

    private DeadLetterGateway Letters => World.Get<DeadLetterGateway>();

    public ValueTask DisposeAsync() => leads.DisposeAsync();

    [Fact]
    public async Task A_replay_that_is_planned_is_made_at_its_time_and_once()
    {
        var run = await leads.RunAsync();
        leads.Refusal = null;

        (await Plan.PlanAsync(LeadWorld.Olga, null, new DeadLetterQuery(RunId: run.Id), World.Time.GetUtcNow().AddHours(2), Token)).Found().ShouldBe(1);

        (await leads.ClosedAsync("dead-letters.plan")).Outcome.ShouldNotBeNull().ShouldContain("1 planned for");
        World.Time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        await Carry.LookAsync(Token);
        World.WritesOf(leads.Refused).ShouldBe(0);
        World.Time.Advance(TimeSpan.FromSeconds(1));
        await Carry.LookAsync(Token);
        await Carry.LookAsync(Token);
        World.WritesOf(leads.Refused).ShouldBe(1);
        (await Letters.ShowAsync(LeadWorld.Olga, $"{run.Id}/1", Token)).Found().State.ShouldBe(DeadLetterState.Replayed);
        (await leads.ClosedAsync("dead-letters.replay")).Caller.Subject.ShouldBe(LeadWorld.Olga.Subject);
    }

    [Fact]
    public async Task A_planned_replay_that_fails_again_is_told_and_not_made_a_second_time()
    {
        var run = await leads.RunAsync();
        await Plan.PlanAsync(LeadWorld.Olga, $"{run.Id}/1", new DeadLetterQuery(), World.Time.GetUtcNow().AddHours(2), Token);
        World.Time.Advance(TimeSpan.FromHours(2));

        await Carry.LookAsync(Token);
        await Carry.LookAsync(Token);

        var letter = (await Letters.ShowAsync(LeadWorld.Olga, $"{run.Id}/1", Token)).Found();
        (letter.State, letter.Planned, letter.Operation.Attempts.Count).ShouldBe((DeadLetterState.Waiting, null, 2));
        World.Alerts.Raised[^1].Message.ShouldContain("left 1 of 1 dead letters waiting: A value is wrong.");
    }

    [Fact]
    public async Task A_planned_replay_of_a_letter_whose_run_is_not_found_is_told_as_not_made()
    {
        var run = await leads.RunAsync();
        await Plan.PlanAsync(LeadWorld.Olga, $"{run.Id}/1", new DeadLetterQuery(), World.Time.GetUtcNow().AddHours(2), Token);
        World.Time.Advance(TimeSpan.FromHours(2));
        var store = World.Get<IDeadLetterStore>();
        var elsewhere = new ReplayDeadLetters(World.Get<Gate>(), store, new InMemoryWorkStore(World.Time), World.Qualification);

        await new CarryReplays(store, World.Work, elsewhere, World.Get<KeyRing>(), World.Alerts, NullLogger<CarryReplays>.Instance).LookAsync(Token);

        World.Alerts.Raised[^1].Message.ShouldContain($"left 1 of 1 dead letters waiting: Run {run.Id} is not found");
        (await store.FindAsync($"{run.Id}/1", Token))!.State.ShouldBe(DeadLetterState.Waiting);
    }

    [Fact]
    public async Task A_planned_replay_is_judged_by_the_role_and_key_that_its_planner_has_when_it_is_made()
    {
        var run = await leads.RunAsync();
        leads.Refusal = null;
        var at = World.Time.GetUtcNow().AddHours(2);
        await Plan.PlanAsync(LeadWorld.Olga with { KeyId = "key-that-was-revoked" }, $"{run.Id}/1", new DeadLetterQuery(), at, Token);
        World.Time.Advance(TimeSpan.FromHours(2));
        await Carry.LookAsync(Token);
        World.Alerts.Raised[^1].Message.ShouldContain("is accepted no more");

        await Plan.PlanAsync(LeadWorld.Olga, $"{run.Id}/1", new DeadLetterQuery(), at.AddHours(2), Token);
        World.Get<PolicyInForce>().Replace(new PolicyOptions());
        World.Time.Advance(TimeSpan.FromHours(2));
        await Carry.LookAsync(Token);

        World.WritesOf(leads.Refused).ShouldBe(0);
        World.Alerts.Raised[^1].Message.ShouldContain("left 1 of 1 dead letters waiting");
        (await World.Get<IDeadLetterStore>().FindAsync($"{run.Id}/1", Token))!.Planned.ShouldBeNull();
    }

    [Fact]
    public async Task A_plan_takes_a_time_ahead_and_a_letter_that_waits_and_can_be_taken_off()
    {
        var run = await leads.RunAsync();
        leads.Refusal = null;
        var ahead = World.Time.GetUtcNow().AddHours(2);
        (await Plan.PlanAsync(LeadWorld.Olga, null, new DeadLetterQuery(), World.Time.GetUtcNow(), Token)).Refused().Kind.ShouldBe(FailureKind.Invalid);
        (await Plan.PlanAsync(LeadWorld.Olga, "run-z/1", new DeadLetterQuery(), ahead, Token)).Refused().Kind.ShouldBe(FailureKind.NotFound);
        (await Plan.PlanAsync(EngineWorld.Ada, null, new DeadLetterQuery(), ahead, Token)).Refused().Kind.ShouldBe(FailureKind.Denied);
        await Plan.PlanAsync(LeadWorld.Olga, null, new DeadLetterQuery(), ahead, Token);

        (await Plan.PlanAsync(LeadWorld.Olga, $"{run.Id}/1", new DeadLetterQuery(), null, Token)).Found().ShouldBe(1);

        World.Time.Advance(TimeSpan.FromHours(3));
        await Carry.LookAsync(Token);
        World.WritesOf(leads.Refused).ShouldBe(0);
        await Replay.ReplayAsync(LeadWorld.Olga, $"{run.Id}/1", Token);
        (await Plan.PlanAsync(LeadWorld.Olga, $"{run.Id}/1", new DeadLetterQuery(), World.Time.GetUtcNow().AddHours(1), Token)).Refused().Kind.ShouldBe(FailureKind.Conflict);
    }
}
