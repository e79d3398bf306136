using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Operations;
using Liaison.Telemetry;
using Liaison.Tests.Connectors;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Testing;

namespace Liaison.Tests.Operations;

/// <summary>What gauges and counters tell of queues, dead letters, budgets, held-back calls and renewals (R149).</summary>
public sealed class MeasureStateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_shows_its_items_its_progress_and_its_dead_letters()
    {
        await using var world = new EngineWorld();
        var contacts = Enumerable.Range(0, 10).Select(_ => world.AddContact(("lead_status", "NEW"), ("job_title", "VP Sales"))).ToList();
        world.Connector.OnWrite = (writes, send) => writes.Any(write => write.Id == contacts[3])
            ? Task.FromResult<Result<IReadOnlyList<WriteOutcome>>>(new Failure(FailureKind.Invalid, "A value is wrong."))
            : send();
        var run = (await world.Qualification.StartAsync(EngineWorld.Demo, where: null, Token)).Found();
        using var heard = new Measurements(world.Get<LiaisonTelemetry>());
        await world.Qualification.ContinueAsync(run, cancellationToken: Token);

        await world.Get<MeasureState>().LookAsync(Token);

        var of = $"run={run.Id} pipeline=qualify connection=demo";
        var items = heard.Of(Instruments.RunItems).ToDictionary(point => point.Attributes, point => point.Value);
        items[$"{of} state=dead"].ShouldBe(1);
        items[$"{of} state=done"].ShouldBe(9);
        (items[$"{of} state=ready"], items[$"{of} state=leased"]).ShouldBe((0, 0));
        heard.Of(Instruments.RunProgress).ShouldBe([(of, 1)]);
        heard.Of(Instruments.DeadLetters).ShouldBe([("connection=demo", 1)]);
        heard.Of(Instruments.Requests).ShouldContain(point => point.Attributes == "action=changes.submit outcome=ok");
    }

    [Fact]
    public async Task What_is_left_of_each_limit_is_told_and_a_refusal_of_the_CRM_lowers_it()
    {
        await using var world = await ChannelWorld.StartAsync();
        var budgets = new Budgets(world.Throttles);
        for (var number = 0; number < 3; number++)
        {
            await world.SendAsync(ChannelWorld.Read());
        }

        var spent = await LeftAsync();
        world.Server.Lines(StandInServer.Answer(200, "{}", ("X-Daily", "1000"), ("X-Daily-Remaining", "400")));
        await world.SendAsync(ChannelWorld.Read());
        var others = await LeftAsync();
        world.Server.Lines(StandInServer.Answer(429, "DAILY|||"));
        await world.SendAsync(ChannelWorld.Read());
        var nothing = await LeftAsync();

        (spent.Permitted, spent.Left, spent.LeftForRuns).ShouldBe((800, 797, 757));
        spent.ResetsAt.ShouldNotBeNull();
        (others.Left, others.LeftForRuns).ShouldBe((200, 160));
        (nothing.Left, nothing.LeftForRuns).ShouldBe((0, 0));

        async Task<BudgetState> LeftAsync() =>
            (await budgets.ReadAsync(new("demo"), Token)).Found().Single(state => state.Kind == LimitKind.Daily);
    }

    [Fact]
    public void At_the_pace_so_far_the_end_of_a_day_is_foretold()
    {
        var noon = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
        BudgetState Day(long left) => new(LimitKind.Daily, TimeSpan.FromDays(1), 1000, left, left, noon.AddHours(12)) { SpentSince = noon.AddHours(-12) };

        Day(left: 250).ExhaustedAt(noon).ShouldBe(noon.AddHours(4));
        Day(left: 600).ExhaustedAt(noon).ShouldBeNull();
        Day(left: 1000).ExhaustedAt(noon).ShouldBeNull();
        Day(left: 0).ExhaustedAt(noon).ShouldBe(noon);
    }

    [Fact]
    public async Task Calls_that_are_held_back_show_as_an_open_circuit_with_since_when()
    {
        await using var world = await ChannelWorld.StartAsync();
        await world.SendAsync(ChannelWorld.Write());
        world.Server.Lines([.. Enumerable.Range(0, 5).Select(_ => StandInServer.Answer(503, ""))]);
        await world.SendAsync(ChannelWorld.Read(), ChannelWorld.Ada());
        await world.SendAsync(ChannelWorld.Read(), ChannelWorld.Ada());

        var states = world.Breakers.StatesOf(new("demo"));

        states.Select(state => (state.Endpoints, state.Since is not null, state.LastAnswer is not null)).ShouldBe([("reads", true, false), ("writes", false, true)]);
    }

    [Fact]
    public async Task Renewals_are_counted_by_how_they_ended()
    {
        var time = new ManualTime();
        await using var world = await TokenWorld.StartAsync(time);
        using var heard = new Measurements(world.World.Telemetry);
        await world.ConsentAsync();

        await world.World.SendAsync(ChannelWorld.Read());
        world.Server.TokenTrouble = (400, """{"error":"invalid_grant"}""");
        time.Advance(TimeSpan.FromHours(3));
        await world.World.Sessions.OpenAsync(world.World.PermitOf(ChannelWorld.Pipeline()), Token);

        heard.Of(Instruments.TokenRefreshes).Select(point => point.Attributes).ShouldBe(["connection=demo outcome=ok", "connection=demo outcome=Reconnect"]);
    }
}
