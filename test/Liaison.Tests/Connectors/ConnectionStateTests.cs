using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Tests.Identity;
using Liaison.Testing;

namespace Liaison.Tests.Connectors;

/// <summary>How a connection is told to stand, within one call of what befell it (R15).</summary>
public sealed class ConnectionStateTests
{
    private readonly ManualTime time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_was_never_called_is_untried_and_one_that_answers_is_well()
    {
        await using var world = await ChannelWorld.StartAsync(time);

        var before = await StateAsync(world);
        await world.SendAsync(ChannelWorld.Read());
        var after = await StateAsync(world);

        (before.Condition, before.LastSuccess).ShouldBe((ConnectionCondition.Untried, null));
        (after.Condition, after.LastSuccess, after.LastFailure).ShouldBe((ConnectionCondition.Ok, time.GetUtcNow(), null));
        after.Budgets.ShouldContain(budget => budget.Kind == LimitKind.Daily && budget.Left == 799);
        after.WritesOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task A_refused_login_shows_at_once_with_since_when_and_goes_when_it_is_mended()
    {
        await using var world = await ChannelWorld.StartAsync(time);
        var at = time.GetUtcNow();
        world.Server.Lines(StandInServer.Answer(401, ""));
        await world.SendAsync(ChannelWorld.Read());
        time.Advance(TimeSpan.FromMinutes(5));

        var broken = await StateAsync(world);
        await world.SendAsync(ChannelWorld.Read());

        (broken.Condition, broken.Since).ShouldBe((ConnectionCondition.NeedsAuthorization, at));
        broken.Told.ShouldContain("does not accept the token");
        broken.Credentials.ShouldHaveSingleItem().NeedsAuthorization.ShouldBeTrue();
        (await StateAsync(world)).Condition.ShouldBe(ConnectionCondition.Ok);
    }

    [Fact]
    public async Task A_missing_scope_shows_at_once_by_name_until_the_same_call_goes_through()
    {
        await using var world = await ChannelWorld.StartAsync(time);
        await world.SendAsync(ChannelWorld.Write());
        time.Advance(TimeSpan.FromHours(2));
        var at = time.GetUtcNow();
        world.Server.Lines(StandInServer.Answer(403, "|||contacts.write"), StandInServer.Answer(403, "|||contacts.write"));
        await world.SendAsync(ChannelWorld.Write());
        time.Advance(TimeSpan.FromMinutes(1));
        await world.SendAsync(ChannelWorld.Write());
        await world.SendAsync(ChannelWorld.Read());

        var refused = await StateAsync(world);
        await world.SendAsync(ChannelWorld.Write());

        (refused.Condition, refused.Since).ShouldBe((ConnectionCondition.Forbidden, at));
        refused.Told.ShouldContain("contacts.write");
        refused.LastFailureTold.ShouldNotBeNull().ShouldContain("contacts.write");
        (await StateAsync(world)).Condition.ShouldBe(ConnectionCondition.Ok);
    }

    [Fact]
    public async Task Held_back_calls_show_here_and_by_the_log_in_every_other_process()
    {
        await using var world = await ChannelWorld.StartAsync(time);
        var at = time.GetUtcNow();
        world.Server.Lines([.. Enumerable.Range(0, 5).Select(_ => StandInServer.Answer(503, ""))]);
        await world.SendAsync(ChannelWorld.Read(), ChannelWorld.Ada());
        await world.SendAsync(ChannelWorld.Read(), ChannelWorld.Ada());

        var here = await StateAsync(world);
        var there = await StateAsync(world, new CircuitBreakers(new ChannelOptions(), world.Alerts, time, Microsoft.Extensions.Logging.Abstractions.NullLogger<CircuitBreakers>.Instance));

        here.Condition.ShouldBe(ConnectionCondition.CircuitOpen);
        here.Told.ShouldContain("fails on reads");
        (there.Condition, there.Since).ShouldBe((ConnectionCondition.CircuitOpen, at));
    }

    [Fact]
    public async Task A_spent_day_shows_with_its_reset()
    {
        await using var world = await ChannelWorld.StartAsync(time);
        world.Server.Lines(StandInServer.Answer(200, "{}", ("X-Daily", "1000"), ("X-Daily-Remaining", "210")));
        await world.SendAsync(ChannelWorld.Read());

        var state = await StateAsync(world);

        state.Condition.ShouldBe(ConnectionCondition.BudgetSpent);
        state.Told.ShouldContain("begins anew at");
    }

    [Fact]
    public async Task A_last_call_that_failed_shows_as_failing()
    {
        await using var world = await ChannelWorld.StartAsync(time);
        await world.SendAsync(ChannelWorld.Read());
        world.Server.Lines(StandInServer.Answer(400, ""));
        await world.SendAsync(ChannelWorld.Write());

        var state = await StateAsync(world);

        (state.Condition, state.Told).ShouldBe((ConnectionCondition.Failing, "StandIn refused a value."));
        (await States(world, world.Breakers).ReadAsync(new("nosuch"), Token)).Refused().Kind.ShouldBe(FailureKind.NotFound);
    }

    private static async Task<ConnectionState> StateAsync(ChannelWorld world, CircuitBreakers? breakers = null) =>
        (await States(world, breakers ?? world.Breakers).ListAsync(Token)).ShouldHaveSingleItem();

    private static ConnectionStates States(ChannelWorld world, CircuitBreakers breakers) => new(
        world.Connections, new ConnectorRegistry([new StandInConnector()]), world.Calls, world.Tokens, world.Keeper, new Budgets(world.Throttles), breakers, world.Endings, new ChannelOptions());
}
