namespace Liaison.Testing.Stores;

/// <summary>A clock that stands still until a test moves it; its timers are real ones, since no suite waits for them.</summary>
internal sealed class SuiteClock : TimeProvider
{
    // Whole milliseconds: what a store keeps of a time.
    private DateTimeOffset now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;
}
