using Liaison.Connectors;
using Liaison.HubSpot.Declaration;
using Liaison.HubSpot.Schema;
using Liaison.HubSpot.Wire;
using Liaison.Identity;

namespace Liaison.HubSpot;

/// <summary>HubSpot, declared: record types, limits, error map, scopes and API versions, and the way to open a session.</summary>
/// <remarks>
/// Speaks the date-based versions <c>2026-09</c> (default) and <c>2026-03</c>, and <c>v3</c>, which stands for the v3 and v4
/// paths. Safe for concurrent use; of an account it keeps its details for five minutes and nothing else. Selections are paged so that records that leave the result in the meantime
/// cost none of the others; a query that orders by any other field than the creation or change time goes by HubSpot's offset
/// and ends at 10,000 records.
/// </remarks>
/// <param name="time">The clock; <see langword="null"/> for the system's.</param>
public sealed class HubSpotConnector(TimeProvider? time = null) : IConnector
{
    private readonly AccountShelf accounts = new(time ?? TimeProvider.System);

    /// <inheritdoc/>
    public ConnectorDescriptor Descriptor => HubSpotDescriptor.Value;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The connection pins an API version that the descriptor does not list.</exception>
    public IConnectorSession OpenSession(ConnectionProfile connection, UserCredential credential, ICrmChannel channel)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(channel);

        return new HubSpotSession(
            new HubSpotApi(channel, new HubSpotPaths(connection.ApiVersion)),
            credential.Reach,
            credential.IsStatic,
            accounts,
            new AccountShelf.Key(connection.BaseUrl, connection.Name, credential.Identity));
    }
}
