using System.Globalization;
using System.Text.Json.Nodes;
using Liaison.Emulators.Hosting;

namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>Contract section 12, point by point: what the emulator must reproduce.</summary>
/// <remarks>
/// Each point is seen here once as a whole; the classes beside this one go into its corners: 1 <see cref="LimitTests"/>,
/// 2 and 3 <see cref="BatchWriteTests"/>, 4 <see cref="SearchTests"/>, 5 <see cref="WriteTests"/> and <see cref="DefinitionTests"/>,
/// 6 <see cref="RightsTests"/> and <see cref="OAuthTests"/>, 7 <see cref="ReadTests"/>, 8 <see cref="ControlTests"/>,
/// 9 <see cref="WebhookTests"/>, which alone has a receiver, 10 <see cref="CustomerRuleTests"/>, 11 <see cref="PublishedOperationTests"/>.
/// </remarks>
public sealed class AcceptanceListTests
{
    private const string Contacts = "/crm/objects/2026-09/contacts";
    private const string Legacy = "/crm/v3/objects/contacts";

    [Theory]
    [InlineData("free-starter", 100, 250_000)]
    [InlineData("professional", 190, 650_000)]
    [InlineData("pack", 250, 1_650_000)]
    [InlineData("oauth", 110, null)]
    public async Task Point_1_bursts_days_and_searches_are_limited_each_with_its_own_headers_and_body(string profile, int burst, int? daily)
    {
        await using var portal = await Portal.StartAsync(options => (options.Limits, options.LimitProfile) = (LimitMode.Real, profile));

        var reads = await ManyAsync(burst + 1, () => portal.Get(Contacts + "?limit=1"));
        var searches = await ManyAsync(6, () => portal.Post(Contacts + "/search", new { limit = 1 }));

        reads.Count(answer => answer.Status == 200).ShouldBe(burst);
        reads[^1].Status.ShouldBe(429);
        ((string?)reads[^1].Json["policyName"]).ShouldBe("TEN_SECONDLY_ROLLING");
        reads.Select(answer => answer.Headers["X-HubSpot-RateLimit-Remaining"]).Take(burst).ShouldBe(Enumerable.Range(1, burst).Select(spent => $"{burst - spent}"));
        searches.Select(answer => answer.Status).ShouldBe([200, 200, 200, 200, 200, 429]);
        ((string?)searches[^1].Json["category"]).ShouldBe("RATE_LIMITS");
        searches.ShouldAllBe(answer => !answer.Headers.ContainsKey("X-HubSpot-RateLimit-Remaining"));
        reads.Concat(searches).ShouldAllBe(answer => !answer.Headers.ContainsKey("Retry-After") && answer.Headers.ContainsKey("X-HubSpot-RateLimit-Daily") == (daily != null));
        reads[0].Headers.GetValueOrDefault("X-HubSpot-RateLimit-Daily-Remaining").ShouldBe(daily is { } day ? $"{day - 1}" : null);
    }

    [Fact]
    public async Task Point_2_results_of_a_batch_are_whole_and_in_another_order()
    {
        await using var portal = await Portal.StartAsync();
        var ids = await portal.Ids(count: 30);

        var read = Ids(await portal.Post(Contacts + "/batch/read", new { inputs = ids.Select(id => new { id }), properties = A.List("email") }));
        var updated = Ids(await portal.Post(Contacts + "/batch/update", new { inputs = ids.Select(id => new { id, properties = new { city = "Oslo" } }) }));

        foreach (var results in A.List(read, updated))
        {
            results.ShouldBe(ids, ignoreOrder: true);
            results.ShouldNotBe(ids);
        }
    }

