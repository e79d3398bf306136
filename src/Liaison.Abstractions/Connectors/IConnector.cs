using Liaison.Identity;

namespace Liaison.Connectors;

/// <summary>One CRM: what it is, declared, and how to open a session with it.</summary>
/// <remarks>
/// A connector declares and the engine enforces: limits, limit headers, error map, type map and batch sizes are data in the
/// <see cref="Descriptor"/>; throttling, retry, tagging and audit are written once, in the engine. Implementations are
/// stateless and safe for concurrent use; every one derives the conformance suites of <c>Liaison.Testing</c>.
/// </remarks>
public interface IConnector
{
    /// <summary>Gets what the connector declares of its CRM.</summary>
    ConnectorDescriptor Descriptor { get; }

    /// <summary>Opens a session for one credential. No call is made until the session is used; there is nothing to dispose.</summary>
    /// <param name="credential">Whose rights the session has; its secret is already in the <paramref name="channel"/>.</param>
    /// <param name="channel">The throttled, retried, logged way to the CRM; a connector has no other.</param>
    IConnectorSession OpenSession(ConnectionProfile connection, UserCredential credential, ICrmChannel channel);
}
