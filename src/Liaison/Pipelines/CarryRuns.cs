using System.Collections.Concurrent;
using Liaison.Work;
using Microsoft.Extensions.Logging;

namespace Liaison.Pipelines;

/// <summary>Works along on every run that is running, as the serving nodes of a cluster do: a run goes on while one of them lives.</summary>
public sealed partial class CarryRuns(IWorkStore work, QualificationPipeline qualify, TimeProvider time, ILogger<CarryRuns> logger)
{
    private const int MostAtOnce = 4;

    // What this node cannot carry, others may; it looks again when that may have been mended.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Task> carried = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> refused = new(StringComparer.Ordinal);

    private long heard;

    /// <summary>Gets how often to look for runs where no hint tells of one earlier.</summary>
    public static TimeSpan Glance { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Waits until there may be runs that were not there at the last look, and no longer than until the next is due.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => work.WaitForHintAsync(heard, Glance, time, cancellationToken);

    /// <summary>Begins to work on what is running and is not in hand yet; it works on while the token is not cancelled.</summary>
    public async Task TakeUpAsync(CancellationToken stop)
    {
        heard = work.HintsHeard;
        foreach (var (id, ended) in carried.Where(entry => entry.Value.IsCompleted).ToList())
        {
            carried.Remove(id);
            if (ended.Exception is { } error)
            {
                refused[id] = time.GetTimestamp();
                LogBroken(logger, id, error);
            }
        }

        foreach (var due in await work.ListDueAsync(stop))
        {
            if (!(await qualify.LeaveToNodesAsync(due, stop)).TryGet(out _, out var failure) && refused.TryAdd(due.Id, time.GetTimestamp()))
            {
                LogRefused(logger, due.Id, failure.Message);
            }
        }

        var running = await work.ListRunsAsync(RunState.Running, stop);
        foreach (var id in refused.Keys.Where(id => time.GetElapsedTime(refused[id]) >= Pause || running.All(run => run.Id != id)).ToList())
        {
            refused.TryRemove(id, out _);
        }

        foreach (var run in running.Where(run => !carried.ContainsKey(run.Id) && !refused.ContainsKey(run.Id)).Take(MostAtOnce - carried.Count))
        {
            carried[run.Id] = CarryAsync(run, stop);
        }
    }

    /// <summary>Waits until nothing is in hand any more, once the token is cancelled.</summary>
    public async Task EndAsync() => await Task.WhenAll(carried.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task CarryAsync(Run run, CancellationToken stop)
    {
        LogTakenUp(logger, run.Id, run.Pipeline, run.Connection.Value);
        if (!(await qualify.ContinueAsync(run, progressed: null, stop)).TryGet(out var ended, out var failure))
        {
            refused[run.Id] = time.GetTimestamp();
            LogRefused(logger, run.Id, failure.Message);
            return;
        }

        LogLeft(logger, ended.Id, ended.State);
    }

    [LoggerMessage(3411, LogLevel.Information, "Working on run {RunId} of {Pipeline} on {Connection}")]
    private static partial void LogTakenUp(ILogger logger, string runId, string pipeline, string connection);

    [LoggerMessage(3412, LogLevel.Information, "Left run {RunId}, which is {State}")]
    private static partial void LogLeft(ILogger logger, string runId, RunState state);

    [LoggerMessage(3413, LogLevel.Warning, "This node cannot work on run {RunId} now: {Reason}")]
    private static partial void LogRefused(ILogger logger, string runId, string reason);

    [LoggerMessage(3414, LogLevel.Error, "Work on run {RunId} broke off on this node; it looks again in half a minute")]
    private static partial void LogBroken(ILogger logger, string runId, Exception error);
}
