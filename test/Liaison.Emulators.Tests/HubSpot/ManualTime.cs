namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>Time that stands still until it is told to go on.</summary>
internal sealed class ManualTime : TimeProvider
{
    private DateTimeOffset _now = SmallWorld.Now;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
