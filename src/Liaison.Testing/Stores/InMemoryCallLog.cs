using Liaison.Connectors;
using Liaison.Failures;

namespace Liaison.Testing.Stores;

/// <summary>The call log in memory; what it holds can be looked at.</summary>
public sealed class InMemoryCallLog : ICallLog
{
    private readonly Lock gate = new();
    private readonly List<CallEntry> entries = [];

    /// <summary>Gets every entry so far, in order of arrival.</summary>
    public IReadOnlyList<CallEntry> Entries
    {
        get
        {
            lock (gate)
            {
                return [.. entries];
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(CallEntry entry, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            entries.Add(entry);
            return ValueTask.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<CallSummary> SummarizeAsync(string runId, CancellationToken cancellationToken)
    {
        var calls = Entries.Where(entry => entry.RunId == runId).ToList();
        return Task.FromResult(new CallSummary(
            calls.CountBy(call => call.Operation).ToDictionary(pair => pair.Key, pair => (long)pair.Value),
            calls.LongCount(IsThrottled),
            calls.LongCount(call => call.FailureKind is not null),
            calls.Count == 0 ? null : calls.Min(call => call.At),
            calls.Count == 0 ? null : calls.Max(call => call.At)));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<CallRow>> ListAsync(CallQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Task.FromResult<IReadOnlyList<CallRow>>(
        [
            .. Entries
                .Select((entry, index) => new CallRow(index + 1, entry))
                .Where(row => row.Number < (query.Before ?? long.MaxValue) && Fits(row.Entry, query))
                .Reverse()
                .Take(query.Limit),
        ]);
    }

    /// <inheritdoc/>
    public Task<int> PurgeAsync(DateTimeOffset before, long rowsKept, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var old = entries.RemoveAll(entry => entry.At < before);
            var surplus = (int)Math.Max(0, entries.Count - rowsKept);
            entries.RemoveRange(0, surplus);
            return Task.FromResult(old + surplus);
        }
    }

    private static bool Fits(CallEntry entry, CallQuery query) =>
        (query.RunId is null || entry.RunId == query.RunId)
        && (query.Actor is null || entry.Actor == query.Actor)
        && (query.Connection is null || entry.Connection == query.Connection)
        && (query.Correlation is null || new[] { entry.TraceId, entry.CallerId, entry.CorrelationId }.Contains(query.Correlation))
        && (query.RecordId is null || entry.RecordIds.Contains(query.RecordId))
        && (query.Status is null || entry.Status == query.Status)
        && (!query.FailuresOnly || entry.FailureKind is not null)
        && entry.At >= (query.Since ?? DateTimeOffset.MinValue)
        && entry.At < (query.Until ?? DateTimeOffset.MaxValue);

    private static bool IsThrottled(CallEntry call) =>
        call.Status == 429 || call.FailureKind is nameof(FailureKind.RateLimited) or nameof(FailureKind.QuotaExhausted);
}
