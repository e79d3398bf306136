using Liaison.Emulators.Tests.HubSpot;

namespace Liaison.Emulators.Tests.Salesforce.Host;

/// <summary>Contract section 7: up to 200 records in one call.</summary>
public sealed class CollectionTests
{
    [Fact]
    public async Task Records_of_several_objects_come_back_in_order_each_with_its_own_verdict()
    {
        await using var org = await LiveOrg.StartAsync();

        var answer = await org.Post("composite/sobjects", """
            {"allOrNone":false,"records":[
              {"attributes":{"type":"Account"},"Name":"A"},
              {"attributes":{"type":"Contact"},"FirstName":"No last name"},
              {"Name":"late","attributes":{"type":"Account"}},
              {"attributes":{"type":"Contact"},"LastName":"C"}]}
            """);

        answer.Status.ShouldBe(200);
        answer.Json.AsArray().Select(item => (bool)item!["success"]!).ShouldBe([true, false, false, true]);
        ((string)answer.Json[0]!["id"]!).ShouldStartWith("001");
        ((string)answer.Json[1]!["errors"]![0]!["statusCode"]!).ShouldBe("REQUIRED_FIELD_MISSING");
        answer.Json[1]!.AsObject().ContainsKey("id").ShouldBeFalse();
        ((string)answer.Json[2]!["errors"]![0]!["message"]!).ShouldEndWith("must have an attributes field before any other fields.");
    }

    [Fact]
    public async Task With_all_or_none_one_failure_takes_back_the_rest_and_the_ledger_counts_nothing()
    {
        await using var org = await LiveOrg.StartAsync();
        var id = await org.Create("Contact", new { LastName = "Kept" });
        await org.Send(HttpMethod.Delete, "/_emulator/ledger", null, null);

        var answer = await org.Patch("composite/sobjects", new
        {
            allOrNone = true,
            records = A.List<object>(
                new { attributes = new { type = "Contact" }, id, Title = "Lost" },
                new { attributes = new { type = "Contact" }, id = "003Dm0zzzzzzzzzAAA", Title = "Nobody" }),
        });

        answer.Json.AsArray().Select(item => (string)item!["errors"]![0]!["statusCode"]!).ShouldBe(["ALL_OR_NONE_OPERATION_ROLLED_BACK", "INVALID_CROSS_REFERENCE_KEY"]);
        (await org.Get($"sobjects/Contact/{id}")).Json["Title"].ShouldBeNull();
        (await org.Get("/_emulator/ledger/writes?type=Contact", null)).Text.ShouldContain("\"writes\":0");
    }

    [Fact]
    public async Task An_upsert_by_key_tells_of_each_whether_it_was_made()
    {
        await using var org = await LiveOrg.StartAsync(options => options.AiFields = true);
        var id = await org.Create("Contact", new { LastName = "Old", Liaison_Key__c = "old" });

        var answer = await org.Patch("composite/sobjects/Contact/Liaison_Key__c", new
        {
            records = A.List<object>(
                new { attributes = new { type = "Contact" }, Liaison_Key__c = "old", Title = "T" },
                new { attributes = new { type = "Contact" }, Liaison_Key__c = "new", LastName = "New" }),
        });

        answer.Json.AsArray().Select(item => (bool)item!["created"]!).ShouldBe([false, true]);
        ((string)answer.Json[0]!["id"]!).ShouldBe(id);
    }

