namespace Liaison.Storage;

/// <summary>Moments as microseconds since 1970, where milliseconds are too coarse.</summary>
internal static class Microseconds
{
    public static long Of(DateTimeOffset moment) => Of(moment - DateTimeOffset.UnixEpoch);

    public static long Of(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Moment(long microseconds) =>
        DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
