using Liaison.Emulators.Tests.HubSpot;

namespace Liaison.Emulators.Tests.Salesforce.Host;

/// <summary>Contract sections 3 and 12: single records.</summary>
public sealed class RowTests
{
    [Fact]
    public async Task A_record_is_made_read_changed_and_deleted_with_the_statuses_of_the_recordings()
    {
        await using var org = await LiveOrg.StartAsync();

        var made = await org.Post("sobjects/Account/", new { Name = "  Edge Communications ", Phone = "", NumberOfEmployees = 40 });
        var id = (string)made.Json["id"]!;
        var changed = await org.Patch($"sobjects/Account/{id}", new { Industry = "Technology", Phone = "1" });
        var read = await org.Get($"sobjects/Account/{id[..15]}");
        var deleted = await org.Delete($"sobjects/Account/{id}");
        var gone = await org.Get($"sobjects/Account/{id}");

        made.Status.ShouldBe(201);
        made.Text.ShouldBe($$"""{"id":"{{id}}","success":true,"errors":[]}""");
        made.Headers["Location"].ShouldBe($"/services/data/v66.0/sobjects/Account/{id}");
        (changed.Status, changed.Text).ShouldBe((204, ""));
        (read.Status, (string)read.Json["Name"]!, (string)read.Json["Phone"]!).ShouldBe((200, "Edge Communications", "1"));
        ((string)read.Json["CreatedDate"]!).ShouldEndWith("+0000");
        ((string)read.Json["attributes"]!["url"]!).ShouldBe($"/services/data/v66.0/sobjects/Account/{id}");
        read.Json.AsObject().First().Key.ShouldBe("attributes");
        read.Headers.Keys.ShouldContain("Last-Modified");
        read.Headers.Keys.ShouldContain("ETag");
        (deleted.Status, deleted.Text).ShouldBe((204, ""));
        (gone.Status, gone.Code()).ShouldBe((404, "ENTITY_IS_DELETED"));
    }

    [Fact]
    public async Task Only_accounts_have_a_tag()
    {
        await using var org = await LiveOrg.StartAsync();
        var id = await org.Create("Contact", new { LastName = "Plain" });

        var read = await org.Get($"sobjects/Contact/{id}");

        read.Headers.Keys.ShouldNotContain("ETag");
    }

    [Theory]
    [InlineData("sobjects/Contact/not-an-id", 404, "NOT_FOUND")]
    [InlineData("sobjects/Contact/001Dm0000000001AAA", 400, "MALFORMED_ID")]
    [InlineData("sobjects/Contact/003Dm0zzzzzzzzzAAA", 404, "NOT_FOUND")]
    [InlineData("sobjects/Nothing/003Dm0000000001AAA", 404, "NOT_FOUND")]
    [InlineData("nowhere", 404, "NOT_FOUND")]
    public async Task What_a_path_names_wrongly_is_told_as_the_contract_does(string path, int status, string code)
    {
        await using var org = await LiveOrg.StartAsync();

        var answer = await org.Get(path);

        (answer.Status, answer.Code()).ShouldBe((status, code));
    }

    [Theory]
    [InlineData("Nope__c")]
    [InlineData("Account.Name")]
    public async Task Fields_that_are_not_of_the_object_are_refused(string field)
    {
        await using var org = await LiveOrg.StartAsync();
        var id = await org.Create("Contact", new { LastName = "Plain" });

        var answer = await org.Get($"sobjects/Contact/{id}?fields=Id,{field}");

        (answer.Status, answer.Code()).ShouldBe((400, "INVALID_FIELD"));
    }