    [Fact]
    public async Task Point_3_every_row_of_the_outcome_matrix_holds()
    {
        await using var portal = await Portal.StartAsync();
        var ids = await portal.Ids();
        const string Taken = "person1@company2.test";

        var unknownId = await portal.Post(Legacy + "/batch/update", A.Batch(Change(ids[0], "city", "Oslo"), Change("42", "city", "Oslo")));
        var invalid = await portal.Post(Legacy + "/batch/update", A.Batch(Change(ids[1], "city", "Oslo"), Change(ids[2], "nothing", "x")));
        var twice = await portal.Post(Legacy + "/batch/update", A.Batch(Change(ids[0], "city", "Rom"), Change(ids[0], "zip", "1")));
        var whole = await portal.Post(Legacy + "/batch/create", A.Batch(New("one@x.test", null), New(Taken, null), New("person2@company3.test", null)));
        var traced = await portal.Post(Legacy + "/batch/create", A.Batch(New("two@x.test", "good"), New(Taken, "bad")));
        var upserted = await portal.Post(Legacy + "/batch/upsert", A.Batch(
            new { id = "nonsense", idProperty = "email", properties = new { city = "Bonn" }, objectWriteTraceId = "bad" },
            new { id = "three@x.test", idProperty = "email", properties = new { city = "Kiel" }, objectWriteTraceId = "good" }));
        var archived = await portal.Post(Legacy + "/batch/archive", A.Batch(new { id = "42" }));
        var tooMany = await portal.Post(Legacy + "/batch/archive", new { inputs = Enumerable.Range(1, 101).Select(number => new { id = $"{number}" }) });

        A.List(unknownId, invalid, twice, whole, traced, upserted, archived, tooMany).Select(answer => answer.Status).ShouldBe([207, 400, 400, 409, 207, 207, 204, 400]);
        (await CityAsync(portal, ids[0])).ShouldBe("Oslo");
        (Category(unknownId), Context(unknownId, "ids"), Error(unknownId)["context"]!["objectWriteTraceId"]).ShouldBe(("OBJECT_NOT_FOUND", "42", null));
        (await CityAsync(portal, ids[1])).ShouldBe("Berlin");
        invalid.Text.ShouldNotContain(ids[2]);
        ((string)twice.Json["message"]!).ShouldStartWith("Duplicate IDs found in batch input: [");
        ((string)whole.Json["message"]!).ShouldMatch(@"^Contact already exists\. Existing ID: \d+$");
        (await portal.Get(Legacy + "/one@x.test?idProperty=email")).Status.ShouldBe(404);
        (Category(traced), Context(traced, "objectWriteTraceId"), Context(traced, "existingId").Length).ShouldBe(("CONFLICT", "bad", 12));
        (await portal.Get(Legacy + "/two@x.test?idProperty=email")).Status.ShouldBe(200);
        (Category(upserted), Context(upserted, "objectWriteTraceId"), upserted.Results.Count).ShouldBe(("VALIDATION_ERROR", "bad", 1));
    }

    [Fact]
    public async Task Point_4_search_lags_is_capped_and_its_pages_may_be_short_or_empty()
    {
        await using var portal = await Portal.StartAsync(options => options.SearchLag = new Emulators.HubSpot.HubSpotEmulatorOptions().SearchLag);
        await portal.Patch($"{Contacts}/{(await portal.Ids())[0]}", new { properties = new { city = "Oslo" } });

        var before = await portal.Post(Contacts + "/search", A.Search("city", "EQ", "Oslo"));
        portal.Time.Advance(TimeSpan.FromSeconds(30));
        var after = await portal.Post(Contacts + "/search", A.Search("city", "EQ", "Oslo"));
        var beyond = await portal.Post(Contacts + "/search", new { limit = 1, after = "10000" });
        await portal.Post("/_emulator/faults", new { kind = "empty-page", count = 1 });
        var empty = await portal.Post(Contacts + "/search", new { limit = 10 });
        await portal.Post("/_emulator/faults", new { kind = "short-page", count = 1 });
        var shorter = await portal.Post(Contacts + "/search", new { limit = 10 });

        ((int)before.Json["total"]!, (int)after.Json["total"]!, beyond.Status).ShouldBe((0, 1, 400));
        (empty.Results.Count, shorter.Results.Count).ShouldBe((0, 5));
        A.List(empty, shorter).ShouldAllBe(page => page.Json["paging"]!["next"]!["after"] != null);
    }

    [Fact]
    public async Task Point_5_values_have_the_quirks_that_real_ones_have()
    {
        await using var portal = await Portal.StartAsync();
        var (contact, company, deal) = ((await portal.Ids(count: 3))[2], (await portal.Ids("companies"))[0], (await portal.Ids("deals"))[0]);

        var made = await portal.Post(Legacy, new { properties = new { email = "ada@x.test", lifecyclestage = "lead", city = "" } });
        var read = await portal.Get($"{Legacy}/{made.Json["id"]}?properties=hs_lifecyclestage_lead_date,city,nothing");
        var probability = (await portal.Get($"/crm/v3/objects/deals/{deal}?properties=hs_deal_stage_probability")).Property("hs_deal_stage_probability")!;
        var owner = (await portal.Get("/crm/properties/2026-09/contacts/hubspot_owner_id")).Json;
        var unknown = await portal.Get("/crm/v3/objects/nonsense");
        var readOnly = await portal.Patch($"{Legacy}/{contact}", new { properties = new { hs_object_id = "1" } });

        made.Property("hs_lifecyclestage_lead_date").ShouldBe($"{SmallWorld.Now.ToUnixTimeMilliseconds()}");
        read.Property("hs_lifecyclestage_lead_date").ShouldBe("2026-10-05T09:00:00Z");
        (made.Property("city"), read.Property("city")).ShouldBe(("", null));
        read.Json["properties"]!.AsObject().ContainsKey("nothing").ShouldBeFalse();
        probability.Length.ShouldBeGreaterThan(50);
        decimal.Parse(probability[..20], CultureInfo.InvariantCulture).ShouldBeInRange(0, 1);
        (await portal.Get($"/crm/v3/objects/companies/{company}?properties=industry")).Property("industry").ShouldBe("moon farming");
        ((bool)owner["externalOptions"]!, owner["options"]!.AsArray().Count).ShouldBe((true, 0));
        ((string)unknown.Json["message"]!, unknown.Json["category"], unknown.Status).ShouldBe(("Unable to infer object type from: nonsense", null, 400));
        readOnly.Status.ShouldBe(400);
        (await portal.Get($"{Legacy}/{contact}?properties=hs_all_accessible_team_ids")).Property("hs_all_accessible_team_ids")!.ShouldStartWith(";");
    }

