using Liaison.Failures;
using Liaison.Identity;
using Liaison.Policy;

namespace Liaison.Connectors;

/// <summary>How a connection stands: who its credential is and what it lacks.</summary>
/// <param name="MissingScopes">The features that cannot work, with the scopes of which one would mend each.</param>
public sealed record ConnectionHealth(
    ConnectionProfile Connection, AccountIdentity Account, IReadOnlyList<ScopeRequirement> MissingScopes);

/// <summary>Asks a CRM who the credential is and compares its scopes with those that the features need (R18).</summary>
public sealed class IdentifyAccount(SessionOpener sessions)
{
    internal async Task<Result<ConnectionHealth>> ExecuteAsync(Permit permit, CancellationToken cancellationToken)
    {
        if (!(await sessions.OpenAsync(permit, cancellationToken)).TryGet(out var opened, out var failure)
            || !(await opened.Session.IdentifyAsync(cancellationToken)).TryGet(out var account, out failure))
        {
            return failure;
        }

        var missing = account.Scopes is { } granted
            ? opened.Descriptor.Scopes.Where(need => !need.AnyOf.Any(granted.Contains)).ToList()
            : [];
        return new ConnectionHealth(permit.Connection, account, missing);
    }
}
