namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>Lists keep who was put into them, or follow their filters; what one operation changes the others show.</summary>
public sealed class ListTests
{
    [Fact]
    public async Task A_list_kept_by_hand_holds_who_was_put_in_and_says_who_was_missing()
    {
        await using var portal = await Portal.StartAsync();
        var ids = await portal.Ids(count: 3);
        var list = await MakeAsync(portal, new { name = "Guests", objectTypeId = "0-1", processingType = "MANUAL" });

        var added = (await portal.Put($"/crm/lists/2026-03/{list}/memberships/add", A.List(ids[0], ids[1], "42"))).Json;
        var changed = (await portal.Put($"/crm/v3/lists/{list}/memberships/add-and-remove", new { recordIdsToAdd = A.List(ids[2]), recordIdsToRemove = A.List(ids[0]) })).Json;

        Texts(added["recordsIdsAdded"]).ShouldBe([ids[0], ids[1]]);
        Texts(added["recordIdsMissing"]).ShouldBe(["42"]);
        Texts(changed["recordIdsRemoved"]).ShouldBe([ids[0]]);
        (await MembersAsync(portal, list)).ShouldBe([ids[1], ids[2]]);
        ((int)(await portal.Get($"/crm/lists/2026-09/{list}")).Json["list"]!["size"]!).ShouldBe(2);
        var memberships = (await portal.Get($"/crm/lists/2026-03/records/0-1/{ids[1]}/memberships")).Results;
        ((string)memberships.ShouldHaveSingleItem()!["listId"]!).ShouldBe(list);
        (await portal.Get($"/crm/lists/2026-03/records/0-1/{ids[0]}/memberships")).Results.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_of_filters_follows_its_records_and_cannot_be_changed_by_hand()
    {
        await using var portal = await Portal.StartAsync();
        var ids = await portal.Ids(count: 2);
        var list = await MakeAsync(portal, new { name = "In Oslo", objectTypeId = "0-1", processingType = "DYNAMIC", filterBranch = AreaSamples.Filters("city", "Oslo") });
        (await MembersAsync(portal, list)).ShouldBeEmpty();

        await portal.Patch($"/crm/objects/2026-09/contacts/{ids[0]}", new { properties = new { city = "Oslo" } });
        await portal.Patch($"/crm/objects/2026-09/contacts/{ids[1]}", new { properties = new { city = "Oslo" } });
        (await MembersAsync(portal, list)).ShouldBe(ids);
        await portal.Delete($"/crm/objects/2026-09/contacts/{ids[0]}");
        (await MembersAsync(portal, list)).ShouldBe([ids[1]]);

        (await portal.Put($"/crm/lists/2026-03/{list}/memberships/add", A.List(ids[0]))).Status.ShouldBe(400);
        var refiltered = await portal.Put($"/crm/lists/2026-03/{list}/update-list-filters", new { filterBranch = AreaSamples.Filters("city", "Berlin") });
        ((int)refiltered.Json["updatedList"]!["size"]!).ShouldBe(28);
        ((int)refiltered.Json["updatedList"]!["listVersion"]!).ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"operationType":"ALL_PROPERTY","operator":"IS_UNKNOWN"}""", "lastname", 6)]
    [InlineData("""{"operationType":"STRING","operator":"STARTS_WITH","value":"last1"}""", "lastname", 9)]
    [InlineData("""{"operationType":"STRING","operator":"IS_NOT_EQUAL_TO","value":"Last1","includeObjectsWithNoValueSet":true}""", "lastname", 29)]
    [InlineData("""{"operationType":"STRING","operator":"IS_NOT_EQUAL_TO","value":"Last1","includeObjectsWithNoValueSet":false}""", "lastname", 23)]
    [InlineData("""{"operationType":"ENUMERATION","operator":"IS_ANY_OF","values":["NEW"]}""", "hs_lead_status", 30)]
    [InlineData("""{"operationType":"ENUMERATION","operator":"IS_NONE_OF","values":["NEW"]}""", "hs_lead_status", 0)]
    [InlineData("""{"operationType":"STRING","operator":"HAS_EVER_BEEN_EQUAL_TO","value":"Berlin"}""", "city", 30)]
    [InlineData("""{"operationType":"STRING","operator":"CONTAINS","value":"ERL"}""", "city", 29)]
    [InlineData("""{"operationType":"ROLLING_PROPERTY_UPDATED","operator":"UPDATED_IN_LAST_X_DAYS","numberOfDays":1}""", "city", 1)]
    public async Task A_filter_asks_what_its_operator_says(string operation, string property, int members)
    {
        await using var portal = await Portal.StartAsync();
        await portal.Patch($"/crm/objects/2026-09/contacts/{(await portal.Ids())[0]}", new { properties = new { city = "Oslo" } });

        var made = await portal.Post("/crm/lists/2026-03", Of("0-1", new { filterType = "PROPERTY", property, operation = System.Text.Json.Nodes.JsonNode.Parse(operation) }));

        ((int)made.Json["list"]!["size"]!).ShouldBe(members);
    }

    [Theory]
    [InlineData("""{"operationType":"NUMBER","operator":"IS_GREATER_THAN","value":4000}""", "amount", 3)]
    [InlineData("""{"operationType":"NUMBER_RANGED","operator":"IS_BETWEEN","lowerBound":1000,"upperBound":2001}""", "amount", 2)]
    [InlineData("""{"operationType":"DATE","operator":"IS_BEFORE","year":2027,"month":"January","day":1}""", "closedate", 6)]
    [InlineData("""{"operationType":"ROLLING_DATE_RANGE","operator":"IS_LESS_THAN_X_DAYS_FROM_NOW","numberOfDays":30}""", "closedate", 0)]
    [InlineData("""{"operationType":"TIME_POINT","operator":"IS_AFTER","timePoint":{"timeType":"INDEXED","indexReference":{"referenceType":"TODAY"},"offset":{"years":-30}}}""", "closedate", 6)]
    public async Task Numbers_and_days_are_compared_as_such(string operation, string property, int members)
    {
        await using var portal = await Portal.StartAsync();

        var made = await portal.Post("/crm/lists/2026-03", Of("0-3", new { filterType = "PROPERTY", property, operation = System.Text.Json.Nodes.JsonNode.Parse(operation) }));

        ((int)made.Json["list"]!["size"]!).ShouldBe(members);
    }

    [Fact]
    public async Task Filters_reach_over_lists_and_links()
    {
        await using var portal = await Portal.StartAsync();
        var company = (await portal.Ids("companies"))[0];
        var few = await MakeAsync(portal, new { name = "Few", objectTypeId = "0-2", processingType = "MANUAL" });
        await portal.Put($"/crm/lists/2026-03/{few}/memberships/add", A.List(company));
        var linked = (await portal.Get($"/crm/objects/2026-09/companies/{company}/associations/contacts")).Results.Count;
        var inList = new { filterType = "IN_LIST", listId = few, @operator = "IN_LIST" };
        var kind = new { associationTypeId = 279, associationCategory = "HUBSPOT_DEFINED" };
        var branch = new { filterBranchType = "ASSOCIATION", filterBranchOperator = "AND", objectTypeId = "0-2", @operator = "IN_LIST", kind.associationTypeId, kind.associationCategory, filterBranches = A.List<object>(), filters = A.List(inList) };

        var byBranch = await portal.Post("/crm/lists/2026-03", new { name = "Through the branch", objectTypeId = "0-1", processingType = "SNAPSHOT", filterBranch = OrOfAnd(A.List<object>(), A.List<object>(branch)) });
        var byFilter = await portal.Post("/crm/lists/2026-03", Of("0-1", new { filterType = "ASSOCIATION", listId = few, @operator = "IN_LIST", kind.associationTypeId, kind.associationCategory, toObjectTypeId = "0-2" }));

        linked.ShouldBeGreaterThan(0);
        ((int)byBranch.Json["list"]!["size"]!).ShouldBe(linked);
        ((int)byFilter.Json["list"]!["size"]!).ShouldBe(linked);
    }

    [Fact]
    public async Task What_the_account_keeps_no_record_of_is_refused_by_name()
    {
        await using var portal = await Portal.StartAsync();

        var refused = await portal.Post("/crm/lists/2026-03", Of("0-1", new { filterType = "PAGE_VIEW", pageUrl = "x", @operator = "HAS_PAGEVIEW_EQUAL" }));

        refused.Status.ShouldBe(400);
        ((string)refused.Json["message"]!).ShouldContain("PAGE_VIEW");
    }

    [Fact]
    public async Task Members_are_paged_both_ways_and_in_the_order_they_joined()
    {
        await using var portal = await Portal.StartAsync();
        var ids = await portal.Ids(count: 5);
        var list = await MakeAsync(portal, new { name = "Guests", objectTypeId = "0-1", processingType = "MANUAL" });
        foreach (var id in ids.Reverse())
        {
            await portal.Put($"/crm/lists/2026-03/{list}/memberships/add", A.List(id));
        }

        var first = (await portal.Get($"/crm/lists/2026-03/{list}/memberships?limit=2")).Json;
        var second = (await portal.Get($"/crm/lists/2026-03/{list}/memberships?limit=2&after={(string)first["paging"]!["next"]!["after"]!}")).Json;
        var back = (await portal.Get($"/crm/lists/2026-03/{list}/memberships?limit=2&before={(string)second["paging"]!["prev"]!["before"]!}")).Json;

        Members(first).Concat(Members(second)).ShouldBe(ids[..4]);
        Members(back).ShouldBe(ids[..2]);
        Members((await portal.Get($"/crm/lists/2026-03/{list}/memberships/join-order")).Json).ShouldBe(ids.Reverse());
        (await portal.Get($"/crm/lists/2026-03/{list}/memberships?limit=251")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_deleted_list_is_gone_until_it_is_restored_and_its_name_is_one_of_a_kind()
    {
        await using var portal = await Portal.StartAsync();
        var list = await MakeAsync(portal, new { name = "Guests", objectTypeId = "0-1", processingType = "MANUAL" });
        (await portal.Post("/crm/lists/2026-03", new { name = "guests", objectTypeId = "0-1", processingType = "MANUAL" })).Status.ShouldBe(400);

        (await portal.Delete($"/crm/lists/2026-03/{list}")).Status.ShouldBe(204);
        (await portal.Get($"/crm/lists/2026-03/{list}")).Status.ShouldBe(404);
        (await portal.Put($"/crm/lists/2026-03/{list}/restore")).Status.ShouldBe(204);

        ((string)(await portal.Get("/crm/lists/2026-03/object-type-id/0-1/name/Guests")).Json["list"]!["listId"]!).ShouldBe(list);
        var found = (await portal.Post("/crm/lists/2026-03/search", new { query = "gue", additionalProperties = A.List("hs_list_size") })).Json;
        ((string)found["lists"]!.AsArray().ShouldHaveSingleItem()!["additionalProperties"]!["hs_list_size"]!).ShouldBe("0");
    }

    [Fact]
    public async Task Folders_hold_lists_and_refuse_to_go_while_they_do()
    {
        await using var portal = await Portal.StartAsync();
        var list = await MakeAsync(portal, new { name = "Guests", objectTypeId = "0-1", processingType = "MANUAL" });
        var folder = (string)(await portal.Post("/crm/lists/2026-03/folders", new { name = "Events" })).Json["folder"]!["id"]!;

        (await portal.Put("/crm/lists/2026-03/folders/move-list", new { listId = list, newFolderId = folder })).Status.ShouldBe(204);

        var root = (await portal.Get("/crm/lists/2026-03/folders?folderId=0")).Json["folder"]!;
        root["childNodes"]![0]!["childLists"]![0]!.ToJsonString().ShouldBe(list);
        (await portal.Delete($"/crm/lists/2026-03/folders/{folder}")).Status.ShouldBe(400);
        (await portal.Put($"/crm/lists/2026-03/folders/{folder}/move/{folder}")).Status.ShouldBe(400);
        await portal.Put("/crm/lists/2026-03/folders/move-list", new { listId = list, newFolderId = "0" });
        (await portal.Delete($"/crm/lists/2026-03/folders/{folder}")).Status.ShouldBe(204);
    }

    [Fact]
    public async Task A_converted_list_keeps_its_members_whatever_becomes_of_them()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];
        await portal.Patch($"/crm/objects/2026-09/contacts/{id}", new { properties = new { city = "Oslo" } });
        var list = await MakeAsync(portal, new { name = "In Oslo", objectTypeId = "0-1", processingType = "DYNAMIC", filterBranch = AreaSamples.Filters("city", "Oslo") });
        await portal.Put($"/crm/lists/2026-03/{list}/schedule-conversion", new { conversionType = "INACTIVITY", offset = 2, timeUnit = "DAY" });

        await portal.Post("/_emulator/clock", new { seconds = 3 * 86_400 }, null);
        (await portal.Get($"/crm/lists/2026-03/{list}/schedule-conversion")).Json["convertedAt"].ShouldNotBeNull();
        await portal.Patch($"/crm/objects/2026-09/contacts/{id}", new { properties = new { city = "Rom" } });

        ((string)(await portal.Get($"/crm/lists/2026-03/{list}")).Json["list"]!["processingType"]!).ShouldBe("SNAPSHOT");
        (await MembersAsync(portal, list)).ShouldBe([id]);
        var history = (await portal.Get($"/crm/lists/2026-03/{list}/size-and-edits-history/between?startDate=2026-01-01&endDate=2030-01-01")).Json;
        history["sizeHistory"]!.AsArray().Select(size => (int)size!["size"]!).ShouldBe([0, 1]);
    }

    [Fact]
    public async Task Lists_ask_for_their_own_scopes_and_show_a_user_only_whom_the_user_sees()
    {
        await using var portal = await Portal.StartAsync();
        var ids = await portal.Ids(count: 6);
        var list = await MakeAsync(portal, new { name = "Guests", objectTypeId = "0-1", processingType = "MANUAL" });
        await portal.Put($"/crm/lists/2026-03/{list}/memberships/add", ids);

        var seen = Members((await portal.Get($"/crm/lists/2026-03/{list}/memberships", Portal.RepNorth)).Json);
        await portal.Post("/_emulator/tokens", new { token = Portal.Account, scopes = A.List("oauth", "crm.lists.read") }, null);
        var refused = await portal.Put($"/crm/lists/2026-03/{list}/memberships/add", ids);

        seen.Count.ShouldBe(2);
        refused.Status.ShouldBe(403);
        refused.Text.ShouldContain("crm.lists.write");
    }

    private static object Of(string type, object filter) =>
        new { name = "Asked", objectTypeId = type, processingType = "SNAPSHOT", filterBranch = OrOfAnd(A.List(filter), A.List<object>()) };

    private static object OrOfAnd(object[] filters, object[] filterBranches) => new
    {
        filterBranchType = "OR", filterBranchOperator = "OR", filters = A.List<object>(),
        filterBranches = A.List(new { filterBranchType = "AND", filterBranchOperator = "AND", filterBranches, filters }),
    };

    private static async Task<string> MakeAsync(Portal portal, object list)
    {
        var made = await portal.Post("/crm/lists/2026-03", list);
        made.Status.ShouldBe(200);
        return (string)made.Json["list"]!["listId"]!;
    }

    private static async Task<IReadOnlyList<string>> MembersAsync(Portal portal, string list) => Members((await portal.Get($"/crm/lists/2026-03/{list}/memberships")).Json);

    private static IReadOnlyList<string> Members(System.Text.Json.Nodes.JsonNode page) => [.. page["results"]!.AsArray().Select(member => (string)member!["recordId"]!)];

    private static IEnumerable<string> Texts(System.Text.Json.Nodes.JsonNode? array) => array!.AsArray().Select(text => (string)text!);
}
