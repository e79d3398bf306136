using Liaison.Alerts;

namespace Liaison.Testing.Stores;

/// <summary>Alerts in memory: keeps the contract, and nothing past the process.</summary>
public sealed class InMemoryAlertStore(TimeProvider time) : IAlertStore
{
    private readonly Lock gate = new();
    private readonly List<(AlertRow Row, DateTimeOffset? Due)> kept = [];

    /// <inheritdoc/>
    public Task<AlertRow?> RaiseAsync(string id, Alert alert, TimeSpan quiet, bool deliver, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alert);
        lock (gate)
        {
            var now = time.GetUtcNow();
            var index = kept.FindLastIndex(entry =>
                (entry.Row.Alert.Kind, entry.Row.Alert.Connection, entry.Row.Alert.Cause) == (alert.Kind, alert.Connection, alert.Cause));
            if (index >= 0 && kept[index].Row.FirstAt + quiet > now)
            {
                var earlier = kept[index].Row;
                kept[index] = (earlier with { Alert = alert, Count = earlier.Count + 1, LastAt = now }, kept[index].Due);
                return Task.FromResult<AlertRow?>(null);
            }

            var before = index >= 0 ? kept[index].Row.Count - 1 : 0;
            var row = new AlertRow(id, alert, Count: 1, before, now, now, Attempts: 0, DeliveredAt: null);
            kept.Add((row, deliver ? now : null));
            return Task.FromResult<AlertRow?>(row);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AlertRow>> ListAsync(AlertQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<AlertRow>>([.. kept.Select(entry => entry.Row).Reverse().Where(row => Fits(row, query)).Take(query.Limit)]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AlertRow>> TakeDueAsync(int limit, TimeSpan lease, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var due = kept.Where(entry => entry.Due <= now).OrderBy(entry => entry.Due).Take(limit).ToList();
            foreach (var entry in due)
            {
                kept[kept.IndexOf(entry)] = (entry.Row, now + lease);
            }

            return Task.FromResult<IReadOnlyList<AlertRow>>([.. due.Select(entry => entry.Row)]);
        }
    }

    /// <inheritdoc/>
    public Task SettleAsync(string id, TimeSpan? again, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var index = kept.FindIndex(entry => entry.Row.Id == id);
            if (index >= 0)
            {
                var row = kept[index].Row;
                kept[index] = again is { } wait
                    ? (row with { Attempts = row.Attempts + 1 }, time.GetUtcNow() + wait)
                    : (row with { DeliveredAt = time.GetUtcNow() }, null);
            }

            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(kept.RemoveAll(entry => entry.Row.LastAt < before));
        }
    }

    private static bool Fits(AlertRow row, AlertQuery query) =>
        (query.Kind is null || row.Alert.Kind == query.Kind)
        && (query.Connection is null || row.Alert.Connection == query.Connection)
        && (query.RunId is null || row.Alert.RunId == query.RunId)
        && row.LastAt >= (query.Since ?? DateTimeOffset.MinValue)
        && row.FirstAt < (query.Until ?? DateTimeOffset.MaxValue);
}
