namespace Liaison.Emulators.Tests.Salesforce.Host;

/// <summary>Contract sections 10 to 12: what the org does of itself when a record is written, and inside it without a call.</summary>
public sealed class RecordRuleTests
{
    [Fact]
    public async Task A_stage_brings_its_probability_along_unless_one_is_sent_and_any_text_is_a_stage()
    {
        await using var org = await LiveOrg.StartAsync();
        var id = await org.Create("Opportunity", new { Name = "Deal", StageName = "Qualification", CloseDate = "2026-12-01", Amount = 139_000_000 });

        await org.Patch($"sobjects/Opportunity/{id}", new { StageName = "Closed Won" });
        var won = await org.Get($"sobjects/Opportunity/{id}?fields=Probability,IsWon,IsClosed,Amount");
        await org.Patch($"sobjects/Opportunity/{id}", new { StageName = "No such stage", Probability = 33 });
        var odd = await org.Get($"sobjects/Opportunity/{id}?fields=Probability,StageName");

        ((decimal)won.Json["Probability"]!, (bool)won.Json["IsWon"]!, (bool)won.Json["IsClosed"]!).ShouldBe((100m, true, true));
        won.Text.ShouldContain("\"Amount\":1.39E8");
        ((decimal)odd.Json["Probability"]!, (string)odd.Json["StageName"]!).ShouldBe((33m, "No such stage"));
    }

    [Fact]
    public async Task A_lead_is_given_to_a_queue_unless_the_header_says_no()
    {
        await using var org = await LiveOrg.StartAsync();

        var assigned = await org.Post("sobjects/Lead", new { LastName = "Ann", Company = "A" });
        var kept = await org.Post("sobjects/Lead", new { LastName = "Ben", Company = "B" }, LiveOrg.Admin, ("Sforce-Auto-Assign", "FALSE"));

        ((string)(await org.Get($"sobjects/Lead/{assigned.Json["id"]}")).Json["OwnerId"]!).ShouldStartWith("00G");
        ((string)(await org.Get($"sobjects/Lead/{kept.Json["id"]}")).Json["OwnerId"]!).ShouldStartWith("005");
    }

    [Theory]
    [InlineData(false, "duplicateResut")]
    [InlineData(true, "duplicateResult")]
    public async Task A_duplicate_is_told_with_the_candidates_under_either_spelling_and_may_be_saved_on_purpose(bool right, string key)
    {
        await using var org = await LiveOrg.StartAsync(options => options.DuplicateKeySpelledRight = right);
        var first = await org.Create("Contact", new { LastName = "One", Email = "twice@house.test" });

        var held = await org.Post("sobjects/Contact", new { LastName = "Two", Email = "TWICE@house.test" });
        var saved = await org.Post("sobjects/Contact", new { LastName = "Two", Email = "twice@house.test" }, LiveOrg.Admin, ("Sforce-Duplicate-Rule-Header", "allowSave=true"));
        await org.Control("duplicates", new { block = true });
        var blocked = await org.Post("sobjects/Contact", new { LastName = "Three", Email = "twice@house.test" }, LiveOrg.Admin, ("Sforce-Duplicate-Rule-Header", "allowSave=true"));

        (held.Status, held.Code()).ShouldBe((400, "DUPLICATES_DETECTED"));
        ((bool)held.Json[0]![key]!["allowSave"]!).ShouldBeTrue();
        ((string)held.Json[0]![key]!["matchResults"]![0]!["matchRecords"]![0]!["record"]!["Id"]!).ShouldBe(first);
        saved.Status.ShouldBe(201);
        ((bool)blocked.Json[0]![key]!["allowSave"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task A_unique_key_belongs_to_one_record()
    {
        await using var org = await LiveOrg.StartAsync(options => options.AiFields = true);
        await org.Create("Contact", new { LastName = "One", Liaison_Key__c = "same" });

        var answer = await org.Post("sobjects/Contact", new { LastName = "Two", Liaison_Key__c = "same" });

        (answer.Status, answer.Code()).ShouldBe((400, "DUPLICATE_VALUE"));
    }

    [Fact]
    public async Task A_held_parent_stops_writes_below_it_for_so_many_tries()
    {
        await using var org = await LiveOrg.StartAsync();
        var account = await org.Create("Account", new { Name = "Busy" });
        await org.Control("locks", new { id = account, tries = 1 });

        var held = await org.Post("sobjects/Contact", new { LastName = "Child", AccountId = account });
        var through = await org.Post("sobjects/Contact", new { LastName = "Child", AccountId = account });

        (held.Status, held.Code()).ShouldBe((400, "UNABLE_TO_LOCK_ROW"));
        through.Status.ShouldBe(201);
    }

    [Fact]
    public async Task Changed_and_deleted_records_are_listed_by_window_and_a_merge_names_the_winner()
    {
        await using var org = await LiveOrg.StartAsync();
        var (winner, loser) = (await org.Create("Contact", new { LastName = "Winner" }), await org.Create("Contact", new { LastName = "Loser" }));
        org.Time.Advance(TimeSpan.FromMinutes(2));
        await org.Control("merge", new { winner, losers = new[] { loser } });
        org.Time.Advance(TimeSpan.FromMinutes(2));
        var (start, end) = ("2026-10-05T09:01:00Z", "2026-10-05T09:04:00Z");

        var updated = await org.Get($"sobjects/Contact/updated?start={start}&end={end}");
        var deleted = await org.Get($"sobjects/Contact/deleted?start={start}&end={end}");
        var tooOld = await org.Get($"sobjects/Contact/deleted?start=2026-09-01T00:00:00Z&end={end}");

        updated.Json["ids"]!.Names().ShouldBe([winner]);
        ((string)deleted.Json["deletedRecords"]![0]!["id"]!).ShouldBe(loser);
        ((string)deleted.Json["latestDateCovered"]!).ShouldBe("2026-10-05T09:04:00.000+0000");
        (tooOld.Status, tooOld.Code()).ShouldBe((400, "INVALID_REPLICATION_DATE"));
    }

    [Fact]
    public async Task A_converted_lead_is_not_changed_any_more()
    {
        await using var org = await LiveOrg.StartAsync();
        var id = await org.Create("Lead", new { LastName = "Done", Company = "C" });
        await org.Control("convert", new { id });

        var answer = await org.Patch($"sobjects/Lead/{id}", new { Title = "New" });

        (answer.Status, answer.Code()).ShouldBe((400, "CANNOT_UPDATE_CONVERTED_LEAD"));
    }

    [Fact]
    public async Task A_note_of_content_gives_its_text_by_its_own_address()
    {
        await using var org = await LiveOrg.StartAsync();
        var note = await org.Create("ContentNote", new { Title = "T", Content = Convert.ToBase64String("<p>Hello</p>"u8) });

        var row = await org.Get($"sobjects/ContentNote/{note}");
        var text = await org.Get((string)row.Json["Content"]!);
        var linked = await org.Post("sobjects/ContentDocumentLink", new { ContentDocumentId = note, LinkedEntityId = "003Dm0000000001", ShareType = "V" });

        ((string)row.Json["TextPreview"]!).ShouldBe("Hello");
        text.Text.ShouldBe("<p>Hello</p>");
        linked.Status.ShouldBe(201, linked.Text);
    }
}
