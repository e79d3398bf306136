using Liaison.Connectors.Mapped;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Policy;

namespace Liaison.Connectors;

/// <summary>An open session beside what its connector declares and the credential that it has.</summary>
public sealed record OpenedSession(IConnectorSession Session, ConnectorDescriptor Descriptor, UserCredential Credential);

/// <summary>Opens sessions: permit, then credential, then channel, then session; there is no other way to one.</summary>
public sealed class SessionOpener(
    CredentialBroker credentials, ConnectorRegistry connectors, CrmChannels channels, MappedSessions mapped)
{
    /// <summary>Opens a session with the rights of the permit's subject.</summary>
    /// <returns>
    /// The failures of the broker; <see cref="FailureKind.Unsupported"/> for a CRM without a connector; <see cref="FailureKind.Denied"/>
    /// for a mapped user whom the CRM does not know as active.
    /// </returns>
    /// <remarks>A session with the account's credential for a user asks the CRM who its users are, where that was not asked lately.</remarks>
    public Task<Result<OpenedSession>> OpenAsync(Permit permit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(permit);
        return OpenAsync(permit, permit.Connection, cancellationToken);
    }

    /// <summary>The same at another API version than the pinned one.</summary>
    internal Task<Result<OpenedSession>> OpenAsync(Permit permit, string apiVersion, CancellationToken cancellationToken) =>
        OpenAsync(permit, permit.Connection with { ApiVersion = apiVersion }, cancellationToken);

    private async Task<Result<OpenedSession>> OpenAsync(Permit permit, ConnectionProfile connection, CancellationToken cancellationToken)
    {
        if (!connectors.Find(connection.Crm).TryGet(out var connector, out var unknown))
        {
            return unknown;
        }

        if (!(await credentials.GetAsync(permit, cancellationToken)).TryGet(out var credential, out var denied))
        {
            return denied;
        }

        if (!channels.Open(connection, credential, permit.Caller, connector.Descriptor).TryGet(out var channel, out var closed))
        {
            return closed;
        }

        var declared = connector.Descriptor with { Jobs = connector.Descriptor.JobsOf(connection) };
        var session = connector.OpenSession(connection, credential, channel);
        session = connection.FieldNames.Count > 0 ? new NamedFields(session, connection.FieldNames) : session;

        // Whatever led here: no user ever holds a session that neither the CRM nor the engine narrows.
        if (permit.Caller.Subject.Kind == SubjectKind.User && credential.Reach == CredentialReach.Account)
        {
            return (await mapped.NarrowAsync(permit, session, connector.Descriptor, cancellationToken))
                .Then<OpenedSession>(narrowed => new OpenedSession(narrowed, declared, credential));
        }

        return new OpenedSession(session, declared, credential);
    }
}
