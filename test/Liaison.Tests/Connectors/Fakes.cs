using System.Collections.Concurrent;
using Liaison.Connectors;
using Liaison.Model;
using Microsoft.Extensions.Logging;

namespace Liaison.Tests.Connectors;

internal sealed class RecordingCallLog : ICallLog
{
    public ConcurrentQueue<CallEntry> Entries { get; } = new();

    public ValueTask AppendAsync(CallEntry entry, CancellationToken cancellationToken)
    {
        Entries.Enqueue(entry);
        return ValueTask.CompletedTask;
    }

    public Task<CallSummary> SummarizeAsync(string runId, CancellationToken cancellationToken) => throw new NotSupportedException();
}

/// <summary>Counts in memory, as the durable store does in a table.</summary>
internal sealed class MemoryBudgetStore : IBudgetStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<(ConnectionName, LimitKind, DateTimeOffset), long> spent = [];

    public int Takes { get; private set; }

    public Task<long> TakeAsync(
        ConnectionName connection, LimitKind kind, DateTimeOffset window, long wanted, long ceiling, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            Takes++;
            var before = spent.GetValueOrDefault((connection, kind, window));
            var given = Math.Clamp(ceiling - before, 0, wanted);
            spent[(connection, kind, window)] = before + given;
            return Task.FromResult(given);
        }
    }

    public Task CorrectAsync(
        ConnectionName connection, LimitKind kind, DateTimeOffset window, long amount, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            spent[(connection, kind, window)] = Math.Max(spent.GetValueOrDefault((connection, kind, window)), amount);
            return Task.CompletedTask;
        }
    }

    public Task<long> SpentAsync(ConnectionName connection, LimitKind kind, DateTimeOffset window, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(spent.GetValueOrDefault((connection, kind, window)));
        }
    }
}

/// <summary>Keeps every line that is logged, at every level.</summary>
internal sealed class CapturedLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
