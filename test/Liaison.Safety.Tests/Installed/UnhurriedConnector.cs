using Liaison.Connectors;
using Liaison.HubSpot;
using Liaison.Identity;

namespace Liaison.Safety.Tests.Installed;

/// <summary>The HubSpot connector with wide limits, so that thousands of calls take seconds; in everything else it is itself.</summary>
internal sealed class UnhurriedConnector : IConnector
{
    private readonly HubSpotConnector inner = new();

    public ConnectorDescriptor Descriptor => inner.Descriptor with
    {
        LimitProfiles = [.. inner.Descriptor.LimitProfiles.Select(profile => profile with
        {
            Limits = [.. profile.Limits.Select(limit => limit with { Permits = limit.Permits * 1_000 })],
        })],
    };

    public IConnectorSession OpenSession(ConnectionProfile connection, UserCredential credential, ICrmChannel channel) =>
        inner.OpenSession(connection, credential, channel);
}
