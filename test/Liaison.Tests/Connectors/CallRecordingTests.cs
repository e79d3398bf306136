using Liaison.Connectors;

namespace Liaison.Tests.Connectors;

/// <summary>What a call leaves in the log (R146, R148, R151).</summary>
public sealed class CallRecordingTests
{
    private const string Update = """{"inputs":[{"id":"501","properties":{"email":"ada@acme.test"}},{"id":"502","properties":{}}]}""";

    [Fact]
    public async Task A_failure_is_kept_whole_and_masked()
    {
        await using var world = await ChannelWorld.StartAsync(recording: new CallLogOptions { SuccessBodies = 0 });
        world.Server.Lines(StandInServer.Answer(400, """{"category":"VALIDATION","message":"ada@acme.test is no address"}""", ("X-Correlation", "crm-7")));

        await world.SendAsync(ChannelWorld.Write(Update), ChannelWorld.Pipeline() with { TraceId = "trc-1", CorrelationId = "mine-1" });

        var entry = world.Calls.Entries.ShouldHaveSingleItem();
        entry.Host.ShouldBe(world.Server.Url.Authority);
        (entry.Method, entry.Status, entry.FailureKind, entry.Told).ShouldBe(("POST", 400, "Invalid", "StandIn refused a value."));
        (entry.RunId, entry.Actor, entry.TraceId, entry.CallerId, entry.CorrelationId).ShouldBe(("run-1", "qualify", "trc-1", "mine-1", "crm-7"));
        entry.RecordIds.ShouldBe(["501", "502"]);
        entry.RequestBody.ShouldBe("""{"inputs":[{"id":"501","properties":{"email":"[text 13]"}},{"id":"502","properties":{}}]}""");
        entry.AnswerBody.ShouldBe("""{"category":"VALIDATION","message":"[text 27]"}""");
        entry.Duration.ShouldBeGreaterThanOrEqualTo(TimeSpan.Zero);
    }

    [Fact]
    public async Task Every_attempt_that_fails_keeps_its_bodies_and_of_successes_the_share_that_is_asked_for()
    {
        await using var world = await ChannelWorld.StartAsync(recording: new CallLogOptions { SuccessBodies = 10 });
        world.Server.Lines([.. Enumerable.Range(0, 4).Select(_ => StandInServer.Answer(503, """{"category":"BUSY"}"""))]);

        await world.SendAsync(ChannelWorld.Read());
        for (var number = 0; number < 40; number++)
        {
            await world.SendAsync(ChannelWorld.Read());
        }

        world.Calls.Entries.Where(entry => entry.FailureKind is not null).Select(entry => entry.AnswerBody).ShouldBe(Enumerable.Repeat("""{"category":"BUSY"}""", 4));
        world.Calls.Entries.Count(entry => entry.FailureKind is null && entry.AnswerBody is not null).ShouldBe(4);
        world.Calls.Entries.Count.ShouldBe(44);
    }

    [Fact]
    public async Task Ids_are_found_in_the_path_the_query_and_the_answer_of_every_call()
    {
        await using var world = await ChannelWorld.StartAsync(recording: new CallLogOptions { SuccessBodies = 0 });
        world.Server.Lines(StandInServer.Answer(200, """{"results":[{"id":"9","properties":{"id":"491701234567"}}]}"""));

        await world.SendAsync(ChannelWorld.Read("/crm/objects/2026-09/contacts/501?ids=7,8&limit=100&email=ada%40acme.test"));

        var entry = world.Calls.Entries.ShouldHaveSingleItem();
        entry.RecordIds.ShouldBe(["501", "7", "8", "9"]);
        (entry.RequestBody, entry.AnswerBody).ShouldBe((null, null));
        entry.Path.ShouldBe("/crm/objects/2026-09/contacts/{id}?ids&limit&email");
    }

    [Fact]
    public async Task A_body_is_cut_and_can_be_left_out_altogether()
    {
        await using var cut = await ChannelWorld.StartAsync(recording: new CallLogOptions { SuccessBodies = 100, BodyLength = 20 });
        await using var none = await ChannelWorld.StartAsync(recording: new CallLogOptions { SuccessBodies = 100, BodyLength = 0 });

        await cut.SendAsync(ChannelWorld.Write(Update));
        await none.SendAsync(ChannelWorld.Write(Update));

        cut.Calls.Entries[0].RequestBody.ShouldBe("""{"inputs":[{"id":"50…""");
        none.Calls.Entries[0].RequestBody.ShouldBeNull();
        none.Calls.Entries[0].RecordIds.ShouldBe(["501", "502"]);
    }

    [Fact]
    public async Task The_secret_that_a_call_asks_about_is_told_as_one()
    {
        await using var world = await ChannelWorld.StartAsync(recording: new CallLogOptions { SuccessBodies = 100 });

        await world.SendAsync(new CrmCall(CrmOperation.Identify, "token.info", HttpMethod.Post, "/token") { SecretProperty = "tokenKey" });

        world.Server.Requests.ShouldHaveSingleItem().Body.ShouldContain(ChannelWorld.AccountToken);
        world.Calls.Entries.ShouldHaveSingleItem().RequestBody.ShouldBe("""{"tokenKey":"[secret]"}""");
    }

    [Fact]
    public async Task A_call_whose_answer_was_lost_says_so()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(StandInServer.Cut());

        await world.SendAsync(ChannelWorld.Write(Update));

        var entry = world.Calls.Entries.ShouldHaveSingleItem();
        (entry.Status, entry.FailureKind, entry.AnswerBody).ShouldBe((null, "Ambiguous", null));
        entry.Told.ShouldNotBeNull().ShouldContain("answer was lost");
        entry.RequestBody.ShouldNotBeNull();
    }
}
