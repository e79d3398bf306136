using Liaison.Emulators.Hosting;

namespace Liaison.Emulators.Tests.Salesforce.Host;

/// <summary>Contract sections 2, 9 and 16: allowances, their headers and bodies, and what goes wrong on the way.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task Records_are_counted_for_who_looks_at_the_setup()
    {
        await using var org = await LiveOrg.StartAsync();
        var contacts = (int)(await org.Get("query?q=SELECT COUNT() FROM Contact")).Json["totalSize"]!;

        var counted = await org.Get("limits/recordCount?sObjects=contact,Nothing");
        var refused = await org.Get("limits/recordCount?sObjects=Contact", LiveOrg.North);

        counted.Text.ShouldBe($$"""{"sObjects":[{"count":{{contacts}},"name":"Contact"}]}""");
        (refused.Status, refused.Code()).ShouldBe((403, "INSUFFICIENT_ACCESS"));
    }

    [Fact]
    public async Task A_statement_is_explained_or_refused_as_it_would_be_when_run()
    {
        await using var org = await LiveOrg.StartAsync();
        var contacts = (int)(await org.Get("query?q=SELECT COUNT() FROM Contact")).Json["totalSize"]!;

        var explained = await org.Get("query?explain=SELECT Id FROM contact LIMIT 1");
        var refused = await org.Get("query?explain=SELECT Nme FROM Contact");

        var plan = explained.Json["plans"]![0]!;
        ((string)plan["sobjectType"]!, (int)plan["cardinality"]!, (int)plan["sobjectCardinality"]!).ShouldBe(("Contact", 1, contacts));
        ((string)explained.Json["sourceQuery"]!).ShouldBe("SELECT Id FROM contact LIMIT 1");
        refused.Code().ShouldBe("INVALID_FIELD");
    }

    [Fact]
    public async Task A_search_carries_an_id_of_its_own()
    {
        await using var org = await LiveOrg.StartAsync();

        var (one, other) = (await org.Get("search?q=FIND {anna}"), await org.Get("parameterizedSearch?q=anna"));

        one.Headers["queryid"].ShouldNotBe(other.Headers["queryid"]);
        (await org.Get("query?q=SELECT Id FROM Contact LIMIT 1")).Headers.Keys.ShouldNotContain("queryid");
    }

    [Theory]
    [InlineData("57.0", 400)]
    [InlineData("58.0", 200)]
    public async Task Children_of_children_are_for_versions_from_58_on(string version, int status)
    {
        await using var org = await LiveOrg.StartAsync();

        var answer = await org.Get($"/services/data/v{version}/query?q=SELECT Id, (SELECT Id, (SELECT Id FROM OpportunityContactRoles) FROM Contacts) FROM Account", LiveOrg.Admin);

        answer.Status.ShouldBe(status, answer.Text);
    }

    [Fact]
    public async Task Beyond_the_day_calls_are_refused_with_403_and_no_word_of_when_to_come_back()
    {
        await using var org = await LiveOrg.StartAsync(options => (options.Limits, options.DailyRequests) = (LimitMode.Real, 3));
        for (var call = 0; call < 3; call++)
        {
            await org.Get("sobjects");
        }

        var refused = await org.Get("sobjects");
        org.Time.Advance(TimeSpan.FromHours(25));
        var later = await org.Get("sobjects");

        (refused.Status, refused.Text).ShouldBe((403, """[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]"""));
        refused.Headers.Keys.ShouldNotContain("Retry-After");
        later.Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_usage_header_lags_goes_back_and_never_runs_ahead()
    {
        await using var org = await LiveOrg.StartAsync(options => options.Limits = LimitMode.Real);
        var told = new List<int>();
        for (var call = 1; call <= 60; call++)
        {
            var header = (await org.Get("sobjects/Case/describe")).Headers["Sforce-Limit-Info"];
            header.ShouldEndWith("/100000");
            told.Add(int.Parse(header.Split('=')[1].Split('/')[0]));
            told[^1].ShouldBeInRange(Math.Max(0, call - 8), call);
        }

        told.Zip(told.Skip(1)).ShouldContain(pair => pair.Second < pair.First);
    }

    [Fact]
    public async Task Limits_are_told_to_who_may_view_the_setup_and_cost_a_call()
    {
        await using var org = await LiveOrg.StartAsync(options => options.Limits = LimitMode.Real);

        var told = await org.Get("limits");
        var refused = await org.Get("limits", LiveOrg.North);

        told.Json["DailyApiRequests"]!.ToJsonString().ShouldBe("""{"Max":100000,"Remaining":99999}""");
        refused.Status.ShouldBe(403);
    }

    [Fact]
    public async Task So_many_long_running_calls_are_let_through_at_once_and_no_more()
    {
        await using var org = await LiveOrg.StartAsync(options => (options.Limits, options.LongRunningRequests) = (LimitMode.Real, 2));
        await org.Control("faults", new { kind = "slow", delayMs = 400, @long = true });

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => org.Get("sobjects")));

        answers.Count(answer => answer.Status == 200).ShouldBe(2);
        answers.Where(answer => answer.Status == 403).ShouldAllBe(answer => answer.Message() == "ConcurrentPerOrgLongTxn Limit exceeded.");
    }

    [Theory]
    [InlineData("expired", 401, "INVALID_SESSION_ID")]
    [InlineData("not-for-rest", 401, "This session is not valid for use with the REST API")]
    [InlineData("daily", 403, "TotalRequests Limit exceeded.")]
    [InlineData("concurrency", 403, "ConcurrentPerOrgLongTxn Limit exceeded.")]
    [InlineData("no-route", 420, "")]
    [InlineData("empty-406", 406, "")]
    [InlineData("html-502", 502, "<html>")]
    [InlineData("unavailable", 503, "SERVER_UNAVAILABLE")]
    [InlineData("locked", 400, "UNABLE_TO_LOCK_ROW")]
    public async Task A_fault_answers_as_the_platform_does_and_only_as_often_as_told(string kind, int status, string text)
    {
        await using var org = await LiveOrg.StartAsync();
        await org.Control("faults", new { kind, operation = "GET /sobjects", count = 1 });

        var hit = await org.Get("sobjects");
        var after = await org.Get("sobjects");

        hit.Status.ShouldBe(status);
        hit.Text.ShouldContain(text);
        after.Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_write_whose_answer_is_lost_is_done_all_the_same()
    {
        await using var org = await LiveOrg.StartAsync();
        var id = await org.Create("Contact", new { LastName = "Lost" });
        await org.Control("faults", new { kind = "cut-after-commit", operation = "PATCH *", count = 1 });

        await Should.ThrowAsync<HttpRequestException>(() => org.Patch($"sobjects/Contact/{id}", new { Title = "There" }));

        ((string)(await org.Get($"sobjects/Contact/{id}")).Json["Title"]!).ShouldBe("There");
        (await org.Get("/_emulator/ledger/writes?type=Contact", null)).Text.ShouldContain("\"Title\":1");
    }

    [Fact]
    public async Task An_address_that_is_too_long_is_refused()
    {
        await using var org = await LiveOrg.StartAsync();

        (await org.Get($"query?q={new string('a', 16_400)}")).Status.ShouldBe(414);
        (await org.Get($"query?q=SELECT+Id+FROM+Contact+WHERE+Id+IN+({string.Join(',', Enumerable.Repeat("'003000000000001AAA'", 600))})")).Status.ShouldBe(200);
        (await org.Get("sobjects", LiveOrg.Admin, ("X-Long", new string('a', 16_400)))).Status.ShouldBe(431);
    }

    [Fact]
    public async Task Nothing_is_ever_answered_with_429()
    {
        await using var org = await LiveOrg.StartAsync(options => (options.Limits, options.DailyRequests) = (LimitMode.Real, 1));
        await org.Get("sobjects");
        await org.Get("sobjects");

        (await org.Get("/_emulator/ledger", null)).Text.ShouldNotContain("\"status\":429");
        ((int)(await org.Get("/_emulator/ledger", null)).Json["throttled"]!).ShouldBe(1);
    }
}
