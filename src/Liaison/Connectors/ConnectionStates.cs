using Liaison.Failures;
using Liaison.Identity;
using Liaison.Identity.Tokens;
using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>How a connection stands, the gravest first.</summary>
public enum ConnectionCondition
{
    /// <summary>A credential is of no use until somebody signs in again or mends the app.</summary>
    NeedsAuthorization,

    /// <summary>The CRM fails again and again; calls are held back and one is let through now and then.</summary>
    CircuitOpen,

    /// <summary>The CRM refuses something for lack of a scope or right.</summary>
    Forbidden,

    /// <summary>Of the day's calls none is left for runs.</summary>
    BudgetSpent,

    /// <summary>The last call failed.</summary>
    Failing,

    /// <summary>No call was made yet, or none that is still kept.</summary>
    Untried,

    /// <summary>Calls go out and are answered.</summary>
    Ok,
}

/// <summary>How a connection stands, told from what was called lately and without a call of its own (R15).</summary>
/// <param name="Told">The condition in a sentence, without secrets or record values.</param>
/// <param name="Since">Since when, as far as is known.</param>
public sealed record ConnectionState(ConnectionProfile Connection, bool WritesOpen, ConnectionCondition Condition, string Told, DateTimeOffset? Since)
{
    /// <summary>Gets when a call was answered well last.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Gets when a call failed last.</summary>
    public DateTimeOffset? LastFailure { get; init; }

    /// <summary>Gets why, in a sentence.</summary>
    public string? LastFailureTold { get; init; }

    /// <summary>Gets the credentials of which anything is held or noted.</summary>
    public IReadOnlyList<StoredCredential> Credentials { get; init; } = [];

    /// <summary>Gets what the features that are turned on lack, by the scopes of the account's last sign-in; empty where the CRM tells none.</summary>
    public IReadOnlyList<ScopeRequirement> MissingScopes { get; init; } = [];

    /// <summary>Gets the classes of endpoints of which the CRM announces the end in its answers.</summary>
    public IReadOnlyList<EndpointEnding> Endings { get; init; } = [];

    /// <summary>Gets what is left of each limit.</summary>
    public IReadOnlyList<BudgetState> Budgets { get; init; } = [];
}

/// <summary>Tells how connections stand: from the call log, which every process writes, and from what this one holds back itself.</summary>
public sealed class ConnectionStates
{
    private const int Looked = 100;

    private readonly ConnectionRegistry connections;
    private readonly ConnectorRegistry connectors;
    private readonly ICallLog calls;
    private readonly ITokenStore credentials;
    private readonly TokenKeeper keeper;
    private readonly Budgets budgets;
    private readonly CircuitBreakers breakers;
    private readonly EndpointEndings endings;
    private readonly ChannelOptions options;

    internal ConnectionStates(
        ConnectionRegistry connections,
        ConnectorRegistry connectors,
        ICallLog calls,
        ITokenStore credentials,
        TokenKeeper keeper,
        Budgets budgets,
        CircuitBreakers breakers,
        EndpointEndings endings,
        ChannelOptions options) =>
        (this.connections, this.connectors, this.calls, this.credentials, this.keeper, this.budgets, this.breakers, this.endings, this.options) =
        (connections, connectors, calls, credentials, keeper, budgets, breakers, endings, options);

    /// <summary>Tells of every connection, in order of name.</summary>
    public async Task<IReadOnlyList<ConnectionState>> ListAsync(CancellationToken cancellationToken)
    {
        var states = new List<ConnectionState>();
        foreach (var connection in connections.All)
        {
            states.Add(await ReadAsync(connection, cancellationToken));
        }

        return states;
    }

    /// <summary>Tells of one connection.</summary>
    /// <returns><see cref="FailureKind.NotFound"/> where there is none of that name.</returns>
    public async Task<Result<ConnectionState>> ReadAsync(ConnectionName name, CancellationToken cancellationToken) =>
        connections.Find(name).TryGet(out var connection, out var unknown) ? await ReadAsync(connection, cancellationToken) : unknown;

