namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>Contract section 2: tokens, scopes, what users see.</summary>
public sealed class RightsTests
{
    private const string Contacts = "/crm/objects/2026-09/contacts";

    [Fact]
    public async Task Missing_wrong_revoked_and_expired_tokens_are_told_apart()
    {
        await using var portal = await Portal.StartAsync();

        var missing = await portal.Get(Contacts, token: null);
        var wrong = await portal.Get(Contacts, "pat-other");
        await portal.Post("/_emulator/tokens", new { token = Portal.RepNorth, expired = true });
        var expired = await portal.Get(Contacts, Portal.RepNorth);
        await portal.Post("/_emulator/tokens", new { token = Portal.RepSouth, revoked = true });
        var revoked = await portal.Get(Contacts, Portal.RepSouth);

        A.List(missing, wrong, expired, revoked).ShouldAllBe(answer => answer.Status == 401);
        ((string?)missing.Json["category"]).ShouldBe("INVALID_AUTHENTICATION");
        ((string?)wrong.Json["category"]).ShouldBe("INVALID_AUTHENTICATION");
        ((string?)expired.Json["category"]).ShouldBe("EXPIRED_AUTHENTICATION");
        ((string?)revoked.Json["category"]).ShouldBe("INVALID_AUTHENTICATION");
    }

    [Fact]
    public async Task A_missing_scope_is_named_inside_an_error_entry_or_at_the_top()
    {
        await using var portal = await Portal.StartAsync();
        await portal.Post("/_emulator/tokens", new { token = Portal.Account, scopes = A.List("oauth") });

        var records = await portal.Get(Contacts);
        var owners = await portal.Get("/crm/owners/2026-09");

        A.List(records, owners).ShouldAllBe(answer => answer.Status == 403 && (string?)answer.Json["category"] == "MISSING_SCOPES");
        ((string?)records.Json["errors"]![0]!["context"]!["requiredGranularScopes"]![0]).ShouldBe("crm.objects.contacts.read");
        records.Json["context"].ShouldBeNull();
        ((string?)owners.Json["context"]!["requiredGranularScopes"]![0]).ShouldBe("crm.objects.owners.read");
        owners.Json["errors"].ShouldBeNull();
    }

