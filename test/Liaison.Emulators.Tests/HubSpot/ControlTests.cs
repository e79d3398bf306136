using Liaison.Emulators.Hosting;

namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>The routes under /_emulator/: ledger, faults, clock, schema, edits by hand.</summary>
public sealed class ControlTests
{
    private const string Contacts = "/crm/objects/2026-09/contacts";

    [Fact]
    public async Task The_ledger_counts_requests_by_operation_and_what_was_throttled()
    {
        await using var portal = await Portal.StartAsync(options => options.Limits = LimitMode.Real);
        for (var call = 0; call < 191; call++)
        {
            await portal.Get(Contacts + "?limit=1");
        }

        var ledger = (await portal.Get("/_emulator/ledger", null)).Json;

        ((int)ledger["requests"]!).ShouldBe(191);
        ((int)ledger["throttled"]!).ShouldBe(1);
        ((int)ledger["maxInTenSeconds"]!).ShouldBe(191);
        ((int)ledger["maxAcceptedInTenSeconds"]!).ShouldBe(190);
        var operations = ledger["operations"]!.AsArray();
        operations.Select(entry => $"{entry!["operation"]} {entry["version"]} {entry["status"]} {entry["count"]}").ShouldBe(
            ["GET /crm/objects/contacts 2026-09 200 190", "GET /crm/objects/contacts 2026-09 429 1"]);
        (await portal.Delete("/_emulator/ledger", null)).Status.ShouldBe(204);
        ((int)(await portal.Get("/_emulator/ledger", null)).Json["requests"]!).ShouldBe(0);
    }

    [Fact]
    public async Task The_ledger_counts_value_writes_per_record()
    {
        await using var portal = await Portal.StartAsync();
        var ids = await portal.Ids(count: 2);
        await portal.Post(Contacts + "/batch/update", A.Batch(
            new { id = ids[0], properties = new { city = "A", zip = "1" } }, new { id = ids[1], properties = new { city = "B" } }));
        await portal.Patch($"{Contacts}/{ids[0]}", new { properties = new { city = "A" } });

        var lines = (await portal.Get("/_emulator/ledger/writes?type=contacts", null)).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.ShouldBe(
        [
            $$$"""{"id":"{{{ids[0]}}}","writes":2,"properties":{"city":2,"zip":1}}""",
            $$$"""{"id":"{{{ids[1]}}}","writes":1,"properties":{"city":1}}""",
            """{"summary":{"records":2,"writes":3,"maxPerRecord":2,"duplicates":1}}""",
        ]);
    }

