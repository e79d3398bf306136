namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>What a client must send and may rely on, where ours alone would never notice: order of pages, names of merges, required parts.</summary>
public sealed class RequiredPartTests
{
    private const string Contacts = "/crm/objects/2026-09/contacts";

    private static readonly string[] Wrong = ["", "another"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(500)]
    public async Task Every_link_comes_once_however_small_the_pages_and_in_whatever_order_they_were_made(int limit)
    {
        await using var portal = await Portal.StartAsync();
        var contact = (string)(await portal.Post(Contacts, new { properties = new { email = "many@x.test" } })).Json["id"]!;
        var companies = (await portal.Ids("companies")).Take(3).ToList();
        foreach (var company in A.List(companies[2], companies[0], companies[1]))
        {
            (await portal.Put($"/crm/v4/objects/contacts/{contact}/associations/default/companies/{company}")).Status.ShouldBe(200);
        }

        var seen = new List<string>();
        var after = "";
        do
        {
            var page = await portal.Get($"{Contacts}/{contact}/associations/companies?limit={limit}{after}");
            seen.AddRange(page.Results.Select(link => link!["toObjectId"]!.ToString()));
            after = page.Json["paging"]?["next"]?["after"] is { } next ? $"&after={next}" : "";
        }
        while (after.Length > 0);

        seen.ShouldBe(companies, ignoreOrder: true);
    }

    [Fact]
    public async Task A_survivor_of_several_merges_names_all_that_went_into_it()
    {
        await using var portal = await Portal.StartAsync();
        var ids = new List<string>();
        foreach (var name in A.List("one", "two", "three", "four"))
        {
            ids.Add((string)(await portal.Post(Contacts, new { properties = new { email = $"{name}@merged.test" } })).Json["id"]!);
        }

        // The second takes over what had taken over another.
        await portal.Post(Contacts + "/merge", new { primaryObjectId = ids[0], objectIdToMerge = ids[1] });
        await portal.Post(Contacts + "/merge", new { primaryObjectId = ids[2], objectIdToMerge = ids[3] });
        var survivor = (await portal.Post(Contacts + "/merge", new { primaryObjectId = ids[0], objectIdToMerge = ids[2] })).Json;
        var read = await portal.Get($"{Contacts}/{survivor["id"]}?properties=hs_merged_object_ids,hs_calculated_merged_vids");

        ((string)read.Json["properties"]!["hs_merged_object_ids"]!).Split(';').ShouldBe(ids, ignoreOrder: true);
        ((string)read.Json["properties"]!["hs_calculated_merged_vids"]!).Split(';').Select(entry => entry.Split(':')[0]).ShouldBe([ids[1], ids[3], ids[2]], ignoreOrder: true);
    }

    [Theory]
    [InlineData("""{"objectIdToMerge":"1"}""")]
    [InlineData("""{"primaryObjectId":"1"}""")]
    [InlineData("{}")]
    public async Task A_merge_without_both_ids_is_no_request(string body)
    {
        await using var portal = await Portal.StartAsync();

        (await portal.Post(Contacts + "/merge", body)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_write_without_properties_makes_and_changes_nothing()
    {
        await using var portal = await Portal.StartAsync();
        var ids = await portal.Ids();
        var answers = new[]
        {
            await portal.Post(Contacts, "{}"),
            await portal.Post(Contacts, """{"associations":[]}"""),
            await portal.Patch($"{Contacts}/{ids[0]}", "{}"),
            await portal.Post(Contacts + "/batch/create", """{"inputs":[{"properties":{"email":"one@x.test"}},{}]}"""),
            await portal.Post(Contacts + "/batch/update", $$"""{"inputs":[{"id":"{{ids[0]}}"}]}"""),
        };

        answers.ShouldAllBe(answer => answer.Status == 400 && ((string)answer.Json["message"]!).StartsWith("Invalid input JSON", StringComparison.Ordinal));
        (await portal.Ids()).ShouldBe(ids);
        (await portal.Post(Contacts, """{"properties":{}}""")).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Two_of_one_address_in_a_batch_are_refused_without_an_id_that_nobody_has()
    {
        await using var portal = await Portal.StartAsync();

        var refused = await portal.Post(Contacts + "/batch/create", A.Batch(new { properties = new { email = "twin@x.test" } }, new { properties = new { email = "twin@x.test" } }));

        refused.Status.ShouldBe(409);
        refused.Text.ShouldNotContain("Existing ID");
    }

    [Fact]
    public async Task Nobody_looks_at_or_revokes_a_token_without_the_apps_secret()
    {
        await using var portal = await Portal.StartAsync();
        var granted = await OAuthSamples.InstallAsync(portal);
        var (access, refresh) = ((string)granted["access_token"]!, (string)granted["refresh_token"]!);
        foreach (var secret in Wrong)
        {
            foreach (var path in A.List("/oauth/2026-09/token/introspect", "/oauth/2026-09/token/revoke"))
            {
                var refused = await portal.Form(path, ("token", refresh), ("client_id", "liaison-demo-account-app"), ("client_secret", secret));
                (refused.Status, (string?)refused.Json["error"]).ShouldBe((400, "invalid_client"), path);
            }
        }

        ((bool)(await OAuthSamples.IntrospectAsync(portal, access)).Json["active"]!).ShouldBeTrue();
        (await OAuthSamples.RefreshAsync(portal, refresh)).Status.ShouldBe(200);
    }
}