    [Fact]
    public async Task Records_that_share_a_key_are_refused_all_and_nothing_else_is()
    {
        await using var org = await LiveOrg.StartAsync(options => options.AiFields = true);
        var id = await org.Create("Contact", new { LastName = "Old", Liaison_Key__c = "twice" });

        var answer = await org.Patch("composite/sobjects/Contact/Liaison_Key__c", new
        {
            records = A.List<object>(
                new { attributes = new { type = "Contact" }, Liaison_Key__c = "twice", LastName = "First" },
                new { attributes = new { type = "Contact" }, Liaison_Key__c = "once", LastName = "Other" },
                new { attributes = new { type = "Contact" }, Liaison_Key__c = "twice", LastName = "Last" }),
        });

        answer.Json.AsArray().Select(item => (bool)item!["success"]!).ShouldBe([false, true, false]);
        foreach (var at in new[] { 0, 2 })
        {
            var error = answer.Json[at]!["errors"]![0]!;
            ((string)error["statusCode"]!, (string)error["message"]!).ShouldBe(("DUPLICATE_VALUE", "Duplicate external id specified: twice"));
        }

        ((string)(await org.Get($"sobjects/Contact/{id}")).Json["LastName"]!).ShouldBe("Old");
    }

    [Fact]
    public async Task Of_the_updates_of_one_record_in_a_call_twelve_repeats_are_taken()
    {
        await using var org = await LiveOrg.StartAsync();
        var id = await org.Create("Contact", new { LastName = "Often" });

        var answer = await org.Patch("composite/sobjects", new { records = Enumerable.Range(0, 15).Select(at => new { attributes = new { type = "Contact" }, id, Title = $"T{at}" }) });

        answer.Json.AsArray().Select(item => (bool)item!["success"]!).ShouldBe([.. Enumerable.Repeat(true, 13), false, false]);
        ((string)answer.Json[13]!["errors"]![0]!["message"]!).ShouldBe(
            $"Maximum number of duplicate updates in one batch (12 allowed). Attempt to update Id more than once in this Api call: {id[..15]}");
        ((string)(await org.Get($"sobjects/Contact/{id}")).Json["Title"]!).ShouldBe("T12");
    }

    [Fact]
    public async Task Records_are_read_by_id_with_holes_where_there_is_none()
    {
        await using var org = await LiveOrg.StartAsync();
        var id = await org.Create("Contact", new { LastName = "Here" });

        var read = await org.Get($"composite/sobjects/Contact?ids={id},003Dm0zzzzzzzzzAAA&fields=LastName");
        var posted = await org.Post("composite/sobjects/Contact", new { ids = A.List(id), fields = A.List("LastName") });

        ((string)read.Json[0]!["LastName"]!).ShouldBe("Here");
        read.Json[1].ShouldBeNull();
        posted.Json.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task More_than_two_hundred_are_refused_and_two_hundred_are_not()
    {
        await using var org = await LiveOrg.StartAsync();
        object Records(int count) => new { records = Enumerable.Range(1, count).Select(at => new { attributes = new { type = "Contact" }, LastName = $"L{at}" }) };

        var many = await org.Post("composite/sobjects", Records(201));
        var most = await org.Post("composite/sobjects", Records(200));

        many.Status.ShouldBe(400);
        most.Json.AsArray().Count.ShouldBe(200);
    }

    [Fact]
    public async Task Deletes_are_named_in_the_address()
    {
        await using var org = await LiveOrg.StartAsync();
        var id = await org.Create("Contact", new { LastName = "Bye" });

        var answer = await org.Delete($"composite/sobjects?ids={id},003Dm0zzzzzzzzzAAA&allOrNone=false");

        answer.Json.AsArray().Select(item => (bool)item!["success"]!).ShouldBe([true, false]);
    }

    [Fact]
    public async Task An_id_that_is_empty_keeps_its_place()
    {
        await using var org = await LiveOrg.StartAsync();
        var id = await org.Create("Contact", new { LastName = "Behind" });

        var read = await org.Get($"composite/sobjects/Contact?ids=,{id}&fields=LastName");
        var deleted = await org.Delete($"composite/sobjects?ids=,{id}");

        read.Json.AsArray().Select(row => (string?)row?["LastName"]).ShouldBe([null, "Behind"]);
        deleted.Json.AsArray().Select(item => (bool)item!["success"]!).ShouldBe([false, true]);
    }
}
