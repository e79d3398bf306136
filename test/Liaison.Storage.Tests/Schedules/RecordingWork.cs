using System.Threading.Channels;
using Liaison.Failures;
using Liaison.Pipelines;

namespace Liaison.Storage.Tests.Schedules;

/// <summary>A time that was handed out, or let go.</summary>
internal sealed record Handed(Schedule Schedule, ScheduledTime? Time, DateTimeOffset? LetGo);

/// <summary>Work of any number of hosts that notes what it is handed.</summary>
internal sealed class RecordingWork : IScheduledWork
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<Handed> handed = Channel.CreateUnbounded<Handed>();

    /// <summary>Gets or sets what becomes of a time; the default starts a run that is named after it.</summary>
    public Func<ScheduledTime, Task<Result<ScheduledOutcome>>> Does { get; set; } =
        time => Task.FromResult<Result<ScheduledOutcome>>(new ScheduledOutcome($"run-{time.Due:HHmm}", time.Late));

    public async Task<Result<ScheduledOutcome>> StartAsync(Schedule schedule, ScheduledTime time, CancellationToken cancellationToken)
    {
        handed.Writer.TryWrite(new Handed(schedule, time, LetGo: null));
        return await Does(time);
    }

    public Task LetGoAsync(Schedule schedule, DateTimeOffset due, CancellationToken cancellationToken)
    {
        handed.Writer.TryWrite(new Handed(schedule, Time: null, due));
        return Task.CompletedTask;
    }

    /// <summary>Waits for what is handed out next.</summary>
    public Task<Handed> NextAsync() => handed.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>Tells whether everything that was handed out has been looked at.</summary>
    public bool IsSilent => !handed.Reader.TryPeek(out _);
}
