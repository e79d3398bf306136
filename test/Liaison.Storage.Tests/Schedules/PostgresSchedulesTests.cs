using Liaison.Failures;
using Liaison.Model;
using Liaison.Pipelines;
using Liaison.Storage.Schedules;
using Liaison.Storage.Tests.Postgres;
using Liaison.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liaison.Storage.Tests.Schedules;

/// <summary>Schedules of a cluster: each time goes to one host, and that of a host which died to another (R172).</summary>
public sealed class PostgresSchedulesTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly Schedule Hourly = new(
        "hourly", "qualify", new ConnectionName("crm"), "lead status is New", "0 0 * * * ?", "UTC", MisfirePolicy.RunOnce);

    private readonly RecordingWork work = new();
    private PostgresPlace place = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => place = await server.CreateAsync();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    [Fact]
    public async Task Each_time_goes_to_one_of_two_hosts()
    {
        var time = Clock();
        var due = new List<DateTimeOffset>();

        for (var hour = 10; hour < 13; hour++)
        {
            // Only between hosts does the clock jump: one that was silent for an hour is dead to the other, which takes its time over.
            time.Advance(At(hour).AddSeconds(-2) - time.GetUtcNow());
            var one = await StartAsync(time);
            var two = await StartAsync(time);
            time.Advance(TimeSpan.FromSeconds(2));
            due.Add((await work.NextAsync()).Time!.Due);
            await one.DisposeAsync();
            await two.DisposeAsync();
        }

        due.ShouldBe([At(10), At(11), At(12)]);
        work.IsSilent.ShouldBeTrue();
    }

    [Theory]
    [InlineData(30)]
    [InlineData(34)]
    public async Task The_time_of_a_host_that_dies_before_it_has_started_the_run_goes_to_another_once_however_late(int minutes)
    {
        var dying = new TaskCompletionSource<Result<ScheduledOutcome>>();
        work.Does = _ => dying.Task;

        // A clock that stands still: the dead tell nobody that they live.
        var stopped = Clock();
        var dead = await StartAsync(stopped);
        stopped.Advance(TimeSpan.FromMinutes(30));
        var first = await work.NextAsync();
        work.Does = time => Task.FromResult<Result<ScheduledOutcome>>(new ScheduledOutcome("run-2", time.Late));

        var going = Clock();
        going.Advance(TimeSpan.FromMinutes(minutes));
        await using var living = await StartAsync(going);
        await Eventually.HoldsAsync(() =>
        {
            going.Advance(TimeSpan.FromSeconds(8));
            return Task.FromResult(!work.IsSilent);
        });
        var second = await work.NextAsync();

        second.Schedule.ShouldBe(Hourly);
        second.Time!.Due.ShouldBe(first.Time!.Due);
        await Eventually.HoldsAsync(async () => (await living.ListAsync(Token))[0].Last?.Outcome.RunId == "run-2");
        work.IsSilent.ShouldBeTrue();
        dying.SetResult(new Failure(FailureKind.Invalid, "The host is dead."));
        await dead.DisposeAsync();
    }

    private static ManualTime Clock() => new(new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero));

    private static DateTimeOffset At(int hour) => new(2026, 3, 2, hour, 0, 0, TimeSpan.Zero);

    private async Task<QuartzSchedules> StartAsync(ManualTime time)
    {
        var host = QuartzSchedules.On(await place.OpenAsync(TimeProvider.System), work, time, NullLoggerFactory.Instance);
        await host.TakeUpAsync(new SchedulesInForce([Hourly]), Token);
        return host;
    }
}
