using System.Collections.Concurrent;
using System.Globalization;
using Liaison.Alerts;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>That a CRM announced the end of a class of its endpoints in the headers of its answers (R189).</summary>
/// <param name="Endpoints">reads, searches or writes.</param>
/// <param name="DeprecatedAt">From when on they are deprecated; <see langword="null"/> where no day is told.</param>
/// <param name="EndsAt">When they are expected to answer no more; <see langword="null"/> where no day is told.</param>
public sealed record EndpointEnding(string Endpoints, DateTimeOffset? DeprecatedAt, DateTimeOffset? EndsAt)
{
    /// <summary>Gets the announcement in a sentence.</summary>
    public string Told => EndsAt is { } end ? string.Create(CultureInfo.InvariantCulture, $"The CRM announces in its answers that these {Endpoints} end on {end:yyyy-MM-dd}.")
        : DeprecatedAt is { } since ? string.Create(CultureInfo.InvariantCulture, $"The CRM says in its answers that these {Endpoints} are deprecated as of {since:yyyy-MM-dd}.")
        : $"The CRM says in its answers that these {Endpoints} are deprecated.";
}

/// <summary>Takes in what answers announce of their endpoints' end: each announcement is one alert, and stands in the connection's state.</summary>
/// <remarks>
/// What one process heard the others know by the kept alert; it is raised again when the day changes or the alert is no longer kept. A host
/// without a store for alerts knows of itself only.
/// </remarks>
public sealed class EndpointEndings
{
    private const int Looked = 20;

    private readonly ConcurrentDictionary<(ConnectionName Connection, string Endpoints), EndpointEnding> heard = new();
    private readonly IAlertSink alerts;
    private readonly IAlertStore? kept;

    internal EndpointEndings(IAlertSink alerts, IAlertStore? kept) => (this.alerts, this.kept) = (alerts, kept);

    /// <summary>Takes in the headers of an answer.</summary>
    internal ValueTask NoteAsync(ConnectionProfile connection, CrmOperation operation, EndingReading? reading)
    {
        // Nearly every answer: nothing is announced, or nothing new.
        if (reading is null)
        {
            return ValueTask.CompletedTask;
        }

        var ending = new EndpointEnding(CircuitBreakers.EndpointsOf(operation), reading.DeprecatedAt, reading.EndsAt);
        return TryHear(connection.Name, ending) ? new ValueTask(RaiseAsync(connection, ending)) : ValueTask.CompletedTask;
    }

    /// <summary>Lists what is announced for a connection, as far as is known.</summary>
    internal async Task<IReadOnlyList<EndpointEnding>> OfAsync(ConnectionName connection, CancellationToken cancellationToken)
    {
        var own = heard.Where(entry => entry.Key.Connection == connection).Select(entry => entry.Value);
        return [.. own.Concat(await KeptAsync(connection, cancellationToken)).DistinctBy(ending => ending.Endpoints).OrderBy(ending => ending.Endpoints, StringComparer.Ordinal)];
    }

    // Of calls that learn the same at one moment, one raises the alert.
    private bool TryHear(ConnectionName connection, EndpointEnding ending)
    {
        var key = (connection, ending.Endpoints);
        return !heard.TryGetValue(key, out var before) ? heard.TryAdd(key, ending) : before != ending && heard.TryUpdate(key, ending, before);
    }

    private async Task RaiseAsync(ConnectionProfile connection, EndpointEnding ending)
    {
        if ((await KeptAsync(connection.Name, CancellationToken.None)).Contains(ending))
        {
            return;
        }

        var alert = new Alert(
            AlertKind.EndpointsEnding,
            connection.Name,
            ending.Endpoints,
            $"Connection {connection.Name} at API version {connection.ApiVersion}: {ending.Told} liaison connect check-version compares a later version; liaison doctor says which there is.")
        {
            Since = ending.DeprecatedAt,
            EndsAt = ending.EndsAt,
        };
        await alerts.RaiseAsync(alert, CancellationToken.None);
    }

    private async Task<IReadOnlyList<EndpointEnding>> KeptAsync(ConnectionName connection, CancellationToken cancellationToken) => kept is null
        ? []
        :
        [
            .. (await kept.ListAsync(new AlertQuery(Looked) { Kind = AlertKind.EndpointsEnding, Connection = connection }, cancellationToken))
                .Select(row => new EndpointEnding(row.Alert.Cause, row.Alert.Since, row.Alert.EndsAt))
                .DistinctBy(ending => ending.Endpoints),
        ];
}
