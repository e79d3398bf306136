using Liaison.Model;
using Liaison.Pipelines;
using Quartz;

namespace Liaison.Storage.Schedules;

/// <summary>A schedule in the form in which Quartz keeps it: a job and its trigger, which says all that the schedule is.</summary>
/// <remarks>A node that is handed a time reads the schedule from it and not from its own configuration, which may be older.</remarks>
internal static class StoredSchedule
{
    /// <summary>What the jobs and triggers of schedules are filed under.</summary>
    public const string Group = "schedules";

    private const string Pipeline = "pipeline";
    private const string Connection = "connection";
    private const string Where = "where";
    private const string Cron = "cron";
    private const string TimeZone = "timeZone";
    private const string Misfire = "misfire";

    public static JobKey KeyOf(string name) => new(name, Group);

    public static IJobDetail JobOf(Schedule schedule) =>
        JobBuilder.Create<ScheduledStart>().WithIdentity(KeyOf(schedule.Name)).RequestRecovery().Build();

    public static ITrigger TriggerOf(Schedule schedule, TimeProvider time)
    {
        var trigger = TriggerBuilder.Create(time)
            .WithIdentity(schedule.Name, Group)
            .ForJob(KeyOf(schedule.Name))
            .UsingJobData(Pipeline, schedule.Pipeline)
            .UsingJobData(Connection, schedule.Connection.Value)
            .UsingJobData(Cron, schedule.Cron)
            .UsingJobData(TimeZone, schedule.TimeZone)
            .UsingJobData(Misfire, schedule.Misfire.ToString())
            .WithCronSchedule(schedule.Cron, times => times
                .InTimeZone(TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone))
                .WithMisfireInstruction(schedule.Misfire switch
                {
                    MisfirePolicy.RunOnce => CronTriggerMisfireInstruction.FireAndProceed,
                    MisfirePolicy.Skip => CronTriggerMisfireInstruction.DoNothing,
                }));
        return (schedule.Where is { } where ? trigger.UsingJobData(Where, where) : trigger).Build();
    }

    /// <summary>Reads the schedule back from its trigger, or from one by which a dead node's time is made up for.</summary>
    public static Schedule Of(string name, JobDataMap kept) => new(
        name,
        kept.GetString(Pipeline)!,
        new ConnectionName(kept.GetString(Connection)!),
        kept.TryGetString(Where, out var where) ? where : null,
        kept.GetString(Cron)!,
        kept.GetString(TimeZone)!,
        Enum.Parse<MisfirePolicy>(kept.GetString(Misfire)!));

    public static Schedule Of(ITrigger trigger) => Of(trigger.JobKey.Name, trigger.JobDataMap);
}
