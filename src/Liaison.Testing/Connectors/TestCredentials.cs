using Liaison.Connectors;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Testing.Connectors;

/// <summary>Makes credentials for tests; in the product only the credential broker can.</summary>
public static class TestCredentials
{
    /// <summary>Makes a credential that sees what its token sees.</summary>
    /// <param name="accessToken">The token that the CRM, or its stand-in, knows.</param>
    public static UserCredential Of(ConnectionProfile connection, CredentialReach reach, string identity, string accessToken)
    {
        ArgumentNullException.ThrowIfNull(connection);

        return new(connection.Name, reach, identity, accessToken);
    }

    /// <summary>Makes a connection for tests.</summary>
    /// <param name="apiVersion">The version to pin; the connector's default where <see langword="null"/>.</param>
    public static ConnectionProfile Connection(
        ConnectorDescriptor descriptor, Uri? baseUrl = null, string? apiVersion = null)
    {
        ArgumentNullException.ThrowIfNull(descriptor);

        return new(
            new ConnectionName($"{descriptor.Name}-test"),
            descriptor.Name,
            CrmEnvironment.Sandbox,
            baseUrl ?? descriptor.DefaultBaseUrl,
            apiVersion ?? descriptor.ApiVersions[0].Version,
            descriptor.LimitProfiles[0].Name);
    }
}
