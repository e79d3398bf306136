using System.Globalization;
using Liaison.Pipelines;
using Quartz;

namespace Liaison.Storage.Schedules;

/// <summary>Deals with a time that Quartz has handed to this node.</summary>
/// <remarks>What fails for a passing reason is tried again every minute for a day, or until the schedule's next time comes.</remarks>
[DisallowConcurrentExecution]
[RetryPolicy(1440, "00:01:00")]
internal sealed class ScheduledStart(IScheduledWork work) : IJob
{
    /// <summary>The run that was started, in the history.</summary>
    public const string Run = "run";

    /// <summary>The time that it was started for, in the history.</summary>
    public const string Due = "due";

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);

        var due = DueOf(context);
        var schedule = StoredSchedule.Of(context.JobDetail.Key.Name, context.MergedJobDataMap);
        var started = await work.StartAsync(schedule, new ScheduledTime(due, context.FireTimeUtc), cancellationToken);
        if (!started.TryGet(out var outcome, out var failure))
        {
            throw new JobExecutionException(failure.Message);
        }

        var report = JobRunReport.Succeeded(outcome.Note).With(Due, due.ToString("O", CultureInfo.InvariantCulture));
        context.Result = outcome.RunId is { } run ? report.With(Run, run) : report;
    }

    // The first time of a retry stands in the context as it was due. So does a dead node's time, but where that is taken over late it is
    // reckoned as missed itself and moved to now: as it was due it stands only beside the trigger, and a run must not be started twice for it.
    private static DateTimeOffset DueOf(IJobExecutionContext context) =>
        context.Recovering
        && context.MergedJobDataMap.GetString(SchedulerConstants.FailedJobOriginalTriggerScheduledFireTime) is { } original
        && DateTimeOffset.TryParse(original, CultureInfo.InvariantCulture, out var due)
            ? due
            : context.ScheduledFireTimeUtc ?? context.FireTimeUtc;
}

/// <summary>Tells of times at which no node was there and which are let go.</summary>
internal sealed class MissedTimes(IScheduledWork work) : ITriggerListener
{
    /// <inheritdoc/>
    public string Name => "missed times";

    /// <inheritdoc/>
    public async ValueTask TriggerMisfired(ITrigger trigger, IScheduler scheduler, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        if (trigger.Key.Group == StoredSchedule.Group
            && StoredSchedule.Of(trigger) is { Misfire: MisfirePolicy.Skip } schedule
            && trigger.NextFireTimeUtc is { } due)
        {
            await work.LetGoAsync(schedule, due, cancellationToken);
        }
    }
}
