using System.Net;
using System.Text.Json;
using Liaison.EndToEnd.Tests.Processes;
using Liaison.Testing.Postgres;

namespace Liaison.EndToEnd.Tests.Serving;

/// <summary>What a served installation tells those who watch over it (R15, R152).</summary>
public sealed class ReadyTests
{
    private const string Auditor = "olga";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_CRM_that_is_down_shows_within_a_call_at_every_door_and_costs_the_process_nothing()
    {
        using var place = new Workplace();
        await using var crm = await Emulator.StartAsync(place.Folder, "--contacts", "20", "--companies", "2", "--limits", "off");
        place.With(Yaml(crm.Address));
        await using var serving = place.Start("serve", "--urls", "http://127.0.0.1:0");
        using var door = await RestDoor.OpenAsync(serving);
        var auditor = await RestDoor.KeyAsync(place, Auditor);
        var manager = await RestDoor.KeyAsync(place, Workplace.Manager);
        var query = $"api/v1/connections/{Workplace.Connection}/records/contact/query";
        await door.PostAsync(manager, query, "{}");
        var well = await door.OpenGetAsync("readyz", HttpStatusCode.OK);

        await crm.FaultAsync(new { kind = "status", status = 503, count = 1000 });
        await door.PostAsync(manager, query, """{"where":"city is Nowhere"}""", HttpStatusCode.ServiceUnavailable);
        await door.PostAsync(manager, query, """{"where":"city is Nowhere"}""", HttpStatusCode.ServiceUnavailable);
        var down = await UntilAsync(door, "degraded");
        var states = (await door.GetAsync(auditor, "api/v1/connection-states")).GetProperty("connections")[0];
        var listed = (await place.JsonAsync("connect", "list"))[0].GetProperty("health");
        var alerts = (await door.GetAsync(auditor, "api/v1/alerts?kind=BreakerOpen")).GetProperty("alerts");
        var told = await place.JsonAsync("audit", "show", "--alerts", "--kind", "breakeropen", "--connection", Workplace.Connection, "--as", Auditor);

        Status(well, "store").ShouldBe("ready");
        Status(well, $"crm {Workplace.Connection}").ShouldBe("ready");
        (Status(down, "store"), Status(down, $"crm {Workplace.Connection}")).ShouldBe(("ready", "degraded"));
        (await door.OpenGetAsync("livez", HttpStatusCode.OK)).GetProperty("status").GetString().ShouldBe("ok");
        foreach (var state in new[] { states, listed })
        {
            state.GetProperty("state").GetString().ShouldBe("CircuitOpen");
            state.GetProperty("since").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
            state.GetProperty("lastSuccess").GetDateTimeOffset().ShouldBeLessThan(state.GetProperty("lastFailure").GetDateTimeOffset());
            state.GetProperty("budgets").EnumerateArray().Select(budget => budget.GetProperty("limit").GetString()).ShouldContain("daily");
        }

        alerts.GetArrayLength().ShouldBe(1);
        told[0].GetProperty("id").GetString().ShouldBe(alerts[0].GetProperty("id").GetString());
        foreach (var body in new[] { well, down, states, listed })
        {
            body.ToString().ShouldNotContain(Workplace.AccountToken);
            body.ToString().ShouldNotContain("user-manager-demo");
        }
    }

    [Fact]
    public async Task Without_its_store_a_process_is_alive_and_not_ready_until_the_store_is_back()
    {
        if (PostgresPrograms.Find() is null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "PostgreSQL 15 or newer is not on this machine (apt-get install postgresql).");
        }

        await using var server = await PrivatePostgres.StartAsync(Token);
        using var place = new Workplace();
        place.Write("database", server.ConnectionString("postgres") + "\n");
        place.With("storage: { folder: state }\nstore: { kind: postgres, connectionString: file:database }\n");
        await using var serving = place.Start("serve", "--urls", "http://127.0.0.1:0");
        using var door = await RestDoor.OpenAsync(serving);
        (await door.OpenGetAsync("readyz", HttpStatusCode.OK)).GetProperty("status").GetString().ShouldBe("ready");

        await server.StopAsync();
        var gone = await UntilAsync(door, "unready");
        var alive = await door.OpenGetAsync("livez", HttpStatusCode.OK);
        await server.StartAgainAsync(Token);
        var back = await UntilAsync(door, "ready");

        gone.GetProperty("checks").EnumerateArray().ShouldHaveSingleItem().GetProperty("name").GetString().ShouldBe("store");
        gone.ToString().ShouldNotContain("postgres");
        alive.GetProperty("status").GetString().ShouldBe("ok");
        Status(back, "queue").ShouldBe("ready");
    }

    private static string Yaml(Uri address) => Workplace.YamlFor(address).Replace(
        "policy:\n", $"policy:\n  members:\n    - {{ subject: {Auditor}, roles: [auditor, operator, admin] }}\n    - {{ subject: operator, roles: [operator, admin] }}\n", StringComparison.Ordinal);

    private static string? Status(JsonElement ready, string name) =>
        ready.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == name).GetProperty("status").GetString();

    private static async Task<JsonElement> UntilAsync(RestDoor door, string status)
    {
        JsonElement last = default;
        await Waits.UntilAsync($"readyz to say {status}", async () =>
        {
            last = await door.OpenGetAsync("readyz", HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable);
            return last.GetProperty("status").GetString() == status;
        });
        return last;
    }
}
