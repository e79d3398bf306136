namespace Liaison.Work;

/// <summary>The durable dead letters: one for each item that <see cref="IWorkStore.CompleteAsync"/> ended as dead with what it was about.</summary>
/// <remarks>
/// A letter and its item move in one transaction. Completing a reopened item closes its letter as replayed; one that dies again
/// keeps its letter, with the attempts of both.
/// </remarks>
public interface IDeadLetterStore
{
    /// <summary>Lists letters, oldest first.</summary>
    Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterQuery query, CancellationToken cancellationToken);

    /// <summary>Finds a letter by its id, of which the run's part may be an unambiguous beginning.</summary>
    Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Takes dead items in hand for a replay: their letters stand as replaying, and the items are leased.</summary>
    /// <returns>The items that were taken; one whose letter is closed, or in the living hands of another replay, is left out.</returns>
    Task<IReadOnlyList<WorkItem>> ReopenAsync(
        string runId, IReadOnlyList<long> sequences, string worker, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Closes waiting letters; the item of a superseded one ends as skipped, that of a discarded one stays dead.</summary>
    /// <returns>How many were closed; one that is not waiting is left as it is.</returns>
    Task<int> CloseAsync(IReadOnlyList<DeadLetterClosing> closings, CancellationToken cancellationToken);

    /// <summary>Plans the replay of waiting letters, or takes off what was planned; that of a letter stands until it is closed or taken off.</summary>
    /// <param name="planned">When and by whom; <see langword="null"/> takes it off.</param>
    /// <returns>How many letters were waiting, and so changed.</returns>
    Task<int> PlanAsync(IReadOnlyList<DeadLetter> planning, PlannedReplay? planned, CancellationToken cancellationToken);

    /// <summary>Lists the waiting letters whose planned replay is due by the store's clock, longest due first.</summary>
    Task<IReadOnlyList<DeadLetter>> ListDueAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Finds the newest success of another run of the same pipeline with the letter's record, since it died.</summary>
    Task<NewerSuccess?> FindNewerAsync(DeadLetter letter, CancellationToken cancellationToken);

    /// <summary>Removes the values of letters that died before a moment, and the letters that were closed before it.</summary>
    /// <returns>How many letters were changed or removed.</returns>
    Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Counts the letters that wait, by connection.</summary>
    Task<IReadOnlyDictionary<string, long>> CountWaitingAsync(CancellationToken cancellationToken);
}

internal static class DeadLetterPages
{
    private const int Page = 200;

    /// <summary>Lists every letter that a query selects, whatever its limit.</summary>
    public static async Task<IReadOnlyList<DeadLetter>> ListAllAsync(this IDeadLetterStore letters, DeadLetterQuery query, CancellationToken cancellationToken)
    {
        var all = new List<DeadLetter>();
        IReadOnlyList<DeadLetter> page;
        do
        {
            page = await letters.ListAsync(query with { Limit = Page, After = all.LastOrDefault() }, cancellationToken);
            all.AddRange(page);
        }
        while (page.Count == Page);

        return all;
    }
}
