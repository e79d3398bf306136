namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>The outcome matrix of contract section 6.2, row by row.</summary>
public sealed class BatchWriteTests
{
    private const string Legacy = "/crm/v3/objects/contacts/batch/";

    [Theory]
    [InlineData("/crm/v3/objects/contacts/batch/update", 207)]
    [InlineData("/crm/objects/2026-03/contacts/batch/update", 207)]
    [InlineData("/crm/objects/2026-09/contacts/batch/update", 200)]
    public async Task An_update_with_one_unknown_id_applies_the_good_ones(string path, int status)
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];

        var batch = await portal.Post(path, A.Batch(
            new { id, properties = new { jobtitle = "Head" }, objectWriteTraceId = "t-1" }, new { id = "9", properties = new { jobtitle = "Head" }, objectWriteTraceId = "t-2" }));

        batch.Status.ShouldBe(status);
        batch.Results.Count.ShouldBe(1);
        var error = batch.Json["errors"]![0]!;
        ((string?)error["category"]).ShouldBe("OBJECT_NOT_FOUND");
        ((string?)error["context"]!["ids"]![0]).ShouldBe("9");
        error["context"]!["objectWriteTraceId"].ShouldBeNull();
        (await portal.Get($"/crm/v3/objects/contacts/{id}?properties=jobtitle")).Property("jobtitle").ShouldBe("Head");
    }

    [Fact]
    public async Task An_update_can_answer_207_in_2026_09_where_the_option_says_so()
    {
        await using var portal = await Portal.StartAsync(options => options.MultiStatusInSeptember2026 = true);

        var batch = await portal.Post("/crm/objects/2026-09/contacts/batch/update", A.Batch(new { id = "9", properties = new { jobtitle = "x" } }));

        batch.Status.ShouldBe(207);
    }

    [Theory]
    [InlineData("no_such_thing", "1", "PROPERTY_DOESNT_EXIST")]
    [InlineData("hs_lead_status", "SOMEWHAT", "INVALID_OPTION")]
    [InlineData("createdate", "2026-01-01", "READ_ONLY_VALUE")]
    [InlineData("email", "not an address", "INVALID_EMAIL")]
    [InlineData("ai_qualification_score", "many", "INVALID_LONG")]
    public async Task An_update_with_one_invalid_property_applies_nothing_and_does_not_say_which_record(string property, string value, string code)
    {
        await using var portal = await Portal.StartAsync(options => options.AiFields = true);
        var ids = await portal.Ids();

        var batch = await portal.Post(Legacy + "update", A.Batch(
            new { id = ids[0], properties = new { jobtitle = "Head" } },
            new { id = ids[1], properties = new Dictionary<string, string> { [property] = value }, objectWriteTraceId = "t-1" }));

        batch.Status.ShouldBe(400);
        ((string?)batch.Json["category"]).ShouldBe("VALIDATION_ERROR");
        ((string?)batch.Json["message"])!.ShouldStartWith("Property values were not valid: [{\"isValid\":false,");
        ((string?)batch.Json["errors"]![0]!["code"]).ShouldBe(code);
        ((string?)batch.Json["errors"]![0]!["context"]!["propertyName"]![0]).ShouldBe(property);
        batch.Text.ShouldNotContain(ids[1]);
        (await portal.Get($"/crm/v3/objects/contacts/{ids[0]}?properties=jobtitle")).Property("jobtitle").ShouldBe("Engineer");
    }

    [Fact]
    public async Task The_list_of_errors_may_be_shorter_than_the_one_inside_the_message()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];

        var answer = await portal.Patch($"/crm/v3/objects/contacts/{id}", new { properties = new { a = "1", b = "1", c = "1", d = "1" } });

        var embedded = System.Text.Json.Nodes.JsonNode.Parse(((string)answer.Json["message"]!)["Property values were not valid: ".Length..])!.AsArray();
        embedded.Count.ShouldBe(4);
        answer.Json["errors"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_update_that_names_one_id_twice_is_refused()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];

        var batch = await portal.Post(Legacy + "update", A.Batch(new { id, properties = new { city = "A" } }, new { id, properties = new { city = "B" } }));

        batch.Status.ShouldBe(400);
        ((string?)batch.Json["message"]).ShouldBe($"Duplicate IDs found in batch input: [{id}]. IDs must be unique");
        ((string?)batch.Json["context"]!["ids"]![0]).ShouldBe(id);
    }

    [Fact]
    public async Task A_create_without_trace_ids_fails_whole_when_one_contact_exists_and_names_one_conflict()
    {
        await using var portal = await Portal.StartAsync();

        var batch = await portal.Post(Legacy + "create", A.Batch(
            new { properties = new { email = "new@x.test" } }, new { properties = new { email = "person1@company2.test" } }, new { properties = new { email = "person2@company3.test" } }));

        batch.Status.ShouldBe(409);
        ((string?)batch.Json["category"]).ShouldBe("CONFLICT");
        ((string?)batch.Json["message"])!.ShouldMatch(@"^Contact already exists\. Existing ID: \d{12}$");
        (await portal.Get("/crm/v3/objects/contacts/new@x.test?idProperty=email")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("/crm/v3/objects/contacts/batch/create", 207)]
    [InlineData("/crm/objects/2026-09/contacts/batch/create", 201)]
    public async Task A_create_with_trace_ids_makes_the_rest_and_reports_the_conflict(string path, int status)
    {
        await using var portal = await Portal.StartAsync();
        var existing = (await portal.Get("/crm/v3/objects/contacts/person1@company2.test?idProperty=email")).Json["id"]!.ToString();

        var batch = await portal.Post(path, A.Batch(
            new { properties = new { email = "new@x.test" }, objectWriteTraceId = "t-1" },
            new { properties = new { email = "Person1@company2.test" }, objectWriteTraceId = "t-2" }));

        batch.Status.ShouldBe(status);
        ((string?)batch.Results[0]!["objectWriteTraceId"]).ShouldBe("t-1");
        var error = batch.Json["errors"]![0]!;
        ((string?)error["category"]).ShouldBe("CONFLICT");
        ((string?)error["context"]!["objectWriteTraceId"]![0]).ShouldBe("t-2");
        ((string?)error["context"]!["existingId"]![0]).ShouldBe(existing);
    }

    [Fact]
    public async Task A_create_that_names_one_address_twice_conflicts_with_itself()
    {
        await using var portal = await Portal.StartAsync();

        var batch = await portal.Post(Legacy + "create", A.Batch(new { properties = new { email = "twin@x.test" } }, new { properties = new { email = "twin@x.test" } }));

        batch.Status.ShouldBe(409);
        (await portal.Get("/crm/v3/objects/contacts/twin@x.test?idProperty=email")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_whole_create_is_201()
    {
        await using var portal = await Portal.StartAsync();

        (await portal.Post(Legacy + "create", A.Batch(new { properties = new { email = "a@x.test" } }))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task An_upsert_tells_what_is_new()
    {
        await using var portal = await Portal.StartAsync();

        var batch = await portal.Post(Legacy + "upsert", A.Batch(
            new { id = "person1@company2.test", idProperty = "email", properties = new { city = "Bonn" }, objectWriteTraceId = "old" },
            new { id = "new@x.test", idProperty = "email", properties = new { city = "Kiel" }, objectWriteTraceId = "new" }));

        batch.Status.ShouldBe(200);
        batch.Results.ToDictionary(item => (string)item!["objectWriteTraceId"]!, item => (bool)item!["new"]!).ShouldBe(
            new Dictionary<string, bool> { ["old"] = false, ["new"] = true }, ignoreOrder: true);
        (await portal.Get("/crm/v3/objects/contacts/new@x.test?idProperty=email&properties=city,email")).Property("email").ShouldBe("new@x.test");
    }

    [Theory]
    [InlineData("/crm/v3/objects/contacts/batch/upsert", 207)]
    [InlineData("/crm/objects/2026-09/contacts/batch/upsert", 200)]
    public async Task An_upsert_with_one_invalid_address_and_trace_ids_does_the_rest(string path, int status)
    {
        await using var portal = await Portal.StartAsync();

        var batch = await portal.Post(path, A.Batch(
            new { id = "nonsense", idProperty = "email", properties = new { city = "Bonn" }, objectWriteTraceId = "bad" },
            new { id = "new@x.test", idProperty = "email", properties = new { city = "Kiel" }, objectWriteTraceId = "good" }));

        batch.Status.ShouldBe(status);
        batch.Results.Count.ShouldBe(1);
        ((string?)batch.Json["errors"]![0]!["category"]).ShouldBe("VALIDATION_ERROR");
        ((string?)batch.Json["errors"]![0]!["context"]!["objectWriteTraceId"]![0]).ShouldBe("bad");
    }

    [Theory]
    [InlineData("companies", "domain")]
    [InlineData("contacts", "hs_object_id")]
    public async Task An_upsert_or_update_by_a_property_that_is_not_unique_is_refused(string type, string property)
    {
        await using var portal = await Portal.StartAsync();
        var body = A.Batch(new { id = "company1.test", idProperty = property, properties = new { city = "Bonn" } });

        foreach (var verb in A.List("upsert", "update"))
        {
            var batch = await portal.Post($"/crm/objects/2026-09/{type}/batch/{verb}", body);

            batch.Status.ShouldBe(400);
            ((string?)batch.Json["message"])!.ShouldMatch($"^Unable to perform update/upsert by non-unique .*{property}$");
        }
    }

    [Fact]
    public async Task An_archive_is_204_also_for_unknown_ids()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];

        var batch = await portal.Post(Legacy + "archive", A.Batch(new { id }, new { id = "9" }));

        batch.Status.ShouldBe(204);
        batch.Text.ShouldBeEmpty();
        (await portal.Get($"/crm/v3/objects/contacts/{id}")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("update")]
    [InlineData("upsert")]
    [InlineData("archive")]
    public async Task More_than_a_hundred_inputs_are_refused(string verb)
    {
        await using var portal = await Portal.StartAsync();
        var inputs = Enumerable.Range(1, 101).Select(number => new { id = $"n{number}@x.test", idProperty = "email", properties = new { city = "Bonn" } });

        (await portal.Post(Legacy + verb, new { inputs })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Results_come_in_another_order_the_same_for_the_same_seed()
    {
        var orders = new List<string[]>();
        foreach (var seed in A.List(5, 5, 6))
        {
            await using var portal = await Portal.StartAsync(options => options.Seed = seed);
            var inputs = Enumerable.Range(0, 20).Select(number => new { properties = new { email = $"n{number}@x.test" }, objectWriteTraceId = $"{number}" });
            var batch = await portal.Post(Legacy + "create", new { inputs });
            orders.Add([.. batch.Results.Select(record => (string)record!["objectWriteTraceId"]!)]);
        }

        orders[0].ShouldBe(orders[1]);
        orders[0].ShouldNotBe(orders[2]);
        orders[0].ShouldNotBe(Enumerable.Range(0, 20).Select(number => $"{number}"));
    }

    [Fact]
    public async Task A_body_that_is_no_json_and_one_of_another_type_are_told_apart()
    {
        await using var portal = await Portal.StartAsync();

        var broken = await portal.Post(Legacy + "read", "{\"inputs\":[");
        using var text = new StringContent("inputs", System.Text.Encoding.UTF8, "text/plain");
        var wrongType = await portal.Post(Legacy + "read", text);

        broken.Status.ShouldBe(400);
        ((string?)broken.Json["message"])!.ShouldStartWith("Invalid input JSON");
        broken.Json["category"].ShouldBeNull();
        wrongType.Status.ShouldBe(415);
    }
}
