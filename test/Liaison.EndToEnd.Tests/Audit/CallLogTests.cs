using System.Text.Json;
using Liaison.EndToEnd.Tests.Processes;
using Microsoft.Data.Sqlite;

namespace Liaison.EndToEnd.Tests.Audit;

/// <summary>The calls of the real executable, looked at by command and over REST (R146–R148).</summary>
public sealed class CallLogTests(ServedCrm served) : IClassFixture<ServedCrm>
{
    private const string Auditor = "olga";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_are_found_by_record_run_status_and_trace_and_nobody_without_the_role_sees_them()
    {
        using var place = With("calls: { successBodies: 100 }");
        await place.RunAsync("search", Workplace.Connection, "contact", "--where", "lead status is New", "--as", "operator");
        await place.RunAsync("run", "start", "qualify", "--connection", Workplace.Connection);
        var run = (await place.JsonAsync("run", "list"))[0].GetProperty("id").GetString()!;

        var calls = await CallsAsync(place, "--run", run, "--limit", "1000");
        var write = calls.First(call => Text(call, "name") == "contacts.batch-update");
        var record = write.GetProperty("recordIds")[0].GetString()!;
        var ofRecord = await CallsAsync(place, "--record", record, "--run", run);
        var ofTrace = await CallsAsync(place, "--trace", Text(write, "traceId")!);
        var failed = await CallsAsync(place, "--failed", "--status", "200");

        calls.ShouldAllBe(call => Text(call, "actor") == "qualify" && Text(call, "url")!.StartsWith("127.0.0.1:") && call.GetProperty("status").GetInt32() < 300);
        Text(write, "requestBody").ShouldNotBeNull().ShouldContain("\"ai_qualification_rationale\":\"[text");
        ofRecord.Select(call => Text(call, "name")).ShouldContain("contacts.batch-update");
        ofTrace.ShouldContain(call => call.GetProperty("number").GetInt64() == write.GetProperty("number").GetInt64());
        failed.ShouldBeEmpty();

        var audited = await place.JsonAsync("audit", "show", "--trace", Text(write, "traceId")!, "--as", Auditor);
        audited[0].GetProperty("action").GetString().ShouldBe("changes.submit");
        (await place.RunAsync("audit", "show", "--calls", "--as", Workplace.Rep)).ShouldEndWith(3);
        (await place.RunAsync("audit", "show", "--calls", "--denied")).ShouldEndWith(2).Errors.ShouldContain("--denied is for entries and not for calls");
        (await place.RunAsync("audit", "show", "--failed")).ShouldEndWith(2).Errors.ShouldContain("add --calls");
    }

    [Fact]
    public async Task A_request_over_REST_is_followed_from_the_callers_own_id_to_the_CRM_and_no_value_or_token_stands_in_the_log()
    {
        using var place = With("calls: { successBodies: 100, bodyLength: 65536 }");
        await using var serving = place.Start("serve", "--urls", "http://127.0.0.1:0");
        using var door = await RestDoor.OpenAsync(serving);
        var rep = await RestDoor.KeyAsync(place, Workplace.Manager);
        var auditor = await RestDoor.KeyAsync(place, Auditor);
        var people = await PeopleAsync();

        var query = $$"""{"where":"email is {{people[0].Email}}","fields":["email","phone","first_name","last_name"]}""";
        var found = await door.PostAsync(rep, $"api/v1/connections/{Workplace.Connection}/records/contact/query", query, correlation: "ticket-4711");
        var everybody = await door.PostAsync(rep, $"api/v1/connections/{Workplace.Connection}/records/contact/query", """{"fields":["email","phone","first_name","last_name"]}""");
        var calls = (await door.GetAsync(auditor, "api/v1/calls?correlation=ticket-4711")).GetProperty("calls");
        var page = await door.GetAsync(auditor, "api/v1/calls?limit=1");
        var next = await door.GetAsync(auditor, $"api/v1/calls?limit=1&before={page.GetProperty("next").GetInt64()}");
        await door.GetAsync(rep, "api/v1/calls", System.Net.HttpStatusCode.Forbidden);

        found.ToString().ShouldContain(people[0].Email);
        everybody.ToString().ShouldContain(people[1].Email);
        var search = calls.EnumerateArray().First(call => Text(call, "name")!.Contains("search", StringComparison.Ordinal));
        (Text(search, "callerId"), search.GetProperty("status").GetInt32()).ShouldBe(("ticket-4711", 200));
        Text(search, "correlationId").ShouldNotBeNullOrEmpty();
        search.GetProperty("recordIds").GetArrayLength().ShouldBePositive();
        next.GetProperty("calls")[0].GetProperty("number").GetInt64().ShouldBeLessThan(page.GetProperty("calls")[0].GetProperty("number").GetInt64());

        (await serving.TerminateAsync()).ShouldEndWith(0);
        var log = await LogAsync(place);
        log.ShouldContain("[text ");
        log.ShouldContain("ticket-4711");
        people.Where(person => log.Contains(person.Email, StringComparison.OrdinalIgnoreCase) || log.Contains($"\"{person.LastName}\"", StringComparison.Ordinal)
            || (person.Phone.Length > 6 && log.Contains(person.Phone, StringComparison.Ordinal))).ShouldBeEmpty();
        new[] { Workplace.AccountToken, "user-manager-demo", rep, auditor }.Where(secret => log.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private Workplace With(string added)
    {
        var place = new Workplace();
        var yaml = Workplace.YamlFor(served.Crm.Address).Replace(
            "policy:\n", $"policy:\n  members:\n    - {{ subject: {Auditor}, roles: [auditor, operator, admin] }}\n    - {{ subject: operator, roles: [operator, admin] }}\n", StringComparison.Ordinal);
        return place.With($"{yaml}\n{added}\n");
    }

    private static async Task<List<JsonElement>> CallsAsync(Workplace place, params string[] filters) =>
        [.. (await place.JsonAsync(["audit", "show", "--calls", "--as", Auditor, .. filters])).EnumerateArray()];

    private async Task<List<Person>> PeopleAsync()
    {
        var listed = await served.Crm.GetAsync("crm/v3/objects/contacts?limit=100&properties=email,phone,lastname", Workplace.AccountToken);
        return
        [
            .. listed.GetProperty("results").EnumerateArray()
                .Select(contact => contact.GetProperty("properties"))
                .Select(fields => new Person(Text(fields, "email") ?? "", Text(fields, "phone") ?? "", Text(fields, "lastname") ?? ""))
                .Where(person => person.Email.Contains('@') && person.LastName.Length > 2),
        ];
    }

    private static async Task<string> LogAsync(Workplace place)
    {
        await using var database = new SqliteConnection($"Data Source={Path.Combine(place.Folder, "state", "liaison.db")};Mode=ReadOnly;Pooling=False");
        await database.OpenAsync(Token);
        await using var command = database.CreateCommand();
        command.CommandText = "SELECT * FROM crm_calls";
        await using var reader = await command.ExecuteReaderAsync(Token);
        var cells = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            cells.AddRange(Enumerable.Range(0, reader.FieldCount).Select(column => $"{reader.GetValue(column)}"));
        }

        return string.Join('\n', cells);
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed record Person(string Email, string Phone, string LastName);
}
