using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>Starts calls at instants that were reserved for this node, so that all nodes together keep the limit.</summary>
/// <remarks>
/// The node's own limiter stays in force beside it: it keeps the window exactly where the node is alone. A call that comes later
/// than its instant allows is paid for by the whole sequence, and an instant that is too old is let go: either costs throughput
/// and never the limit.
/// </remarks>
/// <param name="random">Spreads the moments of asking, so that no node is the first each time.</param>
internal sealed class SharedPace(
    PacedLimiter own, ConnectionName connection, string node, ISlotStore slots, Random random, TimeProvider time) : ISharedLimiter
{
    private readonly Queue<Run> hand = new();
    private bool asking;
    private bool alone = true;
    private long askAgain = long.MinValue;
    private long refusedUntil = long.MinValue;
    private long owed;
    private long told = long.MinValue;
    private int toldPermits = own.Permits;

    public LimitKind Kind => own.Kind;

    public long SilentUntil => own.SilentUntil;

    public long ReadyAt(Lane lane)
    {
        Drop(time.GetTimestamp());
        return hand.TryPeek(out var run) ? Math.Max(run.Next, own.ReadyAt(lane)) : long.MaxValue;
    }

    public void Take(long now)
    {
        var run = hand.Peek();
        if (!alone)
        {
            owed = Math.Max(owed, now - run.Next - run.Tolerance);
        }

        run.Advance();
        if (run.Left == 0)
        {
            hand.Dequeue();
        }

        own.Take(now);
    }

    public BudgetState? StateAt(long now) => own.StateAt(now);

    public void Return() => own.Return();

    public void Correct(LimitReading reading, long now) => own.Correct(reading, now);

    public void Silence(long until) => own.Silence(until);

    public long AskAt(Demand demand, long now)
    {
        if (asking)
        {
            return long.MaxValue;
        }

        Drop(now);
        return MustReport ? now
            : demand.People > InHand ? Math.Max(refusedUntil, own.SilentUntil)
            : demand.Total > InHand ? Math.Max(askAgain, own.SilentUntil)
            : long.MaxValue;
    }

    public Func<CancellationToken, Task<Answer>> Ask(Demand demand, long now)
    {
        asking = true;
        var people = Math.Max(0, demand.People - InHand);
        var request = new SlotRequest(
            node, people, Math.Max(0, demand.Total - InHand - people), own.Permits, own.Window, Span(Math.Max(0, owed)));
        owed = 0;
        toldPermits = own.Permits;
        return async cancellationToken =>
            new Answer(await slots.ReserveAsync(connection, Kind, request, cancellationToken), null, now);
    }

    public void Take(Answer answer, long now)
    {
        asking = false;
        var grant = answer.Slots!;
        alone = grant.Alone;
        askAgain = now + Timestamps(grant.AskAgain) + (alone ? 0 : random.NextInt64(1 + (Timestamps(grant.Spacing) / 4)));
        refusedUntil = grant.Count == 0 ? askAgain : long.MinValue;
        if (grant.Silence > TimeSpan.Zero)
        {
            own.Silence(now + Timestamps(grant.Silence));
            told = own.SilentUntil;
        }

        if (grant.Count > 0)
        {
            // The store's present lay somewhere between question and answer: an instant is taken for as late as it can be, and
            // what that may be too much shortens the tolerance.
            var tolerance = Math.Max(0, Timestamps(grant.Tolerance) - (now - answer.Asked));
            hand.Enqueue(new Run(now + Timestamps(grant.First), Timestamps(grant.Spacing), tolerance, grant.Count));
        }
    }

    public void Forsake(long now)
    {
        asking = false;
        askAgain = refusedUntil = now + time.TimestampFrequency;
    }

    public Func<CancellationToken, Task>? Tell(long now)
    {
        if (own.SilentUntil <= now || own.SilentUntil <= told)
        {
            return null;
        }

        told = own.SilentUntil;
        var wait = Span(own.SilentUntil - now);
        return cancellationToken => slots.DeferAsync(connection, Kind, wait, cancellationToken);
    }

    private bool MustReport => owed > 0 || own.Permits != toldPermits;

    private int InHand => hand.Sum(run => run.Left);

    private void Drop(long now)
    {
        while (hand.TryPeek(out var run) && now - run.Next > (alone ? Timestamps(own.Window) : run.Tolerance + run.Spacing))
        {
            run.Advance();
            if (run.Left == 0)
            {
                hand.Dequeue();
            }
        }
    }

    private TimeSpan Span(long timestamps) => TimeSpan.FromSeconds((double)timestamps / time.TimestampFrequency);

    // Rounded up: a wait that came out a moment too short would be asked about for ever.
    private long Timestamps(TimeSpan span) => (long)Math.Ceiling(span.TotalSeconds * time.TimestampFrequency);

    /// <summary>Instants that were given in one answer.</summary>
    private sealed class Run(long first, long spacing, long tolerance, int count)
    {
        public long Next { get; private set; } = first;

        public int Left { get; private set; } = count;

        public long Spacing => spacing;

        public long Tolerance => tolerance;

        public void Advance()
        {
            Next += spacing;
            Left--;
        }
    }
}
