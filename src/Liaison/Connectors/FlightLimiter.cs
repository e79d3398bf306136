namespace Liaison.Connectors;

/// <summary>Caps the calls in flight; a run leaves a place free so that a person need not wait for one to land.</summary>
internal sealed class FlightLimiter(Limit limit, double share, TimeProvider time) : ILimiter
{
    private long places = LimitShare.Of(limit.Permits, share);
    private long inFlight;

    public LimitKind Kind => limit.Kind;

    public long SilentUntil { get; private set; } = time.GetTimestamp();

    /// <summary>Gets how many calls may be in flight at all.</summary>
    public int Places => (int)Math.Min(places, int.MaxValue);

    public int Room(Lane lane) => (int)Math.Clamp(PlacesFor(lane) - inFlight, 0, int.MaxValue);

    public long ReadyAt(Lane lane) => inFlight < PlacesFor(lane) ? SilentUntil : long.MaxValue;

    public BudgetState StateAt(long now)
    {
        var left = SilentUntil > now ? 0 : Room(Lane.Interactive);
        return new BudgetState(Kind, TimeSpan.Zero, Places, left, Math.Min(left, Room(Lane.Batch)), ResetsAt: null);
    }

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

    private long PlacesFor(Lane lane) => lane == Lane.Interactive ? Places : Places - PlaceShares.ReserveOf(Places);
}
