using System.Collections.Concurrent;
using Liaison.Model;
using Liaison.Policy;

namespace Liaison.Testing.Stores;

/// <summary>Safeguards in memory: keeps the contract, and nothing past the process.</summary>
public sealed class InMemorySafeguardStore : ISafeguardStore
{
    private readonly ConcurrentDictionary<string, StoppedAgent> stopped = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> volumes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(ConnectionName Connection, PromotedWrite Write), Promotion> promoted = new();

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

    /// <inheritdoc/>
    public Task PromoteAsync(IReadOnlyList<Promotion> promotions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(promotions);
        foreach (var promotion in promotions)
        {
            promoted[(promotion.Connection, promotion.Write)] = promotion;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<int> WithdrawPromotionsAsync(ConnectionName connection, IReadOnlyList<PromotedWrite> writes, CancellationToken cancellationToken)
    {
        var named = writes.Select(write => (write.Type, write.Name)).ToHashSet();
        return Task.FromResult(promoted.Keys.Count(key =>
            key.Connection == connection && named.Contains((key.Write.Type, key.Write.Name)) && promoted.TryRemove(key, out _)));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Promotion>> ListPromotionsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Promotion>>([.. promoted.Values
            .OrderBy(promotion => promotion.Connection.Value, StringComparer.Ordinal)
            .ThenBy(promotion => promotion.Write.Type.Name, StringComparer.Ordinal)
            .ThenBy(promotion => promotion.Write.Name, StringComparer.Ordinal)
            .ThenBy(promotion => promotion.Write.NativeName, StringComparer.Ordinal)]);
}
