using System.Collections.Frozen;
using Liaison.Failures;

namespace Liaison.Connectors;

/// <summary>The connectors of this installation by name.</summary>
public sealed class ConnectorRegistry(IEnumerable<IConnector> connectors)
{
    private readonly FrozenDictionary<string, IConnector> connectors =
        connectors.ToFrozenDictionary(connector => connector.Descriptor.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets all connectors.</summary>
    public IReadOnlyList<IConnector> All => connectors.Values;

    /// <summary>Finds a connector.</summary>
    /// <returns><see cref="FailureKind.Unsupported"/>, with the names that exist, for any other.</returns>
    public Result<IConnector> Find(string crm)
    {
        ArgumentNullException.ThrowIfNull(crm);
        return connectors.TryGetValue(crm, out var connector)
            ? Result<IConnector>.Of(connector)
            : new Failure(
                FailureKind.Unsupported,
                $"\"{crm}\" is no known CRM; known are {string.Join(", ", connectors.Keys.Order(StringComparer.Ordinal))}.");
    }
}
