using System.Globalization;
using System.Text.Json.Nodes;

namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>What happens in the account can be read back from an app's journal, for three days and in its order.</summary>
public sealed class JournalTests
{
    private const string Journal = "/webhooks-journal/journal/2026-03";
    private const string Subscriptions = "/webhooks-journal/subscriptions/2026-03";
    private const int Account = 990001;

    [Fact]
    public async Task Entries_follow_one_another_and_their_files_tell_what_happened()
    {
        await using var portal = await Portal.StartAsync();
        var token = await OAuthSamples.AppTokenAsync(portal);
        (await portal.Get($"{Journal}/earliest", token)).Status.ShouldBe(204);
        await SubscribeAsync(portal, token, new { subscriptionType = "OBJECT", portalId = Account, objectTypeId = "0-2", actions = A.List("CREATE", "UPDATE", "DELETE"), objectIds = A.List<long>(), properties = A.List<string>() });

        var id = (string)(await portal.Post("/crm/objects/2026-09/companies", new { properties = new { name = "New", city = "Oslo" } })).Json["id"]!;
        var first = (await portal.Get($"{Journal}/earliest", token)).Json;
        await portal.Patch($"/crm/objects/2026-09/companies/{id}", new { properties = new { city = "Rom", name = "Newer" } });
        var second = (await portal.Get($"{Journal}/offset/{Offset(first)}/next", token)).Json;
        await portal.Delete($"/crm/objects/2026-09/companies/{id}");
        var third = (await portal.Get($"/webhooks/v4/journal/offset/{Offset(second)}/next", token)).Json;

        var created = (await EventsAsync(portal, first)).ShouldHaveSingleItem();
        ((string)created["action"]!, created["objectId"]!.ToJsonString(), (string)created["properties"]!["city"]!).ShouldBe(("CREATE", id, "Oslo"));
        var changed = (await EventsAsync(portal, second)).ShouldHaveSingleItem();
        changed["properties"]!.AsObject().Select(property => $"{property.Key}={property.Value}").ShouldBe(["city=Rom", "name=Newer"]);
        ((string)(await EventsAsync(portal, third)).ShouldHaveSingleItem()["action"]!).ShouldBe("DELETE");
        (await portal.Get($"{Journal}/offset/{Offset(third)}/next", token)).Status.ShouldBe(204);
        (await portal.Get($"{Journal}/batch/{Offset(first)}/next/5", token)).Results.Select(Offset).ShouldBe([Offset(second), Offset(third)]);
        (await portal.Get($"{Journal}/batch/latest/2", token)).Results.Select(Offset).ShouldBe([Offset(second), Offset(third)]);
        (await portal.Post($"{Journal}/batch/read", new { inputs = A.List(Offset(second), Guid.Empty.ToString()) }, token)).Status.ShouldBe(207);
    }

