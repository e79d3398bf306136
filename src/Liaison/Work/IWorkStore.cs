using Liaison.Model;

namespace Liaison.Work;

/// <summary>The durable runs and items. An item is a row with its status; nothing is held in memory only.</summary>
/// <remarks>Times are the database's. No method holds a transaction or lock when it returns: leases with fences take their place.</remarks>
public interface IWorkStore
{
    /// <summary>Gets a value indicating whether several nodes may have it, so that all else they share must be shared as well.</summary>
    bool IsShared { get; }

    /// <summary>Gets how often this process has heard that work may have come up; read before looking for it, and handed to the wait that follows.</summary>
    /// <value>The default is 0: the store tells nobody.</value>
    long HintsHeard => 0;

    /// <summary>Waits for a hint that work may have come up, a run that was set going or items that became ready, or as long as is given.</summary>
    /// <remarks>A hint and no more: one may come for nothing, and one may be lost. What is there is found by looking, and nobody may wait longer than that takes.</remarks>
    /// <param name="heard">The number that was read before looking; a hint that came since ends the wait at once.</param>
    Task WaitForHintAsync(long heard, TimeSpan longest, TimeProvider time, CancellationToken cancellationToken) => Task.Delay(longest, time, cancellationToken);

    /// <summary>Stores a new run.</summary>
    Task CreateRunAsync(Run run, CancellationToken cancellationToken);

    /// <summary>Finds a run by its id or an unambiguous beginning of it.</summary>
    Task<Run?> FindRunAsync(string id, CancellationToken cancellationToken);

    /// <summary>Lists the newest runs.</summary>
    Task<IReadOnlyList<Run>> ListRunsAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Lists every run in a state, oldest first.</summary>
    Task<IReadOnlyList<Run>> ListRunsAsync(RunState state, CancellationToken cancellationToken);

    /// <summary>Moves a run to a state, with the reason where it stopped by itself or by a person.</summary>
    Task SetStateAsync(string runId, RunState state, string? reason, CancellationToken cancellationToken);

    /// <summary>Moves a run out of one state into another, so that of several who decide at once one does.</summary>
    /// <returns><see langword="false"/>, with nothing changed, where it was in another state.</returns>
    Task<bool> TryMoveAsync(string runId, RunState from, RunState to, string? reason, CancellationToken cancellationToken);

    /// <summary>Parks a run until something outside changes.</summary>
    /// <param name="from">The state that it is parked out of; a parked one can be parked anew, with another reason and time.</param>
    /// <param name="resumeAfter">After how long it may go on by itself; <see langword="null"/> when only a person can tell.</param>
    /// <returns><see langword="false"/>, with nothing changed, where it was in another state.</returns>
    Task<bool> TryParkAsync(string runId, RunState from, string reason, TimeSpan? resumeAfter, CancellationToken cancellationToken);

    /// <summary>Lists the parked runs that may go on by themselves now, oldest first.</summary>
    Task<IReadOnlyList<Run>> ListDueAsync(CancellationToken cancellationToken);

    /// <summary>Takes a name, whatever it names, for this process.</summary>
    /// <returns>The hold, given up by disposal and by the death of the process; <see langword="null"/> while another has it.</returns>
    Task<IWorkHold?> TryHoldAsync(string name, CancellationToken cancellationToken);

    /// <summary>Notes that a worker takes part in a run. Its name is its own and never used again; it holds it while it lives.</summary>
    Task JoinAsync(string runId, string worker, CancellationToken cancellationToken);

    /// <summary>Takes the lead of a run for a worker: of all that take part, one selects and decides the end.</summary>
    /// <returns><see langword="false"/> while another leads.</returns>
    Task<bool> TryLeadAsync(string runId, string worker, CancellationToken cancellationToken);

    /// <summary>Ends a worker's part in a run: what it has in hand is ready again, and the lead is free if it was its own.</summary>
    /// <remarks>For a worker that has died, others call it.</remarks>
    /// <returns>How many items became ready.</returns>
    Task<int> LeaveAsync(string runId, string worker, CancellationToken cancellationToken);

    /// <summary>Lists the workers that take part in a run, those that have died and were not noticed yet among them.</summary>
    Task<IReadOnlyList<string>> ListWorkersAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Adds the records of one selection page and where the selection goes on, in one transaction.</summary>
    /// <param name="next">The cursor of the next page; <see langword="null"/> ends the selection.</param>
    /// <param name="worker">Who holds the new items at once, so that it need not claim what it has just read.</param>
    /// <param name="lease">How long the worker holds them.</param>
    /// <returns>
    /// The items that are new to the run, leased to the worker; a record that is in the run already is not added twice. None, and the
    /// cursor stays, where the run has been led and not by this worker: the lead's fence is its leader's name.
    /// </returns>
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

    /// <summary>Puts parked items back to ready, as a resume does, and those that are leased to nobody who takes part.</summary>
    Task<int> ReleaseAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Puts items that their worker has not begun with back to ready, for others to claim.</summary>
    /// <returns>How many were put back; one under an outdated fence is not.</returns>
    Task<int> HandOverAsync(string runId, IReadOnlyList<WorkItem> items, CancellationToken cancellationToken);

    /// <summary>Counts the items that wait to be claimed; it costs the same however long the run is.</summary>
    Task<long> CountReadyAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Counts the items of a run by state.</summary>
    /// <exception cref="InvalidOperationException">The states do not add up to the items that came in: an item is lost, which is a defect.</exception>
    Task<RunCounts> CountAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Lists items in order of selection.</summary>
    /// <param name="state">Only these; <see langword="null"/> lists all.</param>
    IAsyncEnumerable<WorkItem> ListItemsAsync(string runId, ItemState? state, CancellationToken cancellationToken);
}

/// <summary>A name that a process holds until it disposes of it or dies.</summary>
public interface IWorkHold : IAsyncDisposable
{
    /// <summary>Tells whether it still stands: the connection that carries it may have been lost, and the name with it.</summary>
    Task<bool> StandsAsync(CancellationToken cancellationToken);
}
