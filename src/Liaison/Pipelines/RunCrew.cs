using Liaison.Work;
using Microsoft.Extensions.Logging;

namespace Liaison.Pipelines;

/// <summary>Those who work on one run, as one of them sees them: who leads, who has died, who waits for work.</summary>
internal sealed partial class RunCrew(IWorkStore work, string runId, string self, TimeProvider time, ILogger logger)
{
    // What a worker had sent when it died may still be on its way; who looked for it too soon would not find it and send it again.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    // A helper finds its next chunk before it has ended the last.
    private const int ChunksAhead = 2;

    private readonly Dictionary<string, long> missing = new(StringComparer.Ordinal);
    private long looked;

    /// <summary>Tells whether this worker leads the run, and takes the lead where nobody has it.</summary>
    public async Task<bool> LeadsAsync(Run run, CancellationToken cancellationToken) =>
        run.Leader == self || (run.Leader is null && await work.TryLeadAsync(runId, self, cancellationToken));

    /// <summary>Takes those out of the run who have been dead for long enough: what they had in hand is ready again, and the lead free.</summary>
    public async Task BuryAsync(CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        if (looked != 0 && time.GetElapsedTime(looked, now) < Between)
        {
            return;
        }

        looked = now;
        foreach (var other in (await work.ListWorkersAsync(runId, cancellationToken)).Where(name => name != self))
        {
            if (await work.TryHoldAsync(other, cancellationToken) is not { } hold)
            {
                missing.Remove(other);
                continue;
            }

            await hold.DisposeAsync();
            if (!missing.TryGetValue(other, out var since))
            {
                missing[other] = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(since) >= Quiet)
            {
                missing.Remove(other);
                LogDied(logger, other, runId, await work.LeaveAsync(runId, other, cancellationToken));
            }
        }
    }

    /// <summary>Tells whether others would take work that this one has no hands for.</summary>
    public async Task<bool> WantsWorkAsync(int chunkSize, CancellationToken cancellationToken)
    {
        var others = (await work.ListWorkersAsync(runId, cancellationToken)).Count - 1;
        return others > 0 && await work.CountReadyAsync(runId, cancellationToken) < (long)others * chunkSize * ChunksAhead;
    }

    [LoggerMessage(3401, LogLevel.Warning, "Worker {Worker} of run {RunId} has died; {Items} items that it had in hand are ready for others")]
    private static partial void LogDied(ILogger logger, string worker, string runId, int items);
}