    private async Task<ConnectionState> ReadAsync(Connection connection, CancellationToken cancellationToken)
    {
        var name = connection.Profile.Name;
        var recent = (await calls.ListAsync(new CallQuery(Looked) { Connection = name }, cancellationToken)).Select(row => row.Entry).ToList();
        var known = await credentials.ListAsync(name, cancellationToken);
        var left = (await budgets.ReadAsync(name, cancellationToken)).TryGet(out var states, out _) ? states : [];
        var failed = recent.Find(call => call.FailureKind is not null);
        var (condition, told, since) = Judge(connection, recent, known, left);
        return new ConnectionState(connection.Profile, connection.Options.Writes == ConnectionWrites.Open, condition, told, since)
        {
            LastSuccess = recent.Find(call => call.FailureKind is null)?.At,
            LastFailure = failed?.At,
            LastFailureTold = failed is null ? null : failed.Told ?? failed.FailureKind,
            Credentials = known,
            MissingScopes = await MissingAsync(connection, cancellationToken),
            Endings = await endings.OfAsync(name, cancellationToken),
            Budgets = left,
        };
    }

    private (ConnectionCondition Condition, string Told, DateTimeOffset? Since) Judge(
        Connection connection, List<CallEntry> recent, IReadOnlyList<StoredCredential> known, IReadOnlyList<BudgetState> left)
    {
        var name = connection.Profile.Name;
        if (known.FirstOrDefault(credential => credential.NeedsAuthorization) is { } broken)
        {
            return (ConnectionCondition.NeedsAuthorization, broken.Failure ?? $"Connection {name} needs re-authorization.", broken.FailedAt);
        }

        if (HeldBack(name, recent) is { } held)
        {
            return (ConnectionCondition.CircuitOpen, $"Connection {name} fails on {held.Endpoints}; such calls are held back until it answers again.", held.Since);
        }

        // What was refused and has not gone through since: the newest outcome of each call by its name.
        if (recent.DistinctBy(call => call.Name).FirstOrDefault(call => call.FailureKind == nameof(FailureKind.Forbidden)) is { } refused)
        {
            var since = recent.Where(call => call.Name == refused.Name).TakeWhile(call => call.FailureKind == nameof(FailureKind.Forbidden)).Last().At;
            return (ConnectionCondition.Forbidden, refused.Told ?? $"Connection {name} refuses {refused.Name}.", since);
        }

        if (left.FirstOrDefault(budget => budget.ResetsAt is not null && budget.LeftForRuns == 0) is { } spent)
        {
            return (ConnectionCondition.BudgetSpent, FormattableString.Invariant($"The {spent.Kind} allowance of connection {name} is spent for runs; it begins anew at {spent.ResetsAt:yyyy-MM-dd HH:mm} UTC."), null);
        }

        return recent switch
        {
            [] => (ConnectionCondition.Untried, $"No call was made to connection {name} lately.", null),
            [{ FailureKind: not null } last, ..] => (
                ConnectionCondition.Failing, last.Told ?? $"The last call to connection {name} failed.", recent.TakeWhile(call => call.FailureKind is not null).Last().At),
            _ => (ConnectionCondition.Ok, $"Connection {name} answers.", null),
        };
    }

    // This process knows of itself; of the others the log tells, which holds as many failures in a row as open a breaker.
    private CircuitState? HeldBack(ConnectionName name, List<CallEntry> recent)
    {
        if (breakers.StatesOf(name).FirstOrDefault(circuit => circuit.Since is not null) is { } own)
        {
            return own;
        }

        return recent
            .GroupBy(call => CircuitBreakers.EndpointsOf(call.Operation))
            .Select(of => (Endpoints: of.Key, Vain: of.TakeWhile(IsBroken).ToList()))
            .Where(of => of.Vain.Count >= options.BreakerFailures)
            .Select(of => new CircuitState(of.Endpoints, of.Vain[^1].At, null))
            .FirstOrDefault();
    }

    private async Task<IReadOnlyList<ScopeRequirement>> MissingAsync(Connection connection, CancellationToken cancellationToken) =>
        connectors.Find(connection.Profile.Crm).TryGet(out var connector, out _)
        && await keeper.FindAsync(connection.Profile.Name, SignIn.Account, cancellationToken) is { Scopes: { } granted }
            ? FeatureScopes.Missing(connector.Descriptor, connection.Options, granted)
            : [];

    private static bool IsBroken(CallEntry call) => call.FailureKind is not null && call.Status is (null or >= 500);
}
