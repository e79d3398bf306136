using System.Text;
using System.Text.Json;
using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Verbs;

/// <summary>Every verb against one served CRM, for people and for machines.</summary>
public sealed class VerbTests(ServedCrm served) : IClassFixture<ServedCrm>
{
    private const string Connection = Workplace.Connection;

    // A custom object of the emulated account, by the id of its type.
    private const string Subscription = "2-4100200";

    [Fact]
    public async Task A_token_from_standard_input_is_kept_encrypted_until_its_connection_is_removed()
    {
        using var place = Place();
        await place.RunAsync("run", "list");

        var added = await place.RunWithInputAsync(
            "pat-demo\n", "connect", "add", "added", "--environment", "sandbox", "--base-url", $"{served.Crm.Address}");
        place.With(Workplace.YamlFor(served.Crm.Address, added: ", added"));
        var tested = await place.JsonAsync("connect", "test", "added");
        var again = await place.RunWithInputAsync("pat-demo\n", "connect", "add", "added");
        var listed = await place.JsonAsync("connect", "list");

        added.ShouldEndWith(0).Output.ShouldContain("read-only");
        tested.GetProperty("missing").GetArrayLength().ShouldBe(0);
        again.ShouldEndWith(2).Errors.ShouldContain("already");
        listed.EnumerateArray().Select(entry => entry.GetProperty("name").GetString()).ShouldBe([Connection, "added"], ignoreOrder: true);
        FilesWith("pat-demo", Path.Combine(place.Folder, "state")).ShouldBeEmpty();

        (await place.RunAsync("connect", "remove", "added")).ShouldEndWith(1).Errors.ShouldContain("policy.grants[1].connections: there is no connection \"added\"");
        place.With(Workplace.YamlFor(served.Crm.Address));
        (await place.RunAsync("connect", "remove", "added")).ShouldEndWith(0);
        (await place.RunAsync("connect", "test", "added")).ShouldEndWith(1).Errors.ShouldContain("no connection \"added\"");
        (await place.RunAsync("connect", "remove", Connection)).ShouldEndWith(1).Errors.ShouldContain("liaison.yaml");
    }

    [Fact]
    public async Task A_connection_test_names_the_scopes_that_are_missing()
    {
        using var place = new Workplace();
        await using var crm = await Emulator.StartAsync(place.Folder, "--contacts", "20", "--companies", "5", "--limits", "off");
        place.With(Workplace.YamlFor(crm.Address));
        const string Scope = "crm.objects.contacts.write";
        await crm.PostAsync("_emulator/tokens", new { token = Workplace.AccountToken, removeScopes = new[] { Scope } });

        var told = await place.RunAsync("connect", "test", Connection);
        var json = await place.JsonAsync("connect", "test", Connection);

        told.Output.ShouldContain($"one of {Scope}");
        json.GetProperty("missing")[0].GetProperty("anyOf").EnumerateArray().Select(scope => scope.GetString()).ShouldContain(Scope);
    }

    [Fact]
    public async Task Each_user_sees_what_the_CRM_shows_that_user()
    {
        using var place = Place();
        var seen = await place.JsonAsync("search", Connection, "contact", "--where", "lead status is New", "--limit", "100", "--as", Workplace.Rep);
        var all = await place.JsonAsync("search", Connection, "contact", "--where", "lead status is New", "--limit", "100", "--as", Workplace.Manager);
        var hidden = Ids(all).Except(Ids(seen)).First();

        Ids(seen).ShouldNotBeEmpty();
        Ids(seen).Count.ShouldBeLessThan(Ids(all).Count);
        (await place.JsonAsync("get", Connection, "contact", hidden, "--as", Workplace.Manager)).GetProperty("id").GetString().ShouldBe(hidden);
        var refused = await place.RunAsync("get", Connection, "contact", hidden, "--as", Workplace.Rep);
        var unknown = await place.RunAsync("get", Connection, "contact", "1", "--as", Workplace.Rep);
        refused.ShouldEndWith(1).Errors.Replace(hidden, "1", StringComparison.Ordinal).ShouldBe(unknown.ShouldEndWith(1).Errors);
        var nobody = await place.RunAsync(
            "search", Connection, "contact", "--where", "lead status is New", "--as", Workplace.Nobody, "--output", "json");
        (nobody.Code == 0 ? Ids(nobody.Json()).Count : 0).ShouldBe(0, nobody.Everything);
        (await place.RunAsync("get", Connection, "contact", hidden, "--as", Workplace.Nobody)).Code.ShouldNotBe(0);
        (await place.RunAsync("get", Connection, "contact", hidden, "--as", "stranger")).ShouldEndWith(3);
    }

