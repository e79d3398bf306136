using System.Text.Json;
using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Verbs;

/// <summary>The change verbs from proposal to undo, each as a process of its own against a served CRM.</summary>
public sealed class ChangeVerbTests(ServedCrm served) : IClassFixture<ServedCrm>
{
    private const string Connection = Workplace.Connection;

    [Fact]
    public async Task A_change_is_proposed_shown_approved_applied_and_undone()
    {
        using var place = Place();
        var (id, before) = await LeadAsync(place, 0);
        var proposal = await place.RunAsync("change", "propose", Record(id), "--set", "lead_status=Open", "--reason", "She asked for an offer.", "--as", Workplace.Manager, "--output", "json");

        proposal.Code.ShouldBe(4, proposal.Everything);
        var change = proposal.Json().GetProperty("id").GetString()!;
        proposal.Json().GetProperty("state").GetString().ShouldBe("Waiting");
        proposal.Json().GetProperty("fields")[0].GetProperty("before").GetString().ShouldBe("New");
        (await place.RunAsync("change", "apply", change, "--as", Workplace.Manager)).Code.ShouldBe(4);
        (await place.RunAsync("change", "approve", change, "--as", Workplace.Manager)).ShouldEndWith(3).Errors.ShouldContain("approver");
        (await place.RunAsync("change", "approve", change)).ShouldEndWith(3).Errors.ShouldContain("no person");
        (await place.RunAsync("change", "approve", change, "--as", "operator")).ShouldEndWith(3).Errors.ShouldContain("no person");
        (await StatusAsync(place, id)).ShouldBe(before);

        (await place.JsonAsync("change", "approve", change, "--comment", "Go.", "--as", Workplace.Rep)).GetProperty("state").GetString().ShouldBe("Approved");
        var applied = await place.JsonAsync("change", "apply", change, "--as", Workplace.Manager);
        applied.GetProperty("state").GetString().ShouldBe("Verified");
        (await StatusAsync(place, id)).ShouldBe("Open");
        applied.GetProperty("moves").EnumerateArray().Select(move => move.GetProperty("to").GetString()).ShouldBe(
            ["Validated", "Waiting", "Approved", "Applying", "Applied", "Verified"]);

        (await place.RunAsync("change", "undo", change, "--reason", "Wrong person.", "--as", Workplace.Manager)).ShouldEndWith(0).Output.ShouldContain("1 of 1 put back");
        (await StatusAsync(place, id)).ShouldBe(before);
        (await place.RunAsync("change", "undo", change, "--as", Workplace.Manager)).ShouldEndWith(1).Output.ShouldContain("undone already");
        (await place.RunAsync("audit", "verify")).ShouldEndWith(0);
    }

    [Fact]
    public async Task What_is_rejected_stays_as_it_is()
    {
        using var place = Place();
        var (id, before) = await LeadAsync(place, 1);
        var change = await ProposeAsync(place, id);

        (await place.JsonAsync("change", "reject", change, "--comment", "Too early.", "--as", Workplace.Rep)).GetProperty("state").GetString().ShouldBe("Rejected");

        (await place.RunAsync("change", "apply", change, "--as", Workplace.Manager)).ShouldEndWith(1).Errors.ShouldContain("rejected");
        (await StatusAsync(place, id)).ShouldBe(before);
        var listed = await place.JsonAsync("change", "list", "--state", "rejected", "--as", Workplace.Manager);
        listed.EnumerateArray().ShouldHaveSingleItem().GetProperty("note").GetString().ShouldBe("Too early.");
    }

    [Fact]
    public async Task A_person_who_edits_the_record_voids_the_approval()
    {
        using var place = Place();
        var (id, _) = await LeadAsync(place, 2);
        var change = await ProposeAsync(place, id);
        await place.JsonAsync("change", "approve", change, "--as", Workplace.Rep);
        await EditAsync(id, "hs_lead_status", "CONNECTED");

        (await place.RunAsync("change", "apply", change, "--as", Workplace.Manager)).ShouldEndWith(1).Errors.ShouldContain("lead_status");

        (await place.JsonAsync("change", "show", change, "--as", Workplace.Manager)).GetProperty("state").GetString().ShouldBe("Conflicted");
    }

