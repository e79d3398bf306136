using System.Collections.Concurrent;
using Liaison.Work;

namespace Liaison.Testing.Stores;

/// <summary>Schedules in memory: keeps the contract, and nothing past the process.</summary>
public sealed class InMemoryScheduleStore(TimeProvider time) : IScheduleStore
{
    private readonly ConcurrentDictionary<string, ScheduleState> states = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<DateTimeOffset> GetNowAsync(CancellationToken cancellationToken) => Task.FromResult(time.GetUtcNow());

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScheduleState>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ScheduleState>>([.. states.Values.OrderBy(state => state.Name, StringComparer.Ordinal)]);

    /// <inheritdoc/>
    public Task PutAsync(ScheduleState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        states[state.Name] = state;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        states.TryRemove(name, out _);
        return Task.CompletedTask;
    }
}
