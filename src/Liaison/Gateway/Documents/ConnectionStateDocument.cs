using Liaison.Connectors;
using Liaison.Identity.Tokens;

namespace Liaison.Gateway.Documents;

/// <summary>How a connection stands, the same at every door (R15).</summary>
/// <param name="State">The condition; <c>Ok</c> where calls go out and are answered.</param>
/// <param name="Told">The same in a sentence.</param>
/// <param name="Endings">The endpoints of which the CRM announces the end in its answers.</param>
/// <param name="Missing">What the features that are turned on lack, where the last sign-in told the scopes.</param>
public sealed record ConnectionStateDocument(
    string Name,
    string Crm,
    string Environment,
    bool WritesOpen,
    ConnectionCondition State,
    string Told,
    DateTimeOffset? Since,
    DateTimeOffset? LastSuccess,
    DateTimeOffset? LastFailure,
    string? LastFailureTold,
    IReadOnlyList<CredentialDocument> Credentials,
    IReadOnlyList<MissingScopeDocument> Missing,
    IReadOnlyList<BudgetDocument> Budgets,
    IReadOnlyList<EndpointEnding> Endings)
{
    /// <summary>Makes the document of a state.</summary>
    /// <param name="now">From when on what is left is reckoned ahead.</param>
    public static ConnectionStateDocument Of(ConnectionState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new ConnectionStateDocument(
            state.Connection.Name.Value, state.Connection.Crm, state.Connection.Environment.ToString(), state.WritesOpen, state.Condition, state.Told, state.Since,
            state.LastSuccess, state.LastFailure, state.LastFailureTold, [.. state.Credentials.Select(CredentialDocument.Of)],
            [.. state.MissingScopes.Select(need => new MissingScopeDocument(need.Feature, need.AnyOf))], [.. state.Budgets.Select(budget => BudgetDocument.Of(budget, now))], state.Endings);
    }
}

/// <summary>A credential without its secret.</summary>
/// <param name="Owner">Whose it is: a user's id, or <c>(account)</c>.</param>
public sealed record CredentialDocument(
    string Owner, bool NeedsAuthorization, DateTimeOffset? ConnectedAt, DateTimeOffset? RenewedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? FailedAt, string? Failure)
{
    /// <summary>Makes the document of a credential.</summary>
    public static CredentialDocument Of(StoredCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return new CredentialDocument(
            credential.Owner, credential.NeedsAuthorization, credential.ConnectedAt, credential.RenewedAt, credential.Tokens?.ExpiresAt, credential.FailedAt, credential.Failure);
    }
}

/// <summary>A feature that lacks a scope.</summary>
public sealed record MissingScopeDocument(string Feature, IReadOnlyList<string> AnyOf);

/// <summary>What is left of a limit.</summary>
/// <param name="WindowSeconds">The limit's window; 0 for calls in flight.</param>
/// <param name="LeftForRuns">What runs may spend of it; the rest is kept for people.</param>
/// <param name="ExhaustedAt">When nothing will be left at the pace so far; left out where the count begins anew before.</param>
public sealed record BudgetDocument(
    string Limit, double WindowSeconds, long Permitted, long Left, long LeftForRuns, DateTimeOffset? ResetsAt, DateTimeOffset? ExhaustedAt)
{
    /// <summary>Makes the document of a budget.</summary>
    public static BudgetDocument Of(BudgetState budget, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(budget);
        return new BudgetDocument(
            budget.Kind.Name, budget.Window.TotalSeconds, budget.Permitted, budget.Left, budget.LeftForRuns, budget.ResetsAt, budget.ExhaustedAt(now));
    }
}