    [Fact]
    public async Task Point_6_tokens_act_for_the_account_or_for_a_user_and_end()
    {
        await using var portal = await Portal.StartAsync(options => options.RotateRefreshTokens = true);
        var all = await portal.Ids(count: 100);
        var seen = Ids(await portal.Get(Contacts + "?limit=100", Portal.RepNorth));
        var granted = await OAuthSamples.InstallAsync(portal);
        var (access, refresh) = ((string)granted["access_token"]!, (string)granted["refresh_token"]!);

        var invisible = await portal.Get($"{Contacts}/{all.Except(seen).First()}", Portal.RepNorth);
        var refreshed = await OAuthSamples.RefreshAsync(portal, refresh);
        var spent = await OAuthSamples.RefreshAsync(portal, refresh);
        var unscoped = await portal.Get("/crm/objects/2026-09/deals", access);
        var topScoped = await portal.Get("/settings/currencies/2026-03/codes", access);
        var alive = await portal.Get(Contacts, access);
        portal.Time.Advance(TimeSpan.FromMinutes(31));
        var expired = await portal.Get(Contacts, access);

        (all.Length, seen.Count, invisible.Status).ShouldBe((30, 10, 404));
        (refreshed.Status, spent.Status, (string?)spent.Json["status"]).ShouldBe((200, 400, "BAD_REFRESH_TOKEN"));
        ((string?)unscoped.Json["errors"]![0]!["context"]!["requiredGranularScopes"]![0]).ShouldBe("crm.objects.deals.read");
        topScoped.Json["context"]!["requiredGranularScopes"].ShouldNotBeNull();
        ((int)granted["expires_in"]!, alive.Status, expired.Status, (string?)expired.Json["category"]).ShouldBe((1800, 200, 401, "EXPIRED_AUTHENTICATION"));
        var told = await OAuthSamples.IntrospectAsync(portal, access);
        (told.Status, told.Text).ShouldBe((200, """{"active":false}"""));
        await portal.Post("/_emulator/tokens", new { token = Portal.RepNorth, revoked = true }, null);
        ((string?)(await portal.Get(Contacts, Portal.RepNorth)).Json["category"]).ShouldBe("INVALID_AUTHENTICATION");
    }

    [Fact]
    public async Task Point_7_merged_ids_lead_to_the_survivor_and_archived_records_are_read_on_demand()
    {
        await using var portal = await Portal.StartAsync();
        var (contacts, companies) = (await portal.Ids(), await portal.Ids("companies"));

        await portal.Post(Contacts + "/merge", new { primaryObjectId = contacts[0], objectIdToMerge = contacts[1] });
        await portal.Post("/crm/objects/2026-09/companies/merge", new { primaryObjectId = companies[0], objectIdToMerge = companies[1] });
        await portal.Delete($"{Contacts}/{contacts[2]}");

        ((string?)(await portal.Get($"{Contacts}/{contacts[1]}")).Json["id"]).ShouldBe(contacts[0]);
        (await portal.Get($"/crm/objects/2026-09/companies/{companies[1]}")).Status.ShouldBe(404);
        (await portal.Get($"{Contacts}/{contacts[2]}")).Status.ShouldBe(404);
        (await portal.Get($"{Contacts}/{contacts[2]}?archived=true")).Json["archivedAt"].ShouldNotBeNull();
        Ids(await portal.Get(Contacts + "?archived=true")).ShouldBe([contacts[2]]);
    }

