using System.Collections.Frozen;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Microsoft.Extensions.Options;

namespace Liaison.Identity;

/// <summary>A configured CRM account: what everyone may know of it, and its options.</summary>
public sealed record Connection(ConnectionProfile Profile, ConnectionOptions Options);

/// <summary>The configured connections by name.</summary>
/// <remarks>Safe for concurrent use, also while the connections are replaced.</remarks>
public sealed class ConnectionRegistry
{
    private readonly List<IConnector> known;
    private volatile Book book;

    /// <summary>Takes up the configured connections.</summary>
    /// <exception cref="OptionsValidationException">The configuration is wrong; every fault is listed.</exception>
    public ConnectionRegistry(IReadOnlyDictionary<string, ConnectionOptions> options, IEnumerable<IConnector> connectors)
    {
        known = [.. connectors];
        book = Read(options);
    }

    /// <summary>Gets all connections in order of name.</summary>
    public IReadOnlyList<Connection> All => book.All;

    /// <summary>Gets the names of the connections that are open to writes.</summary>
    public IReadOnlySet<ConnectionName> Writable => book.Writable;

    /// <summary>Takes up other connections in the place of all: the next request meets their users, mappings, credentials and writes.</summary>
    /// <remarks>What paces a connection that has been used (limit profile, share, time zone) stays as it was until a restart.</remarks>
    /// <exception cref="OptionsValidationException">The configuration is wrong; nothing was taken up.</exception>
    public void Replace(IReadOnlyDictionary<string, ConnectionOptions> options) => book = Read(options);

    /// <summary>Finds a connection.</summary>
    /// <returns><see cref="FailureKind.NotFound"/>, with the names that exist, for any other.</returns>
    public Result<Connection> Find(ConnectionName name)
    {
        var present = book;
        if (present.ByName.TryGetValue(name, out var connection))
        {
            return connection;
        }

        var names = present.All.Count == 0
            ? "none is configured"
            : "there are " + string.Join(", ", present.All.Select(known => known.Profile.Name.Value));
        return new Failure(FailureKind.NotFound, $"There is no connection \"{name}\"; {names}.");
    }

    private Book Read(IReadOnlyDictionary<string, ConnectionOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new ConnectionOptionsValidator(known).Validate(options);
        if (faults.Count > 0)
        {
            throw new OptionsValidationException("connections", typeof(ConnectionOptions), faults);
        }

        var descriptors = known.ToDictionary(
            connector => connector.Descriptor.Name, connector => connector.Descriptor, StringComparer.OrdinalIgnoreCase);
        return new Book([.. options
            .Select(entry => new Connection(ProfileOf(entry.Key, entry.Value, descriptors[entry.Value.Crm]), entry.Value))
            .OrderBy(connection => connection.Profile.Name.Value, StringComparer.Ordinal)]);
    }

    private static ConnectionProfile ProfileOf(string name, ConnectionOptions options, ConnectorDescriptor descriptor) => new(
        new ConnectionName(name),
        descriptor.Name,
        options.Environment,
        options.BaseUrl ?? descriptor.DefaultBaseUrl,
        options.ApiVersion ?? descriptor.ApiVersions[0].Version,
        options.LimitProfile ?? descriptor.LimitProfiles[0].Name)
    {
        FieldNames = options.FieldNames,
        JobsFrom = options.JobsFrom,
    };

    private sealed class Book(IReadOnlyList<Connection> all)
    {
        public IReadOnlyList<Connection> All => all;

        public FrozenDictionary<ConnectionName, Connection> ByName { get; } = all.ToFrozenDictionary(connection => connection.Profile.Name);

        public FrozenSet<ConnectionName> Writable { get; } = all
            .Where(connection => connection.Options.Writes == ConnectionWrites.Open)
            .Select(connection => connection.Profile.Name)
            .ToFrozenSet();
    }
}
