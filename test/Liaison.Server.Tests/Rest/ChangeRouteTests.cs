using System.Text.Json;
using Liaison.Model;

namespace Liaison.Server.Tests.Rest;

/// <summary>Changes by REST, from proposal to undo.</summary>
public sealed class ChangeRouteTests : IAsyncDisposable
{
    private const string Changes = "/api/v1/changes";

    private readonly DoorWorld world = new();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_change_is_proposed_approved_applied_and_undone()
    {
        await world.StartAsync();
        var (user, approver) = (await KeyOfAsync("user"), await KeyOfAsync("approver"));
        var contact = Contact();

        var proposed = (await world.PostAsync(Changes, user, Proposal(contact))).ShouldBe(201);
        var change = proposed.Json.GetProperty("change");
        var address = proposed.Headers["Location"];
        change.GetProperty("state").GetString().ShouldBe("Waiting");
        (await world.PostAsync($"{address}/apply", user, "")).ShouldBeProblem(409, "needs-approval");
        (await world.PostAsync($"{address}/approve", user, "{}")).ShouldBeProblem(403, "denied");

        var seen = (await world.GetAsync(address, approver)).ShouldBe(200).Json;
        var decision = JsonSerializer.Serialize(new { contentHash = seen.GetProperty("contentHash").GetString(), comment = "Go." });
        (await world.PostAsync($"{address}/approve", approver, decision)).ShouldBe(200).Json.GetProperty("state").GetString().ShouldBe("Approved");
        (await world.PostAsync($"{address}/apply", user, "")).ShouldBe(200).Json.GetProperty("state").GetString().ShouldBe("Verified");
        world.Crm.ValueOf(RecordType.Contact, contact, "lead_status").ShouldBe("OPEN");

        // An approver has no rights on records of their own, and acts under nobody else's name.
        (await world.PostAsync($"{address}/undo", approver, Reason)).ShouldBe(200).Json.GetProperty("restored").GetInt32().ShouldBe(0);
        world.Crm.ValueOf(RecordType.Contact, contact, "lead_status").ShouldBe("OPEN");
        (await world.GetAsync(address, user)).Json.GetProperty("moves").GetArrayLength().ShouldBe(6);
    }

    [Fact]
    public async Task The_same_key_with_the_same_request_is_answered_again_and_with_another_it_is_a_conflict()
    {
        await world.StartAsync();
        var user = await KeyOfAsync("user");
        var contact = Contact();

        var first = await KeyedAsync(user, Proposal(contact));
        var again = await KeyedAsync(user, Proposal(contact));
        var other = await KeyedAsync(user, Proposal(contact, "CONNECTED"));

        first.ShouldBe(201);
        again.ShouldBe(200).Json.GetProperty("repeated").GetBoolean().ShouldBeTrue();
        again.Json.GetProperty("change").GetProperty("id").GetString().ShouldBe(first.Json.GetProperty("change").GetProperty("id").GetString());
        other.ShouldBeProblem(409, "conflict");
    }

    [Fact]
    public async Task Nothing_to_change_is_said_so()
    {
        await world.StartAsync();

        var answer = await world.PostAsync(Changes, await KeyOfAsync("user"), Proposal(Contact(), "NEW"));

        answer.ShouldBe(200).Json.GetProperty("unchanged").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("""{"kind":"erase","reason":"x"}""", "kind")]
    [InlineData("""{"kind":"update-fields","record":"demo/contact/1","fields":{"a":1}}""", "reason")]
    public async Task A_wrong_document_is_told_in_a_sentence(string body, string names)
    {
        await world.StartAsync();

        (await world.PostAsync(Changes, await KeyOfAsync("user"), body)).ShouldBeProblem(400, "invalid").ShouldContain(names);
    }

    [Fact]
    public async Task A_set_is_drawn_approved_and_applied()
    {
        await world.StartAsync();
        var (user, approver) = (await KeyOfAsync("user"), await KeyOfAsync("approver"));
        for (var number = 0; number < 3; number++)
        {
            (await world.PostAsync(Changes, user, Proposal(Contact()))).ShouldBe(201);
        }

        var set = (await world.PostAsync($"{Changes}/sets/draw", approver, """{"agent":"console"}""")).ShouldBe(200).Json;
        var body = JsonSerializer.Serialize(new { agent = "console", token = set.GetProperty("token").GetString() });

        set.GetProperty("count").GetInt32().ShouldBe(3);
        (await world.PostAsync($"{Changes}/sets/approve", approver, body)).ShouldBe(200).Json.GetProperty("done").GetInt32().ShouldBe(3);
        (await world.PostAsync($"{Changes}/sets/apply", approver, """{"agent":"console"}""")).ShouldBe(200).Json.GetProperty("done").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task A_stopped_agent_is_refused()
    {
        await world.StartAsync();
        (await world.PostAsync("/api/v1/agents/console/stop", await KeyOfAsync("operator"), Reason)).ShouldBe(200);

        (await world.PostAsync(Changes, await KeyOfAsync("user"), Proposal(Contact()))).ShouldBeProblem(403, "denied").ShouldContain("stopped");
    }

    private const string Reason = """{"reason":"It was wrong."}""";

    private static string Proposal(string contact, string status = "OPEN") =>
        $$"""{"kind":"update-fields","record":"demo/contact/{{contact}}","fields":{"lead_status":"{{status}}"},"reason":"She asked."}""";

    private string Contact() => world.Crm.Add(RecordType.Contact, ("email", $"{Guid.CreateVersion7()}@acme.test"), ("lead_status", "NEW"));

    private Task<string> KeyOfAsync(string role) => world.KeyAsync(DoorWorld.MemberOf(role));

    private Task<Answer> KeyedAsync(string credential, string body) => world.SendAsync(
        HttpMethod.Post, Changes, credential, body, with: request => request.Headers.Add("Idempotency-Key", "key-1"));
}
