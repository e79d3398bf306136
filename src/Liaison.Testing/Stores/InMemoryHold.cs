using Liaison.Work;

namespace Liaison.Testing.Stores;

/// <summary>A name that is held in memory.</summary>
internal sealed class InMemoryHold(HashSet<string> held, Lock gate, string name) : IWorkHold
{
    public Task<bool> StandsAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    public ValueTask DisposeAsync()
    {
        lock (gate)
        {
            held.Remove(name);
            return ValueTask.CompletedTask;
        }
    }
}