    [Theory]
    [InlineData("Contact", """{"FirstName":"No"}""", "REQUIRED_FIELD_MISSING", "LastName")]
    [InlineData("Contact", """{"LastName":"X","FirstName":"12345678901234567890123456789012345678901"}""", "STRING_TOO_LONG", "FirstName")]
    [InlineData("Contact", """{"LastName":"X","Email":"nobody at home"}""", "INVALID_EMAIL_ADDRESS", "Email")]
    [InlineData("Contact", """{"LastName":"X","CleanStatus":"Wrong"}""", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "CleanStatus")]
    [InlineData("Account", """{"Name":"X","NumberOfEmployees":123456789}""", "NUMBER_OUTSIDE_VALID_RANGE", "NumberOfEmployees")]
    [InlineData("Account", """{"Name":"X","NumberOfEmployees":-1}""", "FIELD_CUSTOM_VALIDATION_EXCEPTION", "NumberOfEmployees")]
    [InlineData("Contact", """{"LastName":"X","HasOptedOutOfEmail":null}""", "INVALID_TYPE_ON_FIELD_IN_RECORD", "HasOptedOutOfEmail")]
    [InlineData("Contact", """{"LastName":"X","Birthdate":"yesterday"}""", "JSON_PARSER_ERROR", "Birthdate")]
    [InlineData("Contact", """{"LastName":"X","AccountId":"003Dm0000000001"}""", "FIELD_INTEGRITY_EXCEPTION", "AccountId")]
    [InlineData("Contact", """{"LastName":"X","AccountId":"soon"}""", "MALFORMED_ID", "AccountId")]
    [InlineData("Contact", """{"LastName":"X","Name":"Y"}""", "INVALID_FIELD_FOR_INSERT_UPDATE", "Name")]
    [InlineData("Contact", """{"LastName":"X","MailingAddress":"Y"}""", "INVALID_FIELD_FOR_INSERT_UPDATE", "MailingAddress")]
    [InlineData("Task", """{"Subject":"Call","WhoId":"00QDm000000000K","WhatId":"001Dm0000000001"}""", "FIELD_INTEGRITY_EXCEPTION", "WhatId")]
    [InlineData("Event", """{"Subject":"Meet","StartDateTime":"2026-10-05T10:00:00Z"}""", "REQUIRED_FIELD_MISSING", "StartDateTime")]
    [InlineData("Subscription__c", """{"Name":"S","Plan__c":"Basic","Add_On__c":"Analytics"}""", "FIELD_INTEGRITY_EXCEPTION", "Add_On__c")]
    public async Task A_bad_value_is_refused_by_code_and_field(string type, string body, string code, string field)
    {
        await using var org = await LiveOrg.StartAsync(world: SmallWorld.Of(people: 40));

        var answer = await org.Post($"sobjects/{type}", body);

        (answer.Status, answer.Code()).ShouldBe((400, code), answer.Text);
        answer.Fields().ShouldContain(field);
    }

    [Fact]
    public async Task An_unknown_column_is_told_like_the_recorded_one()
    {
        await using var org = await LiveOrg.StartAsync();

        var answer = await org.Post("sobjects/Contact", new { LastName = "X", foo = 1 });

        answer.Text.ShouldBe("""[{"message":"No such column 'foo' on sobject of type Contact","errorCode":"INVALID_FIELD"}]""");
    }

    [Fact]
    public async Task An_upsert_makes_then_changes_and_tells_which()
    {
        await using var org = await LiveOrg.StartAsync(options => options.AiFields = true);

        var made = await org.Patch("sobjects/Contact/Liaison_Key__c/k%2F1", new { LastName = "Key" });
        var changed = await org.Patch("sobjects/Contact/Liaison_Key__c/k%2F1", new { FirstName = "Kay" });
        var old = await org.Send(HttpMethod.Patch, "/services/data/v45.0/sobjects/Contact/Liaison_Key__c/k%2F1", new { FirstName = "Kai" }, LiveOrg.Admin);
        var read = await org.Get("sobjects/Contact/Liaison_Key__c/k%2F1");

        (made.Status, (bool)made.Json["created"]!).ShouldBe((201, true));
        (changed.Status, (bool)changed.Json["created"]!).ShouldBe((200, false));
        old.Status.ShouldBe(204);
        ((string)read.Json["Name"]!).ShouldBe("Kai Key");
    }

