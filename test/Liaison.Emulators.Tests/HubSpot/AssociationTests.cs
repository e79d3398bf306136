namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>Contract section 8.</summary>
public sealed class AssociationTests
{
    [Fact]
    public async Task A_contacts_company_is_primary_and_plain_and_its_id_a_number()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];

        var links = await portal.Get($"/crm/objects/2026-09/contacts/{id}/associations/companies");

        var link = links.Results.Single()!;
        link["toObjectId"]!.GetValueKind().ShouldBe(System.Text.Json.JsonValueKind.Number);
        link["associationTypes"]!.AsArray().Select(type => $"{type!["category"]} {type["typeId"]} {type["label"]}").ShouldBe(
            ["HUBSPOT_DEFINED 1 Primary", "HUBSPOT_DEFINED 279 "]);
    }

    [Fact]
    public async Task The_far_id_can_be_a_string()
    {
        await using var portal = await Portal.StartAsync(options => options.AssociationIdsAsStrings = true);
        var id = (await portal.Ids())[0];

        var links = await portal.Get($"/crm/v4/objects/contacts/{id}/associations/companies");

        links.Results[0]!["toObjectId"]!.GetValueKind().ShouldBe(System.Text.Json.JsonValueKind.String);
    }

    [Theory]
    [InlineData("/crm/v4/associations/contacts/companies/batch/read", 207)]
    [InlineData("/crm/associations/2026-09/0-1/0-2/batch/read", 200)]
    public async Task A_batch_read_gives_links_and_an_error_for_those_without(string path, int status)
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];
        var alone = (string)(await portal.Post("/crm/v3/objects/contacts", new { properties = new { email = "alone@x.test" } })).Json["id"]!;

        var batch = await portal.Post(path, A.Batch(new { id }, new { id = alone }));

        batch.Status.ShouldBe(status);
        ((string?)batch.Results.Single()!["from"]!["id"]).ShouldBe(id);
        ((int)batch.Json["numErrors"]!).ShouldBe(1);
    }

    [Theory]
    [InlineData("/crm/v4/associations/deals/contacts", 201, 204)]
    [InlineData("/crm/associations/2026-03/deals/contacts", 201, 200)]
    [InlineData("/crm/associations/2026-09/deals/contacts", 200, 200)]
    public async Task Creating_and_archiving_in_batches_has_each_versions_statuses(string path, int created, int archived)
    {
        await using var portal = await Portal.StartAsync();
        var (deal, contact) = ((await portal.Ids("deals"))[0], (await portal.Ids(count: 30))[20]);
        var pair = new { from = new { id = deal }, to = new { id = contact }, types = A.List(new { associationCategory = "HUBSPOT_DEFINED", associationTypeId = 3 }) };

        var create = await portal.Post(path + "/batch/create", A.Batch(pair));
        var there = await portal.Get($"/crm/v4/objects/contacts/{contact}/associations/deals");
        var archive = await portal.Post(path + "/batch/archive", A.Batch(new { from = new { id = deal }, to = A.List(new { id = contact }) }));
        var gone = await portal.Get($"/crm/v4/objects/contacts/{contact}/associations/deals");

        create.Status.ShouldBe(created);
        ((string?)create.Results[0]!["fromObjectTypeId"]).ShouldBe("0-3");
        ((int)there.Results.Single()!["associationTypes"]![0]!["typeId"]!).ShouldBe(4);
        archive.Status.ShouldBe(archived);
        gone.Results.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_batch_is_complete_even_where_every_item_failed()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];
        var types = A.List(new { associationCategory = "HUBSPOT_DEFINED", associationTypeId = 449 });

        var batch = await portal.Post("/crm/v4/associations/contacts/contacts/batch/create", A.Batch(
            new { from = new { id }, to = new { id = "9" }, types }, new { from = new { id }, to = new { id }, types }));

        batch.Status.ShouldBe(207);
        ((string?)batch.Json["status"]).ShouldBe("COMPLETE");
        batch.Results.ShouldBeEmpty();
        var errors = batch.Json["errors"]!.AsArray();
        ((string?)errors[0]!["subCategory"]).ShouldBe("crm.associations.INVALID_IDENTIFIER");
        ((string?)errors[0]!["context"]!["id"]![0]).ShouldBe("9");
        errors[1]!["context"]!.AsObject().ShouldBeEmpty();
    }

    [Fact]
    public async Task Archiving_a_label_leaves_the_link_and_a_wrong_direction_is_refused()
    {
        await using var portal = await Portal.StartAsync();
        var (contact, company) = ((await portal.Ids())[0], (await portal.Ids("companies", 6))[5]);
        var labels = await portal.Post("/crm/associations/2026-09/contacts/companies/labels", new { label = "Adviser", name = "adviser" });
        var own = (int)labels.Results[0]!["typeId"]!;
        var types = A.List(new { associationCategory = "USER_DEFINED", associationTypeId = own });

        var put = await portal.Put($"/crm/objects/2026-09/contacts/{contact}/associations/companies/{company}", types);
        var wrong = await portal.Put($"/crm/objects/2026-09/contacts/{contact}/associations/companies/{company}", A.List(new { associationCategory = "HUBSPOT_DEFINED", associationTypeId = 280 }));
        await portal.Post("/crm/associations/2026-09/contacts/companies/batch/labels/archive", A.Batch(new { from = new { id = contact }, to = new { id = company }, types }));

        put.Status.ShouldBe(201);
        put.Json["labels"]!.AsArray().Select(label => (string)label!).ShouldBe(["Adviser"]);
        wrong.Status.ShouldBe(400);
        var left = (await portal.Get($"/crm/objects/2026-09/contacts/{contact}/associations/companies")).Results.Single(link => link!["toObjectId"]!.ToString() == company)!;
        left["associationTypes"]!.AsArray().Select(type => (int)type!["typeId"]!).ShouldBe([279]);
    }

    [Fact]
    public async Task A_default_association_is_made_and_deleted()
    {
        await using var portal = await Portal.StartAsync();
        var (contact, deal) = ((await portal.Ids(count: 30))[25], (await portal.Ids("deals"))[0]);

        var put = await portal.Put($"/crm/v4/objects/contacts/{contact}/associations/default/deals/{deal}");
        var there = (await portal.Get($"/crm/v4/objects/deals/{deal}/associations/contacts")).Results.Count;
        var delete = await portal.Delete($"/crm/v4/objects/contacts/{contact}/associations/deals/{deal}");

        put.Status.ShouldBe(200);
        put.Results.Count.ShouldBe(2);
        there.ShouldBe(2);
        delete.Status.ShouldBe(204);
        (await portal.Get($"/crm/v4/objects/deals/{deal}/associations/contacts")).Results.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_create_of_the_oldest_version_answers_both_directions()
    {
        await using var portal = await Portal.StartAsync();
        var (contact, deal) = ((await portal.Ids(count: 30))[25], (await portal.Ids("deals"))[0]);

        var batch = await portal.Post("/crm/v3/associations/contacts/deals/batch/create", A.Batch(new { from = new { id = contact }, to = new { id = deal }, type = "contact_to_deal" }));

        batch.Status.ShouldBe(201);
        batch.Results.Select(row => (string)row!["type"]!).ShouldBe(["contact_to_deal", "deal_to_contact"], ignoreOrder: true);
    }
}
