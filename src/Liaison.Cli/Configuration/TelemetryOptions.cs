using Liaison.Identity;

namespace Liaison.Cli.Configuration;

/// <summary>How OTLP travels.</summary>
internal enum OtlpTransport
{
    /// <summary>Protocol buffers over HTTP, by custom at port 4318.</summary>
    HttpProtobuf,

    /// <summary>gRPC, by custom at port 4317.</summary>
    Grpc,
}

/// <summary>Where traces and metrics are sent.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>Gets or sets the collector's address, without the paths of the signals.</summary>
    /// <value>The default is <see langword="null"/>: nothing is sent, unless the environment names a collector (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>).</value>
    public Uri? Endpoint { get; set; }

    /// <summary>Gets or sets how it is sent there; ignored without <see cref="Endpoint"/>.</summary>
    /// <value>The default is <see cref="OtlpTransport.HttpProtobuf"/>.</value>
    public OtlpTransport Protocol { get; set; }

    /// <summary>Gets or sets the reference to headers that prove us to the collector, as <c>name=value</c> pairs with commas between them: <c>env:NAME</c> or <c>file:PATH</c>.</summary>
    /// <value>The default is <see langword="null"/>: none. Ignored without <see cref="Endpoint"/>.</value>
    public string? Headers { get; set; }

    /// <summary>Gets or sets how many seconds go between two deliveries of metrics, 1 to 3,600.</summary>
    /// <value>The default is <see langword="null"/>: what <c>OTEL_METRIC_EXPORT_INTERVAL</c> says, else 60.</value>
    public int? IntervalSeconds { get; set; }

    /// <summary>Finds every fault.</summary>
    public IEnumerable<string> Faults()
    {
        if (Endpoint is not null && (Endpoint is not { IsAbsoluteUri: true } || (Endpoint.Scheme != Uri.UriSchemeHttps && !(Endpoint.Scheme == Uri.UriSchemeHttp && (Endpoint.IsLoopback || Headers is null)))))
        {
            yield return "telemetry.endpoint: expected an https address; http is taken without headers, or on loopback.";
        }

        if (IntervalSeconds is < 1 or > 3_600)
        {
            yield return $"telemetry.intervalSeconds: {IntervalSeconds} is out of range; expected 1 to 3600.";
        }

        if (Headers is not null && (!SecretReference.Parse(Headers).TryGet(out var reference, out _) || reference.Source == SecretSource.Store))
        {
            // What stands here may be a token itself.
            yield return "telemetry.headers: the headers are given by reference; expected env:NAME or file:PATH.";
        }
    }
}
