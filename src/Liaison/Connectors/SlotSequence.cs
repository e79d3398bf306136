namespace Liaison.Connectors;

/// <summary>One limit's calls over all nodes as one sequence of instants: up to when they are given out, and what slows them.</summary>
/// <remarks>
/// <para>
/// Instants lie a beat apart, whoever gets them, so that no rolling window can hold more than the permits; the proof is in
/// docs/decisions. While one node asks alone its own limiter keeps the window exactly and the beat is the bare one; as soon as
/// another asks too, the beat is a little longer, by what calls of several nodes may shift against each other.
/// </para>
/// <para>A store keeps one for each connection and limit and replaces it in one transaction; the reckoning is the same in all of them.</para>
/// </remarks>
/// <param name="NextAt">The first instant that is not given out.</param>
/// <param name="Node">The node that asked last.</param>
/// <param name="SwitchedAt">When last another node asked than the time before.</param>
/// <param name="SlowBeat">The longest beat that a node lately learnt from a CRM's headers.</param>
/// <param name="SlowUntil">Until when that beat holds unless it is learnt again.</param>
/// <param name="SilentUntil">Until when the CRM wants no call.</param>
public sealed record SlotSequence(
    DateTimeOffset NextAt, string? Node, DateTimeOffset SwitchedAt, TimeSpan SlowBeat, DateTimeOffset SlowUntil, DateTimeOffset SilentUntil)
{
    private const double SharedSlack = 0.025;

    private static readonly TimeSpan MostSlack = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LeastCatchUp = TimeSpan.FromMilliseconds(50);

    // Runs are given instants this far ahead and no further: it is what a person on another node waits at the most behind them.
    private static readonly TimeSpan BatchHorizon = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LeastMemory = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromDays(1);

    /// <summary>Gets the sequence of a limit that nobody has asked for.</summary>
    public static SlotSequence Untouched { get; } = new(
        DateTimeOffset.UnixEpoch, null, DateTimeOffset.UnixEpoch, TimeSpan.Zero, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    /// <summary>Reserves the next instants.</summary>
    /// <param name="now">The store's present.</param>
    /// <param name="grant">What the node gets.</param>
    /// <returns>The sequence to keep.</returns>
    public SlotSequence Reserve(SlotRequest request, DateTimeOffset now, out SlotGrant grant)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Permits, 1);

        var memory = Longer(request.Window * 2, LeastMemory);
        var other = Node is not null && Node != request.Node;
        var wasAlone = now - SwitchedAt > memory;
        var alone = wasAlone && !other;
        var slack = alone ? TimeSpan.Zero : Shorter(request.Window * SharedSlack, MostSlack);
        var plain = request.Window / request.Permits;
        var slow = now < SlowUntil ? SlowBeat : TimeSpan.Zero;
        var beat = Longer(plain, slow) + (slack / request.Permits);

        var next = NextAt;
        if (next > now + (request.Window * 2) + TimeSpan.FromMinutes(1))
        {
            // Never given out so far ahead: the store's clock was set back.
            next = now + request.Window;
        }

        next += alone ? TimeSpan.Zero : request.Owed;
        if (other && wasAlone)
        {
            // The windows that hold both the lone node's closer calls and the first shared ones stay within the permits too.
            next += beat * 2;
        }

        if (plain > slow && slow > TimeSpan.Zero)
        {
            // The rate has fallen: what was called at the higher one must first leave the window (as for one node alone).
            next = Later(next, now + (request.Window * (1 - (slow / plain))));
        }

        var catchUp = alone ? Longer(beat / 2, LeastCatchUp) : slack / 2;
        var first = Later(next, now - catchUp);
        var people = Math.Min(request.People, request.Permits);
        var horizon = Longer(BatchHorizon, beat);
        var batch = (int)Math.Clamp(Math.Floor((now + horizon - first - (beat * people)) / beat) + 1, 0, request.Batch);
        var silence = Longer(SilentUntil - now, TimeSpan.Zero);
        var count = silence > TimeSpan.Zero ? 0 : people + batch;
        var unmet = request.Batch + request.People > count;

        // Who got something asks a little later than those who got nothing, so that none is passed over for ever.
        var turn = count > 0 && !alone ? beat / 2 : TimeSpan.Zero;
        grant = new SlotGrant(
            count,
            first - now,
            beat,
            slack / 2,
            silence > TimeSpan.Zero ? silence : unmet ? Longer(first + (beat * count) - horizon - now, beat / 4) + turn : TimeSpan.Zero,
            silence,
            alone);
        return this with
        {
            NextAt = count > 0 ? first + (beat * count) : next,
            Node = request.Node,
            SwitchedAt = other ? now : SwitchedAt,
            SlowBeat = Longer(plain, slow),
            SlowUntil = plain >= slow ? now + memory : SlowUntil,
        };
    }

    /// <summary>Gives out nothing for a while.</summary>
    public SlotSequence Defer(TimeSpan wait, DateTimeOffset now) =>
        this with { SilentUntil = Later(SilentUntil, now + Shorter(wait, LongestSilence)) };

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
