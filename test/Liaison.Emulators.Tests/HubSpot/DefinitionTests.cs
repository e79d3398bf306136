namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>Properties, pipelines, schemas, people and the account.</summary>
public sealed class DefinitionTests
{
    [Fact]
    public async Task Contacts_have_every_kind_of_property_that_real_portals_have()
    {
        await using var portal = await Portal.StartAsync();

        var properties = (await portal.Get("/crm/properties/2026-09/contacts")).Results;

        properties.Select(property => (string)property!["type"]!).Distinct().ShouldBe(
            ["string", "number", "date", "datetime", "enumeration", "bool", "phone_number", "object_coordinates", "json"], ignoreOrder: true);
        properties.ShouldContain(property => (bool)property!["externalOptions"]! && property["options"]!.AsArray().Count == 0 && (string?)property["referencedObjectType"] == "OWNER");
        properties.ShouldContain(property => (bool)property!["calculated"]!);
        properties.Count(property => (bool)property!["modificationMetadata"]!["readOnlyValue"]!).ShouldBeGreaterThan(20);
        properties.Single(property => (string)property!["name"]! == "email")!["hasUniqueValue"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task The_ai_fields_exist_when_asked_for()
    {
        await using var with = await Portal.StartAsync(options => options.AiFields = true);
        await using var without = await Portal.StartAsync();

        foreach (var (name, type) in A.List(
            ("ai_qualification_score", "number/number"), ("ai_qualification_rationale", "string/textarea"), ("ai_recommended_playbook", "enumeration/select"),
            ("ai_last_updated", "datetime/date"), ("ai_source_pipeline", "string/text")))
        {
            var property = (await with.Get($"/crm/properties/2026-09/contacts/{name}")).Json;
            $"{property["type"]}/{property["fieldType"]}".ShouldBe(type);
            (await without.Get($"/crm/properties/2026-09/contacts/{name}")).Status.ShouldBe(404);
        }
    }

    [Fact]
    public async Task A_property_is_made_changed_used_and_archived()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];
        var path = "/crm/properties/2026-09/contacts";
        var definition = new { name = "tier", label = "Tier", type = "enumeration", fieldType = "select", groupName = "contactinformation", options = A.List(new { label = "A", value = "a", displayOrder = 0, hidden = false }) };

        var made = await portal.Post(path, definition);
        var twice = await portal.Post(path, definition);
        (await portal.Patch($"/crm/objects/2026-09/contacts/{id}", new { properties = new { tier = "b" } })).Status.ShouldBe(400);
        portal.Time.Advance(TimeSpan.FromMinutes(1));
        var changed = await portal.Patch(path + "/tier", new { options = A.List(new { label = "B", value = "b", displayOrder = 0, hidden = false }) });
        (await portal.Patch($"/crm/objects/2026-09/contacts/{id}", new { properties = new { tier = "b" } })).Status.ShouldBe(200);
        var archived = await portal.Delete(path + "/tier");

        made.Status.ShouldBe(201);
        twice.Status.ShouldBe(409);
        ((string?)changed.Json["updatedAt"]).ShouldBe("2026-10-05T09:01:00Z");
        archived.Status.ShouldBe(204);
        (await portal.Get(path + "/tier")).Status.ShouldBe(404);
        (await portal.Get($"/crm/objects/2026-09/contacts/{id}?properties=tier")).Json["properties"]!.AsObject().ContainsKey("tier").ShouldBeFalse();
        (await portal.Delete(path + "/email")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Groups_and_batches_of_definitions_are_served()
    {
        await using var portal = await Portal.StartAsync();

        var group = await portal.Post("/crm/v3/properties/contacts/groups", new { name = "mine", label = "Mine" });
        var batch = await portal.Post("/crm/v3/properties/contacts/batch/read", new { inputs = A.List(new { name = "email" }, new { name = "nope" }), archived = false });

        group.Status.ShouldBe(201);
        (await portal.Get("/crm/v3/properties/contacts/groups/mine")).Status.ShouldBe(200);
        batch.Status.ShouldBe(207);
        ((string?)batch.Results.Single()!["name"]).ShouldBe("email");
    }

    [Fact]
    public async Task A_custom_unique_property_serves_to_upsert_companies()
    {
        await using var portal = await Portal.StartAsync();
        await portal.Post("/crm/properties/2026-09/companies", new { name = "erp_id", label = "ERP", type = "string", fieldType = "text", groupName = "companyinformation", hasUniqueValue = true });
        var body = A.Batch(new { id = "E-1", idProperty = "erp_id", properties = new { name = "Acme" } });

        var first = await portal.Post("/crm/objects/2026-09/companies/batch/upsert", body);
        var second = await portal.Post("/crm/objects/2026-09/companies/batch/upsert", body);

        ((bool)first.Results[0]!["new"]!).ShouldBeTrue();
        ((bool)second.Results[0]!["new"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task Pipelines_have_metadata_of_strings_and_stages_older_than_the_portal()
    {
        await using var portal = await Portal.StartAsync();

        var deals = await portal.Get("/crm/pipelines/2026-09/deals");
        var tickets = await portal.Get("/crm/v3/pipelines/tickets/0/stages");

        var stage = deals.Results[0]!["stages"]![1]!;
        ((string?)stage["id"]).ShouldBe("qualifiedtobuy");
        ((string?)stage["metadata"]!["isClosed"]).ShouldBe("false");
        ((string?)stage["metadata"]!["probability"]).ShouldBe("0.4");
        ((string?)stage["writePermissions"]).ShouldBe("CRM_PERMISSIONS_ENFORCEMENT");
        ((string?)tickets.Results[3]!["metadata"]!["ticketState"]).ShouldBe("CLOSED");
        ((string?)tickets.Results[0]!["createdAt"])!.ShouldStartWith("1970");
    }

    [Fact]
    public async Task A_pipeline_is_made_used_and_deleted()
    {
        await using var portal = await Portal.StartAsync();
        var made = await portal.Post("/crm/pipelines/2026-09/deals", new { label = "Partners", displayOrder = 2, stages = A.List(new { label = "In", displayOrder = 0, metadata = new { probability = "0.2" } }) });
        var (pipeline, stage) = ((string)made.Json["id"]!, (string)made.Json["stages"]![0]!["id"]!);

        var deal = await portal.Post("/crm/objects/2026-09/deals", new { properties = new { dealname = "New", pipeline, dealstage = stage } });

        made.Status.ShouldBe(201);
        deal.Status.ShouldBe(201);
        (await portal.Delete($"/crm/pipelines/2026-09/deals/{pipeline}?validateReferencesBeforeDelete=true")).Status.ShouldBe(400);
        (await portal.Delete($"/crm/pipelines/2026-09/deals/{pipeline}")).Status.ShouldBe(204);
    }

    [Theory]
    [InlineData("/crm/owners/2026-09", "/settings/users/2026-09")]
    [InlineData("/crm/v3/owners/", "/settings/v3/users/")]
    public async Task An_owner_is_found_by_address_and_leads_to_its_user_and_team(string owners, string users)
    {
        await using var portal = await Portal.StartAsync();

        var owner = (await portal.Get(owners + "?email=nora@house.test")).Results.Single()!;
        var user = (await portal.Get(users)).Results.Single(known => (string)known!["email"]! == "nora@house.test")!;
        var team = (await portal.Get(users.TrimEnd('/') + "/teams")).Results.Single(known => (string)known!["id"]! == (string)owner["teams"]![0]!["id"]!)!;

        ((string)owner["id"]!).ShouldNotBe((string)user["id"]!);
        owner["userId"]!.ToString().ShouldBe((string)user["id"]!);
        ((string?)user["primaryTeamId"]).ShouldBe((string?)team["id"]);
        team["userIds"]!.AsArray().Select(id => (string)id!).ShouldContain((string)user["id"]!);
        (await portal.Get($"{owners.TrimEnd('/')}/{user["id"]}?idProperty=userId")).Status.ShouldBe(200);
        (await portal.Get(owners + "?archived=true")).Results.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_account_tells_of_itself()
    {
        await using var portal = await Portal.StartAsync();

        var details = (await portal.Get("/account-info/v3/details")).Json;
        var currency = (await portal.Get("/settings/currencies/2026-03/company-currency")).Json;
        var rates = await portal.Get("/settings/currencies/2026-09/exchange-rates/current");
        var enabled = (await portal.Get("/crm/object-library/2026-09/enablement")).Json;

        ((long)details["portalId"]!).ShouldBe(990001);
        ((string?)details["timeZone"]).ShouldBe("Europe/Berlin");
        ((string?)details["utcOffset"]).ShouldBe("+02:00");
        ((string?)currency["id"]).ShouldBe("EUR");
        rates.Results.ShouldNotBeEmpty();
        ((bool)enabled["enablementByObjectTypeId"]!["0-1"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task A_custom_object_goes_by_id_and_qualified_name_and_not_by_its_bare_name()
    {
        await using var portal = await Portal.StartAsync();

        var schema = (await portal.Get("/crm-object-schemas/2026-09/schemas")).Results.Single()!;

        foreach (var name in A.List((string)schema["objectTypeId"]!, (string)schema["fullyQualifiedName"]!, "p_subscription"))
        {
            (await portal.Get($"/crm/objects/2026-09/{name}")).Status.ShouldBe(200);
        }

        (await portal.Get("/crm/objects/2026-09/subscription")).Status.ShouldBe(400);
        (await portal.Get("/crm/v3/schemas/" + schema["objectTypeId"])).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Rules_on_values_are_told_and_laid()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];

        var rules = await portal.Get("/crm/property-validations/2026-09/0-2");
        await portal.Put("/crm/property-validations/2026-09/0-1/jobtitle/rule-type/MAX_LENGTH", new { ruleArguments = A.List("5") });

        ((string?)rules.Results[0]!["propertyName"]).ShouldBe("numberofemployees");
        (await portal.Patch($"/crm/objects/2026-09/contacts/{id}", new { properties = new { jobtitle = "too long" } })).Status.ShouldBe(400);
        (await portal.Patch($"/crm/v3/objects/contacts/{id}", new { properties = new { jobtitle = "too long" } })).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/crm/v9/objects/contacts", 404)]
    [InlineData("DELETE", "/crm/v3/objects/contacts", 405)]
    public async Task What_is_no_route_is_said_so(string method, string path, int status)
    {
        await using var portal = await Portal.StartAsync();

        (await portal.Send(new HttpMethod(method), path, null, Portal.Account)).Status.ShouldBe(status);
    }
}
