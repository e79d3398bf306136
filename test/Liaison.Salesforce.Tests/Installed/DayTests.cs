using System.Text.RegularExpressions;
using Liaison.Emulators.Hosting;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Pipelines;
using Liaison.Pipelines.Scorecards;
using Liaison.Policy;
using Liaison.Salesforce.Tests.Emulated;
using Liaison.Work;

namespace Liaison.Salesforce.Tests.Installed;

/// <summary>A run, by calls or by jobs, is held against what the organisation itself says is left of its rolling day (R95).</summary>
public sealed class DayTests
{
    private const int People = 300;
    private const int Day = 100;
    private const int ByCalls = 0;
    private const int ByJobs = 100;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ByCalls)]
    [InlineData(ByJobs)]
    public async Task A_run_that_the_day_does_not_hold_is_refused_with_the_figures_and_writes_nothing(int jobsFrom)
    {
        await using var org = await StartAsync();
        await using var engine = Compose(org, jobsFrom);
        var (before, _) = await org.WrittenAsync("Contact", Token);
        await SpendAsync(org, Day - 12);

        var refused = (await engine.Qualification.StartAsync(OrgEngine.Org, where: null, Token)).Failure.ShouldNotBeNull();

        refused.Kind.ShouldBe(FailureKind.QuotaExhausted);
        var figures = Regex.Match(refused.Message, @"^The run needs (\d+) calls and (\d+) of the day's are left for runs on connection org; the allowance begins anew at ");
        int.Parse(figures.Groups[1].Value).ShouldBeGreaterThan(int.Parse(figures.Groups[2].Value));
        int.Parse(figures.Groups[2].Value).ShouldBeInRange(0, 12 - (Day / 20));
        (await org.WrittenAsync("Contact", Token)).Writes.ShouldBe(before);
    }

    [Theory]
    [InlineData(ByCalls)]
    [InlineData(ByJobs)]
    public async Task A_run_that_is_started_all_the_same_waits_for_the_allowance_and_is_refused_no_call(int jobsFrom)
    {
        await using var org = await StartAsync();
        await using var engine = Compose(org, jobsFrom);
        await SpendAsync(org, Day - 10);

        var run = Ok(await engine.Qualification.StartAsync(OrgEngine.Org, where: null, DayBudget.OverriddenBy(OrgEngine.User("olga")), Token));
        var parked = Ok(await engine.Qualification.ContinueAsync(run, cancellationToken: Token));

        parked.State.ShouldBe(RunState.Parked);
        parked.Reason.ShouldNotBeNull().ShouldContain("daily allowance");
        (await org.WrittenAsync("Contact", Token)).MostOfOne.ShouldBeLessThanOrEqualTo(1);
        using var ledger = await org.GetAsync("/_emulator/ledger", Token);
        ledger.RootElement.GetProperty("throttled").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData(ByCalls)]
    [InlineData(ByJobs)]
    public async Task A_run_that_the_day_holds_takes_no_more_of_it_than_was_planned(int jobsFrom)
    {
        await using var org = await StartAsync();
        await using var engine = Compose(org, jobsFrom);
        var (before, _) = await org.WrittenAsync("Contact", Token);

        var run = Ok(await engine.Qualification.StartAsync(OrgEngine.Org, where: null, Token));
        var left = await LeftAsync(org);
        var ended = Ok(await engine.Qualification.ContinueAsync(run, cancellationToken: Token));
        var spent = left - 1 - await LeftAsync(org);

        ended.State.ShouldBe(RunState.Finished);
        (await org.WrittenAsync("Contact", Token)).ShouldBe((before + People, 1));
        var plan = RunParameters.FromJson(run.Parameters).Plan!;
        plan.LeftToday.ShouldNotBeNull().ShouldBeInRange(80, 95);
        ((long)spent).ShouldBeInRange(1, plan.DailyCalls);
    }

    private static Task<EmulatedOrg> StartAsync() => EmulatedOrg.StartAsync(
        SmallWorld.Of([.. Enumerable.Range(1, People).Select(number => SmallWorld.Person(number, SmallWorld.Now, "NEW", company: 1 + (number % 3)))]),
        Token,
        configure: options => (options.Limits, options.DailyRequests, options.LimitReportLag, options.AiFields) = (LimitMode.Real, Day, 0, true));

    // As other programs of the organisation do: each question is a call of the day.
    private static async Task SpendAsync(EmulatedOrg org, int calls)
    {
        for (var call = 0; call < calls; call++)
        {
            await LeftAsync(org);
        }
    }

    private static async Task<int> LeftAsync(EmulatedOrg org)
    {
        using var limits = await org.GetAsync("/services/data/v66.0/limits", Token);
        return limits.RootElement.GetProperty("DailyApiRequests").GetProperty("Remaining").GetInt32();
    }

    private static OrgEngine Compose(EmulatedOrg org, int jobsFrom) => new(
        new ConnectionOptions
        {
            Crm = "salesforce",
            Environment = CrmEnvironment.Sandbox,
            BaseUrl = org.Address,
            Writes = ConnectionWrites.Open,
            Share = 1.0,
            JobsFrom = jobsFrom,
            Credentials = new CredentialOptions { Account = "env:ACCOUNT" },
        },
        new Dictionary<string, string> { ["ACCOUNT"] = EmulatedOrg.AdministratorToken },
        new PolicyOptions
        {
            Grants =
            [
                new GrantOptions
                {
                    Subject = "qualification",
                    Actors = [QualificationPipeline.Name],
                    Purposes = ["qualification"],
                    Connections = [OrgEngine.Org.Value],
                    Read = new Dictionary<string, IReadOnlyList<string>> { ["contact"] = ["*"], ["company"] = ["*"] },
                    Write = new Dictionary<string, IReadOnlyDictionary<string, WriteLevel>>
                    {
                        ["contact"] = new Dictionary<string, WriteLevel>
                        {
                            ["ai_score"] = WriteLevel.Auto, ["ai_rationale"] = WriteLevel.Auto, ["ai_playbook"] = WriteLevel.Auto,
                        },
                    },
                },
            ],
        },
        Ok(Scorecard.Create(new ScorecardOptions
        {
            Name = "card",
            Criteria = [new CriterionOptions { Name = "seniority", Field = "person.job_title", Points = 100, Match = [new MatchOptions { ContainsAnyOf = ["Engineer"] }] }],
        })));

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
