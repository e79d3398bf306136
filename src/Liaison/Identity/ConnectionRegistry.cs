using System.Collections.Frozen;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Microsoft.Extensions.Options;

namespace Liaison.Identity;

/// <summary>A configured CRM account: what everyone may know of it, and its options.</summary>
public sealed record Connection(ConnectionProfile Profile, ConnectionOptions Options);

/// <summary>The configured connections by name.</summary>
public sealed class ConnectionRegistry
{
    private readonly FrozenDictionary<ConnectionName, Connection> connections;

    /// <summary>Takes up the configured connections.</summary>
    /// <exception cref="OptionsValidationException">The configuration is wrong; every fault is listed.</exception>
    public ConnectionRegistry(IReadOnlyDictionary<string, ConnectionOptions> options, IEnumerable<IConnector> connectors)
    {
        ArgumentNullException.ThrowIfNull(options);
        var known = connectors.ToList();
        var faults = new ConnectionOptionsValidator(known).Validate(options);
        if (faults.Count > 0)
        {
            throw new OptionsValidationException("connections", typeof(ConnectionOptions), faults);
        }

        var descriptors = known.ToDictionary(
            connector => connector.Descriptor.Name, connector => connector.Descriptor, StringComparer.OrdinalIgnoreCase);
        connections = options
            .Select(entry => new Connection(ProfileOf(entry.Key, entry.Value, descriptors[entry.Value.Crm]), entry.Value))
            .ToFrozenDictionary(connection => connection.Profile.Name);
        All = [.. connections.Values.OrderBy(connection => connection.Profile.Name.Value, StringComparer.Ordinal)];
        Writable = All
            .Where(connection => connection.Options.Writes == ConnectionWrites.Open)
            .Select(connection => connection.Profile.Name)
            .ToFrozenSet();
    }

    /// <summary>Gets all connections in order of name.</summary>
    public IReadOnlyList<Connection> All { get; }

    /// <summary>Gets the names of the connections that are open to writes.</summary>
    public IReadOnlySet<ConnectionName> Writable { get; }

    /// <summary>Finds a connection.</summary>
    /// <returns><see cref="FailureKind.NotFound"/>, with the names that exist, for any other.</returns>
    public Result<Connection> Find(ConnectionName name)
    {
        if (connections.TryGetValue(name, out var connection))
        {
            return connection;
        }

        var names = All.Count == 0
            ? "none is configured"
            : "there are " + string.Join(", ", All.Select(known => known.Profile.Name.Value));
        return new Failure(FailureKind.NotFound, $"There is no connection \"{name}\"; {names}.");
    }

    private static ConnectionProfile ProfileOf(string name, ConnectionOptions options, ConnectorDescriptor descriptor) => new(
        new ConnectionName(name),
        descriptor.Name,
        options.Environment,
        options.BaseUrl ?? descriptor.DefaultBaseUrl,
        options.ApiVersion ?? descriptor.ApiVersions[0].Version,
        options.LimitProfile ?? descriptor.LimitProfiles[0].Name);
}
