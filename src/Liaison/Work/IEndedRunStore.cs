namespace Liaison.Work;

/// <summary>What stays of runs that have ended: their rows, their counts and what came of them; their items for a time.</summary>
/// <remarks>
/// An item that has a dead letter stays as long as its letter does. What <see cref="IWorkStore.CountAsync"/> tells of a run is the same
/// before its items are dropped, while they are, and after.
/// </remarks>
public interface IEndedRunStore
{
    /// <summary>Lists the runs that ended at least so long ago and whose last report has not been noted, oldest end first.</summary>
    Task<IReadOnlyList<Run>> ListAsync(TimeSpan ago, CancellationToken cancellationToken);

    /// <summary>Notes what came of a run that has ended, in place of what was noted earlier.</summary>
    /// <param name="report">JSON of the pipeline's own shape.</param>
    /// <param name="last">Whether nothing more will be asked of the run's items, so that they may be dropped.</param>
    /// <returns><see langword="false"/>, with nothing noted, where the run has not ended or its last report has been noted.</returns>
    Task<bool> NoteAsync(string runId, string report, bool last, CancellationToken cancellationToken);

    /// <summary>Drops the items of the runs whose last report has been noted, as far as that holds up nobody.</summary>
    /// <remarks>Items lie together as the store finds best, and what lies with items that must stay is dropped with them another time.</remarks>
    Task<DroppedItems> DropAsync(CancellationToken cancellationToken);
}

/// <summary>What was dropped at one time.</summary>
/// <param name="Runs">Of how many runs.</param>
public sealed record DroppedItems(int Runs, long Items);
