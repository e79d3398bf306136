using Liaison.Pipelines;
using Liaison.Storage.Postgres;
using Liaison.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;
using Quartz.Extensibility;

namespace Liaison.Storage.Schedules;

/// <summary>What is known of a schedule from one time to the next.</summary>
/// <param name="DueAt">When it is due next; <see langword="null"/> when it never is again.</param>
/// <param name="Last">Its last time; <see langword="null"/> before the first.</param>
public sealed record ScheduleState(Schedule Schedule, DateTimeOffset? DueAt, TakenTime? Last);

/// <summary>A time of a schedule that has been dealt with, or that nobody dealt with.</summary>
public sealed record TakenTime(DateTimeOffset DueAt, ScheduledOutcome Outcome);

/// <summary>The durable schedules: Quartz.NET keeps the times in the database and hands each of them to one node.</summary>
/// <remarks>
/// On PostgreSQL its nodes are a cluster: a time that was handed to a node which dies before it is dealt with goes to another. On SQLite
/// there is one node, which after a restart finds what it missed. Safe for concurrent use; whoever makes it disposes it, before the database.
/// </remarks>
public sealed class QuartzSchedules : IAsyncDisposable
{
    private const string Tables = "qrtz_";

    private readonly ServiceProvider provider;
    private readonly SemaphoreSlim turn = new(1);
    private IReadOnlyList<Schedule>? inForce;
    private IScheduler? made;
    private bool closed;

    private QuartzSchedules(ServiceProvider provider) => this.provider = provider;

    /// <summary>Keeps schedules in a PostgreSQL database, for any number of nodes.</summary>
    public static QuartzSchedules On(PostgresDatabase database, IScheduledWork work, TimeProvider time, ILoggerFactory logging)
    {
        ArgumentNullException.ThrowIfNull(database);
        return On(
            store =>
            {
                store.UsePostgres(source => source.DataSourceFactory = _ => database.Source);
                store.UseClustering();
            },
            work, time, logging);
    }

    /// <summary>Keeps schedules in a SQLite file, for its one node.</summary>
    public static QuartzSchedules On(SqliteDatabase database, IScheduledWork work, TimeProvider time, ILoggerFactory logging)
    {
        ArgumentNullException.ThrowIfNull(database);

        // No pool: a connection that lies in one would keep the file open behind its owner.
        var file = new SqliteConnectionStringBuilder { DataSource = database.Path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 10 };
        return On(store => store.UseSqlite(SqliteFactory.Instance, file.ConnectionString), work, time, logging);
    }

    /// <summary>Brings what is stored in line with what is in force, and lets the times run.</summary>
    /// <remarks>
    /// A schedule that is stored as it is keeps its times, so that one which passed while nobody was there is known. Cancelled, it ends
    /// between two steps: what a step has begun is done whole, for a transaction that is cut is told by Quartz as a fault of the database.
    /// </remarks>
    public async Task TakeUpAsync(SchedulesInForce schedules, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schedules);
        await turn.WaitAsync(cancellationToken);
        try
        {
            var newer = schedules.Schedules;
            if (ReferenceEquals(newer, inForce))
            {
                return;
            }

            var scheduler = await SchedulerAsync(CancellationToken.None);
            await StoreAsync(scheduler, newer, cancellationToken);
            if (newer.Count > 0)
            {
                await scheduler.Start(CancellationToken.None);
            }

            inForce = newer;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Lists what is kept, by name.</summary>
    public async Task<IReadOnlyList<ScheduleState>> ListAsync(CancellationToken cancellationToken)
    {
        var scheduler = await SchedulerAsync(cancellationToken);
        var history = new ScheduleHistory(scheduler.SchedulerName, provider.GetRequiredService<IExecutionHistoryStore>());
        var states = new List<ScheduleState>();
        foreach (var trigger in await StoredAsync(scheduler, cancellationToken))
        {
            var schedule = StoredSchedule.Of(trigger);
            states.Add(new ScheduleState(schedule, trigger.NextFireTimeUtc, await history.LastOfAsync(trigger.JobKey, schedule, cancellationToken)));
        }

        return states;
    }

    /// <summary>Lets no further time run, and waits for what is being started.</summary>
    public async ValueTask DisposeAsync()
    {
        if (closed)
        {
            return;
        }

        closed = true;
        if (made is not null)
        {
            await made.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
        }

        await provider.DisposeAsync();
        turn.Dispose();
    }

    private static QuartzSchedules On(Action<IPersistentStoreBuilder> database, IScheduledWork work, TimeProvider time, ILoggerFactory logging)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logging);
        return new QuartzSchedules(new ServiceCollection()
            .AddSingleton(_ => logging)
            .AddLogging()
            .AddQuartz(quartz =>
            {
                quartz.ConfigureScheduler(scheduler => scheduler.InstanceName = "liaison");
                quartz.UseTimeProvider(time);
                quartz.AddJobType(_ => new ScheduledStart(work));
                quartz.AddTriggerListener(new MissedTimes(work));
                quartz.UsePersistentStore(store =>
                {
                    store.ConfigureStore(options =>
                    {
                        options.TablePrefix = Tables;
                        options.StoreJobDataAsStrings = true;
                        options.MisfireThreshold = ScheduledTime.Tolerance;
                    });
                    database(store);
                    store.UseExecutionHistory();
                });
            })
            .Configure<ExecutionHistoryOptions>(history =>
            {
                // Of a schedule that comes once a year the last time is to be seen.
                history.Retention = TimeSpan.FromDays(400);
                history.MaxEntriesPerJob = 10;
            })
            .BuildServiceProvider());
    }

    private static async Task StoreAsync(IScheduler scheduler, IReadOnlyList<Schedule> newer, CancellationToken cancellationToken)
    {
        var stored = await StoredAsync(scheduler, CancellationToken.None);
        foreach (var gone in stored.ExceptBy(newer.Select(schedule => StoredSchedule.KeyOf(schedule.Name)), trigger => trigger.JobKey))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await scheduler.DeleteJob(gone.JobKey, CancellationToken.None);
        }

        foreach (var schedule in newer.Except(stored.Select(StoredSchedule.Of)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await scheduler.ScheduleJob(
                StoredSchedule.JobOf(schedule),
                StoredSchedule.TriggerOf(schedule, scheduler.TimeProvider),
                ScheduleJobOptions.Replacing,
                CancellationToken.None);
        }
    }

    private static async Task<IReadOnlyList<ITrigger>> StoredAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        var found = await scheduler.QueryTriggers(
            new TriggerQuery { Group = GroupMatcher<TriggerKey>.GroupEquals(StoredSchedule.Group), Take = int.MaxValue }, cancellationToken);
        var triggers = await scheduler.GetTriggers([.. found.Items.Select(header => header.Key)], cancellationToken);
        return [.. triggers.OrderBy(trigger => trigger.Key.Name, StringComparer.Ordinal)];
    }

    private async Task<IScheduler> SchedulerAsync(CancellationToken cancellationToken) =>
        made ??= await provider.GetRequiredService<ISchedulerFactory>().GetScheduler(cancellationToken);
}
