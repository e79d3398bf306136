namespace Liaison.Emulators.Tests.HubSpot;

public sealed class WriteTests
{
    [Fact]
    public async Task A_create_is_201_and_its_answer_echoes_a_lifecycle_date_in_milliseconds_that_reads_as_iso()
    {
        await using var portal = await Portal.StartAsync();

        var made = await portal.Post("/crm/v3/objects/contacts", new { properties = new { email = "ada@acme.test", lifecyclestage = "lead" } });
        var read = await portal.Get($"/crm/v3/objects/contacts/{made.Json["id"]}?properties=hs_lifecyclestage_lead_date");

        made.Status.ShouldBe(201);
        made.Property("hs_lifecyclestage_lead_date").ShouldBe($"{SmallWorld.Now.ToUnixTimeMilliseconds()}");
        read.Property("hs_lifecyclestage_lead_date").ShouldBe("2026-10-05T09:00:00Z");
    }

    [Fact]
    public async Task A_contact_whose_address_is_taken_is_a_conflict_that_names_the_holder()
    {
        await using var portal = await Portal.StartAsync();

        var again = await portal.Post("/crm/objects/2026-09/contacts", new { properties = new { email = "PERSON1@company2.test" } });

        again.Status.ShouldBe(409);
        ((string?)again.Json["message"])!.ShouldMatch(@"^Contact already exists\. Existing ID: \d{12}$");
    }

