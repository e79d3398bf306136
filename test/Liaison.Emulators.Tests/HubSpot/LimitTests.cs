using Liaison.Emulators.Hosting;

namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>Contract section 3: allowances, headers, bodies.</summary>
public sealed class LimitTests
{
    private const string Contact = "/crm/objects/2026-09/contacts?limit=1";
    private const string Search = "/crm/objects/2026-09/contacts/search";

    [Theory]
    [InlineData("free-starter", 100, "250000")]
    [InlineData("professional", 190, "650000")]
    [InlineData("enterprise", 190, "1000000")]
    [InlineData("pack", 250, "1650000")]
    [InlineData("oauth", 110, null)]
    public async Task An_app_gets_its_burst_in_any_ten_seconds_and_then_429_without_retry_after(string profile, int burst, string? daily)
    {
        await using var portal = await Portal.StartAsync(options => (options.Limits, options.LimitProfile) = (LimitMode.Real, profile));

        var first = await portal.Get(Contact);
        for (var call = 1; call < burst; call++)
        {
            (await portal.Get(Contact)).Status.ShouldBe(200);
        }

        var refused = await portal.Get(Contact);

        first.Headers["X-HubSpot-RateLimit-Max"].ShouldBe($"{burst}");
        first.Headers["X-HubSpot-RateLimit-Remaining"].ShouldBe($"{burst - 1}");
        first.Headers["X-HubSpot-RateLimit-Interval-Milliseconds"].ShouldBe("10000");
        first.Headers["X-HubSpot-RateLimit-Secondly"].ShouldBe($"{burst / 10}");
        first.Headers.GetValueOrDefault("X-HubSpot-RateLimit-Daily").ShouldBe(daily);
        first.Headers.ContainsKey("X-HubSpot-RateLimit-Daily-Remaining").ShouldBe(daily is not null);
        refused.Status.ShouldBe(429);
        refused.Headers.ContainsKey("Retry-After").ShouldBeFalse();
        ((string?)refused.Json["message"]).ShouldBe("You have reached your ten_secondly_rolling limit.");
        ((string?)refused.Json["errorType"]).ShouldBe("RATE_LIMIT");
        ((string?)refused.Json["policyName"]).ShouldBe("TEN_SECONDLY_ROLLING");
        portal.Time.Advance(TimeSpan.FromSeconds(10));
        (await portal.Get(Contact)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_window_rolls_and_does_not_begin_anew()
    {
        await using var portal = await Portal.StartAsync(options => (options.Limits, options.LimitProfile) = (LimitMode.Real, "free-starter"));
        await Many(portal, 60);
        portal.Time.Advance(TimeSpan.FromSeconds(6));
        await Many(portal, 40);

        (await portal.Get(Contact)).Status.ShouldBe(429);
        portal.Time.Advance(TimeSpan.FromSeconds(4));
        await Many(portal, 60);
        (await portal.Get(Contact)).Status.ShouldBe(429);
    }

    [Fact]
    public async Task Searches_are_five_a_second_and_carry_no_burst_headers_whether_200_or_429()
    {
        await using var portal = await Portal.StartAsync(options => options.Limits = LimitMode.Real);

        var answers = new List<Answer>();
        for (var call = 0; call < 6; call++)
        {
            answers.Add(await portal.Post(Search, new { limit = 1 }));
        }

        answers.Select(answer => answer.Status).ShouldBe([200, 200, 200, 200, 200, 429]);
        answers.ShouldAllBe(answer => !answer.Headers.Keys.Any(name => name.StartsWith("X-HubSpot-RateLimit-Max") || name.StartsWith("X-HubSpot-RateLimit-Remaining") || name.StartsWith("X-HubSpot-RateLimit-Secondly")));
        answers.ShouldAllBe(answer => answer.Headers.ContainsKey("X-HubSpot-RateLimit-Daily"));
        ((string?)answers[5].Json["message"]).ShouldBe("You have reached your secondly limit.");
        ((string?)answers[5].Json["category"]).ShouldBe("RATE_LIMITS");
        answers[5].Json["policyName"].ShouldBeNull();
        answers[5].Headers.ContainsKey("Retry-After").ShouldBeFalse();
        portal.Time.Advance(TimeSpan.FromSeconds(1));
        (await portal.Post(Search, new { limit = 1 })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Searches_of_all_apps_share_their_second_but_not_the_burst()
    {
        await using var portal = await Portal.StartAsync(options => options.Limits = LimitMode.Real);
        for (var call = 0; call < 5; call++)
        {
            await portal.Post(Search, new { limit = 1 });
        }

        (await portal.Post(Search, new { limit = 1 }, Portal.Manager)).Status.ShouldBe(429);
        (await portal.Get(Contact)).Headers["X-HubSpot-RateLimit-Remaining"].ShouldBe("189");
    }

    [Fact]
    public async Task A_user_token_has_the_burst_of_an_oauth_app_and_no_daily_headers()
    {
        await using var portal = await Portal.StartAsync(options => options.Limits = LimitMode.Real);

        var answer = await portal.Get(Contact, Portal.Manager);

        answer.Headers["X-HubSpot-RateLimit-Max"].ShouldBe("110");
        answer.Headers["X-HubSpot-RateLimit-Secondly"].ShouldBe("11");
        answer.Headers.ContainsKey("X-HubSpot-RateLimit-Daily").ShouldBeFalse();
    }

    [Fact]
    public async Task Association_batches_stand_outside_the_burst_and_have_a_pace_of_their_own()
    {
        await using var portal = await Portal.StartAsync(options => options.Limits = LimitMode.Real);
        var id = (await portal.Ids())[0];
        var statuses = new List<int>();
        for (var call = 0; call < 11; call++)
        {
            statuses.Add((await portal.Post("/crm/associations/2026-09/contacts/companies/batch/read", A.Batch(new { id }))).Status);
        }

        statuses.Count(status => status == 200).ShouldBe(10);
        statuses[10].ShouldBe(429);
    }

    [Fact]
    public async Task The_day_is_counted_and_starts_again_at_midnight_of_the_account()
    {
        await using var portal = await Portal.StartAsync(options => (options.Limits, options.TimeZone) = (LimitMode.Real, "UTC"));
        await Many(portal, 3);

        var usage = await portal.Get("/account-info/2026-09/api-usage/daily/private-apps");
        await portal.Post("/_emulator/clock", new { seconds = 16 * 3600 });
        var next = await portal.Get(Contact);

        ((int)usage.Results[0]!["currentUsage"]!).ShouldBe(4);
        ((int)usage.Results[0]!["usageLimit"]!).ShouldBe(650_000);
        ((string?)usage.Results[0]!["resetsAt"]).ShouldBe("2026-10-06T00:00:00Z");
        next.Headers["X-HubSpot-RateLimit-Daily-Remaining"].ShouldBe("649999");
    }

    [Fact]
    public async Task With_the_limits_off_nothing_is_refused()
    {
        await using var portal = await Portal.StartAsync();

        await Many(portal, 400);
        for (var call = 0; call < 20; call++)
        {
            (await portal.Post(Search, new { limit = 1 })).Status.ShouldBe(200);
        }
    }

    private static async Task Many(Portal portal, int calls)
    {
        for (var call = 0; call < calls; call++)
        {
            (await portal.Get(Contact)).Status.ShouldBe(200);
        }
    }
}
