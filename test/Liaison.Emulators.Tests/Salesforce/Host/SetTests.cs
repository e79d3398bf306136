using System.Text;
using Liaison.Emulators.Tests.HubSpot;

namespace Liaison.Emulators.Tests.Salesforce.Host;

/// <summary>Contract sections 6 to 8: queries, sets and jobs of the emulated org, as its users see it.</summary>
public sealed class SetTests
{
    [Theory]
    [InlineData("rep-north", LiveOrg.North)]
    [InlineData("rep-south", LiveOrg.South)]
    [InlineData("manager", LiveOrg.Manager)]
    public async Task A_query_gives_exactly_the_rows_that_the_emulator_says_a_user_sees(string name, string token)
    {
        await using var org = await LiveOrg.StartAsync();

        var answer = await org.Get("query?q=SELECT+Id+FROM+Contact", token);
        var count = await org.Get("query?q=SELECT+COUNT()+FROM+Contact", token);

        var visible = (await org.RightsOf(name))["Contact"]!["visible"]!.Names();
        answer.Json["records"]!.AsArray().Select(row => (string)row!["Id"]!).ShouldBe(visible, ignoreOrder: true);
        ((int)count.Json["totalSize"]!).ShouldBe(visible.Length);
    }

    [Fact]
    public async Task A_filter_on_a_hidden_field_is_refused_like_one_on_an_unknown_field()
    {
        await using var org = await LiveOrg.StartAsync();

        var hidden = await org.Get("query?q=SELECT+Id+FROM+Contact+WHERE+MobilePhone='1'", LiveOrg.North);
        var unknown = await org.Get("query?q=SELECT+Id+FROM+Contact+WHERE+MobileFone='1'", LiveOrg.North);

        (hidden.Status, hidden.Code()).ShouldBe((400, "INVALID_FIELD"));
        hidden.Text.Replace("MobilePhone", "MobileFone").ShouldBe(unknown.Text);
    }

    [Fact]
    public async Task Access_to_records_is_told_as_the_org_grants_it()
    {
        await using var org = await LiveOrg.StartAsync();
        var rights = (await org.RightsOf("rep-north"))["Contact"]!;
        var (ids, user) = (string.Join(",", rights["visible"]!.Names().Take(5).Select(id => $"'{id}'")), (string)(await org.Get("/services/oauth2/userinfo", LiveOrg.North)).Json["user_id"]!);

        var answer = await org.Get($"query?q={Uri.EscapeDataString($"SELECT RecordId, HasReadAccess, HasEditAccess, HasDeleteAccess, MaxAccessLevel FROM UserRecordAccess WHERE UserId = '{user}' AND RecordId IN ({ids})")}", LiveOrg.North);

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json["records"]!.AsArray().Count.ShouldBe(5);
        answer.Json["records"]!.AsArray().ShouldAllBe(row => (bool)row!["HasReadAccess"]! && (bool)row["HasEditAccess"]!);
    }

