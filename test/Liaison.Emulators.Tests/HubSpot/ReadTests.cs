namespace Liaison.Emulators.Tests.HubSpot;

public sealed class ReadTests
{
    [Theory]
    [InlineData("/crm/objects/2026-09/contacts")]
    [InlineData("/crm/objects/2026-03/contacts")]
    [InlineData("/crm/v3/objects/contacts")]
    [InlineData("/crm/v3/objects/0-1")]
    public async Task A_list_is_walked_to_its_end_by_an_opaque_cursor_in_every_version(string path)
    {
        await using var portal = await Portal.StartAsync();

        var ids = new List<string>();
        string? after = null;
        do
        {
            var page = await portal.Get($"{path}?limit=7&after={after}");
            page.Status.ShouldBe(200);
            ids.AddRange(page.Results.Select(record => (string)record!["id"]!));
            after = (string?)page.Json["paging"]?["next"]?["after"];
        }
        while (after is not null);

        ids.Count.ShouldBe(30);
        ids.Distinct().Count().ShouldBe(30);
        ids.ShouldAllBe(id => id.Length == 12);
    }

    [Fact]
    public async Task The_next_link_is_absolute_and_names_the_host_that_was_asked()
    {
        await using var portal = await Portal.StartAsync();

        var page = await portal.Get("/crm/v3/objects/contacts?limit=2&properties=email");

        var link = new Uri((string)page.Json["paging"]!["next"]!["link"]!);
        link.GetLeftPart(UriPartial.Authority).ShouldBe(portal.Emulator.BaseAddress.GetLeftPart(UriPartial.Authority));
        (await portal.Get(link.PathAndQuery)).Results.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_page_holds_no_more_than_a_hundred()
    {
        await using var portal = await Portal.StartAsync();

        (await portal.Get("/crm/v3/objects/contacts?limit=101")).Status.ShouldBe(400);
        (await portal.Get("/crm/v3/objects/contacts?limit=51&propertiesWithHistory=email")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Without_asking_only_a_small_set_of_properties_comes_and_unset_ones_are_null()
    {
        await using var portal = await Portal.StartAsync();
        var ids = await portal.Ids(count: 5);

        var record = await portal.Get($"/crm/objects/2026-09/contacts/{ids[4]}");

        record.Json["properties"]!.AsObject().Select(property => property.Key).ShouldBe(
            ["createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"], ignoreOrder: true);
        record.Json["properties"]!["lastname"].ShouldBeNull();
        record.Json["properties"]!.AsObject().ContainsKey("lastname").ShouldBeTrue();
    }

    [Fact]
    public async Task A_property_that_does_not_exist_is_dropped_without_a_word_and_an_unset_one_is_null()
    {
        await using var portal = await Portal.StartAsync();
        var ids = await portal.Ids();

        var record = await portal.Get($"/crm/v3/objects/contacts/{ids[0]}?properties=jobtitle,fax,no_such_thing");

        var properties = record.Json["properties"]!.AsObject();
        properties.ContainsKey("no_such_thing").ShouldBeFalse();
        properties.ContainsKey("fax").ShouldBeTrue();
        properties["fax"].ShouldBeNull();
        ((string?)properties["jobtitle"]).ShouldBe("Engineer");
    }

    [Fact]
    public async Task A_contact_can_be_read_by_its_email_and_by_no_property_whose_values_repeat()
    {
        await using var portal = await Portal.StartAsync();

        var byEmail = await portal.Get("/crm/objects/2026-09/contacts/person1@company2.test?idProperty=email");

        byEmail.Status.ShouldBe(200);
        byEmail.Property("email").ShouldBe("person1@company2.test");
        (await portal.Get("/crm/objects/2026-09/contacts/Engineer?idProperty=jobtitle")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task An_address_that_was_imported_with_blanks_is_found_without_them_and_reads_as_it_was_typed()
    {
        var world = SmallWorld.Of(people: 1);
        await using var portal = await Portal.StartAsync(world: world with { People = [world.People[0] with { Email = " Ada@Acme.test " }] });

        var found = await portal.Get("/crm/objects/2026-09/contacts/ada@acme.test?idProperty=email");

        found.Property("email").ShouldBe(" Ada@Acme.test ");
    }

    [Fact]
    public async Task An_unknown_id_is_not_found_and_an_unknown_type_has_no_category()
    {
        await using var portal = await Portal.StartAsync();

        var record = await portal.Get("/crm/objects/2026-09/contacts/999");
        var type = await portal.Get("/crm/v3/objects/xyz");

        record.Status.ShouldBe(404);
        ((string?)record.Json["category"]).ShouldBe("OBJECT_NOT_FOUND");
        type.Status.ShouldBe(400);
        ((string?)type.Json["message"]).ShouldBe("Unable to infer object type from: xyz");
        type.Json["category"].ShouldBeNull();
    }

    [Fact]
    public async Task Inline_associations_repeat_the_id_once_per_label()
    {
        await using var portal = await Portal.StartAsync();
        var ids = await portal.Ids();

        var record = await portal.Get($"/crm/v3/objects/contacts/{ids[0]}?associations=companies,deals");

        var companies = record.Json["associations"]!["companies"]!["results"]!.AsArray();
        companies.Select(link => (string)link!["type"]!).ShouldBe(["contact_to_company", "contact_to_company_unlabeled"]);
        companies.Select(link => (string)link!["id"]!).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task History_tells_who_gave_a_value_newest_first()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];
        await portal.Patch($"/crm/objects/2026-09/contacts/{id}", new { properties = new { lifecyclestage = "customer" } });

        var record = await portal.Get($"/crm/objects/2026-09/contacts/{id}?propertiesWithHistory=lifecyclestage");

        var history = record.Json["propertiesWithHistory"]!["lifecyclestage"]!.AsArray();
        history.Select(entry => (string)entry!["value"]!).ShouldBe(["customer", "lead"]);
        history.Select(entry => (string)entry!["sourceType"]!).ShouldBe(["INTEGRATION", "IMPORT"]);
    }

    [Fact]
    public async Task A_batch_read_of_known_ids_is_200_in_another_order()
    {
        await using var portal = await Portal.StartAsync();
        var ids = await portal.Ids(count: 30);

        var batch = await portal.Post("/crm/objects/2026-09/contacts/batch/read", new { inputs = ids.Select(id => new { id }), properties = A.List("email") });

        batch.Status.ShouldBe(200);
        var got = batch.Results.Select(record => (string)record!["id"]!).ToArray();
        got.ShouldBe(ids, ignoreOrder: true);
        got.ShouldNotBe(ids);
    }

    [Theory]
    [InlineData("/crm/v3/objects/contacts/batch/read", 207)]
    [InlineData("/crm/objects/2026-03/contacts/batch/read", 207)]
    [InlineData("/crm/objects/2026-09/contacts/batch/read", 200)]
    public async Task A_batch_read_with_unknown_ids_names_them_in_one_error(string path, int status)
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];

        var batch = await portal.Post(path, new { inputs = new[] { new { id }, new { id = "9" }, new { id = "8" } } });

        batch.Status.ShouldBe(status);
        ((string?)batch.Json["status"]).ShouldBe("COMPLETE");
        ((int)batch.Json["numErrors"]!).ShouldBe(1);
        var error = batch.Json["errors"]![0]!;
        ((string?)error["category"]).ShouldBe("OBJECT_NOT_FOUND");
        ((string?)error["message"]).ShouldBe("Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.");
        error["context"]!["ids"]!.AsArray().Select(missing => (string)missing!).ShouldBe(["9", "8"]);
    }

    [Fact]
    public async Task A_batch_holds_no_more_than_a_hundred_or_fifty_with_history()
    {
        await using var portal = await Portal.StartAsync();
        var many = Enumerable.Range(1, 101).Select(id => new { id = $"{id}" }).ToArray();

        (await portal.Post("/crm/v3/objects/contacts/batch/read", new { inputs = many })).Status.ShouldBe(400);
        (await portal.Post("/crm/v3/objects/contacts/batch/read", new { inputs = many.Take(51), propertiesWithHistory = A.List("email") })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task An_archived_record_is_read_only_by_those_who_ask_for_archived_ones()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];
        (await portal.Delete($"/crm/v3/objects/contacts/{id}")).Status.ShouldBe(204);
        (await portal.Delete($"/crm/v3/objects/contacts/{id}")).Status.ShouldBe(204);

        (await portal.Get($"/crm/v3/objects/contacts/{id}")).Status.ShouldBe(404);
        var archived = await portal.Get($"/crm/v3/objects/contacts/{id}?archived=true");
        var list = await portal.Get("/crm/v3/objects/contacts?archived=true");

        archived.Json["archivedAt"].ShouldNotBeNull();
        ((bool)archived.Json["archived"]!).ShouldBeTrue();
        list.Results.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Values_come_as_the_contract_warns()
    {
        await using var portal = await Portal.StartAsync();
        var company = (await portal.Ids("companies"))[0];
        var deal = (await portal.Ids("deals"))[0];
        var contact = (await portal.Ids(count: 3))[2];

        var stale = await portal.Get($"/crm/v3/objects/companies/{company}?properties=industry");
        var exact = await portal.Get($"/crm/v3/objects/deals/{deal}?properties=hs_deal_stage_probability,closedate,amount");
        var lists = await portal.Get($"/crm/v3/objects/contacts/{contact}?properties=hs_all_accessible_team_ids");

        stale.Property("industry").ShouldBe("moon farming");
        exact.Property("hs_deal_stage_probability").ShouldBe("0.40000000000000002220446049250313080847263336181640625");
        exact.Property("closedate").ShouldBe("2026-12-31T00:00:00Z");
        exact.Property("amount").ShouldBe("1000.50");
        lists.Property("hs_all_accessible_team_ids")!.ShouldStartWith(";");
    }
}
