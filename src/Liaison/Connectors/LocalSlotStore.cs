using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>Slots within one process: enough where no second one shares its budgets.</summary>
public sealed class LocalSlotStore(TimeProvider time) : ISlotStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<(ConnectionName Connection, LimitKind Kind), SlotSequence> sequences = [];
    private readonly Dictionary<(ConnectionName Connection, LimitKind Kind), List<PlaceClaim>> claims = [];

    /// <inheritdoc/>
    public Task<SlotGrant> ReserveAsync(
        ConnectionName connection, LimitKind kind, SlotRequest request, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var sequence = sequences.GetValueOrDefault((connection, kind)) ?? SlotSequence.Untouched;
            sequences[(connection, kind)] = sequence.Reserve(request, time.GetUtcNow(), out var grant);
            return Task.FromResult(grant);
        }
    }

    /// <inheritdoc/>
    public Task DeferAsync(ConnectionName connection, LimitKind kind, TimeSpan wait, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var sequence = sequences.GetValueOrDefault((connection, kind)) ?? SlotSequence.Untouched;
            sequences[(connection, kind)] = sequence.Defer(wait, time.GetUtcNow());
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<PlaceGrant> HoldAsync(
        ConnectionName connection, LimitKind kind, PlaceRequest request, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var held = claims.GetValueOrDefault((connection, kind)) ?? [];
            var mine = PlaceShares.Share(held, request, now, out var grant);
            claims[(connection, kind)] = [.. held.Where(claim => claim.Node != request.Node && claim.Until > now), mine];
            return Task.FromResult(grant);
        }
    }
}