    [Fact]
    public async Task A_deleted_record_is_seen_by_queryAll_alone()
    {
        await using var org = await LiveOrg.StartAsync();
        var id = await org.Create("Contact", new { LastName = "Bin" });
        await org.Delete($"sobjects/Contact/{id}");

        var query = await org.Get($"query?q=SELECT+Id+FROM+Contact+WHERE+Id='{id}'");
        var all = await org.Get($"queryAll?q=SELECT+Id,IsDeleted+FROM+Contact+WHERE+Id='{id}'");

        ((int)query.Json["totalSize"]!).ShouldBe(0);
        ((bool)all.Json["records"]![0]!["IsDeleted"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task Parents_and_children_come_along_with_a_query()
    {
        await using var org = await LiveOrg.StartAsync();
        var account = await org.Create("Account", new { Name = "Parent" });
        await org.Create("Contact", new { LastName = "Child", AccountId = account });

        var up = await org.Get("query?q=SELECT+Account.Name,Owner.Name+FROM+Contact+WHERE+LastName='Child'");
        var down = await org.Get($"query?q=SELECT+Name,(SELECT+LastName+FROM+Contacts)+FROM+Account+WHERE+Id='{account}'");

        ((string)up.Json["records"]![0]!["Account"]!["Name"]!).ShouldBe("Parent");
        ((string)down.Json["records"]![0]!["Contacts"]!["records"]![0]!["LastName"]!).ShouldBe("Child");
    }

    [Fact]
    public async Task Pages_go_on_from_their_locator_and_a_session_that_ends_between_them_is_told()
    {
        await using var org = await LiveOrg.StartAsync(world: SmallWorld.Of(people: 450));

        var first = await org.Get("query?q=SELECT+Id+FROM+Contact", LiveOrg.Admin, ("Sforce-Query-Options", "batchSize=200"));
        await org.Control("faults", new { kind = "expired", operation = "GET /query/*", count = 1 });
        var ended = await org.Get((string)first.Json["nextRecordsUrl"]!);
        var second = await org.Get((string)first.Json["nextRecordsUrl"]!);
        var stranger = await org.Get((string)first.Json["nextRecordsUrl"]!, LiveOrg.Manager);

        ((int)first.Json["totalSize"]!, first.Json["records"]!.AsArray().Count, (bool)first.Json["done"]!).ShouldBe((450, 200, false));
        ended.Status.ShouldBe(401);
        second.Json["records"]!.AsArray().Count.ShouldBe(200);
        stranger.Code().ShouldBe("INVALID_QUERY_LOCATOR");
    }

    [Fact]
    public async Task A_composite_passes_ids_on_and_with_all_or_none_leaves_nothing_of_a_failure()
    {
        await using var org = await LiveOrg.StartAsync();
        object Body(bool allOrNone, string lastName) => new
        {
            allOrNone,
            compositeRequest = A.List<object>(
                new { method = "POST", url = $"{LiveOrg.Root}/sobjects/Account", referenceId = "account", body = new { Name = "Together" } },
                new { method = "POST", url = $"{LiveOrg.Root}/sobjects/Contact", referenceId = "contact", body = new { LastName = lastName, AccountId = "@{account.id}" } }),
        };

        var failed = await org.Post("composite", Body(true, ""));
        var none = await org.Get("query?q=SELECT+COUNT()+FROM+Account+WHERE+Name='Together'");
        var done = await org.Post("composite", Body(true, "Child"));
        var child = await org.Get("query?q=SELECT+Account.Name+FROM+Contact+WHERE+LastName='Child'");

        failed.Status.ShouldBe(200);
        failed.Json["compositeResponse"]!.AsArray().Select(item => (int)item!["httpStatusCode"]!).ShouldBe([400, 400]);
        ((string)failed.Json["compositeResponse"]![0]!["body"]![0]!["errorCode"]!).ShouldBe("PROCESSING_HALTED");
        ((int)none.Json["totalSize"]!).ShouldBe(0);
        done.Json["compositeResponse"]!.AsArray().Select(item => (int)item!["httpStatusCode"]!).ShouldBe([201, 201]);
        ((string)child.Json["records"]![0]!["Account"]!["Name"]!).ShouldBe("Together");
    }

    [Fact]
    public async Task Five_collections_of_two_hundred_are_one_call_and_each_record_is_written_once()
    {
        await using var org = await LiveOrg.StartAsync(options => options.AiFields = true, SmallWorld.Of(people: 1_000));
        var ids = (await org.Get("query?q=SELECT+Id+FROM+Contact")).Json["records"]!.AsArray().Select(row => (string)row!["Id"]!).ToList();
        await org.Send(HttpMethod.Delete, "/_emulator/ledger", null, null);

        var answer = await org.Post("composite", new
        {
            allOrNone = false,
            compositeRequest = ids.Chunk(200).Select((chunk, at) => new
            {
                method = "PATCH",
                url = $"{LiveOrg.Root}/composite/sobjects",
                referenceId = $"c{at}",
                body = new { allOrNone = false, records = chunk.Select(id => new { attributes = new { type = "Contact" }, id, AI_Qualification_Score__c = 50 }) },
            }),
        });

        answer.Json["compositeResponse"]!.AsArray().SelectMany(item => item!["body"]!.AsArray()).Count(item => (bool)item!["success"]!).ShouldBe(1_000);
        ((int)(await org.Get("/_emulator/ledger", null)).Json["requests"]!).ShouldBe(1);
        (await org.Get("/_emulator/ledger/writes?type=Contact", null)).Text.ShouldContain("""{"records":1000,"writes":1000,"maxPerRecord":1,"duplicates":0}""");
    }

    [Fact]
    public async Task A_job_upserts_rows_as_its_user_and_tells_what_became_of_each()
    {
        await using var org = await LiveOrg.StartAsync(options => options.AiFields = true);
        var own = (await org.RightsOf("rep-north"))["Contact"]!["visible"]!.Names()[0];
        var foreign = (await org.RightsOf("rep-south"))["Contact"]!["visible"]!.Names()[0];
        var job = (await org.Post("jobs/ingest", new { @object = "Contact", operation = "update", contentType = "CSV", lineEnding = "LF" }, LiveOrg.North)).Json;
        var path = $"jobs/ingest/{job["id"]}";

        await org.Send(HttpMethod.Put, $"{path}/batches", new StringContent($"Id,Title\n{own},Seen\n{foreign},Unseen\n", Encoding.UTF8, "text/csv"), LiveOrg.North);
        await org.Patch(path, new { state = "UploadComplete" }, LiveOrg.North);
        await org.Get(path, LiveOrg.North);
        org.Time.Advance(TimeSpan.FromSeconds(5));
        await org.Get(path, LiveOrg.North);
        org.Time.Advance(TimeSpan.FromSeconds(5));
        var ended = await org.Get(path, LiveOrg.North);
        var failed = await org.Get($"{path}/failedResults", LiveOrg.North);

        ((string)ended.Json["state"]!, (int)ended.Json["numberRecordsProcessed"]!, (int)ended.Json["numberRecordsFailed"]!).ShouldBe(("JobComplete", 2, 1));
        failed.Text.ShouldContain(foreign);
        failed.Text.ShouldContain("INVALID_CROSS_REFERENCE_KEY");
        ((string)(await org.Get($"sobjects/Contact/{own}")).Json["Title"]!).ShouldBe("Seen");
    }

    [Fact]
    public async Task The_same_person_stands_here_and_in_the_other_emulated_CRM()
    {
        var world = SmallWorld.Of();
        await using var org = await LiveOrg.StartAsync(world: world);
        var person = world.People[0];

        var row = await org.Get($"query?q=SELECT+FirstName,LastName,Email,Title,MailingCity,Lead_Status__c,Account.Name+FROM+Contact+WHERE+Email='{person.Email}'");

        var record = row.Json["records"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)record["FirstName"]!, (string)record["LastName"]!, (string)record["Title"]!, (string)record["MailingCity"]!, (string)record["Lead_Status__c"]!)
            .ShouldBe((person.FirstName, person.LastName, person.JobTitle, person.City, person.LeadStatus));
        ((string)record["Account"]!["Name"]!).ShouldBe(world.Companies.Single(company => company.Key == person.CompanyKey).Name);
    }
}