    [Fact]
    public async Task A_field_that_no_grant_opens_is_told_like_one_that_is_not_there()
    {
        using var place = new Workplace();
        place.With(Workplace.YamlFor(served.Crm.Address).Replace("contact: [\"*\"]", "contact: [email, lead_status]", StringComparison.Ordinal));

        var described = await place.JsonAsync("describe", Connection, "contact");
        var closed = await place.RunAsync("search", Connection, "contact", "--where", "lead status is New", "--fields", "phone");
        var unknown = await place.RunAsync("search", Connection, "contact", "--where", "lead status is New", "--fields", "nosuch");

        described.EnumerateArray().Select(field => field.GetProperty("name").GetString()).ShouldBe(["email", "lead_status"]);
        closed.ShouldEndWith(unknown.Code).Errors.ShouldBe(unknown.Errors.Replace("nosuch", "phone", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2026-03")]
    [InlineData("v3")]
    public async Task Another_API_version_is_compared_with_the_pinned_one_and_nothing_is_written(string version)
    {
        using var place = Place();
        var before = await served.Crm.WritesAsync();

        var same = await place.RunAsync("connect", "check-version", Connection, "--api-version", version, "--output", "json");
        var unknown = await place.RunAsync("connect", "check-version", Connection, "--api-version", "1999-01");

        same.ShouldEndWith(0).Json().GetArrayLength().ShouldBe(0, same.Output);
        unknown.ShouldEndWith(2).Errors.ShouldContain("it speaks 2026-09, 2026-03, v3");
        (await served.Crm.WritesAsync()).Writes.ShouldBe(before.Writes);
    }

    [Fact]
    public async Task A_version_that_lacks_something_is_told_and_ends_with_1()
    {
        using var place = new Workplace();
        await using var crm = await Emulator.StartAsync(place.Folder, "--contacts", "20", "--companies", "5", "--limits", "off");
        place.With(Workplace.YamlFor(crm.Address));

        // The first question is the pinned version's, the next ones are the other's.
        await crm.FaultAsync(new { kind = "status", status = 403, operation = "GET /crm/properties/tickets", skip = 1, count = 5 });

        var lacking = await place.RunAsync("connect", "check-version", Connection, "--api-version", "2026-03", "--output", "json");

        var difference = lacking.ShouldEndWith(1).Json().EnumerateArray().ShouldHaveSingleItem();
        (difference.GetProperty("type").GetString(), difference.GetProperty("breaking").GetBoolean()).ShouldBe(("ticket", true));
        difference.GetProperty("difference").GetString().ShouldNotBeNull().ShouldStartWith("It cannot be described there");
    }

    [Fact]
    public async Task Pipelines_are_described_with_their_stages_in_order()
    {
        using var place = Place();

        var pipelines = await place.JsonAsync("describe", Connection, "deal", "--pipelines");
        var table = await place.RunAsync("describe", Connection, "deal", "--pipelines");
        var none = await place.RunAsync("describe", Connection, "contact", "--pipelines", "--output", "json");

        pipelines.EnumerateArray().Select(pipeline => pipeline.GetProperty("label").GetString()).ShouldBe(["Sales Pipeline", "Renewals"]);
        pipelines[0].GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("id").GetString()).Take(2).ShouldBe(["appointmentscheduled", "qualifiedtobuy"]);
        table.ShouldEndWith(0).Output.ShouldContain("Renewal due");
        none.ShouldEndWith(0).Json().GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Custom_objects_are_described_searched_and_read_like_standard_ones()
    {
        using var place = new Workplace();
        place.With(Workplace.YamlFor(served.Crm.Address).Replace("deal: [\"*\"]", $"deal: [\"*\"]\n        {Subscription}: [\"*\"]", StringComparison.Ordinal));
        await served.Crm.CreateAsync(Subscription, new { subscription_name = "Gold", monthly_value = "120.50" });

        var described = await place.JsonAsync("describe", Connection, Subscription);
        var found = default(JsonElement);
        await Waits.UntilAsync("the search index to catch up", async () =>
        {
            var records = (await place.JsonAsync("search", Connection, Subscription, "--where", "subscription_name is Gold", "--fields", "subscription_name,monthly_value")).GetProperty("records");
            found = records.GetArrayLength() == 0 ? default : records[0];
            return records.GetArrayLength() == 1;
        });
        var read = await place.JsonAsync("get", Connection, Subscription, found.GetProperty("id").GetString()!, "--fields", "monthly_value");

        described.EnumerateArray().Single(field => field.GetProperty("name").GetString() == "monthly_value").GetProperty("type").GetString().ShouldBe("Money");
        found.GetProperty("fields").GetProperty("subscription_name").GetProperty("value").GetString().ShouldBe("Gold");
        read.GetProperty("fields").GetProperty("monthly_value").GetProperty("value").GetString().ShouldNotBeNull().ShouldContain("120.5");
    }

    [Fact]
    public async Task Applying_the_fields_a_second_time_changes_nothing()
    {
        using var place = new Workplace();
        await using var crm = await Emulator.StartAsync(place.Folder, "--contacts", "20", "--companies", "5", "--limits", "off");
        place.With(Workplace.YamlFor(crm.Address));

        var planned = await place.JsonAsync("fields", "plan", Connection);
        var first = await place.JsonAsync("fields", "apply", Connection);
        var created = await CreationsAsync(crm);
        var second = await place.JsonAsync("fields", "apply", Connection);

        States(planned).ShouldAllBe(state => state == "Missing");
        States(first).ShouldAllBe(state => state == "Created");
        States(second).ShouldAllBe(state => state == "Present");
        created.ShouldBePositive();
        (await CreationsAsync(crm)).ShouldBe(created);
    }

    [Fact]
    public async Task A_run_its_changes_and_its_audit_can_be_looked_at_and_a_second_run_writes_nothing()
    {
        using var place = new Workplace();
        await using var crm = await Emulator.StartAsync(
            place.Folder, "--contacts", "200", "--companies", "20", "--ai-fields", "--limits", "off");
        place.With(Workplace.YamlFor(crm.Address));

        var report = await place.JsonAsync("run", "start", "qualify", "--connection", Connection);
        var second = await place.JsonAsync("run", "start", "qualify", "--connection", Connection);

        report.GetProperty("counts").GetProperty("done").GetInt32().ShouldBe(200);
        second.GetProperty("counts").GetProperty("skipped").GetInt32().ShouldBe(200);
        (await crm.WritesAsync()).ShouldBeOnceEach(200);

        var id = report.GetProperty("run").GetProperty("id").GetString()!;
        (await place.JsonAsync("run", "list")).GetArrayLength().ShouldBe(2);
        (await place.JsonAsync("run", "show", id)).GetProperty("state").GetString().ShouldBe("Finished");
        (await place.JsonAsync("run", "report", id)).GetProperty("counts").GetProperty("in").GetInt32().ShouldBe(200);
        var changes = await place.JsonAsync("change", "list", "--run", id, "--state", "verified", "--limit", "5");
        changes.GetArrayLength().ShouldBe(5);
        var change = await place.JsonAsync("change", "show", changes[0].GetProperty("id").GetString()!);
        change.GetProperty("fields").GetArrayLength().ShouldBeGreaterThan(2);
        (await place.JsonAsync("audit", "show", "--run", id)).GetArrayLength().ShouldBePositive();
        (await place.JsonAsync("audit", "verify")).GetProperty("intact").GetBoolean().ShouldBeTrue();
        (await place.JsonAsync("dead-letter", "list")).GetArrayLength().ShouldBe(0);
        (await place.RunAsync("run", "cancel", id, "--output", "json")).ShouldEndWith(1).Json().GetProperty("kind").GetString().ShouldBe("Conflict");
        (await place.RunAsync("run", "list")).ShouldEndWith(0).Output.ShouldContain(id);
        (await place.RunAsync("change", "list")).ShouldEndWith(0).Output.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task A_run_is_paused_resumed_and_cancelled_from_beside_it()
    {
        using var place = new Workplace();
        await using var crm = await Emulator.StartAsync(
            place.Folder, "--contacts", "3000", "--companies", "20", "--ai-fields", "--limits", "off");
        place.With(Workplace.YamlFor(crm.Address));
        await crm.FaultAsync(new { kind = "slow", operation = "POST /crm/*/search", delayMs = 4_000 });
        await using var driver = place.Start("run", "start", "qualify", "--connection", Connection);
        await Waits.UntilAsync("the first writes", async () => (await crm.WritesAsync()).Writes > 0);
        var id = (await place.JsonAsync("run", "list"))[0].GetProperty("id").GetString()!;

        await using var helper = place.Start("run", "resume", id);
        await Waits.UntilAsync("both of them at work", async () => (await place.JsonAsync("run", "show", id)).GetProperty("workers").GetArrayLength() == 2);
        var paused = await place.JsonAsync("run", "pause", id);
        var (driven, helped) = (await driver.EndAsync(), await helper.EndAsync());
        var written = await crm.WritesAsync();

        paused.GetProperty("state").GetString().ShouldBe("Paused");
        driven.ShouldEndWith(1).Output.ShouldContain("Paused");
        helped.ShouldEndWith(1).Output.ShouldContain("Paused");
        written.Records.ShouldBeInRange(1, 2_999);

        await crm.ClearFaultsAsync();
        (await place.JsonAsync("run", "resume", id)).GetProperty("counts").GetProperty("done").GetInt32().ShouldBe(3_000);
        (await crm.WritesAsync()).ShouldBeOnceEach(3_000);

        var planned = await place.JsonAsync("run", "start", "qualify", "--connection", Connection, "--plan-only");
        planned.GetProperty("state").GetString().ShouldBe("Cancelled");
        (await place.RunAsync("run", "resume", planned.GetProperty("id").GetString()!)).ShouldEndWith(1);
    }

    private Workplace Place() => new Workplace().With(Workplace.YamlFor(served.Crm.Address));

    private static List<string> Ids(JsonElement page) =>
        [.. page.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("id").GetString()!)];

    private static IEnumerable<string?> States(JsonElement steps) => steps.EnumerateArray().Select(step => step.GetProperty("state").GetString());

    private static async Task<int> CreationsAsync(Emulator crm) =>
        (await crm.GetAsync("_emulator/ledger")).GetProperty("operations").EnumerateArray()
            .Where(operation => operation.GetProperty("operation").GetString()!.StartsWith("POST /crm/properties", StringComparison.Ordinal))
            .Sum(operation => operation.GetProperty("count").GetInt32());

    private static IEnumerable<string> FilesWith(string secret, string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0);
}