    [Fact]
    public async Task After_three_days_an_entry_is_forgotten_and_its_file_with_it()
    {
        await using var portal = await Portal.StartAsync();
        var token = await OAuthSamples.AppTokenAsync(portal);
        await SubscribeAsync(portal, token, new { subscriptionType = "OBJECT", portalId = Account, objectTypeId = "0-2", actions = A.List("CREATE") });
        await portal.Post("/crm/objects/2026-09/companies", new { properties = new { name = "New" } });
        var entry = (await portal.Get($"{Journal}/latest", token)).Json;
        (DateTimeOffset.Parse((string)entry["expiresAt"]!, CultureInfo.InvariantCulture) - portal.Time.GetUtcNow()).ShouldBe(TimeSpan.FromDays(3), TimeSpan.FromSeconds(1));

        await portal.Post("/_emulator/clock", new { seconds = 3 * 86_400 }, null);

        (await portal.Get(Path(entry), null)).Status.ShouldBe(403);
        var fresh = await OAuthSamples.AppTokenAsync(portal);
        (await portal.Get($"{Journal}/earliest", fresh)).Status.ShouldBe(204);
        (await portal.Get($"{Journal}/offset/{Offset(entry)}/next", fresh)).Status.ShouldBe(404);
        (await portal.Get(Path(entry), null)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Properties_and_filters_narrow_what_is_taken_down()
    {
        await using var portal = await Portal.StartAsync();
        var token = await OAuthSamples.AppTokenAsync(portal);
        var subscription = await SubscribeAsync(portal, token, new { subscriptionType = "OBJECT", portalId = Account, objectTypeId = "0-2", actions = A.List("CREATE", "UPDATE"), properties = A.List("city") });
        var filter = await portal.Post($"{Subscriptions}/filters", new { subscriptionId = subscription, filter = new { conditions = A.List(new { filterType = "CRM_OBJECT_PROPERTY", property = "city", @operator = "STARTS_WITH", value = "Os" }) } }, token);
        filter.Status.ShouldBe(200);

        foreach (var city in A.List("Oslo", "Rom"))
        {
            var id = (string)(await portal.Post("/crm/objects/2026-09/companies", new { properties = new { name = "New", city } })).Json["id"]!;
            await portal.Patch($"/crm/objects/2026-09/companies/{id}", new { properties = new { name = "Newer" } });
        }

        var told = (await EventsAsync(portal, (await portal.Get($"{Journal}/earliest", token)).Json)).ShouldHaveSingleItem();
        told["properties"]!.AsObject().Select(property => $"{property.Key}={property.Value}").ShouldBe(["city=Oslo"]);
        (await portal.Get($"{Subscriptions}/filters/subscription/{subscription}", token)).Json.AsArray().Count.ShouldBe(1);
        (await portal.Delete($"{Subscriptions}/filters/{filter.Json["filterId"]}", token)).Status.ShouldBe(204);
        (await portal.Get($"{Subscriptions}/filters/{filter.Json["filterId"]}", token)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Links_lists_and_installs_are_told_too()
    {
        await using var portal = await Portal.StartAsync();
        var token = await OAuthSamples.AppTokenAsync(portal);
        var (contact, company) = ((await portal.Ids())[0], (await portal.Ids("companies", 6))[^1]);
        var list = (string)(await portal.Post("/crm/lists/2026-03", new { name = "In Oslo", objectTypeId = "0-1", processingType = "DYNAMIC", filterBranch = AreaSamples.Filters("city", "Oslo") })).Json["list"]!["listId"]!;
        await SubscribeAsync(portal, token, new { subscriptionType = "ASSOCIATION", portalId = Account, objectTypeId = "0-1", actions = A.List("ASSOCIATION_ADDED", "ASSOCIATION_REMOVED"), associatedObjectTypeIds = A.List("0-2") });
        await SubscribeAsync(portal, token, new { subscriptionType = "LIST_MEMBERSHIP", portalId = Account, actions = A.List("ADDED_TO_LIST"), listIds = A.List(int.Parse(list, CultureInfo.InvariantCulture)) });
        await SubscribeAsync(portal, token, new { subscriptionType = "APP_LIFECYCLE_EVENT", eventTypeId = "4-1909196", properties = A.List<string>() });

        await portal.Put($"/crm/objects/2026-09/contacts/{contact}/associations/default/companies/{company}");
        await portal.Patch($"/crm/objects/2026-09/contacts/{contact}", new { properties = new { city = "Oslo" } });
        await OAuthSamples.InstallAsync(portal);

        var told = await EventsAsync(portal, (await portal.Get($"{Journal}/earliest", token)).Json);
        told.Select(one => (string)one["action"]!).Order().ShouldBe(["ADDED_TO_LIST", "APP_INSTALL", "ASSOCIATION_ADDED"]);
        told.Single(one => (string)one["action"]! == "ASSOCIATION_ADDED")["toObjectId"]!.ToJsonString().ShouldBe(company);
        told.Single(one => (string)one["action"]! == "ADDED_TO_LIST")["listId"]!.ToJsonString().ShouldBe(list);
    }

    [Fact]
    public async Task A_snapshot_writes_a_record_into_the_journal_and_says_when_it_could_not()
    {
        await using var portal = await Portal.StartAsync();
        var token = await OAuthSamples.AppTokenAsync(portal);
        var contact = long.Parse((await portal.Ids())[0], CultureInfo.InvariantCulture);

        var asked = (await portal.Post("/webhooks-journal/snapshots/2026-03/crm", new { snapshotRequests = A.List(Request(contact), Request(42)) }, token)).Json["snapshotResponses"]!.AsArray();

        (await StatusAsync(asked[0]!)).ShouldBe("SUCCESS");
        (await StatusAsync(asked[1]!)).ShouldBe("FAILED");
        var told = (await EventsAsync(portal, (await portal.Get($"{Journal}/latest", token)).Json)).ShouldHaveSingleItem();
        ((string)told["action"]!, (string)told["properties"]!["city"]!).ShouldBe(("SNAPSHOT", "Berlin"));

        static object Request(long id) => new { portalId = Account, objectTypeId = "0-1", objectId = id, properties = A.List("city") };
        async Task<string> StatusAsync(JsonNode response) => (string)(await portal.Get($"{Journal}/status/{response["snapshotStatusId"]}", token)).Json["status"]!;
    }

    [Fact]
    public async Task A_journal_opens_to_an_apps_own_token_alone_and_spends_no_limit()
    {
        await using var portal = await Portal.StartAsync(options => options.Limits = Liaison.Emulators.Hosting.LimitMode.Real);
        var token = await OAuthSamples.AppTokenAsync(portal);

        var refused = await portal.Get($"{Journal}/earliest");
        for (var read = 0; read < 300; read++)
        {
            (await portal.Get($"{Journal}/earliest", token)).Status.ShouldBe(204);
        }

        refused.Status.ShouldBe(403);
        refused.Text.ShouldContain("webhooks-journal-data-access");
        (await portal.Form("/oauth/v3/token", ("grant_type", "client_credentials"), ("scope", "crm.objects.contacts.read"), ("client_id", "liaison-demo-account-app"), ("client_secret", "liaison-demo-secret"))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_subscription_is_one_of_its_kind_and_ends_what_it_began()
    {
        await using var portal = await Portal.StartAsync();
        var token = await OAuthSamples.AppTokenAsync(portal);
        var one = await SubscribeAsync(portal, token, new { subscriptionType = "OBJECT", portalId = Account, objectTypeId = "0-2", actions = A.List("CREATE") });

        (await SubscribeAsync(portal, token, new { subscriptionType = "OBJECT", portalId = Account, objectTypeId = "companies", actions = A.List("UPDATE") })).ShouldBe(one);
        (await portal.Post(Subscriptions, new { subscriptionType = "OBJECT", portalId = Account, objectTypeId = "0-2", actions = A.List("ADDED_TO_LIST") }, token)).Status.ShouldBe(400);
        (await portal.Get(Subscriptions, token)).Results.ShouldHaveSingleItem()!["actions"]![0]!.ToJsonString().ShouldBe("\"UPDATE\"");
        (await portal.Delete($"{Subscriptions}/portals/{Account}", token)).Status.ShouldBe(204);

        await portal.Patch($"/crm/objects/2026-09/companies/{(await portal.Ids("companies"))[0]}", new { properties = new { city = "Rom" } });
        (await portal.Get($"{Journal}/earliest", token)).Status.ShouldBe(204);
        (await portal.Get($"{Subscriptions}/{one}", token)).Status.ShouldBe(404);
    }

    private static async Task<long> SubscribeAsync(Portal portal, string token, object subscription)
    {
        var made = await portal.Post(Subscriptions, subscription, token);
        made.Status.ShouldBe(200);
        return (long)made.Json["id"]!;
    }

    private static async Task<IReadOnlyList<JsonNode>> EventsAsync(Portal portal, JsonNode entry) =>
        [.. (await portal.Get(Path(entry), null)).Json["journalEvents"]!.AsArray().Select(told => told!)];

    private static string Path(JsonNode entry) => new Uri((string)entry["url"]!).AbsolutePath;

    private static string Offset(JsonNode? entry) => (string)entry!["currentOffset"]!;
}