    [Fact]
    public async Task Null_changes_nothing_and_an_empty_string_clears()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];

        await portal.Patch($"/crm/v3/objects/contacts/{id}", "{\"properties\":{\"jobtitle\":null}}");
        (await portal.Get($"/crm/v3/objects/contacts/{id}?properties=jobtitle")).Property("jobtitle").ShouldBe("Engineer");
        var cleared = await portal.Patch($"/crm/v3/objects/contacts/{id}", new { properties = new { jobtitle = "" } });

        cleared.Property("jobtitle").ShouldBe("");
        var read = await portal.Get($"/crm/v3/objects/contacts/{id}?properties=jobtitle");
        read.Json["properties"]!.AsObject().ContainsKey("jobtitle").ShouldBeTrue();
        read.Property("jobtitle").ShouldBeNull();
    }

    [Fact]
    public async Task A_day_written_to_a_moment_becomes_midnight_utc()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids("deals"))[0];

        await portal.Patch($"/crm/v3/objects/deals/{id}", new { properties = new { closedate = "2026-12-24" } });

        (await portal.Get($"/crm/v3/objects/deals/{id}?properties=closedate")).Property("closedate").ShouldBe("2026-12-24T00:00:00Z");
    }

    [Fact]
    public async Task A_leading_semicolon_appends_to_a_multiple_choice_and_a_plain_list_replaces_it()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];
        var path = $"/crm/v3/objects/contacts/{id}";
        await portal.Patch(path, new { properties = new { hs_buying_role = "CHAMPION" } });

        await portal.Patch(path, new { properties = new { hs_buying_role = ";END_USER" } });
        (await portal.Get(path + "?properties=hs_buying_role")).Property("hs_buying_role").ShouldBe("CHAMPION;END_USER");
        await portal.Patch(path, new { properties = new { hs_buying_role = "BLOCKER" } });

        (await portal.Get(path + "?properties=hs_buying_role")).Property("hs_buying_role").ShouldBe("BLOCKER");
    }

    [Fact]
    public async Task An_owner_is_checked_against_the_owners_and_not_against_the_empty_list_of_options()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];
        var owner = (string)(await portal.Get("/crm/owners/2026-09")).Results[0]!["id"]!;

        (await portal.Patch($"/crm/v3/objects/contacts/{id}", new { properties = new { hubspot_owner_id = owner } })).Status.ShouldBe(200);
        (await portal.Patch($"/crm/v3/objects/contacts/{id}", new { properties = new { hubspot_owner_id = "1" } })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_task_needs_its_time_in_every_version_and_links_inline()
    {
        await using var portal = await Portal.StartAsync();
        var contact = (await portal.Ids())[0];
        var links = A.List(new { to = new { id = contact }, types = A.List(new { associationCategory = "HUBSPOT_DEFINED", associationTypeId = 204 }) });

        var without = await portal.Post("/crm/v3/objects/tasks", new { properties = new { hs_task_subject = "Call" } });
        var made = await portal.Post("/crm/v3/objects/tasks", new { properties = new { hs_task_subject = "Call", hs_timestamp = "2026-10-06T09:00:00Z" }, associations = links });

        without.Status.ShouldBe(400);
        made.Status.ShouldBe(201);
        var linked = await portal.Get($"/crm/v4/objects/contacts/{contact}/associations/tasks");
        linked.Results.Select(link => link!["toObjectId"]!.ToString()).ShouldContain(made.Json["id"]!.ToString());
    }

    [Fact]
    public async Task A_note_answers_with_previews_of_its_body()
    {
        await using var portal = await Portal.StartAsync();

        var made = await portal.Post("/crm/objects/2026-09/notes", new { properties = new { hs_timestamp = "1780000000000", hs_note_body = "<p>Hello &amp; welcome</p>" } });

        made.Status.ShouldBe(201);
        made.Property("hs_body_preview").ShouldBe("Hello & welcome");
        made.Property("hs_body_preview_html").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("/crm/objects/2026-09/deals", 400)]
    [InlineData("/crm/objects/2026-03/deals", 201)]
    [InlineData("/crm/v3/objects/deals", 201)]
    public async Task What_the_create_form_requires_is_asked_for_from_2026_09(string path, int status)
    {
        await using var portal = await Portal.StartAsync();

        (await portal.Post(path, new { properties = new { dealname = "Big" } })).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("2026-09", 400)]
    [InlineData("2026-03", 200)]
    public async Task What_a_stage_requires_and_what_the_customer_ruled_is_enforced_from_2026_09(string version, int status)
    {
        await using var portal = await Portal.StartAsync();
        var (deal, company) = ((await portal.Ids("deals"))[0], (await portal.Ids("companies"))[0]);

        var closed = await portal.Patch($"/crm/objects/{version}/deals/{deal}", new { properties = new { dealstage = "closedlost" } });
        var negative = await portal.Patch($"/crm/objects/{version}/companies/{company}", new { properties = new { numberofemployees = "-3" } });
        var complete = await portal.Patch($"/crm/objects/{version}/deals/{deal}", new { properties = new { dealstage = "closedlost", closed_lost_reason = "price" } });

        closed.Status.ShouldBe(status);
        negative.Status.ShouldBe(status);
        complete.Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_stage_of_another_pipeline_is_rejected_unless_the_pipeline_comes_along_and_closing_sets_the_date()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids("deals"))[0];

        (await portal.Patch($"/crm/v3/objects/deals/{id}", new { properties = new { dealstage = "151200302" } })).Status.ShouldBe(400);
        (await portal.Patch($"/crm/v3/objects/deals/{id}", new { properties = new { dealstage = "151200302", pipeline = "81200300" } })).Status.ShouldBe(200);

        (await portal.Get($"/crm/v3/objects/deals/{id}?properties=closedate")).Property("closedate").ShouldBe("2026-10-05T09:00:00Z");
    }

    [Fact]
    public async Task A_deal_made_without_stage_has_neither_stage_nor_pipeline()
    {
        await using var portal = await Portal.StartAsync();

        var made = await portal.Post("/crm/v3/objects/deals", new { properties = new { dealname = "Bare" } });
        var read = await portal.Get($"/crm/v3/objects/deals/{made.Json["id"]}");

        read.Property("dealstage").ShouldBeNull();
        read.Property("pipeline").ShouldBeNull();
    }

    [Fact]
    public async Task A_merged_away_contact_answers_with_the_survivor_and_a_merged_away_company_is_gone()
    {
        await using var portal = await Portal.StartAsync();
        var (contacts, companies) = (await portal.Ids(), await portal.Ids("companies"));

        var merged = await portal.Post("/crm/v3/objects/contacts/merge", new { primaryObjectId = contacts[0], objectIdToMerge = contacts[1] });
        await portal.Post("/crm/v3/objects/companies/merge", new { primaryObjectId = companies[0], objectIdToMerge = companies[1] });

        merged.Status.ShouldBe(200);
        merged.Property("hs_merged_object_ids").ShouldBe($"{contacts[0]};{contacts[1]}");
        ((string?)(await portal.Get($"/crm/v3/objects/contacts/{contacts[1]}")).Json["id"]).ShouldBe((string?)merged.Json["id"]);
        (await portal.Get($"/crm/v3/objects/companies/{companies[1]}")).Status.ShouldBe(404);
        (await portal.Get($"/crm/v3/objects/companies/{companies[1]}?archived=true")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_merge_can_make_a_third_id()
    {
        await using var portal = await Portal.StartAsync(options => options.MergeMakesNewId = true);
        var ids = await portal.Ids();

        var merged = await portal.Post("/crm/v3/objects/contacts/merge", new { primaryObjectId = ids[0], objectIdToMerge = ids[1] });

        ids.ShouldNotContain((string)merged.Json["id"]!);
        ((string?)(await portal.Get($"/crm/v3/objects/contacts/{ids[0]}")).Json["id"]).ShouldBe((string?)merged.Json["id"]);
        (await portal.Get($"/crm/v3/objects/contacts/{merged.Json["id"]}?associations=companies")).Json["associations"]!["companies"].ShouldNotBeNull();
    }

    [Fact]
    public async Task An_erased_contact_is_neither_live_nor_archived()
    {
        await using var portal = await Portal.StartAsync();

        (await portal.Post("/crm/v3/objects/contacts/gdpr-delete", new { objectId = "person1@company2.test", idProperty = "email" })).Status.ShouldBe(204);

        (await portal.Get("/crm/v3/objects/contacts/person1@company2.test?idProperty=email")).Status.ShouldBe(404);
        (await portal.Get("/crm/v3/objects/contacts?archived=true")).Results.ShouldBeEmpty();
    }
}
