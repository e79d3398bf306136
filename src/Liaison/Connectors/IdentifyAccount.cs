using Liaison.Failures;
using Liaison.Identity;
using Liaison.Identity.Tokens;
using Liaison.Policy;

namespace Liaison.Connectors;

/// <summary>How a connection stands: who its credential is and what it lacks.</summary>
/// <param name="MissingScopes">The features that cannot work, with the scopes of which one would mend each.</param>
public sealed record ConnectionHealth(
    ConnectionProfile Connection, AccountIdentity Account, IReadOnlyList<ScopeRequirement> MissingScopes);

/// <summary>Asks a CRM who the credential is and compares its scopes with those that the features need (R18).</summary>
public sealed class IdentifyAccount
{
    private readonly SessionOpener sessions;
    private readonly ConnectionRegistry connections;
    private readonly ConnectorRegistry connectors;
    private readonly TokenKeeper keeper;
    private readonly Throttles throttles;

    internal IdentifyAccount(
        SessionOpener sessions, ConnectionRegistry connections, ConnectorRegistry connectors, TokenKeeper keeper, Throttles throttles) =>
        (this.sessions, this.connections, this.connectors, this.keeper, this.throttles) = (sessions, connections, connectors, keeper, throttles);

    internal async Task<Result<ConnectionHealth>> ExecuteAsync(Permit permit, CancellationToken cancellationToken)
    {
        if (!(await sessions.OpenAsync(permit, cancellationToken)).TryGet(out var opened, out var failure)
            || !(await opened.Session.IdentifyAsync(cancellationToken)).TryGet(out var account, out failure)
            || !connections.Find(permit.Connection.Name).TryGet(out var connection, out failure))
        {
            return failure;
        }

        if (connection.Options.AccountId is { } wanted && wanted != account.AccountId)
        {
            return TokenOwners.OtherAccount(connection, wanted, account.AccountId);
        }

        throttles.UseZone(permit.Connection.Name, account.TimeZone);

        // What the CRM proved at the sign-in tells more than a session can ask with the token alone.
        if (await keeper.FindAsync(permit.Connection.Name, opened.Credential.Identity, cancellationToken) is { } tokens)
        {
            account = account with { Scopes = account.Scopes ?? tokens.Scopes, UserId = account.UserId ?? tokens.UserId };
        }

        return new ConnectionHealth(
            permit.Connection,
            account,
            account.Scopes is { } granted ? FeatureScopes.Missing(opened.Descriptor, connection.Options, granted) : []);
    }

    /// <summary>Asks the CRM for the credential's scopes and holds them against work that is ahead.</summary>
    /// <returns>The scopes, none where the CRM tells none; <see cref="FailureKind.Forbidden"/> naming those that the work lacks.</returns>
    internal async Task<Result<IReadOnlyList<string>>> ScopesAsync(
        Permit permit, IReadOnlyList<RecordUse> ahead, CancellationToken cancellationToken)
    {
        if (!connectors.Find(permit.Connection.Crm).TryGet(out var connector, out var failure)
            || !connections.Find(permit.Connection.Name).TryGet(out var connection, out failure))
        {
            return failure;
        }

        // A CRM whose scopes decide nothing about records (Salesforce) has nothing to compare; whose the credential is was proved at the sign-in.
        if (connection.Options.AccountId is null && connector.Descriptor.Scopes.All(need => need.Records.Count == 0))
        {
            return Result<IReadOnlyList<string>>.Of([]);
        }

        if (!(await ExecuteAsync(permit, cancellationToken)).TryGet(out var health, out failure))
        {
            return failure;
        }

        if (health.Account.Scopes is not { } granted)
        {
            return Result<IReadOnlyList<string>>.Of([]);
        }

        return FeatureScopes.Missing(connector.Descriptor, ahead, granted) is [var first, ..] missing
            ? new Failure(
                FailureKind.Forbidden,
                $"The credential of connection {permit.Connection.Name} lacks {string.Join(" and ", missing.Select(need => $"{string.Join(" or ", need.AnyOf)} ({need.Feature})"))}; "
                + $"grant it in the CRM, see it with liaison connect test {permit.Connection.Name}, and start again.")
            {
                DeniedBy = DeniedBy.CrmUser,
                MissingScopes = first.AnyOf,
            }
            : Result<IReadOnlyList<string>>.Of(granted);
    }
}
