using Liaison.Model;

namespace Liaison.Policy;

/// <summary>An agent that may do nothing until a person lets it go on.</summary>
/// <param name="Actor">The agent's name; <c>*</c> is all of them.</param>
/// <param name="By">Who stopped it: a subject's id, or the engine's own name.</param>
public sealed record StoppedAgent(string Actor, string By, string Reason, DateTimeOffset At);

/// <summary>The durable safeguards: stopped agents, runs whose volume a person has approved, and what may be written to production.</summary>
/// <remarks>What one process writes, every other sees with its next read.</remarks>
public interface ISafeguardStore
{
    /// <summary>Stops an agent; one that is stopped already keeps its first stop.</summary>
    Task StopAsync(StoppedAgent stop, CancellationToken cancellationToken);

    /// <summary>Lets an agent go on.</summary>
    /// <returns>Whether it was stopped.</returns>
    Task<bool> ReleaseAsync(string actor, CancellationToken cancellationToken);

    /// <summary>Lists the stopped agents by name.</summary>
    Task<IReadOnlyList<StoppedAgent>> ListStoppedAsync(CancellationToken cancellationToken);

    /// <summary>Lets a run change more records than its agent's limits allow.</summary>
    Task ApproveVolumeAsync(string runId, string approvedBy, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Tells who has let a run change more than its agent's limits allow; <see langword="null"/> when nobody has.</summary>
    Task<string?> FindVolumeApprovalAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Stores promotions, in one transaction; a write that is promoted on its connection already takes the newer ground.</summary>
    Task PromoteAsync(IReadOnlyList<Promotion> promotions, CancellationToken cancellationToken);

    /// <summary>Takes back the promotions of writes on a connection, whatever field of the CRM each was promoted for.</summary>
    /// <returns>How many were taken back.</returns>
    Task<int> WithdrawPromotionsAsync(ConnectionName connection, IReadOnlyList<PromotedWrite> writes, CancellationToken cancellationToken);

    /// <summary>Lists every promotion by connection, type, name and native name.</summary>
    Task<IReadOnlyList<Promotion>> ListPromotionsAsync(CancellationToken cancellationToken);
}
