using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Liaison.Safety.Tests.Installed;

/// <summary>Hears every log line at the finest level.</summary>
internal sealed class Ear : ILoggerProvider
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Listening(Lines);

    public void Dispose()
    {
    }

    private sealed class Listening(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
