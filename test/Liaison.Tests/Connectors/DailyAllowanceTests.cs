using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Testing;
using Liaison.Testing.Stores;
using Liaison.Tests.Identity;

namespace Liaison.Tests.Connectors;

public sealed class DailyAllowanceTests
{
    private static readonly Limit Daily = new(LimitKind.Daily, 1_000, TimeSpan.FromDays(1));

    private static readonly Limit Rolling = Daily with { Rolls = true };

    private readonly ManualTime time = new();
    private readonly InMemoryBudgetStore budgets = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_stops_before_the_share_is_spent_and_people_may_go_on_to_it()
    {
        using var allowance = Make();

        var batch = await TakeAllAsync(allowance, Lane.Batch);
        var people = await TakeAllAsync(allowance, Lane.Interactive);

        batch.ShouldBe(760);
        (batch + people).ShouldBe(800);
    }

    [Fact]
    public async Task The_count_outlives_the_process_and_is_shared_by_two()
    {
        using var one = Make();
        using var other = Make();

        var first = await TakeAllAsync(one, Lane.Batch);
        var second = await TakeAllAsync(other, Lane.Batch);

        (first + second).ShouldBe(760);
    }

    [Fact]
    public async Task Permits_are_leased_in_blocks_and_not_one_by_one()
    {
        using var allowance = Make(new Limit(LimitKind.Daily, 500_000, TimeSpan.FromDays(1)));

        (await allowance.TakeAsync(Lane.Batch, Cancellation)).Found();
        (await allowance.TakeAsync(Lane.Batch, Cancellation)).Found();

        (await budgets.SpentAsync(new ConnectionName("demo"), LimitKind.Daily, new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), Cancellation)).ShouldBe(50);
    }

    [Fact]
    public async Task A_spent_day_names_its_reset_and_begins_anew_at_the_accounts_midnight()
    {
        using var allowance = Make();
        allowance.UseZone(TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        await TakeAllAsync(allowance, Lane.Interactive);

        var spent = (await allowance.TakeAsync(Lane.Interactive, Cancellation)).Refused();
        time.Advance(spent.RetryAfter!.Value);
        var anew = await allowance.TakeAsync(Lane.Interactive, Cancellation);

        spent.Kind.ShouldBe(FailureKind.QuotaExhausted);
        spent.RetryAfter.ShouldBe(TimeSpan.FromHours(20));
        spent.Message.ShouldContain("2026-03-03 05:00 UTC");
        anew.Failure.ShouldBeNull();
    }

    [Fact]
    public async Task What_the_CRM_counts_for_others_too_lowers_what_is_left()
    {
        using var allowance = Make();
        await allowance.TakeAsync(Lane.Batch, Cancellation);

        await allowance.CorrectAsync(new LimitReading(LimitKind.Daily) { Permits = 1_000, Remaining = 300 }, Cancellation);
        var left = await TakeAllAsync(allowance, Lane.Batch);

        left.ShouldBeInRange(60, 67);
    }

    // An organisation of 3,000 a day in a profile of 1,000, of which others have used 850, has 2,150 left and not less than none.
    [Theory]
    [InlineData(false, 3_000, 2_150, 2_400 - 850)]
    [InlineData(true, 3_000, 2_150, 2_400)]
    [InlineData(false, 500, 450, 400 - 50)]
    [InlineData(true, 500, 450, 400)]
    public async Task How_much_a_day_holds_is_what_the_CRM_says_and_not_what_the_profile_begins_with(bool rolls, int permits, int remaining, int expected)
    {
        using var allowance = Make(rolls ? Rolling : Daily);

        await allowance.CorrectAsync(new LimitReading(LimitKind.Daily) { Permits = permits, Remaining = remaining }, Cancellation);

        (await allowance.ReadAsync(Cancellation)).Left.ShouldBe((int)(permits * 0.8) - (permits - remaining));
        (await TakeAllAsync(allowance, Lane.Interactive)).ShouldBe(expected);
    }

    [Fact]
    public async Task A_permit_that_was_not_used_is_given_back()
    {
        using var allowance = Make(new Limit(LimitKind.Daily, 10, TimeSpan.FromDays(1)));
        var taken = await TakeAllAsync(allowance, Lane.Interactive);

        allowance.GiveBack(Lane.Interactive);

        taken.ShouldBe(8);
        (await TakeAllAsync(allowance, Lane.Interactive)).ShouldBe(1);
    }

    [Fact]
    public async Task Of_an_allowance_that_rolls_the_latest_readings_count_and_not_the_highest_of_the_day()
    {
        using var allowance = Make(Rolling);
        await allowance.CorrectAsync(new LimitReading(LimitKind.Daily) { Permits = 1_000, Remaining = 150 }, Cancellation);
        var spent = await allowance.TakeAsync(Lane.Interactive, Cancellation);

        // Calls side by side are told less than was told before: that is no relief yet.
        await allowance.CorrectAsync(new LimitReading(LimitKind.Daily) { Permits = 1_000, Remaining = 600 }, Cancellation);
        var still = await allowance.TakeAsync(Lane.Interactive, Cancellation);
        time.Advance(TimeSpan.FromMinutes(11));
        await allowance.CorrectAsync(new LimitReading(LimitKind.Daily) { Permits = 1_000, Remaining = 600 }, Cancellation);

        spent.Failure.ShouldNotBeNull().Message.ShouldContain("looked at again at 2026-03-02");
        spent.Failure!.RetryAfter.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(10));
        still.Failure.ShouldNotBeNull();
        (await allowance.TakeAsync(Lane.Interactive, Cancellation)).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task An_allowance_that_rolls_and_is_spent_is_tried_again_after_growing_pauses_and_not_at_midnight()
    {
        using var allowance = Make(Rolling);
        var pauses = new List<double>();
        for (var turn = 0; turn < 6; turn++)
        {
            var pause = await allowance.StopAsync(Cancellation);
            pauses.Add(pause.TotalMinutes);
            (await allowance.TakeAsync(Lane.Interactive, Cancellation)).Failure.ShouldNotBeNull().RetryAfter.ShouldBe(pause);
            time.Advance(pause);
            (await allowance.TakeAsync(Lane.Interactive, Cancellation)).Failure.ShouldBeNull();
        }

        await allowance.CorrectAsync(new LimitReading(LimitKind.Daily) { Permits = 1_000, Remaining = 900 }, Cancellation);

        pauses.ShouldBe([5, 10, 20, 40, 60, 60]);
        (await allowance.StopAsync(Cancellation)).ShouldBe(TimeSpan.FromMinutes(5));
    }

    private static async Task<int> TakeAllAsync(DailyAllowance allowance, Lane lane)
    {
        var taken = 0;
        while ((await allowance.TakeAsync(lane, Cancellation)).Failure is null)
        {
            taken++;
        }

        return taken;
    }

    private DailyAllowance Make(Limit? limit = null) =>
        new(new ConnectionName("demo"), limit ?? Daily, 0.8, 50, budgets, time);
}
