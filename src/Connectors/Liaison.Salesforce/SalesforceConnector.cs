using Liaison.Connectors;
using Liaison.Identity;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce;

/// <summary>Salesforce, declared: record types, limits, error map, scopes and API versions, and the way to open a session.</summary>
/// <remarks>
/// Speaks the REST API v60.0 to v68.0, by default v66.0, and as far up as the organisation does. Stateless and safe for concurrent use. What a user sees is what the user's own
/// token shows: the describe lists the fields, and nothing here widens it. A query that orders by any other field than the id,
/// the creation or the change time ends at 2,000 records where pages of fewer than 200 are asked for.
/// </remarks>
public sealed class SalesforceConnector : IConnector
{
    /// <inheritdoc/>
    public ConnectorDescriptor Descriptor => SalesforceDescriptor.Value;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The connection pins an API version that the descriptor does not list.</exception>
    public IConnectorSession OpenSession(ConnectionProfile connection, UserCredential credential, ICrmChannel channel)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(channel);

        return new SalesforceSession(
            new SalesforceApi(channel, new SalesforcePaths(connection.ApiVersion)), credential.Reach, credential.InstanceUrl ?? connection.BaseUrl);
    }
}
