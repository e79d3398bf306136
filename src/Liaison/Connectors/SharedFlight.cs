using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>Caps the calls in flight of this node by the places that it holds of the deployment's.</summary>
internal sealed class SharedFlight(FlightLimiter own, ConnectionName connection, string node, ISlotStore slots, TimeProvider time) : ISharedLimiter
{
    private bool asking;
    private bool denied;
    private int wanted;
    private int places;
    private int forBatch;
    private int inFlight;
    private long askAgain = long.MinValue;
    private long goodUntil = long.MinValue;

    public LimitKind Kind => own.Kind;

    public long SilentUntil => own.SilentUntil;

    public int Room(Lane lane) => time.GetTimestamp() < goodUntil
        ? Math.Max(0, Math.Min(own.Room(lane), (lane == Lane.Interactive ? places : forBatch) - inFlight))
        : 0;

    public long ReadyAt(Lane lane) => Room(lane) > 0 ? own.ReadyAt(lane) : long.MaxValue;

    public void Take(long now)
    {
        inFlight++;
        own.Take(now);
    }

    public BudgetState? StateAt(long now) => own.StateAt(now);

    public void Return()
    {
        inFlight--;
        own.Return();
    }

    public void Correct(LimitReading reading, long now) => own.Correct(reading, now);

    public void Silence(long until) => own.Silence(until);

    public long AskAt(Demand demand, long now)
    {
        if (asking)
        {
            return long.MaxValue;
        }

        var wanting = Capped(demand);
        var lacks = Room(Lane.Interactive) < wanting.People || Room(Lane.Batch) < wanting.Batch;

        // Where others left this node short, asking again at once would give the same.
        return lacks && !denied ? now : places > 0 || lacks ? askAgain : long.MaxValue;
    }

    public Func<CancellationToken, Task<Answer>> Ask(Demand demand, long now)
    {
        asking = true;
        var wanting = Capped(demand);
        wanted = inFlight + wanting.Total;

        // Whose the calls in flight are is not told apart: all count as a run's, so that no run holds what is kept for people.
        var request = new PlaceRequest(node, wanting.People, inFlight + wanting.Batch, inFlight, own.Places);
        return async cancellationToken =>
            new Answer(null, await slots.HoldAsync(connection, Kind, request, cancellationToken), now);
    }

    public void Take(Answer answer, long now)
    {
        asking = false;
        var grant = answer.Places!;
        (places, forBatch) = (grant.Places, grant.ForBatch);
        denied = places < wanted;
        askAgain = now + Timestamps(denied ? grant.AskAgain / 4 : grant.AskAgain);
        goodUntil = answer.Asked + Timestamps(grant.GoodFor);
    }

    public void Forsake(long now)
    {
        asking = false;
        askAgain = now + time.TimestampFrequency;
    }

    private Demand Capped(Demand demand) =>
        new(Math.Min(demand.People, own.Room(Lane.Interactive)), Math.Min(demand.Batch, own.Room(Lane.Batch)));

    private long Timestamps(TimeSpan span) => (long)Math.Ceiling(span.TotalSeconds * time.TimestampFrequency);
}
