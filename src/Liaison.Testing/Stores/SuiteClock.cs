namespace Liaison.Testing.Stores;

/// <summary>The clock of the suites: it stands still until a test moves it; its timers are real ones, since no suite waits for them.</summary>
/// <remarks>A store that goes by its database's clock follows it: see <see cref="Follow"/>.</remarks>
public sealed class SuiteClock : TimeProvider
{
    private readonly List<Action<DateTimeOffset>> followers = [];

    // Whole milliseconds: what a store keeps of a time.
    private DateTimeOffset now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => now;

    /// <summary>Moves the clock forward.</summary>
    public void Advance(TimeSpan by)
    {
        now += by;
        followers.ForEach(follow => follow(now));
    }

    /// <summary>Tells the time at once and whenever it is moved.</summary>
    public void Follow(Action<DateTimeOffset> follow)
    {
        ArgumentNullException.ThrowIfNull(follow);
        followers.Add(follow);
        follow(now);
    }
}
