using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Liaison.Failures;
using Liaison.Telemetry;
using Microsoft.Extensions.Logging;

namespace Liaison.House.Tests.Canaries;

/// <summary>Hears everything that the engine says while it runs: logs at the finest level, exceptions, failures, metrics, spans.</summary>
internal sealed class Ear : ILoggerProvider
{
    private readonly MeterListener meters = new();
    private readonly ActivityListener spans;

    public Ear()
    {
        AppDomain.CurrentDomain.FirstChanceException += HearException;
        spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == LiaisonTelemetry.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = HearSpan,
        };
        ActivitySource.AddActivityListener(spans);
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == LiaisonTelemetry.SourceName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => HearMetric(instrument, tags));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => HearMetric(instrument, tags));
        meters.Start();
    }

    public ConcurrentQueue<string> Logs { get; } = new();

    public ConcurrentQueue<string> Exceptions { get; } = new();

    public ConcurrentQueue<Failure> Failures { get; } = new();

    public ConcurrentQueue<string> Metrics { get; } = new();

    public ConcurrentQueue<string> Spans { get; } = new();

    /// <summary>Keeps the failure of a result and hands its value on.</summary>
    public T? Hear<T>(Result<T> result)
    {
        if (result.TryGet(out var value, out var failure))
        {
            return value;
        }

        Failures.Enqueue(failure);
        return default;
    }

    public ILogger CreateLogger(string categoryName) => new Listening(Logs, categoryName);

    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= HearException;
        meters.Dispose();
        spans.Dispose();
    }

    private void HearException(object? sender, FirstChanceExceptionEventArgs thrown) => Exceptions.Enqueue(thrown.Exception.ToString());

    private void HearSpan(Activity span) => Spans.Enqueue(
        $"{span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}");

    private void HearMetric(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = instrument.Name;
        foreach (var (name, value) in tags)
        {
            text = string.Create(CultureInfo.InvariantCulture, $"{text} {name}={value}");
        }

        Metrics.Enqueue(text);
    }

    private sealed class Listening(ConcurrentQueue<string> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue($"{category} scope {Told(state)}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        // The values beside the message too: structured logs carry them to where nobody reads the sentence.
        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{category} {logLevel} {formatter(state, exception)} {Told(state)} {exception}");

        private static string Told<TState>(TState state) => state is IEnumerable<KeyValuePair<string, object?>> values
            ? string.Join(' ', values.Select(value => $"{value.Key}={value.Value}"))
            : $"{state}";
    }
}
