using System.Reflection;
using Liaison.Cli.Configuration;
using Liaison.Identity;
using Liaison.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Liaison.Cli.Hosting;

/// <summary>Sends traces and metrics to a collector, where the configuration or the environment names one.</summary>
/// <remarks>
/// Only the engine's own source and meter are sent. Those of the framework name addresses with their queries, and these hold what
/// people look for.
/// </remarks>
internal sealed class TelemetryExport : IDisposable
{
    private static readonly string[] Collectors =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    private readonly TracerProvider traces;
    private readonly MeterProvider metrics;

    private TelemetryExport(TracerProvider traces, MeterProvider metrics) => (this.traces, this.metrics) = (traces, metrics);

    /// <summary>Begins to send.</summary>
    /// <returns><see langword="null"/> where no collector is named, or the environment turns telemetry off.</returns>
    /// <exception cref="ConfigurationException">There is nothing behind the reference to the headers.</exception>
    public static TelemetryExport? Start(InstallationSettings settings)
    {
        var options = settings.Options.Telemetry;
        if (bool.TryParse(Environment.GetEnvironmentVariable("OTEL_SDK_DISABLED"), out var disabled) && disabled
            || (options.Endpoint is null && !Collectors.Any(IsSet)))
        {
            return null;
        }

        var headers = SecretReference.Parse(options.Headers).TryGet(out var reference, out _)
            ? OutsideSecret.Read(settings, reference, "telemetry.headers").Trim()
            : null;
        return new TelemetryExport(
            Sdk.CreateTracerProviderBuilder()
                .ConfigureResource(Describe)
                .AddSource(LiaisonTelemetry.SourceName)
                .AddOtlpExporter(exporter => Send(exporter, options, headers, "v1/traces"))
                .Build(),
            Sdk.CreateMeterProviderBuilder()
                .ConfigureResource(Describe)
                .AddMeter(LiaisonTelemetry.SourceName)
                .AddOtlpExporter((exporter, reader) =>
                {
                    Send(exporter, options, headers, "v1/metrics");
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds =
                        options.IntervalSeconds * 1000 ?? reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds;
                })
                .Build());
    }

    /// <summary>Sends what has gathered, for a few seconds at the most.</summary>
    public void Dispose()
    {
        traces.Dispose();
        metrics.Dispose();
    }

    private static void Send(OtlpExporterOptions exporter, TelemetryOptions options, string? headers, string path)
    {
        if (options.Endpoint is not { } endpoint)
        {
            return;
        }

        var isHttp = options.Protocol == OtlpTransport.HttpProtobuf;
        exporter.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = isHttp ? new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/{path}") : endpoint;
        exporter.Headers = headers ?? exporter.Headers;
    }

    private static void Describe(ResourceBuilder resource)
    {
        // A name that the environment gives stands.
        if (!IsSet("OTEL_SERVICE_NAME"))
        {
            resource.AddService("liaison", serviceVersion: Assembly.GetExecutingAssembly().GetName().Version?.ToString());
        }
    }

    private static bool IsSet(string name) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name));
}
