using Liaison.Audit;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Pipelines;
using Liaison.Policy;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Work;

namespace Liaison.Tests.Pipelines;

/// <summary>Replays that are put off to a time: made then, once, by the rights of then.</summary>
public sealed class PlannedReplayTests : IAsyncDisposable
{
    private static readonly Caller Olga = new(new Subject(SubjectKind.User, "olga@acme.test"), new Actor("cli"), Purpose.Administration);

    private readonly EngineWorld world = new();
    private readonly string contact;
    private bool refuses = true;

    public PlannedReplayTests()
    {
        world.Members.Add(new MemberOptions { Subject = "olga@acme.test", Roles = ["operator"] });
        contact = world.AddContact(("lead_status", "NEW"), ("job_title", "VP Sales"));
        world.Connector.OnWrite = (_, send) => refuses
            ? Task.FromResult<Result<IReadOnlyList<WriteOutcome>>>(new Failure(FailureKind.Invalid, "A value is wrong."))
            : send();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ReplayDeadLetters Replay => world.Get<ReplayDeadLetters>();

    private PlanReplays Plan => world.Get<PlanReplays>();

    private CarryReplays Carry => world.Get<CarryReplays>();

    private DeadLetterGateway Letters => world.Get<DeadLetterGateway>();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_replay_that_is_planned_is_made_at_its_time_and_once()
    {
        var run = await RunAsync();
        refuses = false;

        (await Plan.PlanAsync(Olga, null, new DeadLetterQuery(RunId: run.Id), world.Time.GetUtcNow().AddHours(2), Token)).Found().ShouldBe(1);

        (await ClosedAsync("dead-letters.plan")).Outcome.ShouldNotBeNull().ShouldContain("1 planned for");
        world.Time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        await Carry.LookAsync(Token);
        world.WritesOf(contact).ShouldBe(0);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await Carry.LookAsync(Token);
        await Carry.LookAsync(Token);
        world.WritesOf(contact).ShouldBe(1);
        (await Letters.ShowAsync(Olga, $"{run.Id}/1", Token)).Found().State.ShouldBe(DeadLetterState.Replayed);
        (await ClosedAsync("dead-letters.replay")).Caller.Subject.ShouldBe(Olga.Subject);
    }

    [Fact]
    public async Task A_planned_replay_that_fails_again_is_told_and_not_made_a_second_time()
    {
        var run = await RunAsync();
        await Plan.PlanAsync(Olga, $"{run.Id}/1", new DeadLetterQuery(), world.Time.GetUtcNow().AddHours(2), Token);
        world.Time.Advance(TimeSpan.FromHours(2));

        await Carry.LookAsync(Token);
        await Carry.LookAsync(Token);

        var letter = (await Letters.ShowAsync(Olga, $"{run.Id}/1", Token)).Found();
        (letter.State, letter.Planned, letter.Operation.Attempts.Count).ShouldBe((DeadLetterState.Waiting, null, 2));
        world.Alerts.Raised[^1].Message.ShouldContain("left 1 of 1 dead letters waiting: A value is wrong.");
    }

    [Fact]
    public async Task A_planned_replay_is_judged_by_the_role_and_key_that_its_planner_has_when_it_is_made()
    {
        var run = await RunAsync();
        refuses = false;
        var at = world.Time.GetUtcNow().AddHours(2);
        await Plan.PlanAsync(Olga with { KeyId = "key-that-was-revoked" }, $"{run.Id}/1", new DeadLetterQuery(), at, Token);
        world.Time.Advance(TimeSpan.FromHours(2));
        await Carry.LookAsync(Token);
        world.Alerts.Raised[^1].Message.ShouldContain("is accepted no more");

        await Plan.PlanAsync(Olga, $"{run.Id}/1", new DeadLetterQuery(), at.AddHours(2), Token);
        world.Get<PolicyInForce>().Replace(new PolicyOptions());
        world.Time.Advance(TimeSpan.FromHours(2));
        await Carry.LookAsync(Token);

        world.WritesOf(contact).ShouldBe(0);
        world.Alerts.Raised[^1].Message.ShouldContain("left 1 of 1 dead letters waiting");
        (await world.Get<IDeadLetterStore>().FindAsync($"{run.Id}/1", Token))!.Planned.ShouldBeNull();
    }

    [Fact]
    public async Task A_plan_takes_a_time_ahead_and_a_letter_that_waits_and_can_be_taken_off()
    {
        var run = await RunAsync();
        refuses = false;
        var ahead = world.Time.GetUtcNow().AddHours(2);
        (await Plan.PlanAsync(Olga, null, new DeadLetterQuery(), world.Time.GetUtcNow(), Token)).Refused().Kind.ShouldBe(FailureKind.Invalid);
        (await Plan.PlanAsync(Olga, "run-z/1", new DeadLetterQuery(), ahead, Token)).Refused().Kind.ShouldBe(FailureKind.NotFound);
        (await Plan.PlanAsync(EngineWorld.Ada, null, new DeadLetterQuery(), ahead, Token)).Refused().Kind.ShouldBe(FailureKind.Denied);
        await Plan.PlanAsync(Olga, null, new DeadLetterQuery(), ahead, Token);

        (await Plan.PlanAsync(Olga, $"{run.Id}/1", new DeadLetterQuery(), null, Token)).Found().ShouldBe(1);

        world.Time.Advance(TimeSpan.FromHours(3));
        await Carry.LookAsync(Token);
        world.WritesOf(contact).ShouldBe(0);
        await Replay.ReplayAsync(Olga, $"{run.Id}/1", Token);
        (await Plan.PlanAsync(Olga, $"{run.Id}/1", new DeadLetterQuery(), world.Time.GetUtcNow().AddHours(1), Token)).Refused().Kind.ShouldBe(FailureKind.Conflict);
    }

    private async Task<AuditEntry> ClosedAsync(string action) =>
        (await world.AuditedAsync()).Single(entry => entry.Action == action && entry.Phase == AuditPhase.Closed);

    private async Task<Run> RunAsync()
    {
        var run = (await world.Qualification.StartAsync(EngineWorld.Demo, null, Token)).Found();
        return (await world.Qualification.ContinueAsync(run, cancellationToken: Token)).Found();
    }
}
