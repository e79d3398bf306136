using Liaison.Alerts;
using Liaison.Failures;
using Liaison.Pipelines;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Work;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liaison.Tests.Pipelines;

/// <summary>Runs that start at their times: once, however often a time is handed out, and told where they do not (R172).</summary>
public sealed class ScheduleTests : IAsyncDisposable
{
    private static readonly Schedule Hourly = new(
        "hourly", QualificationPipeline.Name, EngineWorld.Demo, Where: null, "0 0 * * * ?", "UTC", MisfirePolicy.RunOnce);

    private readonly EngineWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_time_starts_one_run_that_says_which_however_often_the_time_is_handed_out()
    {
        world.AddContact(("lead_status", "NEW"));
        var due = Now;

        var first = (await StartAsync(due)).Found();
        await world.Work.SetStateAsync(first.RunId!, RunState.Finished, null, Token);
        var again = (await StartAsync(due)).Found();

        var run = (await world.Work.ListRunsAsync(10, Token)).ShouldHaveSingleItem();
        first.ShouldBe(new ScheduledOutcome(run.Id, Note: null));
        again.ShouldBe(first);
        RunParameters.FromJson(run.Parameters).ShouldSatisfyAllConditions(
            parameters => parameters.Schedule.ShouldBe("hourly"), parameters => parameters.DueAt.ShouldBe(due));
        world.Alerts.Raised.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_that_goes_on_when_the_next_is_due_keeps_it_from_starting_and_that_is_told()
    {
        world.AddContact(("lead_status", "NEW"));
        var going = (await StartAsync(Now)).Found().RunId;
        world.Time.Advance(TimeSpan.FromHours(1));

        var outcome = (await StartAsync(Now)).Found();

        (await world.Work.ListRunsAsync(10, Token)).ShouldHaveSingleItem();
        var alert = world.Alerts.Raised.ShouldHaveSingleItem();
        (alert.Kind, alert.Cause).ShouldBe((AlertKind.ScheduleMissed, "hourly"));
        alert.Message.ShouldContain($"Run {going} of qualify on demo is Running");
        outcome.RunId.ShouldBeNull();
        outcome.Note.ShouldNotBeNull().ShouldContain($"Run {going}");
    }

    [Fact]
    public async Task A_time_at_which_nobody_was_there_is_made_up_for_and_told()
    {
        world.AddContact(("lead_status", "NEW"));
        var due = Now;
        world.Time.Advance(TimeSpan.FromHours(5.5));

        var outcome = (await StartAsync(due)).Found();

        outcome.Note.ShouldNotBeNull().ShouldContain("nobody was there");
        world.Alerts.Raised.ShouldHaveSingleItem().Message.ShouldContain($"Run {outcome.RunId} makes up for it");
    }

    [Fact]
    public async Task A_time_that_is_let_go_is_told()
    {
        await Work.LetGoAsync(Hourly, Now, Token);

        var alert = world.Alerts.Raised.ShouldHaveSingleItem();
        alert.Kind.ShouldBe(AlertKind.ScheduleMissed);
        alert.Message.ShouldContain("It is let go, as the schedule says");
        (await world.Work.ListRunsAsync(10, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_CRM_that_is_away_at_the_time_is_told_and_the_time_given_back_to_be_tried_again()
    {
        world.AddContact(("lead_status", "NEW"));
        world.Crm.FailNext(Liaison.Connectors.CrmOperation.Describe, new Failure(FailureKind.Unavailable, "It is away."));
        var due = Now;

        var failure = (await StartAsync(due)).Refused();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var outcome = (await StartAsync(due)).Found();

        failure.Kind.ShouldBe(FailureKind.Unavailable);
        (await world.Work.ListRunsAsync(10, Token)).ShouldHaveSingleItem().Id.ShouldBe(outcome.RunId);
        world.Alerts.Raised.ShouldHaveSingleItem().Message.ShouldContain("It is away.");
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

    private StartScheduled Work => new(world.Work, world.Qualification, world.Alerts, NullLogger<StartScheduled>.Instance);

    private Task<Result<ScheduledOutcome>> StartAsync(DateTimeOffset due) => Work.StartAsync(Hourly, new ScheduledTime(due, Now), Token);
}
