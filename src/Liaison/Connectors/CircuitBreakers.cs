using System.Collections.Concurrent;
using Liaison.Alerts;
using Liaison.Failures;
using Liaison.Model;
using Microsoft.Extensions.Logging;

namespace Liaison.Connectors;

/// <summary>The breakers of this node, one for each connection and class of endpoints: a search that is down holds up no write.</summary>
public sealed partial class CircuitBreakers(ChannelOptions options, IAlertSink alerts, TimeProvider time, ILogger<CircuitBreakers> logger)
{
    private readonly ConcurrentDictionary<(ConnectionName Connection, EndpointClass Class), CircuitBreaker> breakers = new();

    internal CircuitBreaker Of(ConnectionName connection, CrmOperation operation) =>
        breakers.GetOrAdd((connection, ClassOf(operation)), _ => new CircuitBreaker(options, time));

    /// <summary>Lists the classes of a connection's endpoints whose calls are held back.</summary>
    internal IReadOnlyList<EndpointClass> OpenOf(ConnectionName connection) =>
        [.. breakers.Where(entry => entry.Key.Connection == connection && entry.Value.IsOpen).Select(entry => entry.Key.Class).Order()];

    /// <summary>Tells of each class of a connection's endpoints that was called whether its calls are held back.</summary>
    public IReadOnlyList<CircuitState> StatesOf(ConnectionName connection) =>
    [
        .. breakers
            .Where(entry => entry.Key.Connection == connection)
            .OrderBy(entry => entry.Key.Class)
            .Select(entry => new CircuitState(NameOf(entry.Key.Class), entry.Value.OpenSince, entry.Value.LastAnswer)),
    ];

    /// <summary>Names the class of endpoints that an operation belongs to.</summary>
    internal static string EndpointsOf(CrmOperation operation) => NameOf(ClassOf(operation));

    internal static Failure Held(ConnectionName connection, CrmOperation operation, TimeSpan wait) => new(
        FailureKind.Unavailable,
        $"Connection {connection} fails on {NameOf(ClassOf(operation))}, so that such calls are held back; the next is tried in {Math.Ceiling(wait.TotalSeconds)} s.",
        wait);

    /// <summary>Takes in how an attempt ended, and tells when calls are held back from now on and when no longer.</summary>
    internal async Task SettleAsync(ConnectionName connection, CrmOperation operation, BreakerPass pass, AttemptHealth health)
    {
        var name = NameOf(ClassOf(operation));
        switch (Of(connection, operation).Settle(pass, health))
        {
            case BreakerTurn.Opened:
                LogOpened(logger, connection.Value, name, options.BreakerFailures);
                var alert = new Alert(
                    AlertKind.BreakerOpen,
                    connection,
                    name,
                    $"Connection {connection} failed {options.BreakerFailures} times in a row on {name}; its calls are held back and go on by themselves when it answers again.")
                {
                    Since = time.GetUtcNow(),
                };
                await alerts.RaiseAsync(alert, CancellationToken.None);
                break;

            case BreakerTurn.Closed:
                LogClosed(logger, connection.Value, name);
                break;
        }
    }

    private static EndpointClass ClassOf(CrmOperation operation) => operation switch
    {
        CrmOperation.Query => EndpointClass.Search,
        _ when operation.ChangesTheCrm => EndpointClass.Write,
        _ => EndpointClass.Read,
    };

    private static string NameOf(EndpointClass endpoints) => endpoints switch
    {
        EndpointClass.Search => "searches",
        EndpointClass.Write => "writes",
        EndpointClass.Read => "reads",
    };

    [LoggerMessage(2010, LogLevel.Warning, "{Connection} failed {Times} times in a row on {Endpoints}; its calls are held back")]
    private static partial void LogOpened(ILogger logger, string connection, string endpoints, int times);

    [LoggerMessage(2011, LogLevel.Information, "{Connection} answers on {Endpoints} again; its calls go out")]
    private static partial void LogClosed(ILogger logger, string connection, string endpoints);
}

/// <summary>How a class of endpoints fares, as this process has seen it.</summary>
/// <param name="Endpoints">reads, searches or writes.</param>
/// <param name="Since">Since when calls are held back; <see langword="null"/> where they go out.</param>
/// <param name="LastAnswer">When the CRM answered last; <see langword="null"/> where it has not yet.</param>
public sealed record CircuitState(string Endpoints, DateTimeOffset? Since, DateTimeOffset? LastAnswer);

/// <summary>Endpoints that fail and recover together.</summary>
internal enum EndpointClass
{
    /// <summary>Records, links and metadata by id.</summary>
    Read,

    /// <summary>Filtered queries, which a CRM serves from an index of their own.</summary>
    Search,

    /// <summary>Whatever changes something.</summary>
    Write,
}