    [Theory]
    [InlineData(Portal.Account, 30)]
    [InlineData(Portal.Manager, 30)]
    [InlineData(Portal.RepNorth, 10)]
    [InlineData(Portal.RepSouth, 10)]
    [InlineData(Portal.None, 0)]
    public async Task Each_user_lists_and_finds_only_what_the_user_may_see(string token, int seen)
    {
        await using var portal = await Portal.StartAsync();

        var list = await portal.Get(Contacts + "?limit=100", token);
        var search = await portal.Post(Contacts + "/search", new { limit = 100 }, token);
        var hidden = (await portal.Get(Contacts + "?limit=100")).Results.Select(record => (string)record!["id"]!)
            .Except(list.Results.Select(record => (string)record!["id"]!)).ToArray();

        list.Results.Count.ShouldBe(seen);
        ((int)search.Json["total"]!).ShouldBe(seen);
        foreach (var id in hidden.Take(3))
        {
            (await portal.Get($"{Contacts}/{id}", token)).Status.ShouldBe(404);
            (await portal.Post(Contacts + "/batch/read", A.Batch(new { id }), token)).Results.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task What_is_invisible_reads_the_same_as_what_does_not_exist_and_cannot_be_written()
    {
        await using var portal = await Portal.StartAsync();
        var mine = (await portal.Get(Contacts, Portal.RepNorth)).Results.Select(record => (string)record!["id"]!);
        var foreign = (await portal.Ids(count: 30)).Except(mine).First();

        var patch = await portal.Patch($"{Contacts}/{foreign}", new { properties = new { city = "Oslo" } }, Portal.RepNorth);
        var batch = await portal.Post(Contacts + "/batch/update", A.Batch(new { id = foreign, properties = new { city = "Oslo" } }), Portal.RepNorth);
        await portal.Delete($"{Contacts}/{foreign}", Portal.RepNorth);

        patch.Status.ShouldBe(404);
        batch.Results.ShouldBeEmpty();
        ((string?)batch.Json["errors"]![0]!["category"]).ShouldBe("OBJECT_NOT_FOUND");
        (await portal.Get($"{Contacts}/{foreign}?properties=city")).Property("city").ShouldBe("Berlin");
    }

    [Fact]
    public async Task A_rep_sees_only_associations_to_what_the_rep_may_see()
    {
        await using var portal = await Portal.StartAsync();
        var contacts = (await portal.Get(Contacts + "?limit=100", Portal.RepNorth)).Results.Select(record => new { id = (string)record!["id"]! });
        var companies = (await portal.Get("/crm/objects/2026-09/companies?limit=100", Portal.RepNorth)).Results.Select(record => (long)long.Parse((string)record!["id"]!, System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();

        var links = await portal.Post("/crm/associations/2026-09/contacts/companies/batch/read", new { inputs = contacts }, Portal.RepNorth);

        links.Results.SelectMany(item => item!["to"]!.AsArray()).Select(link => (long)link!["toObjectId"]!).ShouldAllBe(id => companies.Contains(id));
    }

    [Fact]
    public async Task A_property_hidden_from_a_rep_is_absent_everywhere_and_cannot_be_searched_by()
    {
        await using var portal = await Portal.StartAsync();
        var id = (string)(await portal.Get(Contacts, Portal.RepNorth)).Results[0]!["id"]!;

        var rep = await portal.Get($"{Contacts}/{id}?properties=mobilephone,city", Portal.RepNorth);
        var manager = await portal.Get($"{Contacts}/{id}?properties=mobilephone,city", Portal.Manager);

        rep.Json["properties"]!.AsObject().ContainsKey("mobilephone").ShouldBeFalse();
        manager.Property("mobilephone").ShouldNotBeNull();
        (await portal.Get("/crm/properties/2026-09/contacts/mobilephone", Portal.RepNorth)).Status.ShouldBe(404);
        (await portal.Post(Contacts + "/search", A.Search("mobilephone", "HAS_PROPERTY"), Portal.RepNorth)).Status.ShouldBe(400);
        (await portal.Patch($"{Contacts}/{id}", new { properties = new { mobilephone = "1" } }, Portal.RepNorth)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_property_locked_for_a_rep_can_be_read_and_not_written()
    {
        await using var portal = await Portal.StartAsync();
        var id = (string)(await portal.Get(Contacts, Portal.RepNorth)).Results[0]!["id"]!;
        var write = new { properties = new { lifecyclestage = "customer" } };

        var rep = await portal.Patch($"{Contacts}/{id}", write, Portal.RepNorth);

        rep.Status.ShouldBe(403);
        ((string?)rep.Json["category"]).ShouldBe("USER_DOES_NOT_HAVE_PERMISSIONS");
        (await portal.Patch($"{Contacts}/{id}", write, Portal.Manager)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_account_wide_token_is_not_held_by_property_rights()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];

        (await portal.Get($"{Contacts}/{id}?properties=mobilephone")).Property("mobilephone").ShouldNotBeNull();
    }

    [Fact]
    public async Task The_rights_route_agrees_with_what_each_user_is_shown()
    {
        await using var portal = await Portal.StartAsync();

        foreach (var user in (await portal.Get("/_emulator/rights", null)).Json["users"]!.AsArray())
        {
            var told = user!["types"]!["contacts"]!["visible"]!.AsArray().Select(id => (string)id!);
            var shown = (await portal.Get(Contacts + "?limit=100", (string)user["token"]!)).Results.Select(record => (string)record!["id"]!);
            shown.ShouldBe(told);
        }
    }

    [Fact]
    public async Task A_user_without_rights_may_not_write_at_all()
    {
        await using var portal = await Portal.StartAsync();

        (await portal.Post(Contacts, new { properties = new { email = "x@x.test" } }, Portal.None)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Unpublished_operations_are_refused_to_user_tokens_only_when_strict()
    {
        await using var strict = await Portal.StartAsync(options => options.StrictUserLevel = true);
        await using var lenient = await Portal.StartAsync();

        (await strict.Get("/crm/pipelines/2026-09/deals", Portal.Manager)).Status.ShouldBe(403);
        (await strict.Get("/crm/pipelines/2026-09/deals")).Status.ShouldBe(200);
        (await lenient.Get("/crm/pipelines/2026-09/deals", Portal.Manager)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Sensitive_values_and_definitions_come_only_to_those_who_ask_and_hold_the_scope()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];
        await portal.Post($"/_emulator/records/contacts/{id}", new { properties = new { hs_health_note = "allergic" } });

        var plain = await portal.Get("/crm/properties/2026-09/contacts");
        var asked = await portal.Get("/crm/properties/2026-09/contacts?dataSensitivity=sensitive");
        var without = await portal.Get($"{Contacts}/{id}?properties=hs_health_note");
        await portal.Post("/_emulator/tokens", new { token = Portal.Account, addScopes = A.List("crm.objects.contacts.sensitive.read.v2") });
        var with = await portal.Get($"{Contacts}/{id}?properties=hs_health_note");

        plain.Text.ShouldNotContain("hs_health_note");
        asked.Results.Count.ShouldBe(1);
        without.Json["properties"]!.AsObject().ContainsKey("hs_health_note").ShouldBeFalse();
        with.Property("hs_health_note").ShouldBe("allergic");
    }
}
