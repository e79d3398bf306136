using Liaison.Failures;
using Liaison.Identity;
using Liaison.Telemetry;
using Microsoft.Extensions.Logging;

namespace Liaison.Connectors;

/// <summary>Makes the channel of a credential; all channels of a connection share its throttle.</summary>
/// <param name="clients">Holds the client that <see cref="CrmHttpClient.AddCrmHttpClient"/> adds.</param>
/// <param name="random">Spreads the waits between attempts.</param>
/// <param name="recording">What the call log keeps; without it, what its defaults say.</param>
/// <param name="endings">Takes in what answers announce of their endpoints' end; without it, nobody does.</param>
public sealed class CrmChannels(
    IHttpClientFactory clients,
    CredentialBroker credentials,
    Throttles throttles,
    CircuitBreakers breakers,
    ICallLog log,
    LiaisonTelemetry telemetry,
    ChannelOptions options,
    Random random,
    TimeProvider time,
    ILoggerFactory loggers,
    CallLogOptions? recording = null,
    EndpointEndings? endings = null)
{
    private readonly CrmWire wire = new(clients, options, time);
    private readonly CallRecorder recorder = new(log, telemetry, recording ?? new CallLogOptions(), time);
    private readonly Backoff backoff = new(options, random);
    private readonly ILogger<CrmChannel> logger = loggers.CreateLogger<CrmChannel>();

    internal Result<ICrmChannel> Open(
        ConnectionProfile connection, UserCredential credential, Caller caller, ConnectorDescriptor descriptor) =>
        throttles.Of(connection.Name).TryGet(out var throttle, out var unknown)
            ? new CrmChannel(
                new ChannelScope(connection, credential, caller, descriptor, throttle, breakers, endings), credentials, wire, recorder, backoff, options, time, logger)
            : unknown;
}