    [Fact]
    public async Task An_upsert_that_could_mean_two_records_writes_nothing_and_names_both()
    {
        await using var org = await LiveOrg.StartAsync(options => options.DuplicateRules = false);
        var first = await org.Create("Contact", new { LastName = "One", Email = "both@house.test" });
        var second = await org.Create("Contact", new { LastName = "Two", Email = "both@house.test" });

        var answer = await org.Patch("sobjects/Contact/Email/both%40house.test", new { Title = "Lost" });

        answer.Status.ShouldBe(300);
        answer.Json.Names().ShouldBe([$"/services/data/v66.0/sobjects/Contact/{first}", $"/services/data/v66.0/sobjects/Contact/{second}"]);
        (await org.Get($"sobjects/Contact/{first}")).Json["Title"].ShouldBeNull();
    }

    [Fact]
    public async Task An_upsert_for_update_only_makes_nothing_and_the_key_may_not_be_in_the_body()
    {
        await using var org = await LiveOrg.StartAsync(options => options.AiFields = true);

        var missing = await org.Patch("sobjects/Contact/Liaison_Key__c/new?updateOnly=true", new { LastName = "New" });
        var doubled = await org.Patch("sobjects/Contact/Liaison_Key__c/new", new { LastName = "New", Liaison_Key__c = "new" });

        missing.Status.ShouldBe(404);
        (doubled.Status, doubled.Code()).ShouldBe((400, "INVALID_FIELD"));
    }

    [Fact]
    public async Task A_write_whose_record_was_changed_since_it_was_read_is_stopped()
    {
        await using var org = await LiveOrg.StartAsync();
        var id = await org.Create("Contact", new { LastName = "Race" });
        var read = await org.Get($"sobjects/Contact/{id}");
        org.Time.Advance(TimeSpan.FromSeconds(5));
        await org.Patch($"sobjects/Contact/{id}", new { Title = "First" });

        var late = await org.Patch($"sobjects/Contact/{id}", new { Title = "Second" }, LiveOrg.Admin, ("If-Unmodified-Since", read.Headers["Last-Modified"]));
        var nonsense = await org.Patch($"sobjects/Contact/{id}", new { Title = "Third" }, LiveOrg.Admin, ("If-Unmodified-Since", "soon"));
        var known = await org.Get($"sobjects/Contact/{id}", LiveOrg.Admin, ("If-Modified-Since", org.Time.GetUtcNow().ToString("R")));

        late.Status.ShouldBe(412);
        nonsense.Status.ShouldBe(400);
        (known.Status, known.Text).ShouldBe((304, ""));
        ((string)(await org.Get($"sobjects/Contact/{id}")).Json["Title"]!).ShouldBe("First");
    }

    [Fact]
    public async Task The_way_to_a_missing_parent_is_no_way_and_to_no_children_an_empty_one()
    {
        await using var org = await LiveOrg.StartAsync();
        var account = await org.Create("Account", new { Name = "Parent" });
        var orphan = await org.Create("Contact", new { LastName = "Orphan" });
        var child = await org.Create("Contact", new { LastName = "Child", AccountId = account });

        var parent = await org.Get($"sobjects/Contact/{child}/Account");
        var nobody = await org.Get($"sobjects/Contact/{orphan}/Account");
        var children = await org.Get($"sobjects/Account/{account}/Contacts?fields=LastName");
        var none = await org.Get($"sobjects/Account/{account}/Cases");

        ((string)parent.Json["Name"]!).ShouldBe("Parent");
        nobody.Status.ShouldBe(404);
        ((string)children.Json["records"]![0]!["LastName"]!).ShouldBe("Child");
        ((int)none.Json["totalSize"]!, none.Json["records"]!.AsArray().Count).ShouldBe((0, 0));
    }
}
