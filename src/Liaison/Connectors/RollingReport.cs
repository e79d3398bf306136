namespace Liaison.Connectors;

/// <summary>What a CRM says was spent of an allowance whose window rolls, and until when it is left alone once it is spent.</summary>
/// <remarks>
/// Readings go forth and back by dozens among calls that run side by side (contracts/salesforce.md 9), so that the highest of the last
/// minutes counts. One that is older than that says nothing any more, or nobody would ever ask again. Not thread-safe.
/// </remarks>
internal sealed class RollingReport
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(60);

    private DateTimeOffset begun;
    private long highest;
    private long highestBefore;
    private TimeSpan pause;
    private DateTimeOffset pausedUntil;

    /// <summary>Takes in a reading.</summary>
    /// <param name="isLeft">Whether anything is left: then the pauses begin anew with the shortest.</param>
    public void Note(long spent, bool isLeft, DateTimeOffset now)
    {
        Turn(now);
        highest = Math.Max(highest, spent);
        pause = isLeft && now >= pausedUntil ? TimeSpan.Zero : pause;
    }

    /// <summary>Gives how much is taken to be spent; zero where nobody has said for some time.</summary>
    public long Spent(DateTimeOffset now)
    {
        Turn(now);
        return Math.Max(highest, highestBefore);
    }

    /// <summary>Leaves the CRM alone, each time twice as long, up to an hour.</summary>
    public TimeSpan Pause(DateTimeOffset now)
    {
        if (now >= pausedUntil)
        {
            pause = pause == TimeSpan.Zero ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
            pausedUntil = now + pause;
        }

        return pausedUntil - now;
    }

    public bool IsPaused(DateTimeOffset now) => now < pausedUntil;

    /// <summary>Tells when it is worth asking again; <see langword="null"/> where nothing stands in the way.</summary>
    public DateTimeOffset? LooksAgainAt(DateTimeOffset now)
    {
        var forgotten = Spent(now) > 0 ? begun + (2 * Span) : now;
        var soonest = pausedUntil > forgotten ? pausedUntil : forgotten;
        return soonest > now ? soonest : null;
    }

    private void Turn(DateTimeOffset now)
    {
        if (now - begun < Span)
        {
            return;
        }

        highestBefore = now - begun < 2 * Span ? highest : 0;
        (highest, begun) = (0, now);
    }
}
