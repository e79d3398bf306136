using System.Runtime.CompilerServices;
using Liaison.Audit;

namespace Liaison.Testing.Stores;

/// <summary>The audit in memory: keeps the contract, and nothing past the process.</summary>
public sealed class InMemoryAuditStore : IAuditStore
{
    private readonly Lock gate = new();
    private readonly List<AuditRow> rows = [];
    private readonly List<AuditCheckpoint> checkpoints = [];
    private readonly OrderedDictionary<string, long> unclosed = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        lock (gate)
        {
            foreach (var entry in entries)
            {
                rows.Add(AuditChain.Seal(entry, rows.Count + 1, rows.Count == 0 ? AuditChain.Genesis : rows[^1].Hash));
                if (entry.Phase == AuditPhase.Opened)
                {
                    unclosed.TryAdd(entry.TraceId, rows.Count);
                }
                else
                {
                    unclosed.Remove(entry.TraceId);
                }
            }

            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AuditRow> ReadAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        await Task.CompletedTask;
        foreach (var row in Snapshot(query))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> FindUnclosedAsync(int limit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<string>>([.. unclosed.Keys.Take(limit)]);
        }
    }

    /// <inheritdoc/>
    public Task<bool> AddCheckpointAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        lock (gate)
        {
            var last = checkpoints.LastOrDefault();
            var fits = checkpoint.PreviousHash == (last?.Hash ?? AuditChain.Genesis) && checkpoint.Sequence > (last?.Sequence ?? 0);
            if (fits)
            {
                checkpoints.Add(checkpoint);
            }

            return Task.FromResult(fits);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<AuditCheckpoint> ReadCheckpointsAsync(long from, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return checkpoints.Where(checkpoint => checkpoint.Sequence >= from).ToList().ToAsyncEnumerable();
        }
    }

    /// <inheritdoc/>
    public Task<AuditCheckpoint?> FindLastCheckpointAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(checkpoints.LastOrDefault());
        }
    }

    private List<AuditRow> Snapshot(AuditQuery query)
    {
        lock (gate)
        {
            var found = rows.Where(row => row.Sequence > query.After && row.Sequence < query.Before && Fits(AuditChain.Open(row), query));
            return [.. (query.NewestFirst ? found.Reverse() : found).Take(query.Limit)];
        }
    }

    private static bool Fits(AuditEntry entry, AuditQuery query) =>
        (query.RecordId is null || entry.Records.Contains(query.RecordId))
        && (query.RunId is null || entry.Caller.RunId == query.RunId)
        && (query.TraceId is null || entry.TraceId == query.TraceId)
        && (query.Subject is null || entry.Caller.Subject.Id == query.Subject)
        && (query.Actor is null || entry.Caller.Actor.Id == query.Actor)
        && (query.Action is null || entry.Action == query.Action)
        && (query.Connection is null || entry.Connection == query.Connection)
        && (query.Since is not { } since || entry.At.ToUnixTimeMilliseconds() >= since.ToUnixTimeMilliseconds())
        && (query.Until is not { } until || entry.At.ToUnixTimeMilliseconds() < until.ToUnixTimeMilliseconds())
        && (!query.DenialsOnly || entry.TellsDenial());
}
