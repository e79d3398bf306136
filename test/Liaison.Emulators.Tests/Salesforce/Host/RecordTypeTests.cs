using System.Text.Json.Nodes;

namespace Liaison.Emulators.Tests.Salesforce.Host;

/// <summary>Record types: what they offer, and that the API takes more (contract sections 4 and 12).</summary>
public sealed class RecordTypeTests
{
    private const string Master = "012000000000000AAA";

    [Fact]
    public async Task A_describe_lists_the_record_types_of_an_object_and_the_one_of_all_objects_last()
    {
        await using var org = await LiveOrg.StartAsync();

        var infos = (await org.Get("sobjects/Opportunity/describe")).Json["recordTypeInfos"]!.AsArray();
        var others = (await org.Get("sobjects/Contact/describe")).Json["recordTypeInfos"]!.AsArray();
        var rows = (await org.Get("query?q=SELECT Id, DeveloperName FROM RecordType WHERE SobjectType = 'Opportunity' AND IsActive = true ORDER BY Id", LiveOrg.North)).Json["records"]!.AsArray();

        infos.Select(info => $"{info!["developerName"]} {(bool)info["defaultRecordTypeMapping"]!} {(bool)info["master"]!}").ShouldBe(["New_Business True False", "Renewal False False", "Master False True"]);
        infos.Take(2).Select(info => (string)info!["recordTypeId"]!).ShouldBe(rows.Select(row => (string)row!["Id"]!));
        ((string)others.ShouldHaveSingleItem()!["recordTypeId"]!).ShouldBe(Master);
        ((bool)others[0]!["defaultRecordTypeMapping"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task A_record_is_of_the_type_that_it_names_or_of_the_default()
    {
        await using var org = await LiveOrg.StartAsync();
        var renewal = await Renewal(org);

        var named = await org.Create("Opportunity", new { Name = "Named", StageName = "Prospecting", CloseDate = "2026-12-31", RecordTypeId = renewal });
        var unnamed = await org.Create("Opportunity", new { Name = "Unnamed", StageName = "Prospecting", CloseDate = "2026-12-31" });
        var refused = await org.Patch($"sobjects/Opportunity/{unnamed}", new { RecordTypeId = Master });

        (await Kind(org, named)).ShouldBe("Renewal");
        (await Kind(org, unnamed)).ShouldBe("New_Business");
        refused.Code().ShouldBe("INVALID_CROSS_REFERENCE_KEY");
    }

    [Fact]
    public async Task The_values_of_a_picklist_are_those_of_the_record_type()
    {
        await using var org = await LiveOrg.StartAsync();
        var renewal = await Renewal(org);

        var whole = await Stages(org, Master);
        var offered = await Stages(org, renewal);

        whole.Length.ShouldBe(10);
        offered.ShouldBe(["Qualification", "Proposal/Price Quote", "Negotiation/Review", "Closed Won", "Closed Lost"]);
        (await org.Create("Opportunity", new { Name = "Past the offer", StageName = "Prospecting", CloseDate = "2026-12-31", RecordTypeId = renewal })).ShouldStartWith("006");
    }

    [Fact]
    public async Task A_dependent_picklist_tells_the_positions_of_what_controls_it()
    {
        await using var org = await LiveOrg.StartAsync();

        var all = await org.Get($"ui-api/object-info/subscription__c/picklist-values/{Master}");
        var field = (await org.Get($"ui-api/object-info/Subscription__c/picklist-values/{Master}/Add_On__c")).Json;

        field["controllerValues"]!.ToJsonString().ShouldBe("""{"Basic":0,"Team":1,"Enterprise":2}""");
        field["values"]!.AsArray().Select(value => $"{value!["value"]} {value["validFor"]!.ToJsonString()}").ShouldBe(["Backup [0,1,2]", "Analytics [1,2]", "Single Sign-On [2]"]);
        field["defaultValue"].ShouldBeNull();
        JsonNode.DeepEquals(all.Json["picklistFieldValues"]!["Add_On__c"], field).ShouldBeTrue();
        ((string)all.Json["picklistFieldValues"]!["Status__c"]!["defaultValue"]!["value"]!).ShouldBe("active");
    }

    [Theory]
    [InlineData("Opportunity/picklist-values/012Dm0zzzzzzzzz", LiveOrg.Admin)]
    [InlineData($"Nothing/picklist-values/{Master}", LiveOrg.Admin)]
    [InlineData($"Opportunity/picklist-values/{Master}/Amount", LiveOrg.Admin)]
    [InlineData($"Opportunity/picklist-values/{Master}", LiveOrg.None)]
    public async Task What_is_not_there_or_not_seen_has_no_values(string path, string token)
    {
        await using var org = await LiveOrg.StartAsync();

        (await org.Get($"ui-api/object-info/{path}", token)).Status.ShouldBe(404);
    }

    private static async Task<string> Renewal(LiveOrg org) =>
        (string)(await org.Get("query?q=SELECT Id FROM RecordType WHERE DeveloperName = 'Renewal'")).Json["records"]![0]!["Id"]!;

    private static async Task<string> Kind(LiveOrg org, string id) =>
        (string)(await org.Get($"query?q=SELECT RecordType.DeveloperName FROM Opportunity WHERE Id = '{id}'")).Json["records"]![0]!["RecordType"]!["DeveloperName"]!;

    private static async Task<string[]> Stages(LiveOrg org, string recordType) =>
    [
        .. (await org.Get($"ui-api/object-info/Opportunity/picklist-values/{recordType}/StageName")).Json["values"]!.AsArray().Select(value => (string)value!["value"]!),
    ];
}
