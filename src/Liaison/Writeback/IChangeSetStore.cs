namespace Liaison.Writeback;

/// <summary>The durable change sets with every move they made.</summary>
/// <remarks>A row in <see cref="ChangeState.Applying"/> is the intent of a write: it is durable before the CRM is asked.</remarks>
public interface IChangeSetStore
{
    /// <summary>Stores change sets with the moves that they begin with (<see cref="ChangeStates.Beginning"/>), in one transaction.</summary>
    /// <returns>What now stands under each key, in the order given: the row itself, or the earlier one of the same key.</returns>
    Task<IReadOnlyList<ChangeSetRow>> AddAsync(IReadOnlyList<ChangeSetRow> rows, CancellationToken cancellationToken);

    /// <summary>Moves change sets on, in one transaction; a move whose row is in another state than expected, or was moved since <see cref="ChangeMove.Seen"/>, is left out.</summary>
    /// <returns>The ids that were moved.</returns>
    Task<IReadOnlySet<string>> MoveAsync(IReadOnlyList<ChangeMove> moves, CancellationToken cancellationToken);

    /// <summary>Notes the job of the CRM in which change sets travel, in one transaction; those that are not <see cref="ChangeState.Applying"/> are left out.</summary>
    Task AssignJobAsync(IReadOnlyList<string> ids, string job, CancellationToken cancellationToken);

    /// <summary>Counts the change sets that are <see cref="ChangeState.Applying"/> in a job.</summary>
    Task<long> CountJobAsync(string job, CancellationToken cancellationToken);

    /// <summary>Finds one by its id or an unambiguous beginning of it.</summary>
    Task<ChangeSetRow?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Finds those that stand under these keys.</summary>
    Task<IReadOnlyDictionary<string, ChangeSetRow>> FindByKeysAsync(
        IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>Lists change sets.</summary>
    Task<IReadOnlyList<ChangeSetRow>> ListAsync(ChangeQuery query, CancellationToken cancellationToken);

    /// <summary>Counts change sets of a run by state.</summary>
    Task<IReadOnlyDictionary<ChangeState, long>> CountAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Counts the changes that an agent has had applied since a moment.</summary>
    Task<long> CountAppliedAsync(string actor, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>
    /// Drops the values (<see cref="ChangeContent.WithoutValues"/>) and the natural key of change sets that have ended (<see cref="ChangeStates.Ended"/>)
    /// and have not moved since a moment, those proposed first before others, in one short transaction.
    /// </summary>
    /// <remarks>Their rows, keys, hashes and moves stay; none of them moves to <see cref="ChangeState.Applying"/> any more.</remarks>
    /// <param name="most">How many at the most.</param>
    /// <returns>How many; fewer than <paramref name="most"/> where no more are due.</returns>
    Task<int> DropValuesAsync(DateTimeOffset unmovedSince, int most, CancellationToken cancellationToken);

    /// <summary>Lists the moves of one change set, oldest first.</summary>
    Task<IReadOnlyList<ChangeTransition>> ListMovesAsync(string id, CancellationToken cancellationToken);
}
