using System.Globalization;
using Liaison.Alerts;
using Liaison.Failures;
using Liaison.Work;
using Microsoft.Extensions.Logging;

namespace Liaison.Pipelines;

/// <summary>Starts runs at their times, on whichever node looks first, and tells of every time that was missed (R172).</summary>
/// <remarks>
/// A time is dealt with by the node that holds the schedule's name; when it is dealt with, the next one is stored. A node that dies in
/// between leaves the time due, and the next node starts what is not going yet.
/// </remarks>
public sealed partial class KeepSchedules(
    IReadOnlyList<Schedule> schedules,
    IScheduleStore store,
    IWorkStore work,
    QualificationPipeline qualify,
    IAlertSink alerts,
    ILogger<KeepSchedules> logger)
{
    // Up to here it is in time: nodes look every few seconds, and a restart takes some more.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BeforeAnotherTry = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, DateTimeOffset> tried = new(StringComparer.Ordinal);

    /// <summary>Gets how often to look what is due.</summary>
    public static TimeSpan Glance { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Starts what is due.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = await store.GetNowAsync(cancellationToken);
        var kept = (await store.ListAsync(cancellationToken)).ToDictionary(state => state.Name, StringComparer.Ordinal);
        foreach (var name in kept.Keys.Except(schedules.Select(schedule => schedule.Name), StringComparer.Ordinal))
        {
            await store.RemoveAsync(name, cancellationToken);
        }

        foreach (var schedule in schedules)
        {
            var state = kept.GetValueOrDefault(schedule.Name);
            if (state is null || state.Definition != schedule.Definition || (state.DueAt <= now && MayTry(schedule, now)))
            {
                await InTurnAsync(schedule, now, cancellationToken);
            }
        }
    }

    private bool MayTry(Schedule schedule, DateTimeOffset now) =>
        !tried.TryGetValue(schedule.Name, out var at) || now - at >= BeforeAnotherTry;

    private async Task InTurnAsync(Schedule schedule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var turn = await work.TryHoldAsync($"schedule {schedule.Name}", cancellationToken);
        if (turn is null)
        {
            return;
        }

        // Another node may have had its turn between our look and ours.
        var state = (await store.ListAsync(cancellationToken)).FirstOrDefault(state => state.Name == schedule.Name);
        if (state is null || state.Definition != schedule.Definition)
        {
            await store.PutAsync(
                new ScheduleState(schedule.Name, schedule.Definition, schedule.Next(now), state?.TakenAt, state?.RunId, state?.Note), cancellationToken);
        }
        else if (state.DueAt is { } due && due <= now)
        {
            await DealAsync(schedule, state, due, now, cancellationToken);
        }
    }

    private async Task DealAsync(Schedule schedule, ScheduleState state, DateTimeOffset due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var late = now - due > Tolerance ? $"Its time was {Moment(due)}, and nobody was there." : null;
        if (late is not null && schedule.Misfire == MisfirePolicy.Skip)
        {
            await MissedAsync(schedule, $"{late} It is let go, as the schedule says.", cancellationToken);
            await store.PutAsync(Dealt(schedule, state, due, now, runId: null, late), cancellationToken);
            return;
        }

        var started = await StartAsync(schedule, cancellationToken);
        if (started.TryGet(out var run, out var failure))
        {
            tried.Remove(schedule.Name);
            LogStarted(logger, schedule.Name, run.Id, schedule.Pipeline, schedule.Connection.Value);
            if (late is not null)
            {
                await MissedAsync(schedule, $"{late} Run {run.Id} makes up for it.", cancellationToken);
            }

            await store.PutAsync(Dealt(schedule, state, due, now, run.Id, late), cancellationToken);
        }
        else if (failure.Kind is FailureKind.Unavailable or FailureKind.RateLimited or FailureKind.Ambiguous)
        {
            // It stays due: what passes by itself must not cost a night.
            tried[schedule.Name] = now;
            await MissedAsync(schedule, $"{failure.Message} It is tried again every minute.", cancellationToken);
        }
        else
        {
            await MissedAsync(schedule, failure.Message, cancellationToken);
            await store.PutAsync(Dealt(schedule, state, due, now, runId: null, failure.Message), cancellationToken);
        }
    }

    private async Task<Result<Run>> StartAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        if (!(await qualify.MayStartAsync(schedule.Connection, cancellationToken)).TryGet(out _, out var failure)
            || !(await qualify.StartAsync(schedule.Connection, schedule.Where, schedule.Name, DayBudget.Held, cancellationToken)).TryGet(out var run, out failure)
            || !(await qualify.LeaveToNodesAsync(run, cancellationToken)).TryGet(out _, out failure))
        {
            return failure;
        }

        return run;
    }

    private static ScheduleState Dealt(Schedule schedule, ScheduleState state, DateTimeOffset due, DateTimeOffset now, string? runId, string? note) =>
        state with { DueAt = schedule.Next(now), TakenAt = due, RunId = runId, Note = note };

    private async Task MissedAsync(Schedule schedule, string why, CancellationToken cancellationToken)
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

    private static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [LoggerMessage(3421, LogLevel.Information, "Schedule {Schedule} started run {RunId} of {Pipeline} on {Connection}")]
    private static partial void LogStarted(ILogger logger, string schedule, string runId, string pipeline, string connection);

    [LoggerMessage(3422, LogLevel.Warning, "Schedule {Schedule} of {Pipeline} on {Connection} was not started in time: {Why}")]
    private static partial void LogMissed(ILogger logger, string schedule, string pipeline, string connection, string why);
}
