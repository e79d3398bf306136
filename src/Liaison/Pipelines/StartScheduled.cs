using Liaison.Alerts;
using Liaison.Failures;
using Liaison.Work;
using Microsoft.Extensions.Logging;

namespace Liaison.Pipelines;

/// <summary>Starts runs at their times, and tells of every time at which none was started (R172).</summary>
public sealed partial class StartScheduled(
    IWorkStore work, QualificationPipeline qualify, IAlertSink alerts, ILogger<StartScheduled> logger) : IScheduledWork
{
    // Between a node's death and another's taking over its time fit few runs.
    private const int Newest = 100;

    /// <inheritdoc/>
    public async Task<Result<ScheduledOutcome>> StartAsync(Schedule schedule, ScheduledTime time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(time);
        if (await StartedAsync(schedule, time.Due, cancellationToken) is { } done)
        {
            return new ScheduledOutcome(done.Id, time.Late);
        }

        if ((await GoAsync(schedule, time.Due, cancellationToken)).TryGet(out var run, out var failure))
        {
            LogStarted(logger, schedule.Name, run.Id, schedule.Pipeline, schedule.Connection.Value);
            if (time.Late is { } late)
            {
                await TellAsync(schedule, $"{late} Run {run.Id} makes up for it.", cancellationToken);
            }

            return new ScheduledOutcome(run.Id, time.Late);
        }

        if (failure.Kind.Remedy is Remedy.Moments or Remedy.Looking)
        {
            // What passes by itself must not cost a night.
            failure = failure with { Message = $"{failure.Message} It is tried again every minute." };
            await TellAsync(schedule, failure.Message, cancellationToken);
            return failure;
        }

        await TellAsync(schedule, failure.Message, cancellationToken);
        return new ScheduledOutcome(RunId: null, failure.Message);
    }

    /// <inheritdoc/>
    public Task LetGoAsync(Schedule schedule, DateTimeOffset due, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return TellAsync(schedule, $"{ScheduledTime.Missed(due)} It is let go, as the schedule says.", cancellationToken);
    }

    // A node that dies right behind the start leaves the time to another, which must not start it again, though the run may have ended.
    private async Task<Run?> StartedAsync(Schedule schedule, DateTimeOffset due, CancellationToken cancellationToken) =>
        (await work.ListRunsAsync(Newest, cancellationToken)).FirstOrDefault(
            run => run.Pipeline == schedule.Pipeline
                && run.Connection == schedule.Connection
                && run.Reason != RunStarts.Planned
                && RunParameters.FromJson(run.Parameters) is { } parameters
                && parameters.Schedule == schedule.Name
                && parameters.DueAt == due);

    private async Task<Result<Run>> GoAsync(Schedule schedule, DateTimeOffset due, CancellationToken cancellationToken)
    {
        if (!(await qualify.MayStartAsync(schedule.Connection, cancellationToken)).TryGet(out _, out var failure)
            || !(await qualify.StartAsync(schedule, due, cancellationToken)).TryGet(out var run, out failure)
            || !(await qualify.LeaveToNodesAsync(run, cancellationToken)).TryGet(out _, out failure))
        {
            return failure;
        }

        return run;
    }

    private async Task TellAsync(Schedule schedule, string why, CancellationToken cancellationToken)
    {
        LogMissed(logger, schedule.Name, schedule.Pipeline, schedule.Connection.Value, why);
        await alerts.RaiseAsync(
            new Alert(
                AlertKind.ScheduleMissed,
                schedule.Connection,
                schedule.Name,
                $"Schedule {schedule.Name} did not start {schedule.Pipeline} in time: {why} liaison run list --schedules shows all times.")
            {
                Pipeline = schedule.Pipeline,
            },
            cancellationToken);
    }

    [LoggerMessage(3421, LogLevel.Information, "Schedule {Schedule} started run {RunId} of {Pipeline} on {Connection}")]
    private static partial void LogStarted(ILogger logger, string schedule, string runId, string pipeline, string connection);

    [LoggerMessage(3422, LogLevel.Warning, "Schedule {Schedule} of {Pipeline} on {Connection} was not started in time: {Why}")]
    private static partial void LogMissed(ILogger logger, string schedule, string pipeline, string connection, string why);
}
