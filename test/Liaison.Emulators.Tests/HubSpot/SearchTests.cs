namespace Liaison.Emulators.Tests.HubSpot;

public sealed class SearchTests
{
    private const string Contacts = "/crm/objects/2026-09/contacts/search";

    [Theory]
    [InlineData("email", "EQ", "PERSON1@company2.test", 1)]
    [InlineData("email", "CONTAINS_TOKEN", "*@company2.test", 5)]
    [InlineData("email", "NOT_CONTAINS_TOKEN", "*@company2.test", 25)]
    [InlineData("jobtitle", "HAS_PROPERTY", null, 30)]
    [InlineData("lastname", "NOT_HAS_PROPERTY", null, 6)]
    [InlineData("hs_analytics_num_page_views", "LT", "10", 9)]
    [InlineData("hs_analytics_num_page_views", "GTE", "10", 21)]
    [InlineData("lifecyclestage", "NEQ", "lead", 0)]
    [InlineData("lastmodifieddate", "GT", "2026-10-04T09:20:00Z", 10)]
    public async Task Operators_mean_what_they_say(string property, string @operator, string? value, int total)
    {
        await using var portal = await Portal.StartAsync();

        var found = await portal.Post(Contacts, A.Search(property, @operator, value));

        found.Status.ShouldBe(200);
        ((int)found.Json["total"]!).ShouldBe(total);
    }

    [Fact]
    public async Task Between_takes_milliseconds_and_in_takes_values()
    {
        await using var portal = await Portal.StartAsync();
        var from = SmallWorld.Now.AddDays(-1).AddMinutes(5).ToUnixTimeMilliseconds();

        var between = await portal.Post(Contacts, new
        {
            filterGroups = A.List(new { filters = A.List(new { propertyName = "lastmodifieddate", @operator = "BETWEEN", value = $"{from}", highValue = $"{from + 120_000}" }) }),
            sorts = A.List(new { propertyName = "lastmodifieddate", direction = "DESCENDING" }),
        });
        var oneOf = await portal.Post(Contacts, new
        {
            filterGroups = A.List(new { filters = A.List(new { propertyName = "firstname", @operator = "IN", values = A.List("first1", "first2") }) }),
        });

        between.Results.Select(record => (string)record!["properties"]!["firstname"]!).ShouldBe(["First7", "First6", "First5"]);
        ((int)oneOf.Json["total"]!).ShouldBe(2);
    }

    [Fact]
    public async Task Groups_are_or_and_filters_inside_are_and()
    {
        await using var portal = await Portal.StartAsync();

        var found = await portal.Post(Contacts, new
        {
            filterGroups = A.List<object>(
                new { filters = A.List(new { propertyName = "firstname", @operator = "EQ", value = "First1" }, new { propertyName = "city", @operator = "EQ", value = "Berlin" }) },
                new { filters = A.List(new { propertyName = "firstname", @operator = "EQ", value = "First2" }) }),
        });

        ((int)found.Json["total"]!).ShouldBe(2);
    }

    [Fact]
    public async Task A_search_pages_by_offset_and_stops_at_ten_thousand()
    {
        await using var portal = await Portal.StartAsync(world: SmallWorld.Of(people: 10_050));

        var first = await portal.Post(Contacts, new { limit = 200, after = "9600" });
        var last = await portal.Post(Contacts, new { limit = 200, after = "9800" });
        var beyond = await portal.Post(Contacts, new { limit = 200, after = "9801" });

        ((int)first.Json["total"]!).ShouldBe(10_050);
        ((string?)first.Json["paging"]!["next"]!["after"]).ShouldBe("9800");
        last.Results.Count.ShouldBe(200);
        beyond.Status.ShouldBe(400);
        (await portal.Post(Contacts, new { limit = 201 })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task More_groups_or_filters_than_published_are_refused()
    {
        await using var portal = await Portal.StartAsync();
        var filter = new { propertyName = "city", @operator = "EQ", value = "x" };

        var groups = await portal.Post(Contacts, new { filterGroups = Enumerable.Repeat(new { filters = A.List(filter) }, 6) });
        var filters = await portal.Post(Contacts, new { filterGroups = A.List(new { filters = Enumerable.Repeat(filter, 7) }) });
        var all = await portal.Post(Contacts, new { filterGroups = Enumerable.Repeat(new { filters = Enumerable.Repeat(filter, 5) }, 4) });

        groups.Status.ShouldBe(400);
        filters.Status.ShouldBe(400);
        all.Status.ShouldBe(400);
    }

    [Fact]
    public async Task An_unknown_property_and_an_unknown_operator_are_refused()
    {
        await using var portal = await Portal.StartAsync();

        (await portal.Post(Contacts, A.Search("no_such_thing", "EQ", "1"))).Status.ShouldBe(400);
        (await portal.Post(Contacts, A.Search("city", "LIKE", "1"))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Search_shows_the_value_before_a_write_until_its_index_caught_up()
    {
        await using var portal = await Portal.StartAsync(options => options.SearchLag = TimeSpan.FromSeconds(5));
        var id = (await portal.Ids())[0];
        await portal.Patch($"/crm/v3/objects/contacts/{id}", new { properties = new { city = "Oslo" } });
        var made = await portal.Post("/crm/v3/objects/contacts", new { properties = new { email = "new@x.test", city = "Oslo" } });

        ((int)(await portal.Post(Contacts, A.Search("city", "EQ", "Oslo"))).Json["total"]!).ShouldBe(0);
        portal.Time.Advance(TimeSpan.FromSeconds(6));
        var found = await portal.Post(Contacts, A.Search("city", "EQ", "Oslo"));

        found.Results.Select(record => (string)record!["id"]!).ShouldBe([id, (string)made.Json["id"]!]);
    }

    [Fact]
    public async Task Records_archived_a_moment_ago_leave_pages_short_or_empty_with_a_cursor()
    {
        await using var portal = await Portal.StartAsync(options => options.SearchLag = TimeSpan.FromSeconds(5));
        foreach (var id in await portal.Ids(count: 10))
        {
            await portal.Delete($"/crm/v3/objects/contacts/{id}");
        }

        var page = await portal.Post(Contacts, new { limit = 10 });

        page.Results.ShouldBeEmpty();
        ((string?)page.Json["paging"]!["next"]!["after"]).ShouldBe("10");
        (await portal.Post(Contacts, new { limit = 10, after = "10" })).Results.Count.ShouldBe(10);
        portal.Time.Advance(TimeSpan.FromSeconds(6));
        ((int)(await portal.Post(Contacts, new { limit = 10 })).Json["total"]!).ShouldBe(20);
    }

    [Fact]
    public async Task A_query_looks_into_names_and_addresses()
    {
        await using var portal = await Portal.StartAsync();

        var found = await portal.Post(Contacts, new { query = "first1 company", limit = 100 });

        ((int)found.Json["total"]!).ShouldBe(11);
    }
}
