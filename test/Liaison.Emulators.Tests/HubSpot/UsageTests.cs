using System.Text.Json.Nodes;

namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>What is left of the account's limits is counted in the account as it is.</summary>
public sealed class UsageTests
{
    [Fact]
    public async Task Records_are_counted_as_they_come_and_go()
    {
        await using var portal = await Portal.StartAsync();

        await portal.Post("/crm/objects/2026-09/companies", new { properties = new { name = "New" } });
        await portal.Delete($"/crm/objects/2026-09/contacts/{(await portal.Ids())[0]}");

        var records = (await portal.Get("/crm/limits/2026-03/records")).Json["hubspotDefinedObjectTypes"]!;
        Usage(records, "0-1").ShouldBe(29);
        Usage(records, "0-2").ShouldBe(7);
    }

    [Fact]
    public async Task Definitions_are_counted_as_they_are_made()
    {
        await using var portal = await Portal.StartAsync();
        var before = (await portal.Get("/crm/limits/v3/custom-properties")).Json;

        await portal.Post("/crm/properties/2026-03/contacts", new { name = "made_text", label = "Made", type = "string", fieldType = "text", groupName = "contactinformation" });
        await portal.Post("/crm/pipelines/2026-03/deals", new { label = "Second", displayOrder = 1, stages = A.List(new { label = "One", displayOrder = 0, metadata = new { probability = "0.5" } }) });

        var after = (await portal.Get("/crm/limits/2026-03/custom-properties")).Json;
        ((int)after["overallUsage"]! - (int)before["overallUsage"]!).ShouldBe(1);
        (Usage(after["byObjectType"]!, "0-1") - Usage(before["byObjectType"]!, "0-1")).ShouldBe(1);
        Usage((await portal.Get("/crm/limits/2026-03/pipelines")).Json["hubspotDefinedObjectTypes"]!, "0-3").ShouldBe((await portal.Get("/crm/pipelines/2026-03/deals")).Results.Count);
        ((int)(await portal.Get("/crm/limits/2026-03/custom-object-types")).Json["usage"]!).ShouldBe(1);
    }

    [Fact]
    public async Task Who_reaches_an_administrators_limit_on_links_is_named()
    {
        await using var portal = await Portal.StartAsync();
        const string Records = "/crm/limits/2026-03/associations/records";
        (await portal.Get($"{Records}/from")).Results.ShouldBeEmpty();

        await portal.Post("/crm/associations/2026-03/definitions/configurations/companies/contacts/batch/create", A.Batch(new { category = "HUBSPOT_DEFINED", typeId = 280, maxToObjectIds = 6 }));

        // Each of the six companies has five of thirty contacts: near six, and one contact more is at it.
        ((bool)(await portal.Get($"{Records}/from")).Results.ShouldHaveSingleItem()!["hasRecordsNearLimit"]!).ShouldBeTrue();
        var company = (await portal.Ids("companies"))[0];
        var other = (await portal.Ids("contacts", 2))[0];
        await portal.Put($"/crm/objects/2026-09/companies/{company}/associations/default/contacts/{other}");
        ((string)(await portal.Get($"{Records}/0-2/to")).Results.ShouldHaveSingleItem()!["objectTypeId"]!).ShouldBe("0-1");
        var pair = (await portal.Get($"{Records}/0-2/0-1")).Json;
        ((int)pair["limit"]!, (int)pair["totalRecordsAtLimit"]!, (int)pair["totalRecordsNearLimit"]!).ShouldBe((6, 1, 5));
        pair["atLimitFromRecordSamples"]![0]!["objectId"]!.ToJsonString().ShouldBe(company);
    }

    [Fact]
    public async Task Labels_are_told_by_pair_and_direction()
    {
        await using var portal = await Portal.StartAsync();
        await portal.Post("/crm/associations/2026-03/contacts/companies/labels", new { label = "Advisor", inverseLabel = "Advised", name = "advisor" });

        var labels = (await portal.Get("/crm/limits/2026-03/associations/labels?fromObjectTypeId=0-2")).Results.ShouldHaveSingleItem()!;

        ((int)labels["usage"]!).ShouldBe(1);
        ((string)labels["allLabels"]![0]!).ShouldBe("Advised");
        (await portal.Get("/crm/limits/2026-03/associations/labels?fromObjectTypeId=0-999")).Status.ShouldBe(400);
    }

    private static int Usage(JsonNode types, string id) => (int)types.AsArray().Single(type => (string)type!["objectTypeId"]! == id)!["usage"]!;
}
