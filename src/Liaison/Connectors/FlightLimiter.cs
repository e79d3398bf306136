namespace Liaison.Connectors;

/// <summary>Caps the calls in flight; a run leaves a place free so that a person need not wait for one to land.</summary>
internal sealed class FlightLimiter(Limit limit, double share, TimeProvider time) : ILimiter
{
    private long places = LimitShare.Of(limit.Permits, share);
    private long inFlight;

    public LimitKind Kind => limit.Kind;

    public long SilentUntil { get; private set; } = time.GetTimestamp();

    public long ReadyAt(Lane lane) => inFlight < PlacesFor(lane) ? SilentUntil : long.MaxValue;

    public void Take(long now) => inFlight++;

    public void Return() => inFlight--;

    public void Correct(LimitReading reading, long now)
    {
        if (reading.Permits is > 0 and var permits)
        {
            places = LimitShare.Of(Math.Min(permits, limit.Permits), share);
        }
    }

    public void Silence(long until) => SilentUntil = Math.Max(SilentUntil, until);

    private long PlacesFor(Lane lane) => lane == Lane.Interactive || places == 1 ? places : places - Math.Max(1, places / 8);
}
