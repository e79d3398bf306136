using Liaison.Work;

namespace Liaison.Testing.Stores;

/// <summary>A name that is held in memory.</summary>
internal sealed class InMemoryHold(Action letGo) : IWorkHold
{
    public Task<bool> StandsAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    public ValueTask DisposeAsync()
    {
        letGo();
        return ValueTask.CompletedTask;
    }
}
