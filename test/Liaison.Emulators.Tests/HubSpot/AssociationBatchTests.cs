namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>Contract sections 6.2, 6.3 and 8: links in batches, records born with them, and what the bin does to them.</summary>
public sealed class AssociationBatchTests
{
    private const string Links = "/crm/associations/2026-09/contacts/deals";
    private const string Contacts = "/crm/objects/2026-09/contacts";

    [Theory]
    [InlineData("/crm/v4/associations/contacts/deals", 207)]
    [InlineData("/crm/associations/2026-03/contacts/deals", 207)]
    [InlineData(Links, 200)]
    public async Task Default_links_are_told_in_both_directions_and_unknown_ids_by_name(string path, int status)
    {
        await using var portal = await Portal.StartAsync();
        var (contact, deal) = ((await portal.Ids(count: 30))[25], (await portal.Ids("deals"))[0]);

        var batch = await portal.Post(path + "/batch/associate/default", A.Batch(Pair(contact, deal), Pair(contact, "9")));

        batch.Status.ShouldBe(status);
        batch.Results.Select(row => $"{row!["from"]!["id"]} {row["to"]!["id"]} {row["associationSpec"]!["associationTypeId"]}")
            .ShouldBe([$"{contact} {deal} 4", $"{deal} {contact} 3"], ignoreOrder: true);
        var error = batch.Json["errors"]!.AsArray().Single()!;
        ((string?)error["subCategory"]).ShouldBe("crm.associations.INVALID_IDENTIFIER");
        ((string?)error["context"]!["id"]![0]).ShouldBe("9");
        (await Far(portal, contact, "deals")).ShouldBe([deal]);
    }

    [Fact]
    public async Task Labels_are_listed_by_direction()
    {
        await using var portal = await Portal.StartAsync();

        (await Labels("contacts", "companies")).ShouldBe(["1 Primary", "279 "]);
        (await Labels("companies", "contacts")).ShouldBe(["2 Primary", "280 "]);

        async Task<IEnumerable<string>> Labels(string from, string to) =>
            (await portal.Get($"/crm/associations/2026-09/{from}/{to}/labels")).Results.Select(type => $"{type!["typeId"]} {type["label"]}");
    }

