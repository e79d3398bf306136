using Liaison.Failures;
using Liaison.Model;
using Liaison.Pipelines;
using Liaison.Storage.Schedules;
using Liaison.Storage.Sqlite;
using Liaison.Storage.Tests.Sqlite;
using Liaison.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liaison.Storage.Tests.Schedules;

/// <summary>Schedules of a single node: what it missed while it was down is known when it is back (R172).</summary>
public sealed class SqliteSchedulesTests : IAsyncLifetime
{
    private static readonly Schedule Hourly = new(
        "hourly", "qualify", new ConnectionName("crm"), Where: null, "0 0 * * * ?", "UTC", MisfirePolicy.RunOnce);

    private readonly SqliteFolder folder = new();
    private readonly RecordingWork work = new();
    private readonly ManualTime time = new(new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero));
    private SqliteDatabase database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await folder.OpenAsync(time);

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    [Fact]
    public async Task A_time_is_handed_out_once_and_the_run_that_it_started_is_kept_with_it()
    {
        await using var host = await StartAsync(Hourly);
        (await host.ListAsync(Token)).ShouldHaveSingleItem().ShouldBe(new ScheduleState(Hourly, At(10), Last: null));

        time.Advance(TimeSpan.FromMinutes(30));
        var handed = await work.NextAsync();
        await StopAsync(host);

        handed.ShouldBe(new Handed(Hourly, new ScheduledTime(At(10), At(10)), LetGo: null));
        work.IsSilent.ShouldBeTrue();
        (await (await OpenAsync()).ListAsync(Token)).ShouldHaveSingleItem()
            .ShouldBe(new ScheduleState(Hourly, At(11), new TakenTime(At(10), new ScheduledOutcome("run-1000", Note: null))));
    }

    [Fact]
    public async Task Times_that_were_missed_while_it_was_down_are_made_up_for_once_and_told()
    {
        await StopAsync(await StartAsync(Hourly));
        time.Advance(TimeSpan.FromHours(5));

        await using var host = await StartAsync(Hourly);
        var handed = await work.NextAsync();
        await StopAsync(host);

        handed.Time.ShouldBe(new ScheduledTime(At(10), At(14, 30)));
        work.IsSilent.ShouldBeTrue();
        var state = (await (await OpenAsync()).ListAsync(Token)).ShouldHaveSingleItem();
        state.DueAt.ShouldBe(At(15));
        state.Last.ShouldNotBeNull().Outcome.Note.ShouldBe("Its time was 2026-03-02 10:00:00Z, and nobody was there.");
    }

    [Fact]
    public async Task Times_that_were_missed_are_let_go_where_the_schedule_says_so_and_that_is_told()
    {
        var skipping = Hourly with { Misfire = MisfirePolicy.Skip };
        await StopAsync(await StartAsync(skipping));
        time.Advance(TimeSpan.FromHours(5));

        await using var host = await StartAsync(skipping);
        var handed = await work.NextAsync();
        await StopAsync(host);

        handed.ShouldBe(new Handed(skipping, Time: null, At(10)));
        work.IsSilent.ShouldBeTrue();
        var state = (await (await OpenAsync()).ListAsync(Token)).ShouldHaveSingleItem();
        (state.DueAt, state.Last!.DueAt, state.Last.Outcome.RunId).ShouldBe((At(15), At(10), null));
    }

    [Fact]
    public async Task A_time_whose_work_the_death_of_the_process_cut_off_is_handed_out_again_once()
    {
        var dying = new TaskCompletionSource<Result<ScheduledOutcome>>();
        work.Does = _ => dying.Task;
        var dead = await StartAsync(Hourly);
        time.Advance(TimeSpan.FromMinutes(30));
        var first = await work.NextAsync();
        work.Does = time => Task.FromResult<Result<ScheduledOutcome>>(new ScheduledOutcome("run-2", time.Late));
        database = await folder.OpenAfterKillAsync(time);

        await using (var host = await StartAsync(Hourly))
        {
            var second = await work.NextAsync();
            second.Schedule.ShouldBe(Hourly);
            second.Time!.Due.ShouldBe(first.Time!.Due);
        }

        work.IsSilent.ShouldBeTrue();
        dying.SetResult(new Failure(FailureKind.Invalid, "The process is dead."));
        await dead.DisposeAsync();
    }

    [Fact]
    public async Task What_fails_for_a_passing_reason_is_handed_out_again_a_minute_later()
    {
        work.Does = _ => Task.FromResult<Result<ScheduledOutcome>>(new Failure(FailureKind.Unavailable, "The CRM is away."));
        await using var host = await StartAsync(Hourly);
        time.Advance(TimeSpan.FromMinutes(30));
        (await work.NextAsync()).Time!.Due.ShouldBe(At(10));
        await Eventually.HoldsAsync(async () => (await host.ListAsync(Token))[0].Last?.Outcome.Note == "The CRM is away.");
        work.Does = time => Task.FromResult<Result<ScheduledOutcome>>(new ScheduledOutcome("run-2", time.Late));

        time.Advance(TimeSpan.FromMinutes(1));
        var again = await work.NextAsync();

        again.Time.ShouldBe(new ScheduledTime(At(10), At(10, 1)));
        await Eventually.HoldsAsync(async () => (await host.ListAsync(Token))[0].Last?.Outcome.RunId == "run-2");
    }

    [Fact]
    public async Task A_schedule_that_is_changed_while_it_serves_is_reckoned_anew_and_one_that_is_gone_forgotten()
    {
        var inForce = new SchedulesInForce([Hourly, Hourly with { Name = "other" }]);
        await using var host = await OpenAsync();
        await host.TakeUpAsync(inForce, Token);
        var daily = Hourly with { Cron = "0 0 2 * * ?", TimeZone = "Europe/Berlin", Where = "lead status is New" };

        inForce.Replace([daily]);
        await host.TakeUpAsync(inForce, Token);

        (await host.ListAsync(Token)).ShouldHaveSingleItem().ShouldBe(new ScheduleState(daily, At(1).AddDays(1), Last: null));
        inForce.Replace([]);
        await host.TakeUpAsync(inForce, Token);
        (await host.ListAsync(Token)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    public async Task A_time_of_day_comes_once_on_the_days_on_which_the_clock_of_its_zone_is_moved(string before, string first, string second)
    {
        time.Advance(DateTimeOffset.Parse(before, null) - time.GetUtcNow());
        await using var host = await StartAsync(Hourly with { Cron = "0 30 2 * * ?", TimeZone = "Europe/Berlin" });

        time.Advance(DateTimeOffset.Parse(first, null) - time.GetUtcNow());
        var handed = await work.NextAsync();

        handed.Time!.Due.ShouldBe(DateTimeOffset.Parse(first, null));
        (await host.ListAsync(Token))[0].DueAt.ShouldBe(DateTimeOffset.Parse(second, null));
    }

    private static DateTimeOffset At(int hour, int minute = 0) => new(2026, 3, 2, hour, minute, 0, TimeSpan.Zero);

    private static ValueTask StopAsync(QuartzSchedules host) => host.DisposeAsync();

    private Task<QuartzSchedules> OpenAsync() =>
        Task.FromResult(QuartzSchedules.On(database, work, time, NullLoggerFactory.Instance));

    private async Task<QuartzSchedules> StartAsync(params Schedule[] schedules)
    {
        var host = await OpenAsync();
        await host.TakeUpAsync(new SchedulesInForce(schedules), Token);
        return host;
    }
}
