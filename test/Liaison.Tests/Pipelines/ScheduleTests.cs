using Liaison.Alerts;
using Liaison.Failures;
using Liaison.Pipelines;
using Liaison.Testing.Stores;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Work;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liaison.Tests.Pipelines;

/// <summary>Runs that start at their times: once, whoever looks, and told where they do not (R172).</summary>
public sealed class ScheduleTests : IAsyncDisposable
{
    private readonly EngineWorld world = new();
    private readonly InMemoryScheduleStore store;

    public ScheduleTests() => store = new InMemoryScheduleStore(world.Time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_time_starts_one_run_however_many_nodes_look()
    {
        world.AddContact(("lead_status", "NEW"));
        KeepSchedules[] nodes = [Node(Hourly()), Node(Hourly())];
        await LookAsync(nodes);
        (await world.Work.ListRunsAsync(10, Token)).ShouldBeEmpty();

        world.Time.Advance(TimeSpan.FromHours(1));
        await LookAsync(nodes);
        await LookAsync(nodes);

        var run = (await world.Work.ListRunsAsync(10, Token)).ShouldHaveSingleItem();
        (run.State, RunParameters.FromJson(run.Parameters).Schedule).ShouldBe((RunState.Running, "hourly"));
        (await store.ListAsync(Token)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            state => state.RunId.ShouldBe(run.Id), state => state.DueAt.ShouldBe(Now.AddHours(1)), state => state.TakenAt.ShouldBe(Now));
        world.Alerts.Raised.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_that_goes_on_when_the_next_is_due_keeps_it_from_starting_and_that_is_told()
    {
        world.AddContact(("lead_status", "NEW"));
        var node = Node(Hourly());
        await node.LookAsync(Token);
        world.Time.Advance(TimeSpan.FromHours(1));
        await node.LookAsync(Token);
        var going = (await world.Work.ListRunsAsync(10, Token))[0];

        world.Time.Advance(TimeSpan.FromHours(1));
        await node.LookAsync(Token);

        (await world.Work.ListRunsAsync(10, Token)).ShouldHaveSingleItem();
        var alert = world.Alerts.Raised.ShouldHaveSingleItem();
        (alert.Kind, alert.Cause).ShouldBe((AlertKind.ScheduleMissed, "hourly"));
        alert.Message.ShouldContain($"Run {going.Id} of qualify on demo is Running");
        (await store.ListAsync(Token))[0].DueAt.ShouldBe(Now.AddHours(1));
    }

    [Theory]
    [InlineData(MisfirePolicy.RunOnce, 1)]
    [InlineData(MisfirePolicy.Skip, 0)]
    public async Task Times_at_which_nobody_was_there_are_told_and_made_up_for_once_or_let_go(MisfirePolicy misfire, int runs)
    {
        world.AddContact(("lead_status", "NEW"));
        var hourly = Hourly(misfire);
        await Node(hourly).LookAsync(Token);

        world.Time.Advance(TimeSpan.FromHours(5.5));
        var later = Node(hourly);
        await later.LookAsync(Token);
        await later.LookAsync(Token);

        (await world.Work.ListRunsAsync(10, Token)).Count.ShouldBe(runs);
        world.Alerts.Raised.ShouldHaveSingleItem().Kind.ShouldBe(AlertKind.ScheduleMissed);
        var state = (await store.ListAsync(Token))[0];
        state.DueAt.ShouldBe(Now.AddHours(0.5));
        state.Note.ShouldNotBeNull().ShouldContain("nobody was there");
    }

    [Fact]
    public async Task A_CRM_that_is_away_at_the_time_is_asked_again_a_minute_later()
    {
        world.AddContact(("lead_status", "NEW"));
        var node = Node(Hourly());
        await node.LookAsync(Token);
        world.Time.Advance(TimeSpan.FromHours(1));
        world.Crm.FailNext(Liaison.Connectors.CrmOperation.Describe, new Failure(FailureKind.Unavailable, "It is away."));

        await node.LookAsync(Token);
        await node.LookAsync(Token);
        (await world.Work.ListRunsAsync(10, Token)).ShouldBeEmpty();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await node.LookAsync(Token);

        (await world.Work.ListRunsAsync(10, Token)).ShouldHaveSingleItem().State.ShouldBe(RunState.Running);
        world.Alerts.Raised.ShouldHaveSingleItem().Message.ShouldContain("It is away.");
    }

    [Fact]
    public async Task A_changed_schedule_is_reckoned_anew_and_one_that_is_gone_forgotten()
    {
        await Node(Hourly()).LookAsync(Token);
        world.Time.Advance(TimeSpan.FromMinutes(30));

        await Node(Hourly() with { Definition = "daily", Next = at => at.AddDays(1) }).LookAsync(Token);
        (await store.ListAsync(Token)).ShouldHaveSingleItem().DueAt.ShouldBe(Now.AddDays(1));
        await Node().LookAsync(Token);

        (await store.ListAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_second_run_of_a_pipeline_is_set_going_on_a_connection_and_a_planned_one_is_given_up()
    {
        world.AddContact(("lead_status", "NEW"));
        var first = (await world.Qualification.StartAsync(EngineWorld.Demo, null, Token)).Found();
        var second = (await world.Qualification.StartAsync(EngineWorld.Demo, null, Token)).Found();
        (await world.Qualification.LeaveToNodesAsync(first, Token)).Found();

        var refused = (await world.Qualification.LeaveToNodesAsync(second, Token)).Refused();
        (await world.Qualification.ContinueAsync(second, cancellationToken: Token)).Refused().Kind.ShouldBe(FailureKind.Conflict);

        refused.Kind.ShouldBe(FailureKind.Conflict);
        refused.Message.ShouldContain($"liaison run cancel {first.Id}");
        (await world.Work.FindRunAsync(second.Id, Token))!.State.ShouldBe(RunState.Cancelled);
        await world.Work.SetStateAsync(first.Id, RunState.Cancelled, null, Token);
        (await world.Qualification.MayStartAsync(EngineWorld.Demo, Token)).Found();
    }

    private DateTimeOffset Now => world.Time.GetUtcNow();

    private static async Task LookAsync(IEnumerable<KeepSchedules> nodes) => await Task.WhenAll(nodes.Select(node => Task.Run(() => node.LookAsync(Token), Token)));

    private Schedule Hourly(MisfirePolicy misfire = MisfirePolicy.RunOnce)
    {
        var began = Now;
        return new Schedule(
            "hourly", QualificationPipeline.Name, EngineWorld.Demo, Where: null, misfire, "hourly",
            at => began.AddHours(Math.Floor((at - began).TotalHours) + 1));
    }

    private KeepSchedules Node(params Schedule[] schedules) =>
        new(schedules, store, world.Work, world.Qualification, world.Alerts, NullLogger<KeepSchedules>.Instance);
}
