using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Liaison.Telemetry;

/// <summary>The engine's metrics and spans; what there is stands in <see cref="Instruments"/>.</summary>
public sealed class LiaisonTelemetry : IDisposable
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string SourceName = "Liaison";

    private readonly Meter meter;
    private readonly Counter<long> calls;
    private readonly Counter<long> errors;
    private readonly Counter<long> alerts;
    private readonly Counter<long> refreshes;
    private readonly Histogram<double> requests;
    private readonly Histogram<double> waits;
    private readonly Histogram<double> durations;
    private volatile Observations observed = Observations.None;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">The host's factory; without one the meter stands alone and is disposed with this.</param>
    public LiaisonTelemetry(IMeterFactory? meters = null)
    {
        meter = meters is null ? new Meter(SourceName) : meters.Create(SourceName);
        calls = Counter(Instruments.Calls);
        errors = Counter(Instruments.Errors);
        alerts = Counter(Instruments.Alerts);
        refreshes = Counter(Instruments.TokenRefreshes);
        requests = Histogram(Instruments.Requests);
        waits = Histogram(Instruments.LimiterWait);
        durations = Histogram(Instruments.Duration);
        Gauge(Instruments.BudgetRemaining, () => observed.Budgets);
        Gauge(Instruments.CircuitOpen, () => observed.Circuits);
        Gauge(Instruments.RunItems, () => observed.Items);
        Gauge(Instruments.DeadLetters, () => observed.DeadLetters);
        var progress = Instruments.ByName[Instruments.RunProgress];
        meter.CreateObservableGauge(progress.Name, () => observed.Progress, progress.Unit, progress.Meaning);
    }

    /// <summary>Gets the source of spans.</summary>
    public static ActivitySource Activities { get; } = new(SourceName);

    /// <summary>Gets the meter, for a test to hear this one and none beside it.</summary>
    internal Meter Meter => meter;

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    /// <summary>Takes in what was looked up, for gauges to show until the next look.</summary>
    internal void Show(Observations looked) => observed = looked;

    internal void RecordRequest(string action, string outcome, TimeSpan duration) =>
        requests.Record(duration.TotalSeconds, new TagList { { "action", action }, { "outcome", outcome } });

    internal void RecordWait(string connection, string lane, TimeSpan waited) =>
        waits.Record(waited.TotalSeconds, new TagList { { "connection", connection }, { "lane", lane } });

    internal void RecordAlert(string kind, string connection) =>
        alerts.Add(1, new TagList { { "kind", kind }, { "connection", connection } });

    internal void RecordRefresh(string connection, string outcome) =>
        refreshes.Add(1, new TagList { { "connection", connection }, { "outcome", outcome } });

    internal void RecordCall(string connection, string operation, string? failure, TimeSpan duration)
    {
        calls.Add(1, new TagList
        {
            { "connection", connection }, { "operation", operation }, { "outcome", failure ?? "ok" },
        });
        durations.Record(duration.TotalSeconds, new TagList { { "connection", connection }, { "operation", operation } });
        if (failure is not null)
        {
            errors.Add(1, new TagList { { "connection", connection }, { "kind", failure } });
        }
    }

    private Counter<long> Counter(string name) => meter.CreateCounter<long>(name, Instruments.ByName[name].Unit, Instruments.ByName[name].Meaning);

    private Histogram<double> Histogram(string name) => meter.CreateHistogram<double>(name, Instruments.ByName[name].Unit, Instruments.ByName[name].Meaning);

    private void Gauge(string name, Func<IEnumerable<Measurement<long>>> read)
    {
        var instrument = Instruments.ByName[name];
        meter.CreateObservableGauge(name, read, instrument.Unit, instrument.Meaning);
    }
}

/// <summary>What the gauges show, as it was when somebody looked last.</summary>
internal sealed record Observations
{
    public static Observations None { get; } = new();

    public IReadOnlyList<Measurement<long>> Budgets { get; init; } = [];

    public IReadOnlyList<Measurement<long>> Circuits { get; init; } = [];

    public IReadOnlyList<Measurement<long>> Items { get; init; } = [];

    public IReadOnlyList<Measurement<double>> Progress { get; init; } = [];

    public IReadOnlyList<Measurement<long>> DeadLetters { get; init; } = [];
}