    [Fact]
    public async Task Point_8_the_edge_fails_in_its_own_ways_and_may_lose_the_answer_to_what_it_did()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];
        var statuses = new List<int>();
        foreach (var kind in A.List("locked", "migration", "html-502"))
        {
            await portal.Post("/_emulator/faults", new { kind, count = 1 });
            statuses.Add((await portal.Patch($"{Contacts}/{id}", new { properties = new { city = "Rom" } })).Status);
        }

        await portal.Post("/_emulator/faults", new { kind = "cut-after-commit", operation = "PATCH /crm/objects/contacts/*", count = 1 });
        await Should.ThrowAsync<HttpRequestException>(() => portal.Patch($"{Contacts}/{id}", new { properties = new { city = "Oslo" } }));

        statuses.Take(2).ShouldBe([423, 477]);
        statuses[2].ShouldBe(502);
        (await CityAsync(portal, id)).ShouldBe("Oslo");
    }

    [Theory]
    [InlineData("/crm/objects/2026-09", 400)]
    [InlineData("/crm/objects/2026-03", 200)]
    [InlineData("/crm/v3/objects", 200)]
    public async Task Point_10_writes_are_validated_from_2026_09_on(string objects, int status)
    {
        await using var portal = await Portal.StartAsync();
        var (company, deal) = ((await portal.Ids("companies"))[0], (await portal.Ids("deals"))[0]);

        (await portal.Patch($"{objects}/companies/{company}", new { properties = new { numberofemployees = "-3" } })).Status.ShouldBe(status);
        (await portal.Patch($"{objects}/deals/{deal}", new { properties = new { dealstage = "closedlost" } })).Status.ShouldBe(status);
        (await portal.Post($"{objects}/deals", new { properties = new { dealname = "Bare" } })).Status.ShouldBe(status == 200 ? 201 : 400);
    }

    [Fact]
    public async Task Point_11_one_record_is_the_same_in_every_version_and_each_has_its_own_statuses()
    {
        await using var portal = await Portal.StartAsync();
        var (id, company) = ((await portal.Ids())[0], (await portal.Ids("companies", 6))[^1]);
        string[] objects = ["/crm/objects/2026-09/contacts", "/crm/objects/2026-03/contacts", "/crm/v3/objects/contacts"];
        string[] links = ["/crm/associations/2026-09", "/crm/associations/2026-03", "/crm/v4/associations"];
        var pair = A.Batch(new { from = new { id }, to = new { id = company }, types = A.List(new { associationCategory = "HUBSPOT_DEFINED", associationTypeId = 279 }) });

        var reads = await EachAsync(objects, path => portal.Get($"{path}/{id}?properties=email,city"));
        var partly = await EachAsync(objects, path => portal.Post(path + "/batch/update", A.Batch(Change(id, "city", "Oslo"), Change("42", "city", "Oslo"))));
        var linked = await EachAsync(links, path => portal.Post(path + "/contacts/companies/batch/create", pair));
        var parted = await EachAsync(links, path => portal.Post(path + "/contacts/companies/batch/archive", A.Batch(new { from = new { id }, to = A.List(new { id = company }) })));

        reads.Select(read => read.Json["properties"]!.ToJsonString()).Distinct().ShouldHaveSingleItem();
        partly.Select(answer => answer.Status).ShouldBe([200, 207, 207]);
        partly.ShouldAllBe(answer => (int)answer.Json["numErrors"]! == 1);
        linked.Select(answer => answer.Status).ShouldBe([200, 201, 201]);
        parted.Select(answer => answer.Status).Distinct().Order().ShouldBe([200, 204]);
    }

    private static object Change(string id, string property, string value) => new { id, properties = new Dictionary<string, string> { [property] = value } };

    private static object New(string email, string? trace) => trace is null ? new { properties = new { email } } : new { properties = new { email }, objectWriteTraceId = trace };

    private static JsonNode Error(Answer answer) => answer.Json["errors"]![0]!;

    private static string Category(Answer answer) => (string)Error(answer)["category"]!;

    private static string Context(Answer answer, string name) => (string)Error(answer)["context"]![name]![0]!;

    private static async Task<string?> CityAsync(Portal portal, string id) => (await portal.Get($"{Legacy}/{id}?properties=city")).Property("city");

    private static IReadOnlyList<string> Ids(Answer answer) => [.. answer.Results.Select(record => (string)record!["id"]!)];

    private static async Task<IReadOnlyList<Answer>> ManyAsync(int times, Func<Task<Answer>> call) => await EachAsync(Enumerable.Range(0, times), _ => call());

    private static async Task<IReadOnlyList<Answer>> EachAsync<T>(IEnumerable<T> items, Func<T, Task<Answer>> call)
    {
        var answers = new List<Answer>();
        foreach (var item in items)
        {
            answers.Add(await call(item));
        }

        return answers;
    }
}
