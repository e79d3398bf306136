using Liaison.Model;

namespace Liaison.Work;

/// <summary>The durable runs and items. An item is a row with its status; nothing is held in memory only.</summary>
/// <remarks>Times are the database's. No method holds a transaction or lock when it returns: leases with fences take their place.</remarks>
public interface IWorkStore
{
    /// <summary>Stores a new run.</summary>
    Task CreateRunAsync(Run run, CancellationToken cancellationToken);

    /// <summary>Finds a run by its id or an unambiguous beginning of it.</summary>
    Task<Run?> FindRunAsync(string id, CancellationToken cancellationToken);

    /// <summary>Lists the newest runs.</summary>
    Task<IReadOnlyList<Run>> ListRunsAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Moves a run to a state, with the reason where it stopped by itself or by a person.</summary>
    Task SetStateAsync(string runId, RunState state, string? reason, CancellationToken cancellationToken);

    /// <summary>Takes the run for this process, so that no second one selects and resumes it at the same time.</summary>
    /// <returns>The hold, given up by disposal and by the death of the process; <see langword="null"/> while another has it.</returns>
    Task<IAsyncDisposable?> TryHoldAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Adds the records of one selection page and where the selection goes on, in one transaction.</summary>
    /// <param name="next">The cursor of the next page; <see langword="null"/> ends the selection.</param>
    /// <param name="worker">Who holds the new items at once, so that it need not claim what it has just read.</param>
    /// <param name="lease">How long the worker holds them.</param>
    /// <returns>The items that are new to the run, leased to the worker; a record that is in the run already is not added twice.</returns>
    Task<IReadOnlyList<WorkItem>> AddItemsAsync(
        string runId, IReadOnlyList<RecordRef> records, string? next, string worker, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Claims ready items and those whose lease has ended, in order of selection.</summary>
    Task<IReadOnlyList<WorkItem>> ClaimAsync(
        string runId, string worker, int limit, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Prolongs the leases that a worker holds in a run.</summary>
    Task RenewAsync(string runId, string worker, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Gives items their ends, in one transaction with the dead letters of those that failed for good.</summary>
    /// <returns>How many were taken; one under an outdated fence is not, since another worker has the item.</returns>
    Task<int> CompleteAsync(string runId, IReadOnlyList<ItemOutcome> outcomes, CancellationToken cancellationToken);

    /// <summary>Puts parked and leased items back to ready, as a resume does after the process that held them died.</summary>
    Task<int> ReleaseAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Counts the items of a run by state.</summary>
    /// <exception cref="InvalidOperationException">The states do not add up to the items that came in: an item is lost, which is a defect.</exception>
    Task<RunCounts> CountAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Lists items in order of selection.</summary>
    /// <param name="state">Only these; <see langword="null"/> lists all.</param>
    IAsyncEnumerable<WorkItem> ListItemsAsync(string runId, ItemState? state, CancellationToken cancellationToken);
}
