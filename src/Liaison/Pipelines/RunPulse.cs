using Liaison.Work;

namespace Liaison.Pipelines;

/// <summary>Tells of a run's progress as it goes, and counts for it no more than a twentieth of the time: a count grows with the run.</summary>
internal sealed class RunPulse(IWorkStore work, string runId, Action<RunCounts>? progressed, TimeProvider time)
{
    private const int Share = 20;
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    private long due;

    /// <summary>Counts and tells where that is due; called from any thread.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        var seen = Interlocked.Read(ref due);
        if (progressed is null || now < seen || Interlocked.CompareExchange(ref due, long.MaxValue, seen) != seen)
        {
            return;
        }

        var counts = await work.CountAsync(runId, cancellationToken);
        var took = time.GetElapsedTime(now);
        var pause = took * Share > Least ? took * Share : Least;
        Interlocked.Exchange(ref due, time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency));
        progressed(counts);
    }
}
