using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Liaison.Storage.Tests;

/// <summary>Keeps what was logged.</summary>
internal sealed class RecordingLogger<TSource> : ILogger<TSource>
{
    private readonly ConcurrentQueue<string> lines = [];

    public IReadOnlyList<string> Lines => [.. lines];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue(formatter(state, exception));

    /// <summary>Waits until a line with a text was logged.</summary>
    public async Task ToldAsync(string text)
    {
        while (!lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
