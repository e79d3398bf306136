using System.Collections.Concurrent;
using Liaison.Policy;

namespace Liaison.Testing.Stores;

/// <summary>Safeguards in memory: keeps the contract, and nothing past the process.</summary>
public sealed class InMemorySafeguardStore : ISafeguardStore
{
    private readonly ConcurrentDictionary<string, StoppedAgent> stopped = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> volumes = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task StopAsync(StoppedAgent stop, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stop);
        stopped.TryAdd(stop.Actor, stop);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> ReleaseAsync(string actor, CancellationToken cancellationToken) =>
        Task.FromResult(stopped.TryRemove(actor, out _));

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoppedAgent>> ListStoppedAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoppedAgent>>([.. stopped.Values.OrderBy(stop => stop.Actor, StringComparer.Ordinal)]);

    /// <inheritdoc/>
    public Task ApproveVolumeAsync(string runId, string approvedBy, DateTimeOffset at, CancellationToken cancellationToken)
    {
        volumes.TryAdd(runId, approvedBy);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> FindVolumeApprovalAsync(string runId, CancellationToken cancellationToken) =>
        Task.FromResult(volumes.GetValueOrDefault(runId));
}
