using Liaison.Connectors;
using Liaison.Failures;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>An account to run the suites against: every test starts its own, so that no test sees another's writes.</summary>
public abstract class ConnectorFixture : IAsyncDisposable
{
    /// <summary>Gets the connector under test.</summary>
    public abstract IConnector Connector { get; }

    /// <summary>Gets what is certain of the account; asked for after <see cref="StartAsync"/>.</summary>
    public abstract ConnectorFacts Facts { get; }

    /// <summary>Starts the account.</summary>
    public abstract ValueTask StartAsync(CancellationToken cancellationToken);

    /// <summary>Opens a session that sees and may change everything.</summary>
    public abstract IConnectorSession OpenSession();

    /// <summary>Opens a session with a credential that the CRM does not accept.</summary>
    /// <returns><see langword="null"/> where the implementation knows no credentials.</returns>
    public virtual IConnectorSession? OpenUnauthenticated() => null;

    /// <summary>Opens a session whose credential may read and not write.</summary>
    /// <returns><see langword="null"/> where the implementation knows no rights.</returns>
    public virtual IConnectorSession? OpenReadOnly() => null;

    /// <summary>Lets what was written become visible to queries, as when an index catches up.</summary>
    public virtual ValueTask SettleAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Lets time pass at the CRM, where its jobs need some.</summary>
    public virtual ValueTask PassAsync(TimeSpan time, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Makes the next call of a kind fail in a way that the descriptor maps to a failure of this kind.</summary>
    /// <returns><see langword="false"/> where the implementation cannot.</returns>
    public virtual ValueTask<bool> FailNextAsync(CrmOperation operation, FailureKind kind, CancellationToken cancellationToken) =>
        ValueTask.FromResult(false);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
