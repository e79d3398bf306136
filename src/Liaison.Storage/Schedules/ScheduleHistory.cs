using System.Text.Json;
using Liaison.Pipelines;
using Quartz;
using Quartz.Extensibility;

namespace Liaison.Storage.Schedules;

/// <summary>Reads what became of a schedule's last time out of what Quartz recorded.</summary>
internal sealed class ScheduleHistory(string scheduler, IExecutionHistoryStore history)
{
    /// <summary>Finds the last time that was dealt with, or that nobody dealt with.</summary>
    public async Task<TakenTime?> LastOfAsync(JobKey job, Schedule schedule, CancellationToken cancellationToken)
    {
        var executions = await history.QueryExecutions(new ExecutionHistoryQuery { SchedulerName = scheduler, Job = job, Take = 1 }, cancellationToken);
        var misfires = await history.QueryMisfires(new MisfireHistoryQuery { SchedulerName = scheduler, Job = job, Take = 1 }, cancellationToken);
        var execution = executions.Items is [var newest] ? newest : null;
        return misfires.Items is [{ ScheduledFireTimeUtc: { } missed } misfire]
            && schedule.Misfire == MisfirePolicy.Skip
            && (execution is null || misfire.MisfiredAtUtc > execution.FiredAtUtc)
            ? new TakenTime(missed, new ScheduledOutcome(RunId: null, ScheduledTime.Missed(missed)))
            : execution is null ? null : Of(execution);
    }

    private static TakenTime Of(ExecutionHistoryEntry execution)
    {
        if (execution.MetricsJson is not { } told)
        {
            return new TakenTime(execution.FiredAtUtc, new ScheduledOutcome(RunId: null, execution.ExceptionMessage));
        }

        using var metrics = JsonDocument.Parse(told);
        return new TakenTime(
            metrics.RootElement.GetProperty(ScheduledStart.Due).GetDateTimeOffset(),
            new ScheduledOutcome(metrics.RootElement.TryGetProperty(ScheduledStart.Run, out var run) ? run.GetString() : null, execution.Summary));
    }
}
