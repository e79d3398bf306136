using System.Text.Json.Nodes;
using Liaison.Emulators.Tests.HubSpot;

namespace Liaison.Emulators.Tests.Salesforce.Host;

/// <summary>Contract section 4, held against the recorded describes that lie beside the repository.</summary>
public sealed class DescribeTests
{
    private const string Folder = "../shared/contracts/salesforce/describe";

    /// <summary>What only the recorded org had: record types and partner accounts that were switched on, members that vary by org.</summary>
    private static readonly string[] OfThatOrg = ["RecordTypeId", "IsPartner", "IsCustomerPortal", "ChannelProgramName", "ChannelProgramLevelName"];

    private static readonly string[] NotCompared = ["picklistValues", "referenceTo"];

    [Theory]
    [InlineData("Account")]
    [InlineData("Contact")]
    [InlineData("Lead")]
    [InlineData("Opportunity")]
    [InlineData("OpportunityContactRole")]
    public async Task Every_standard_field_of_a_recorded_object_is_described_member_by_member_as_recorded(string type)
    {
        var recorded = Recorded(type);
        await using var org = await LiveOrg.StartAsync(options => options.MultiCurrency = false);

        var described = (await org.Get($"sobjects/{type}/describe")).Json;
        var ours = described["fields"]!.AsArray().ToDictionary(field => (string)field!["name"]!, field => field!.AsObject());
        var departures = new List<string>();
        foreach (var field in recorded["fields"]!.AsArray().Select(field => field!.AsObject()).Where(field => !((string)field["name"]!).EndsWith("__c", StringComparison.Ordinal) && !OfThatOrg.Contains((string)field["name"]!)))
        {
            var name = (string)field["name"]!;
            if (!ours.TryGetValue(name, out var own))
            {
                departures.Add($"{name}: missing");
                continue;
            }

            departures.AddRange(field.Where(member => !NotCompared.Contains(member.Key) && !JsonNode.DeepEquals(member.Value, own[member.Key])).Select(member => $"{name}.{member.Key}: {own[member.Key]?.ToJsonString()} is not {member.Value?.ToJsonString()}"));
            departures.AddRange(own.Where(member => !field.ContainsKey(member.Key)).Select(member => $"{name}.{member.Key}: not recorded"));
        }

        departures.ShouldBeEmpty();
        described["keyPrefix"]!.ToJsonString().ShouldBe(recorded["keyPrefix"]!.ToJsonString());
        recorded.AsObject().Select(member => member.Key).Except(described.AsObject().Select(member => member.Key)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Account", "Industry")]
    [InlineData("Lead", "Status")]
    [InlineData("Opportunity", "StageName")]
    [InlineData("Opportunity", "ForecastCategory")]
    [InlineData("Contact", "LeadSource")]
    public async Task Picklists_hold_the_recorded_values(string type, string field)
    {
        var recorded = Recorded(type);
        await using var org = await LiveOrg.StartAsync();

        var described = (await org.Get($"sobjects/{type}/describe")).Json;

        Values(described, field).ShouldBe(Values(recorded, field));
    }

    [Fact]
    public async Task The_global_list_has_the_recorded_members_for_what_both_know()
    {
        var recorded = Recorded("_global")["sobjects"]!.AsArray().Single(item => (string)item!["name"]! == "Contact")!.AsObject();
        await using var org = await LiveOrg.StartAsync();

        var listed = (await org.Get("sobjects")).Json["sobjects"]!.AsArray().Single(item => (string)item!["name"]! == "Contact")!.AsObject();

        listed.Select(member => member.Key).ShouldBe(recorded.Select(member => member.Key));
        recorded.Where(member => member.Key != "urls" && !JsonNode.DeepEquals(member.Value, listed[member.Key])).Select(member => member.Key).ShouldBeEmpty();
    }

    [Fact]
    public async Task All_describes_share_one_stamp_that_a_change_of_any_definition_moves()
    {
        await using var org = await LiveOrg.StartAsync();
        var (global, account) = (await org.Get("sobjects"), await org.Get("sobjects/Account/describe"));

        var known = await org.Get("sobjects/Contact/describe", LiveOrg.Admin, ("If-Modified-Since", global.Headers["Last-Modified"]));
        await org.Control("schema", new { @object = "Lead", action = "add", field = new { name = "Tier__c", type = "picklist", values = "Gold,Silver" } });
        var moved = await org.Get("sobjects/Contact/describe", LiveOrg.Admin, ("If-Modified-Since", global.Headers["Last-Modified"]));
        var lead = await org.Get("sobjects/Lead/describe");

        account.Headers["ETag"].ShouldBe(global.Headers["ETag"]);
        (known.Status, known.Text).ShouldBe((304, ""));
        moved.Status.ShouldBe(200);
        Values(lead.Json, "Tier__c").ShouldBe(["Gold:Gold:True", "Silver:Silver:True"]);
    }

    [Fact]
    public async Task A_dependent_picklist_tells_by_bits_which_controlling_values_offer_it()
    {
        await using var org = await LiveOrg.StartAsync();

        var field = (await org.Get("sobjects/Subscription__c/describe")).Json["fields"]!.AsArray().Single(each => (string)each!["name"]! == "Add_On__c")!;

        ((string)field["controllerName"]!).ShouldBe("Plan__c");
        field["picklistValues"]!.AsArray().Select(value => Convert.FromBase64String((string)value!["validFor"]!)[0]).ShouldBe(new byte[] { 0b1110_0000, 0b0110_0000, 0b0010_0000 });
    }

    [Fact]
    public async Task The_fields_that_AI_writes_are_there_when_asked_for_with_a_key_that_is_the_records_own_id()
    {
        await using var org = await LiveOrg.StartAsync(options => options.AiFields = true);

        var names = (await org.Get("sobjects/Contact/describe")).Json["fields"]!.AsArray().Select(field => (string)field!["name"]!).ToList();
        var row = await org.Get("sobjects/Contact/003Dm0000000001");

        foreach (var name in new[] { "AI_Qualification_Score__c", "AI_Qualification_Rationale__c", "AI_Recommended_Playbook__c", "AI_Last_Updated__c", "AI_Source_Pipeline__c", "Liaison_Key__c" })
        {
            names.ShouldContain(name);
        }

        ((string)row.Json["Liaison_Key__c"]!).ShouldBe((string)row.Json["Id"]!);
    }

    [Fact]
    public async Task What_the_index_and_a_describe_name_is_answered()
    {
        await using var org = await LiveOrg.StartAsync();
        var index = (await org.Get(LiveOrg.Root)).Json.AsObject().Where(entry => entry.Key is not ("identity" or "jobs" or "ui-api")).Select(entry => (string)entry.Value!);
        var described = (await org.Get("sobjects/Contact/describe")).Json["urls"]!.AsObject().Where(entry => !entry.Key.StartsWith("ui", StringComparison.Ordinal)).Select(entry => (string)entry.Value!);

        foreach (var address in index.Concat(described))
        {
            (await org.Get(address.Replace("{ID}", "003Dm0000000001", StringComparison.Ordinal))).Status.ShouldBeOneOf([200, 400], address);
        }
    }

    private static string[] Values(JsonNode describe, string field) =>
    [
        .. describe["fields"]!.AsArray().Single(each => (string)each!["name"]! == field)!["picklistValues"]!.AsArray()
            .Select(value => $"{value!["value"]}:{value["label"]}:{(bool)value["active"]!}"),
    ];

    private static JsonNode Recorded(string name)
    {
        var path = Repository.Find($"{Folder}/{name}.describe.json");
        if (!File.Exists(path))
        {
            Repository.SkipOrFail($"{Folder}/{name}.describe.json is not there");
        }

        var read = JsonNode.Parse(File.ReadAllText(path))!;
        return read["body"] ?? read;
    }
}
