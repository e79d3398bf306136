using Liaison.Connectors;
using Liaison.Model;

namespace Liaison.Testing.Stores;

/// <summary>Spent allowances in memory: keeps the contract, and nothing past the process.</summary>
public sealed class InMemoryBudgetStore : IBudgetStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<Window, long> spentIn = [];

    /// <inheritdoc/>
    public Task<long> TakeAsync(
        ConnectionName connection, LimitKind kind, DateTimeOffset window, long wanted, long ceiling, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wanted);
        lock (gate)
        {
            var key = new Window(connection, kind, window);
            var spent = spentIn.GetValueOrDefault(key);
            var given = Math.Clamp(ceiling - spent, 0, wanted);
            spentIn[key] = spent + given;
            return Task.FromResult(given);
        }
    }

    /// <inheritdoc/>
    public Task CorrectAsync(
        ConnectionName connection, LimitKind kind, DateTimeOffset window, long spent, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var key = new Window(connection, kind, window);
            spentIn[key] = Math.Max(spent, spentIn.GetValueOrDefault(key));
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<long> SpentAsync(ConnectionName connection, LimitKind kind, DateTimeOffset window, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(spentIn.GetValueOrDefault(new Window(connection, kind, window)));
        }
    }

    /// <inheritdoc/>
    public Task<SpentWindow?> FindFullestAsync(
        ConnectionName connection, LimitKind kind, DateTimeOffset after, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(spentIn
                .Where(entry => entry.Key.Connection == connection && entry.Key.Kind == kind && entry.Key.Start > after)
                .OrderByDescending(entry => entry.Value)
                .Select(entry => new SpentWindow(entry.Key.Start, entry.Value))
                .FirstOrDefault());
        }
    }

    private readonly record struct Window(ConnectionName Connection, LimitKind Kind, DateTimeOffset Start);
}
