namespace Liaison.Emulators.Hosting;

/// <summary>The emulator's present: the given time plus what the control route advanced it by.</summary>
internal sealed class EmulatorClock(TimeProvider time)
{
    private long _offsetTicks;

    /// <summary>Gets the time source that waits are measured with.</summary>
    public TimeProvider Time => time;

    public DateTimeOffset Now => time.GetUtcNow().AddTicks(Interlocked.Read(ref _offsetTicks));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _offsetTicks, by.Ticks);
}
