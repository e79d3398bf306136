using System.Globalization;
using System.Text.Json.Nodes;
using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Salesforce;

/// <summary>The same person in two CRMs is the same to whoever asks, but for ids and where it was read (R39).</summary>
public sealed class SamePersonTests
{
    private const string Fields =
        "first_name,last_name,email,phone,mobile_phone,job_title,language,city,state,country,lead_status,lifecycle_stage,source,page_views,visits,emails_opened";

    [Fact]
    public async Task A_person_reads_the_same_in_HubSpot_and_in_Salesforce()
    {
        using var place = new Workplace();
        await using var demo = LiaisonProcess.Start(place.Folder, ["demo", "--no-run", "--contacts", "100", "--companies", "30", "--folder", "demo"]);
        await demo.LineWithAsync("Serving on");

        var (hubspot, salesforce) = (await PeopleAsync(place, "hubspot-demo", Fields), await PeopleAsync(place, "salesforce-demo", Fields));

        hubspot.Count.ShouldBeGreaterThan(80);
        salesforce.Keys.ShouldBe(hubspot.Keys, ignoreOrder: true);
        var alike = hubspot.Where(person => !HasOuterBlanks(person.Value)).ToList();
        alike.Count.ShouldBeGreaterThan(70);
        foreach (var (email, person) in alike)
        {
            salesforce[email].ToJsonString().ShouldBe(person.ToJsonString(), email);
        }
    }

    [Fact]
    public async Task What_one_CRM_keeps_less_finely_is_the_same_as_finely_as_it_keeps_it()
    {
        using var place = new Workplace();
        await using var demo = LiaisonProcess.Start(place.Folder, ["demo", "--no-run", "--contacts", "100", "--companies", "30", "--folder", "demo"]);
        await demo.LineWithAsync("Serving on");
        const string Coarse = "email,created,updated,last_activity,opted_out";

        var (hubspot, salesforce) = (await PeopleAsync(place, "hubspot-demo", Coarse), await PeopleAsync(place, "salesforce-demo", Coarse));

        foreach (var (email, person) in hubspot)
        {
            // Whole seconds; whole days; and a check box that nobody ticked says no, where a field that nobody filled in says nothing.
            Seconds(salesforce[email], "created").ShouldBe(Seconds(person, "created"), email);
            Seconds(salesforce[email], "updated").ShouldBe(Seconds(person, "updated"), email);
            Value(salesforce[email], "last_activity").ShouldBe(Value(person, "last_activity")[..Math.Min(10, Value(person, "last_activity").Length)], email);
            (Value(salesforce[email], "opted_out") == "true").ShouldBe(Value(person, "opted_out") == "true", email);
        }

        hubspot.Values.ShouldContain(person => Value(person, "last_activity").Length > 0);
    }

    private static async Task<Dictionary<string, JsonNode>> PeopleAsync(Workplace place, string connection, string fields)
    {
        var found = await LiaisonProcess.RunAsync(
            place.Folder,
            ["--config", Path.Combine("demo", "liaison.yaml"), "--output", "json", "search", connection, "contact", "--where", "email has a value", "--fields", fields, "--limit", "100"]);
        return found.ShouldEndWith(0).Json().GetProperty("records").EnumerateArray()
            .Select(record => JsonNode.Parse(record.GetProperty("fields").GetRawText())!)
            .ToDictionary(person => Value(person, "email"));
    }

    private static string Value(JsonNode person, string field) => (string?)person[field]?["value"] ?? "";

    private static DateTimeOffset Seconds(JsonNode person, string field)
    {
        var moment = DateTimeOffset.Parse(Value(person, field), CultureInfo.InvariantCulture);
        return moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerSecond));
    }

    // Salesforce cuts blanks off as it stores; HubSpot keeps them.
    private static bool HasOuterBlanks(JsonNode person) =>
        person.AsObject().Any(field => (string?)field.Value?["value"] is { } value && value.Trim() != value);
}
