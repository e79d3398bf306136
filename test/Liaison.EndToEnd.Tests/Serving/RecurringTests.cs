using Liaison.Alerts;
using Liaison.Cli.Hosting;
using Liaison.Storage;
using Liaison.Testing;
using Microsoft.Extensions.Logging;

namespace Liaison.EndToEnd.Tests.Serving;

/// <summary>What an installation does by itself goes on whatever one time of it throws, and says so.</summary>
public sealed class RecurringTests
{
    private const string Canary = "canary-9f41";

    private readonly ManualTime time = new();
    private readonly RecordingAlerts alerts = new();
    private readonly List<string> lines = [];
    private int times;

    [Fact]
    public async Task A_time_that_fails_is_told_once_and_the_next_ones_are_tried()
    {
        await using (Repeat(_ => ++times <= 3 ? throw new StorageException("The database is away.") : Task.CompletedTask))
        {
            time.Advance(TimeSpan.FromMinutes(4));
        }

        times.ShouldBe(5);
        lines.Count.ShouldBe(2);
        lines[0].ShouldContain("could not water the plants: The database is away.");
        lines[1].ShouldContain("can water the plants again");
        alerts.Raised.Select(alert => (alert.Kind, alert.Cause)).ShouldBe(Enumerable.Repeat((AlertKind.ChoreFailing, "water the plants"), 3));
    }

    [Fact]
    public async Task What_nobody_foresaw_is_told_by_its_kind_and_not_by_its_words()
    {
        await using (Repeat(_ => throw new InvalidOperationException(Canary)))
        {
            time.Advance(TimeSpan.FromMinutes(1));
        }

        lines.ShouldHaveSingleItem().ShouldContain(nameof(InvalidOperationException));
        string.Join(' ', [.. lines, .. alerts.Raised.Select(alert => alert.ToJson())]).ShouldNotContain(Canary);
    }

    [Fact]
    public async Task Alerts_that_cannot_be_kept_stop_nothing()
    {
        await using (Repeat(_ => ++times == 1 ? throw new IOException("The disk is full.") : Task.CompletedTask, new NoAlerts()))
        {
            time.Advance(TimeSpan.FromMinutes(2));
        }

        times.ShouldBe(3);
    }

    [Fact]
    public async Task Closing_ends_a_chore_in_its_midst_and_tells_nothing()
    {
        var begun = new TaskCompletionSource();
        await using (Repeat(async stop =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stop);
        }))
        {
            await begun.Task;
        }

        lines.ShouldBeEmpty();
        alerts.Raised.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_closing_cuts_short_is_no_failure_whatever_it_throws()
    {
        var begun = new TaskCompletionSource();
        await using (Repeat(async stop =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stop).ContinueWith(_ => { }, TaskScheduler.Default);
            throw new StorageException("The transaction was cut.");
        }))
        {
            await begun.Task;
        }

        lines.ShouldBeEmpty();
        alerts.Raised.ShouldBeEmpty();
    }

    private Recurring Repeat(Func<CancellationToken, Task> work, IAlertSink? sink = null) =>
        new(new Chore("water the plants", TimeSpan.FromMinutes(1), work), sink ?? alerts, time, new LineLog(lines));

    private sealed class NoAlerts : IAlertSink
    {
        public Task RaiseAsync(Alert alert, CancellationToken cancellationToken) => throw new StorageException("The database is away.");
    }

    private sealed class LineLog(List<string> lines) : ILogger<Recurring>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));
    }
}
