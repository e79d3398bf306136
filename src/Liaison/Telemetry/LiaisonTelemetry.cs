using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Liaison.Telemetry;

/// <summary>The engine's metrics and spans; the names are a contract with dashboards.</summary>
public sealed class LiaisonTelemetry : IDisposable
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string SourceName = "Liaison";

    /// <summary>Counts attempts of CRM calls by connection, operation and outcome.</summary>
    public const string Calls = "liaison.crm.calls";

    /// <summary>Counts failed attempts by connection and failure kind.</summary>
    public const string Errors = "liaison.crm.errors";

    /// <summary>Seconds that calls waited for their permits, by connection and lane.</summary>
    public const string LimiterWait = "liaison.crm.limiter.wait";

    /// <summary>Seconds that an attempt took on the wire, by connection and operation.</summary>
    public const string Duration = "liaison.crm.duration";

    /// <summary>Counts raised alerts by kind and connection, those held back included.</summary>
    public const string Alerts = "liaison.alerts";

    private readonly Meter meter;
    private readonly Counter<long> calls;
    private readonly Counter<long> errors;
    private readonly Counter<long> alerts;
    private readonly Histogram<double> waits;
    private readonly Histogram<double> durations;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">The host's factory; without one the meter stands alone and is disposed with this.</param>
    public LiaisonTelemetry(IMeterFactory? meters = null)
    {
        meter = meters is null ? new Meter(SourceName) : meters.Create(SourceName);
        calls = meter.CreateCounter<long>(Calls, "{call}");
        errors = meter.CreateCounter<long>(Errors, "{error}");
        alerts = meter.CreateCounter<long>(Alerts, "{alert}");
        waits = meter.CreateHistogram<double>(LimiterWait, "s");
        durations = meter.CreateHistogram<double>(Duration, "s");
    }

    /// <summary>Gets the source of spans.</summary>
    public static ActivitySource Activities { get; } = new(SourceName);

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    internal void RecordWait(string connection, string lane, TimeSpan waited) =>
        waits.Record(waited.TotalSeconds, new TagList { { "connection", connection }, { "lane", lane } });

    internal void RecordAlert(string kind, string connection) =>
        alerts.Add(1, new TagList { { "kind", kind }, { "connection", connection } });

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
}
