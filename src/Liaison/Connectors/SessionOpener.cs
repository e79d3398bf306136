using Liaison.Failures;
using Liaison.Identity;
using Liaison.Policy;

namespace Liaison.Connectors;

/// <summary>An open session beside what its connector declares and the credential that it has.</summary>
public sealed record OpenedSession(IConnectorSession Session, ConnectorDescriptor Descriptor, UserCredential Credential);

/// <summary>Opens sessions: permit, then credential, then channel, then session; there is no other way to one.</summary>
public sealed class SessionOpener(CredentialBroker credentials, ConnectorRegistry connectors, CrmChannels channels)
{
    /// <summary>Opens a session with the rights of the permit's subject; no call is made until it is used.</summary>
    /// <returns>The failures of the broker, or <see cref="FailureKind.Unsupported"/> for a CRM without a connector.</returns>
    public async Task<Result<OpenedSession>> OpenAsync(Permit permit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(permit);
        var connection = permit.Connection;
        if (!connectors.Find(connection.Crm).TryGet(out var connector, out var unknown))
        {
            return unknown;
        }

        if (!(await credentials.GetAsync(permit, cancellationToken)).TryGet(out var credential, out var denied))
        {
            return denied;
        }

        return channels.Open(connection, credential, permit.Caller, connector.Descriptor)
            .Then<OpenedSession>(channel => new OpenedSession(
                connector.OpenSession(connection, credential, channel), connector.Descriptor, credential));
    }
}