    [Fact]
    public async Task Records_are_born_with_their_links_in_a_batch()
    {
        await using var portal = await Portal.StartAsync();
        var deals = await portal.Ids("deals");

        var batch = await portal.Post(Contacts + "/batch/create", A.Batch(
            New("one@x.test", Born(deals[0], 4), Born(deals[1], 4)), New("two@x.test")));

        batch.Status.ShouldBe(201);
        var ids = batch.Results.ToDictionary(record => (string)record!["properties"]!["email"]!, record => (string)record!["id"]!);
        (await Far(portal, ids["one@x.test"], "deals")).ShouldBe(deals[..2], ignoreOrder: true);
        (await Far(portal, ids["two@x.test"], "deals")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("9", 4)]
    [InlineData(null, 3)]
    public async Task A_wrong_link_makes_none_of_the_batch(string? far, int type)
    {
        await using var portal = await Portal.StartAsync();
        var deal = far ?? (await portal.Ids("deals"))[0];

        var batch = await portal.Post(Contacts + "/batch/create", A.Batch(New("one@x.test"), New("two@x.test", Born(deal, type))));

        batch.Status.ShouldBe(400);
        ((string?)batch.Json["category"]).ShouldBe("VALIDATION_ERROR");
        (await portal.Get(Contacts + "/one@x.test?idProperty=email")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_user_links_unlinks_and_archives_nothing_that_the_user_does_not_see()
    {
        await using var portal = await Portal.StartAsync();
        var (hidden, deal) = await HiddenPair(portal);

        var made = await portal.Post(Links + "/batch/associate/default", A.Batch(Pair(hidden, deal)), Portal.RepSouth);
        var born = await portal.Post(Contacts + "/batch/create", A.Batch(New("s@x.test", Born(hidden, 449))), Portal.RepSouth);
        await portal.Post(Links + "/batch/associate/default", A.Batch(Pair(hidden, deal)));
        await portal.Post(Links + "/batch/archive", A.Batch(new { from = new { id = hidden }, to = A.List(new { id = deal }) }), Portal.RepSouth);
        await portal.Post(Contacts + "/batch/archive", A.Batch(new { id = hidden }), Portal.RepSouth);

        made.Results.ShouldBeEmpty();
        ((string?)made.Json["errors"]![0]!["context"]!["id"]![0]).ShouldBe(hidden);
        born.Status.ShouldBe(400);
        (await portal.Get($"{Contacts}/{hidden}")).Status.ShouldBe(200);
        (await Far(portal, hidden, "deals")).ShouldContain(deal);
    }

    [Theory]
    [InlineData(Links + "/batch/associate/default")]
    [InlineData(Links + "/batch/create")]
    [InlineData(Links + "/batch/archive")]
    [InlineData(Links + "/batch/labels/archive")]
    [InlineData(Contacts + "/batch/archive")]
    public async Task What_is_not_published_for_user_level_apps_is_refused_to_them_where_that_is_asked_for(string path)
    {
        await using var portal = await Portal.StartAsync(options => options.StrictUserLevel = true);

        var answer = await portal.Post(path, A.Batch(), Portal.Manager);

        answer.Status.ShouldBe(403);
        ((string?)answer.Json["category"]).ShouldBe("USER_DOES_NOT_HAVE_PERMISSIONS");
    }

    [Fact]
    public async Task An_archived_record_leaves_the_other_ends_and_is_linked_no_more()
    {
        await using var portal = await Portal.StartAsync();
        var (contact, deal) = ((await portal.Ids(count: 30))[25], (await portal.Ids("deals"))[0]);
        await portal.Post(Links + "/batch/associate/default", A.Batch(Pair(contact, deal)));

        var archive = await portal.Post(Contacts + "/batch/archive", A.Batch(new { id = contact }));
        var again = await portal.Post(Links + "/batch/associate/default", A.Batch(Pair(contact, deal)));

        archive.Status.ShouldBe(204);
        archive.Text.ShouldBeEmpty();
        (await portal.Get($"/crm/objects/2026-09/deals/{deal}/associations/contacts")).Results
            .ShouldNotContain(link => link!["toObjectId"]!.ToString() == contact);
        ((string?)again.Json["errors"]![0]!["context"]!["id"]![0]).ShouldBe(contact);
        (await portal.Get($"{Contacts}/{contact}?archived=true")).Json["archivedAt"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("/associations/default/contacts/")]
    [InlineData("/associations/contacts/")]
    public async Task A_record_is_not_linked_with_itself(string path)
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];

        var put = await portal.Put($"{Contacts}/{id}{path}{id}", A.List(new { associationCategory = "HUBSPOT_DEFINED", associationTypeId = 449 }));

        put.Status.ShouldBe(400);
        (await Far(portal, id, "contacts")).ShouldBeEmpty();
    }

    /// <summary>Finds a contact that the south's rep does not see, and a deal that the rep does.</summary>
    private static async Task<(string Contact, string Deal)> HiddenPair(Portal portal)
    {
        var seen = (await portal.Get(Contacts + "?limit=100", Portal.RepSouth)).Results.Select(record => (string)record!["id"]!).ToList();
        var deal = (string)(await portal.Get("/crm/objects/2026-09/deals?limit=100", Portal.RepSouth)).Results[0]!["id"]!;
        var linked = (await portal.Get($"/crm/objects/2026-09/deals/{deal}/associations/contacts")).Results.Select(link => link!["toObjectId"]!.ToString());

        return ((await portal.Ids(count: 30)).First(id => !seen.Contains(id) && !linked.Contains(id)), deal);
    }

    private static async Task<IEnumerable<string>> Far(Portal portal, string contact, string type) =>
        (await portal.Get($"{Contacts}/{contact}/associations/{type}")).Results.Select(link => link!["toObjectId"]!.ToString());

    private static object Pair(string from, string to) => new { from = new { id = from }, to = new { id = to } };

    private static object Born(string to, int type) =>
        new { to = new { id = to }, types = A.List(new { associationCategory = "HUBSPOT_DEFINED", associationTypeId = type }) };

    private static object New(string email, params object[] associations) =>
        new { properties = new { email }, associations, objectWriteTraceId = email };
}
