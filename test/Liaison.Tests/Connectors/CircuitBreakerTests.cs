using Liaison.Alerts;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Testing;
using Liaison.Tests.Identity;
using static Liaison.Tests.Connectors.StandInServer;

namespace Liaison.Tests.Connectors;

public sealed class CircuitBreakerTests
{
    private static readonly ChannelOptions Options = new() { AttemptTimeout = TimeSpan.FromHours(1) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Failures_in_a_row_hold_a_person_back_at_once_and_raise_one_alert()
    {
        await using var world = await ChannelWorld.StartAsync();
        Fail(world, 5);

        (await world.SendAsync(ChannelWorld.Read(), ChannelWorld.Ada())).Refused();
        var own = (await world.SendAsync(ChannelWorld.Read(), ChannelWorld.Ada())).Refused();
        var held = (await world.SendAsync(ChannelWorld.Read(), ChannelWorld.Ada())).Refused();

        own.Message.ShouldNotContain("held back");
        own.Attempts.Count.ShouldBe(1);
        own.RetryAfter!.Value.ShouldBeInRange(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(5));
        held.Kind.ShouldBe(FailureKind.Unavailable);
        held.Message.ShouldContain("held back");
        held.RetryAfter!.Value.ShouldBeInRange(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(5));
        world.Server.Requests.Count.ShouldBe(5);
        world.Alerts.Raised.ShouldHaveSingleItem().Kind.ShouldBe(AlertKind.BreakerOpen);
    }

    [Fact]
    public async Task A_runs_call_waits_through_an_outage_and_is_done_when_the_CRM_is_back()
    {
        await using var world = await ChannelWorld.StartAsync();
        (await OutageAsync(world)).Kind.ShouldBe(FailureKind.Unavailable);
        Fail(world, 7);

        (await world.SendAsync(ChannelWorld.Read())).Found();

        // The one that opened it, six vain probes, and the one that found it back.
        world.Server.Requests.Count.ShouldBe(4 + 7 + 1);
        (world.Server.Requests.Last().At - world.Server.Requests.First().At).ShouldBeGreaterThan(TimeSpan.FromMinutes(2));
        (await world.SendAsync(ChannelWorld.Read(), ChannelWorld.Ada())).Found();
    }

    [Fact]
    public async Task Other_endpoints_of_the_connection_go_on()
    {
        await using var world = await ChannelWorld.StartAsync();
        Fail(world, 5);
        (await world.SendAsync(ChannelWorld.Read(), ChannelWorld.Ada())).Refused();
        (await world.SendAsync(ChannelWorld.Read(), ChannelWorld.Ada())).Refused();

        (await world.SendAsync(ChannelWorld.Write())).Found();
    }

    [Fact]
    public async Task Refusals_are_answers_and_hold_nothing_back()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines([.. Enumerable.Repeat(Answer(404, ""), 8)]);

        for (var call = 0; call < 8; call++)
        {
            (await world.SendAsync(ChannelWorld.Read(), ChannelWorld.Ada())).Refused().Kind.ShouldBe(FailureKind.NotFound);
        }

        world.Alerts.Raised.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_call_at_a_time_is_the_probe_and_the_pauses_double_to_a_minute()
    {
        var time = new ManualTime();
        var breaker = new CircuitBreaker(Options, time);
        Open(breaker);

        var waits = new List<double>();
        for (var probe = 0; probe < 6; probe++)
        {
            var before = time.GetUtcNow();
            time.Advance(breaker.UntilProbe);
            waits.Add((time.GetUtcNow() - before).TotalSeconds);
            var pass = (await breaker.EnterAsync(Lane.Interactive, Cancellation)).ShouldNotBeNull();
            pass.IsProbe.ShouldBeTrue();
            (await breaker.EnterAsync(Lane.Interactive, Cancellation)).ShouldBeNull();
            breaker.Settle(pass, AttemptHealth.Broken).ShouldBe(BreakerTurn.None);
        }

        waits.ShouldBe([5, 10, 20, 40, 60, 60]);
    }

    [Fact]
    public async Task A_probe_whose_caller_went_away_leaves_its_place_to_the_next()
    {
        var time = new ManualTime();
        var breaker = new CircuitBreaker(Options, time);
        Open(breaker);
        time.Advance(TimeSpan.FromSeconds(5));
        var gone = (await breaker.EnterAsync(Lane.Batch, Cancellation)).ShouldNotBeNull();
        var next = breaker.EnterAsync(Lane.Batch, Cancellation).AsTask();

        breaker.Settle(gone, AttemptHealth.Untold);

        (await next).ShouldNotBeNull().IsProbe.ShouldBeTrue();
    }

    [Fact]
    public async Task A_late_answer_from_before_the_outage_does_not_end_it()
    {
        var time = new ManualTime();
        var breaker = new CircuitBreaker(Options, time);
        var early = (await breaker.EnterAsync(Lane.Batch, Cancellation)).ShouldNotBeNull();
        Open(breaker);

        breaker.Settle(early, AttemptHealth.Answered).ShouldBe(BreakerTurn.None);

        breaker.IsOpen.ShouldBeTrue();
    }

    private static void Open(CircuitBreaker breaker)
    {
        for (var failure = 0; failure < Options.BreakerFailures; failure++)
        {
            breaker.Settle(new BreakerPass(IsProbe: false), AttemptHealth.Broken);
        }

        breaker.IsOpen.ShouldBeTrue();
    }

    private static void Fail(ChannelWorld world, int times) => world.Server.Lines([.. Enumerable.Repeat(Answer(503, ""), times)]);

    private static async Task<Failure> OutageAsync(ChannelWorld world)
    {
        Fail(world, 4);
        return (await world.SendAsync(ChannelWorld.Read())).Refused();
    }
}