    [Fact]
    public async Task A_document_makes_a_task_on_the_record_and_undo_takes_it_away()
    {
        using var place = Place();
        var (id, _) = await LeadAsync(place, 3);
        var file = place.Write("task.json", JsonSerializer.Serialize(new
        {
            kind = "create-task",
            record = Record(id),
            subject = "Call back",
            dueAt = DateTimeOffset.UnixEpoch.AddYears(60),
            reason = "She asked for it.",
            key = "call-back",
        }));

        var made = await place.JsonAsync("change", "propose", "--file", file, "--as", Workplace.Manager);
        var again = await place.JsonAsync("change", "propose", "--file", file, "--as", Workplace.Manager);

        made.GetProperty("state").GetString().ShouldBe("Verified");
        again.GetProperty("id").GetString().ShouldBe(made.GetProperty("id").GetString());
        var task = made.GetProperty("madeId").GetString();
        var stored = await served.Crm.GetAsync($"crm/objects/2026-09/tasks/{task}?properties=hs_task_subject,hs_task_body&associations=contacts", Workplace.AccountToken);
        stored.GetProperty("properties").GetProperty("hs_task_subject").GetString().ShouldBe("Call back");
        stored.GetProperty("properties").GetProperty("hs_task_body").GetString().ShouldNotBeNull().ShouldContain(made.GetProperty("id").GetString()!);
        stored.GetRawText().ShouldContain(id);
    }

    [Fact]
    public async Task Another_record_type_gets_the_fields_without_which_nothing_is_written_to_it()
    {
        using var place = Place();
        await using var crm = await Emulator.StartAsync(place.Folder, "--contacts", "10", "--companies", "5", "--limits", "off");
        place.With(Workplace.YamlFor(crm.Address));

        (await place.JsonAsync("fields", "apply", Connection, "--type", "deal")).EnumerateArray().Select(field => field.GetProperty("state").GetString()).ShouldAllBe(state => state == "Created");
        (await place.JsonAsync("fields", "plan", Connection, "--type", "deal")).EnumerateArray().Select(field => field.GetProperty("state").GetString()).ShouldAllBe(state => state == "Present");
    }

    [Fact]
    public async Task A_summary_is_logged_and_seen_to_stand()
    {
        using var place = Place();
        var (id, _) = await LeadAsync(place, 6);
        var document = JsonSerializer.Serialize(new { kind = "log-summary", record = Record(id), text = "All is well.", reason = "A call." });

        var logged = await place.RunWithInputAsync(document, "change", "propose", "--file", "-", "--as", Workplace.Manager, "--output", "json");

        logged.ShouldEndWith(0).Json().GetProperty("state").GetString().ShouldBe("Verified");
    }

    [Theory]
    [InlineData("{}", "kind")]
    [InlineData("""{"kind":"erase","reason":"x"}""", "kind")]
    [InlineData("""{"kind":"update-fields","record":"crm/contact/1","fields":{"lead_status":"Open"}}""", "reason")]
    [InlineData("""{"kind":"update-fields","record":"contact 1","fields":{"lead_status":"Open"},"reason":"x"}""", "connection/type/id")]
    [InlineData("""{"kind":"update-fields","record":"crm/contact/1","reason":"x","colour":"red"}""", "colour")]
    [InlineData("""{"kind":"update-fields","record":"crm/contact/1","fields":{"lead_status":{"a":1}},"reason":"x"}""", "lead_status")]
    [InlineData("not json", "JSON")]
    public async Task A_wrong_document_is_told_in_a_sentence(string document, string names)
    {
        using var place = Place();

        var refused = await place.RunWithInputAsync(document, "change", "propose", "--file", "-", "--as", Workplace.Manager);

        refused.ShouldEndWith(2).Errors.ShouldContain(names);
        refused.Errors.Trim().Split('\n').Length.ShouldBe(1, refused.Everything);
    }