    [Fact]
    public async Task A_cut_after_commit_applies_the_write_and_loses_the_answer()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];
        await portal.Post("/_emulator/faults", new { kind = "cut-after-commit", operation = "PATCH /crm/objects/contacts/*", count = 1 });

        await Should.ThrowAsync<HttpRequestException>(() => portal.Patch($"{Contacts}/{id}", new { properties = new { city = "Oslo" } }));

        (await portal.Get($"{Contacts}/{id}?properties=city")).Property("city").ShouldBe("Oslo");
        (await portal.Patch($"{Contacts}/{id}", new { properties = new { city = "Bergen" } })).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("locked", 423)]
    [InlineData("migration", 477)]
    [InlineData("burst", 429)]
    [InlineData("daily", 429)]
    [InlineData("secondly", 429)]
    public async Task Refusals_can_be_injected_and_leave_the_record_alone(string kind, int status)
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];
        await portal.Post("/_emulator/faults", new { kind, count = 1 });

        var refused = await portal.Patch($"{Contacts}/{id}", new { properties = new { city = "Oslo" } });

        refused.Status.ShouldBe(status);
        refused.Headers.ContainsKey("Retry-After").ShouldBe(kind == "migration");
        (await portal.Get($"{Contacts}/{id}?properties=city")).Property("city").ShouldBe("Berlin");
    }

    [Fact]
    public async Task The_daily_refusal_names_its_policy()
    {
        await using var portal = await Portal.StartAsync();
        await portal.Post("/_emulator/faults", new { kind = "daily", count = 1 });

        ((string?)(await portal.Get(Contacts)).Json["policyName"]).ShouldBe("DAILY");
    }

    [Fact]
    public async Task Html_from_the_edge_a_wrong_type_and_a_cut_body_can_be_injected()
    {
        await using var portal = await Portal.StartAsync();
        await portal.Post("/_emulator/faults", new { kind = "html-502", count = 1 });
        var html = await portal.Get(Contacts);
        await portal.Post("/_emulator/faults", new { kind = "wrong-content-type", count = 1 });
        var text = await portal.Get(Contacts);
        await portal.Post("/_emulator/faults", new { kind = "cut-body", count = 1 });

        await Should.ThrowAsync<HttpRequestException>(() => portal.Get(Contacts));

        html.Status.ShouldBe(502);
        html.Text.ShouldStartWith("<html>");
        html.Headers["Content-Type"].ShouldStartWith("text/html");
        text.Status.ShouldBe(200);
        text.Headers["Content-Type"].ShouldStartWith("text/plain");
    }

    [Fact]
    public async Task A_fault_by_chance_is_the_same_for_the_same_seed_and_faults_can_be_taken_back()
    {
        var rows = new List<string>();
        for (var round = 0; round < 2; round++)
        {
            await using var portal = await Portal.StartAsync();
            await portal.Post("/_emulator/faults", new { kind = "status", status = 503, probability = 0.5, seed = 9 });
            var statuses = new List<int>();
            for (var call = 0; call < 20; call++)
            {
                statuses.Add((await portal.Get(Contacts)).Status);
            }

            rows.Add(string.Join(' ', statuses));
            await portal.Delete("/_emulator/faults", null);
            (await portal.Get(Contacts)).Status.ShouldBe(200);
        }

        rows[0].ShouldBe(rows[1]);
        rows[0].ShouldContain("503");
        rows[0].ShouldContain("200");
    }

    [Fact]
    public async Task Search_pages_can_be_made_short_and_empty_and_nothing_is_lost()
    {
        await using var portal = await Portal.StartAsync();
        await portal.Post("/_emulator/faults", new { kind = "empty-page", count = 1 });
        await portal.Post("/_emulator/faults", new { kind = "short-page", count = 1 });
        var sizes = new List<int>();
        string? after = "0";
        while (after is not null)
        {
            var page = await portal.Post(Contacts + "/search", new { limit = 10, after });
            sizes.Add(page.Results.Count);
            after = (string?)page.Json["paging"]?["next"]?["after"];
        }

        sizes.ShouldBe([0, 5, 10, 10, 5]);
    }

    [Fact]
    public async Task A_person_edits_a_record_and_history_tells_so()
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];

        await portal.Post($"/_emulator/records/contacts/{id}", new { properties = new { city = "Oslo" } }, null);

        var record = await portal.Get($"{Contacts}/{id}?properties=city&propertiesWithHistory=city");
        record.Property("city").ShouldBe("Oslo");
        ((string?)record.Json["updatedAt"]).ShouldBe("2026-10-05T09:00:00Z");
        ((string?)record.Json["propertiesWithHistory"]!["city"]![0]!["sourceType"]).ShouldBe("CRM_UI");
        (await portal.Get("/_emulator/ledger/writes", null)).Text.ShouldStartWith("{\"summary\":{\"records\":0");
    }

    [Fact]
    public async Task The_schema_drifts_on_request()
    {
        await using var portal = await Portal.StartAsync();

        await portal.Post("/_emulator/schema", new { type = "contacts", action = "add", property = new { name = "shoe_size", type = "number", fieldType = "number" } });
        (await portal.Get("/crm/properties/2026-09/contacts/shoe_size")).Status.ShouldBe(200);
        await portal.Post("/_emulator/schema", new { action = "change", property = new { name = "shoe_size", type = "string", fieldType = "text" } });
        ((string?)(await portal.Get("/crm/properties/2026-09/contacts/shoe_size")).Json["type"]).ShouldBe("string");
        await portal.Post("/_emulator/schema", new { action = "remove", name = "shoe_size" });

        (await portal.Get("/crm/properties/2026-09/contacts/shoe_size")).Status.ShouldBe(404);
        (await portal.Get("/crm/properties/2026-09/contacts?archived=true")).Results.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_clock_can_be_advanced()
    {
        await using var portal = await Portal.StartAsync();

        var clock = await portal.Post("/_emulator/clock", new { seconds = 90 }, null);

        ((string?)clock.Json["now"]).ShouldBe("2026-10-05T09:01:30Z");
    }

    [Fact]
    public async Task A_port_in_use_is_told_in_one_sentence()
    {
        await using var portal = await Portal.StartAsync();
        var port = portal.Emulator.BaseAddress.Port;

        var taken = await Should.ThrowAsync<EmulatorPortInUseException>(() => Portal.StartAsync(options => options.Port = port));

        taken.Port.ShouldBe(port);
        taken.Message.ShouldBe($"Port {port} on 127.0.0.1 is already in use; choose another port, or 0 for any free one.");
    }

    [Fact]
    public async Task The_demo_tokens_have_fixed_names()
    {
        await using var portal = await Portal.StartAsync();

        portal.Emulator.Credentials.Select(credential => credential.Token).ShouldBe([Portal.Account, Portal.Manager, Portal.RepNorth, Portal.RepSouth, Portal.None]);
        portal.Emulator.BaseAddress.Host.ShouldBe("127.0.0.1");
    }
}
