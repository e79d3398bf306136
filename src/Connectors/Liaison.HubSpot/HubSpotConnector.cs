using Liaison.Connectors;
using Liaison.HubSpot.Declaration;
using Liaison.HubSpot.Wire;
using Liaison.Identity;

namespace Liaison.HubSpot;

/// <summary>HubSpot, declared: record types, limits, error map, scopes and API versions, and the way to open a session.</summary>
/// <remarks>
/// Speaks the date-based versions <c>2026-09</c> (default) and <c>2026-03</c>, and <c>v3</c>, which stands for the v3 and v4
/// paths. Stateless and safe for concurrent use. Selections are paged so that records that leave the result in the meantime
/// cost none of the others; a query that orders by any other field than the creation or change time goes by HubSpot's offset
/// and ends at 10,000 records.
/// </remarks>
public sealed class HubSpotConnector : IConnector
{
    /// <inheritdoc/>
    public ConnectorDescriptor Descriptor => HubSpotDescriptor.Value;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The connection pins an API version that the descriptor does not list.</exception>
    public IConnectorSession OpenSession(ConnectionProfile connection, UserCredential credential, ICrmChannel channel)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(channel);

        return new HubSpotSession(new HubSpotApi(channel, new HubSpotPaths(connection.ApiVersion)), credential.Reach, credential.IsStatic);
    }
}