    [Fact]
    public async Task A_field_that_no_grant_opens_is_refused_by_policy()
    {
        using var place = Place();
        var (id, _) = await LeadAsync(place, 4);

        (await place.RunAsync("change", "propose", Record(id), "--set", "job_title=CEO", "--reason", "x", "--as", Workplace.Manager))
            .ShouldEndWith(3).Errors.ShouldContain("job_title");
        (await place.RunAsync("change", "propose", Record(id), "--set", "no_such=1", "--reason", "x", "--as", Workplace.Manager))
            .ShouldEndWith(1).Errors.ShouldContain("no_such");
    }

    [Fact]
    public async Task A_stopped_agent_is_refused_until_it_is_let_go_on()
    {
        using var place = Place();
        var (id, _) = await LeadAsync(place, 5);
        (await place.RunAsync("agent", "stop", "helper", "--reason", "It is out of hand", "--as", Workplace.Operator)).ShouldEndWith(0);

        var refused = await place.RunAsync("change", "propose", Record(id), "--set", "lead_status=Open", "--reason", "x", "--as", Workplace.Manager, "--actor", "helper");
        (await place.RunAsync("agent", "release", "helper", "--as", Workplace.Operator)).ShouldEndWith(0);
        var waiting = await place.RunAsync("change", "propose", Record(id), "--set", "lead_status=Open", "--reason", "x", "--as", Workplace.Manager, "--actor", "helper");

        refused.ShouldEndWith(3).Errors.ShouldContain("It is out of hand");
        waiting.Code.ShouldBe(4, waiting.Everything);
    }

    private static string Record(string id) => $"{Connection}/contact/{id}";

    private static async Task<string> ProposeAsync(Workplace place, string id)
    {
        var proposal = await place.RunAsync("change", "propose", Record(id), "--set", "lead_status=Open", "--reason", "x", "--as", Workplace.Manager, "--output", "json");
        proposal.Code.ShouldBe(4, proposal.Everything);
        return proposal.Json().GetProperty("id").GetString()!;
    }

    /// <summary>Each test has a lead of its own, since they share the CRM.</summary>
    private static async Task<(string Id, string Status)> LeadAsync(Workplace place, int number)
    {
        var found = await place.JsonAsync("search", Connection, "contact", "--where", "lead status is New", "--limit", "100", "--as", Workplace.Manager);
        var id = found.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("id").GetString()!).Order(StringComparer.Ordinal).ElementAt(number * 3);
        return (id, await StatusAsync(place, id));
    }

    private static async Task<string> StatusAsync(Workplace place, string id) =>
        (await place.JsonAsync("get", Connection, "contact", id, "--fields", "lead_status", "--as", Workplace.Manager))
            .GetProperty("fields").GetProperty("lead_status").GetProperty("value").GetString()!;

    private async Task EditAsync(string id, string property, string value) =>
        await served.Crm.PatchAsync($"crm/objects/2026-09/contacts/{id}", new { properties = new Dictionary<string, string> { [property] = value } }, Workplace.AccountToken);

    private Workplace Place() => new Workplace().With(Workplace.YamlFor(served.Crm.Address).Replace("policy:\n  grants:\n", $$"""
        policy:
          members:
            - { subject: {{Workplace.Manager}}, roles: [user, operator] }
            - { subject: {{Workplace.Rep}}, roles: [user, approver] }
            - { subject: {{Workplace.Operator}}, roles: [operator, auditor] }
            - { subject: operator, roles: [approver, auditor] }
          grants:
            - subject: {{Workplace.Manager}}
              actors: [cli, helper]
              purposes: [assistance]
              connections: [{{Connection}}]
              read: { contact: ["*"] }
              write: { contact: { lead_status: suggest } }
              actions: { contact: { create-task: auto, log-summary: auto } }

        """, StringComparison.Ordinal));
}
