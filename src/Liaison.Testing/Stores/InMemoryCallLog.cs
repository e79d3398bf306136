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

    private static bool IsThrottled(CallEntry call) =>
        call.Status == 429 || call.FailureKind is nameof(FailureKind.RateLimited) or nameof(FailureKind.QuotaExhausted);
}
