using Liaison.Alerts;
using Liaison.Connectors;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Telemetry;
using Liaison.Testing;
using Liaison.Testing.Stores;
using Liaison.Work;
using Microsoft.Extensions.Logging.Abstractions;
using static Liaison.Tests.Connectors.StandInServer;

namespace Liaison.Tests.Connectors;

/// <summary>What a CRM announces of its endpoints' end in the headers of its answers (R189; RFC 8594, RFC 9745).</summary>
public sealed class EndpointEndingTests
{
    private static readonly DateTimeOffset Deprecated = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Ends = new(2027, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly (string, string)[] Announced = [("Deprecation", $"@{Deprecated.ToUnixTimeSeconds()}"), ("Sunset", Ends.ToString("R"))];

    private readonly ManualTime time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_announced_end_is_one_alert_a_class_of_endpoints()
    {
        await using var world = await ChannelWorld.StartAsync(time);
        world.Server.Lines(Answer(200, "{}", Announced), Answer(200, "{}", Announced), Answer(200, "{}", Announced), Answer(200, "{}"));

        await world.SendAsync(ChannelWorld.Read());
        await world.SendAsync(ChannelWorld.Read());
        await world.SendAsync(ChannelWorld.Write());
        await world.SendAsync(ChannelWorld.Read());

        world.Alerts.Raised.Select(alert => (alert.Kind, alert.Cause, alert.Since, alert.EndsAt)).ShouldBe(
        [
            (AlertKind.EndpointsEnding, "reads", Deprecated, Ends),
            (AlertKind.EndpointsEnding, "writes", Deprecated, Ends),
        ]);
        world.Alerts.Raised[0].Message.ShouldContain("these reads end on 2027-06-01");
    }

    [Fact]
    public async Task A_day_that_is_moved_is_told_again()
    {
        await using var world = await ChannelWorld.StartAsync(time);
        world.Server.Lines(Answer(200, "{}", ("Sunset", Ends.ToString("R"))), Answer(200, "{}", ("Sunset", Ends.AddMonths(1).ToString("R"))));

        await world.SendAsync(ChannelWorld.Read());
        await world.SendAsync(ChannelWorld.Read());

        world.Alerts.Raised.Select(alert => alert.EndsAt).ShouldBe([Ends, Ends.AddMonths(1)]);
        (await world.Endings.OfAsync(new("demo"), Token)).ShouldHaveSingleItem().EndsAt.ShouldBe(Ends.AddMonths(1));
    }

    [Fact]
    public async Task A_refusal_announces_as_well_as_a_success()
    {
        await using var world = await ChannelWorld.StartAsync(time);
        world.Server.Lines(Answer(400, "", Announced));

        await world.SendAsync(ChannelWorld.Read());

        world.Alerts.Raised.ShouldHaveSingleItem().Kind.ShouldBe(AlertKind.EndpointsEnding);
    }

    [Theory]
    [InlineData("@1788220800", null, "2026-09-01", null)]
    [InlineData("Tue, 01 Sep 2026 00:00:00 GMT", null, "2026-09-01", null)]
    [InlineData("true", null, null, null)]
    [InlineData(null, "Tue, 01 Jun 2027 00:00:00 GMT", null, "2027-06-01")]
    [InlineData("nonsense", "nonsense too", null, null)]
    public async Task Headers_are_read_as_the_RFCs_and_the_drafts_before_have_them(string? deprecation, string? sunset, string? deprecated, string? ends)
    {
        await using var world = await ChannelWorld.StartAsync(time);
        (string, string?)[] headers = [("Deprecation", deprecation), ("Sunset", sunset)];
        world.Server.Lines(Answer(200, "{}", [.. headers.Where(header => header.Item2 is not null).Select(header => (header.Item1, header.Item2!))]));

        await world.SendAsync(ChannelWorld.Read());

        var told = (await world.Endings.OfAsync(new("demo"), Token)).ShouldHaveSingleItem();
        (told.DeprecatedAt?.ToString("yyyy-MM-dd"), told.EndsAt?.ToString("yyyy-MM-dd")).ShouldBe((deprecated, ends));
    }

    [Theory]
    [InlineData("299 - \"This API is deprecated and will be removed by Summer '27. See the release notes.\"")]
    [InlineData("299 acme.my.salesforce.com \"Version 31.0 will be retired.\"")]
    public async Task A_warning_that_the_version_ends_is_an_announcement_without_a_day(string warning)
    {
        await using var world = await ChannelWorld.StartAsync(time);
        world.Server.Lines(Answer(200, "{}", ("Warning", warning)));

        await world.SendAsync(ChannelWorld.Read());

        (await world.Endings.OfAsync(new("demo"), Token)).ShouldBe([new EndpointEnding("reads", null, null)]);
        var alert = world.Alerts.Raised.ShouldHaveSingleItem();
        alert.Kind.ShouldBe(AlertKind.EndpointsEnding);

        // The sentence names the pinned version and repeats nothing of what the CRM says.
        alert.Message.ShouldContain("at API version");
        alert.Message.ShouldNotContain("retired");
    }

    [Theory]
    [InlineData("Deprecation", "false")]
    [InlineData("Sunset", "soon")]
    [InlineData("Warning", "110 - \"Response is stale\"")]
    [InlineData("Warning", "299 - \"The query ran long\"")]
    [InlineData("Warning", "deprecated")]
    public async Task What_announces_nothing_is_nothing(string name, string value)
    {
        await using var world = await ChannelWorld.StartAsync(time);
        world.Server.Lines(Answer(200, "{}", (name, value)));

        await world.SendAsync(ChannelWorld.Read());

        (await world.Endings.OfAsync(new("demo"), Token)).ShouldBeEmpty();
        world.Alerts.Raised.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_process_knows_by_the_kept_alert_and_raises_none_of_its_own()
    {
        using var telemetry = new LiaisonTelemetry();
        var kept = new InMemoryAlertStore(time);
        var desk = new AlertDesk(kept, new AlertOptions(), new IdSource(time), telemetry, NullLogger<AlertDesk>.Instance);
        var connection = new ConnectionProfile(new ConnectionName("demo"), "standin", CrmEnvironment.Sandbox, new Uri("http://127.0.0.1/"), "2026-09", "standard");
        await new EndpointEndings(desk, kept).NoteAsync(connection, CrmOperation.Read, new EndingReading(Deprecated, Ends));
        time.Advance(TimeSpan.FromDays(2));
        var other = new EndpointEndings(desk, kept);

        await other.NoteAsync(connection, CrmOperation.Read, new EndingReading(Deprecated, Ends));

        (await new EndpointEndings(desk, kept).OfAsync(connection.Name, Token)).ShouldBe([new EndpointEnding("reads", Deprecated, Ends)]);
        (await kept.ListAsync(new AlertQuery(), Token)).ShouldHaveSingleItem().Count.ShouldBe(1);
    }
}
