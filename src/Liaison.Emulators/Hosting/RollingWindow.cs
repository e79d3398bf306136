namespace Liaison.Emulators.Hosting;

/// <summary>Counts what happened within the last stretch of time.</summary>
internal sealed class RollingWindow(TimeSpan length)
{
    private readonly Queue<DateTimeOffset> _moments = new();

    /// <summary>Gives how many fall within the window that ends now.</summary>
    public int Count(DateTimeOffset now)
    {
        while (_moments.TryPeek(out var oldest) && oldest <= now - length)
        {
            _moments.Dequeue();
        }

        return _moments.Count;
    }

    public void Add(DateTimeOffset now) => _moments.Enqueue(now);
}
