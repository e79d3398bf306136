namespace Liaison.Policy;

/// <summary>An agent that may do nothing until a person lets it go on.</summary>
/// <param name="Actor">The agent's name; <c>*</c> is all of them.</param>
/// <param name="By">Who stopped it: a subject's id, or the engine's own name.</param>
public sealed record StoppedAgent(string Actor, string By, string Reason, DateTimeOffset At);

/// <summary>The durable safeguards: stopped agents, and runs whose volume a person has approved.</summary>
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
}
