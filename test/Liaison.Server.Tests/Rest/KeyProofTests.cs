using Liaison.Audit;
using Liaison.Model;

namespace Liaison.Server.Tests.Rest;

public sealed class KeyProofTests : IAsyncDisposable
{
    private const string Connections = "/api/v1/connections";

    private readonly DoorWorld world = new();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Without_a_credential_the_door_says_which_it_takes_and_records_nobody()
    {
        await world.StartAsync();

        var answer = await world.GetAsync(Connections, credential: null);

        answer.ShouldBeProblem(401, "caller-unauthenticated").ShouldContain("API key");
        answer.Headers["WWW-Authenticate"].ShouldBe("Bearer realm=\"liaison\"");
        (await world.AuditedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Expired_revoked_unknown_and_malformed_keys_get_one_and_the_same_answer_and_are_recorded()
    {
        await world.StartAsync();
        var revoked = await world.IssueAsync("user@acme.test");
        await world.RevokeAsync(revoked.Key.Id);
        var expired = await world.IssueAsync("user@acme.test");
        world.Time.Advance(TimeSpan.FromDays(90));
        string[] texts = [revoked.Reveal(), expired.Reveal(), expired.Reveal()[..^1], "lia_key-0_" + new string('A', 43), "something"];

        var answers = new List<string>();
        foreach (var text in texts)
        {
            answers.Add((await world.GetAsync(Connections, text)).ShouldBe(401).Body);
        }

        answers.Distinct().ShouldHaveSingleItem();
        var refused = (await world.AuditedAsync()).Where(entry => entry is { Action: "key.refused", Phase: AuditPhase.Closed }).ToList();
        refused.Select(entry => entry.Records.SingleOrDefault()).ShouldBe([revoked.Key.Id, expired.Key.Id, null, null, null]);
        refused.ShouldAllBe(entry => entry.Outcome!.StartsWith("Unauthenticated: "));
    }

    [Fact]
    public async Task Every_request_is_recorded_with_the_key_that_made_it()
    {
        await world.StartAsync();
        var issued = await world.IssueAsync("user@acme.test");

        (await world.GetAsync($"{Connections}/demo/schemas/contact", issued.Reveal())).ShouldBe(200);

        var entry = (await world.AuditedAsync())[^1];
        entry.Action.ShouldBe("schema.describe");
        entry.Caller.KeyId.ShouldBe(issued.Key.Id);
        entry.Caller.Subject.Id.ShouldBe("user@acme.test");
        entry.Caller.Actor.Id.ShouldBe("console");
        entry.Caller.Purpose.Name.ShouldBe("assistance");
    }

    [Fact]
    public async Task A_purpose_that_the_key_may_not_state_is_denied_by_purpose_and_recorded()
    {
        await world.StartAsync();
        var issued = await world.IssueAsync("user@acme.test");

        var answer = await world.GetAsync(Connections, issued.Reveal(), "qualification");

        answer.ShouldBeProblem(403, "denied");
        answer.Json.GetProperty("deniedBy").GetString().ShouldBe("Purpose");
        (await world.AuditedAsync())[^1].Records.ShouldBe([issued.Key.Id]);
    }

    [Fact]
    public async Task A_key_for_one_connection_is_shown_no_other()
    {
        await world.StartAsync();

        (await world.GetAsync(Connections, await world.KeyAsync("user@acme.test"))).Json.GetProperty("connections").GetArrayLength().ShouldBe(1);
        (await world.GetAsync(Connections, await world.KeyAsync("user@acme.test", connections: [DoorWorld.Demo]))).Json.GetProperty("connections").GetArrayLength().ShouldBe(1);
        (await world.GetAsync(Connections, await world.KeyAsync("nobody@acme.test"))).Json.GetProperty("connections").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task An_address_that_fills_the_audit_with_refusals_is_slowed_and_a_valid_key_behind_it_is_not()
    {
        await world.StartAsync();
        var valid = await world.KeyAsync("user@acme.test");
        var statuses = new List<int>();
        for (var attempt = 0; attempt < 30; attempt++)
        {
            statuses.Add((await world.GetAsync(Connections, "lia_key-0_" + new string('A', 43))).Status);
        }

        statuses.Count(status => status == 401).ShouldBeInRange(10, 15);
        statuses[^1].ShouldBe(429);
        (await world.AuditedAsync()).Count(entry => entry.Action == "key.refused").ShouldBeLessThanOrEqualTo(30);
        (await world.GetAsync(Connections, valid)).ShouldBe(200);
    }

    [Fact]
    public async Task A_key_made_over_the_door_works_at_once_and_not_after_it_is_revoked()
    {
        await world.StartAsync();
        var admin = await world.KeyAsync("admin@acme.test");

        var created = (await world.PostAsync(
            "/api/v1/keys", admin, """{"name":"n","subject":"user@acme.test","actor":"console","connections":["demo"],"days":1}""", "administration")).ShouldBe(201).Json;
        var text = created.GetProperty("key").GetString()!;
        (await world.GetAsync($"{Connections}/demo/schemas/contact", text)).ShouldBe(200);
        (await world.SendAsync(HttpMethod.Delete, $"/api/v1/keys/{created.GetProperty("details").GetProperty("id").GetString()}", text)).ShouldBe(200);

        (await world.GetAsync($"{Connections}/demo/schemas/contact", text)).ShouldBe(401);
        (await world.PostAsync("/api/v1/keys", admin, """{"name":"n","subject":"s","actor":"a","days":367}""", "administration")).ShouldBeProblem(400, "invalid");
        (await world.PostAsync("/api/v1/keys", admin, """{"name":"n","subject":"s","actor":"a"}""")).ShouldBeProblem(403, "denied");
        (await world.PostAsync("/api/v1/keys", admin, """{"name":"n"}""", "administration")).ShouldBeProblem(400, "invalid");
    }

    [Fact]
    public async Task No_key_and_nothing_of_a_person_reaches_a_log()
    {
        await world.StartAsync();
        var user = await world.KeyAsync("user@acme.test");
        var id = world.Crm.Add(RecordType.Contact, ("email", "canary-person@acme.test"));
        var right = (await world.GetAsync($"{Connections}/demo/records/contact/{id}-canary-id?fields=canary_field", user)).Status;
        await world.PostAsync($"{Connections}/demo/records/contact/query", user, """{"where":"email is canary-person@acme.test"}""");
        await world.PostAsync($"{Connections}/demo/records/contact/query", user, """{"where": canary-broken""");
        await world.GetAsync($"{Connections}/canary-nowhere?q=canary-query", user);
        await world.GetAsync(Connections, user + "x");
        await world.SendAsync(HttpMethod.Delete, $"/api/v1/keys/{user}", user);

        right.ShouldBe(404);
        var logs = string.Join('\n', world.Logs.Lines);
        logs.ShouldContain("/api/v1/connections/{connection}/records/{type}/query 200 in");
        logs.ShouldNotContain("canary");
        var secret = user[^43..];
        logs.ShouldNotContain(secret);
        (await world.Audit.ReadAsync(new AuditQuery(Limit: int.MaxValue), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken))
            .Select(row => System.Text.Encoding.UTF8.GetString(row.Canonical.Span)).ShouldAllBe(text => !text.Contains(secret));
    }
}
