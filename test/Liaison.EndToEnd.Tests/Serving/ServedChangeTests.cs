using System.Net;
using System.Text.Json;
using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Serving;

/// <summary>Changes from proposal to undo over REST: the door and the CRM are processes of their own.</summary>
public sealed class ServedChangeTests(ServedCrm served) : IClassFixture<ServedCrm>
{
    private const string Changes = "api/v1/changes";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_proposed_approved_applied_and_undone_over_rest()
    {
        using var place = Place();
        await using var serving = place.Start("serve", "--urls", "http://127.0.0.1:0");
        using var door = await RestDoor.OpenAsync(serving);
        var (agent, manager, rep) = (await RestDoor.KeyAsync(place, Workplace.Manager, "helper"), await RestDoor.KeyAsync(place, Workplace.Manager, "console"), await RestDoor.KeyAsync(place, Workplace.Rep, "console"));
        var (id, before) = await LeadAsync(door, manager, 0);
        var document = JsonSerializer.Serialize(new { kind = "update-fields", record = $"{Workplace.Connection}/contact/{id}", fields = new { lead_status = "Open" }, reason = "She asked for an offer." });

        var proposed = await door.PostAsync(agent, Changes, document, HttpStatusCode.Created, idempotency: "key-1");
        var change = proposed.GetProperty("change").GetProperty("id").GetString()!;
        (await door.PostAsync(agent, Changes, document, HttpStatusCode.OK, idempotency: "key-1")).GetProperty("change").GetProperty("id").GetString().ShouldBe(change);
        await door.PostAsync(agent, Changes, document.Replace("Open", "Connected", StringComparison.Ordinal), HttpStatusCode.Conflict, idempotency: "key-1");
        await door.PostAsync(agent, $"{Changes}/{change}/apply", "", HttpStatusCode.Conflict);
        foreach (var refused in new[] { agent, manager, await RestDoor.KeyAsync(place, Workplace.Rep, "another-helper") })
        {
            await door.PostAsync(refused, $"{Changes}/{change}/approve", "{}", HttpStatusCode.Forbidden);
        }

        (await StatusAsync(door, manager, id)).ShouldBe(before);
        (await door.PostAsync(rep, $"{Changes}/{change}/approve", """{"comment":"Go."}""")).GetProperty("state").GetString().ShouldBe("approved", StringCompareShould.IgnoreCase);
        (await door.PostAsync(manager, $"{Changes}/{change}/apply", "")).GetProperty("state").GetString().ShouldBe("verified", StringCompareShould.IgnoreCase);
        (await StatusAsync(door, manager, id)).ShouldBe("Open");

        (await door.PostAsync(manager, $"{Changes}/{change}/undo", """{"reason":"Wrong person."}""")).GetProperty("restored").GetInt32().ShouldBe(1);
        (await StatusAsync(door, manager, id)).ShouldBe(before);
        (await place.RunAsync("audit", "verify")).ShouldEndWith(0);
    }

    [Fact]
    public async Task A_right_that_is_taken_out_of_the_configuration_ends_while_the_server_runs()
    {
        using var place = Place();
        await using var serving = place.Start("serve", "--urls", "http://127.0.0.1:0");
        using var door = await RestDoor.OpenAsync(serving);
        var manager = await RestDoor.KeyAsync(place, Workplace.Manager, "console");
        await LeadAsync(door, manager, 1);
        var whole = await File.ReadAllTextAsync(place.ConfigFile, Token);

        await File.WriteAllTextAsync(place.ConfigFile, whole + "\nnonsense: true\n", Token);
        await serving.LineWithAsync("stays in force");
        await LeadAsync(door, manager, 1);
        await File.WriteAllTextAsync(place.ConfigFile, whole.Replace("actors: [cli, console, helper]", "actors: [cli]", StringComparison.Ordinal), Token);
        await serving.LineWithAsync("in force now");

        await door.PostAsync(manager, $"api/v1/connections/{Workplace.Connection}/records/contact/query", "{}", HttpStatusCode.Forbidden);
    }

    private static async Task<(string Id, string Status)> LeadAsync(RestDoor door, string key, int place)
    {
        var page = await door.PostAsync(
            key, $"api/v1/connections/{Workplace.Connection}/records/contact/query", """{"where":"lead status is New","fields":["lead_status"],"pageSize":10}""");
        var id = page.GetProperty("records")[place].GetProperty("id").GetString()!;
        return (id, await StatusAsync(door, key, id));
    }

    private static async Task<string> StatusAsync(RestDoor door, string key, string id) =>
        (await door.GetAsync(key, $"api/v1/connections/{Workplace.Connection}/records/contact/{id}?fields=lead_status"))
            .GetProperty("fields").GetProperty("lead_status").GetProperty("value").GetProperty("label").GetString()!;

    private Workplace Place() => new Workplace().With(Workplace.YamlFor(served.Crm.Address).Replace("policy:\n  grants:\n", $$"""
        policy:
          members:
            - { subject: {{Workplace.Manager}}, roles: [user, operator] }
            - { subject: {{Workplace.Rep}}, roles: [user, approver] }
          grants:
            - subject: {{Workplace.Manager}}
              actors: [cli, console, helper]
              purposes: [assistance]
              connections: [{{Workplace.Connection}}]
              read: { contact: ["*"] }
              write: { contact: { lead_status: suggest } }

        """, StringComparison.Ordinal));
}
