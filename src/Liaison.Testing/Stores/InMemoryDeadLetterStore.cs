using System.Globalization;
using Liaison.Work;

namespace Liaison.Testing.Stores;

/// <summary>The dead letters of an <see cref="InMemoryWorkStore"/>: keeps the contract, and nothing past the process.</summary>
public sealed class InMemoryDeadLetterStore(InMemoryWorkStore work) : IDeadLetterStore
{
    private static readonly DeadLetterState[] Closed = [DeadLetterState.Replayed, DeadLetterState.Superseded, DeadLetterState.Discarded];

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Task.FromResult<IReadOnlyList<DeadLetter>>(
        [
            .. Letters()
                .Where(letter => (query.State is null || letter.State == query.State)
                    && (query.RunId is null || letter.RunId == query.RunId)
                    && (query.Pipeline is null || letter.Pipeline == query.Pipeline)
                    && (query.Connection is null || letter.Record.Connection == query.Connection)
                    && (query.FailureKind is null || letter.FailureKind == query.FailureKind)
                    && (query.RecordId is null || letter.Record.Id == query.RecordId)
                    && (query.After is null || Compare(letter, query.After) > 0))
                .Order(Comparer<DeadLetter>.Create(Compare))
                .Take(query.Limit),
        ]);
    }

    /// <inheritdoc/>
    public Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        var slash = id.LastIndexOf('/');
        if (slash < 1 || !long.TryParse(id.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return Task.FromResult<DeadLetter?>(null);
        }

        var found = Letters()
            .Where(letter => letter.Sequence == sequence && letter.RunId.StartsWith(id[..slash], StringComparison.Ordinal))
            .OrderBy(letter => letter.RunId, StringComparer.Ordinal)
            .ToList();
        return Task.FromResult(found.Count == 1 || (found.Count > 1 && found[0].RunId == id[..slash]) ? found[0] : null);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkItem>> ReopenAsync(
        string runId, IReadOnlyList<long> sequences, string worker, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        return Task.FromResult(work.OnRuns<IReadOnlyList<WorkItem>>(runs =>
        {
            var now = work.Time.GetUtcNow();
            return runs.TryGetValue(runId, out var held)
                ? [.. held.Items.Where(item => sequences.Contains(item.Item.Sequence)).Select(item => item.Reopen(worker, now, now + lease)).OfType<WorkItem>()]
                : [];
        }));
    }

    /// <inheritdoc/>
    public Task<int> CloseAsync(IReadOnlyList<DeadLetterClosing> closings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(closings);
        return Task.FromResult(work.OnRuns(runs => closings.Count(
            closing => runs[closing.Letter.RunId].Items[(int)closing.Letter.Sequence - 1].Close(closing, work.Time.GetUtcNow()))));
    }

    /// <inheritdoc/>
    public Task<int> PlanAsync(IReadOnlyList<DeadLetter> planning, PlannedReplay? planned, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(planning);
        return Task.FromResult(work.OnRuns(runs => planning.Count(letter => runs[letter.RunId].Items[(int)letter.Sequence - 1].Plan(planned))));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeadLetter>> ListDueAsync(int limit, CancellationToken cancellationToken)
    {
        var now = work.Time.GetUtcNow();
        return Task.FromResult<IReadOnlyList<DeadLetter>>(
        [
            .. Letters()
                .Where(letter => letter is { State: DeadLetterState.Waiting, Planned: { } planned } && planned.At <= now)
                .OrderBy(letter => letter.Planned!.At)
                .ThenBy(letter => letter.RunId, StringComparer.Ordinal)
                .ThenBy(letter => letter.Sequence)
                .Take(limit),
        ]);
    }

    /// <inheritdoc/>
    public async Task<NewerSuccess?> FindNewerAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        NewerSuccess? newest = null;
        foreach (var run in await work.ListRunsAsync(int.MaxValue, cancellationToken))
        {
            if (run.Pipeline != letter.Pipeline || run.Id == letter.RunId)
            {
                continue;
            }

            await foreach (var item in work.ListItemsAsync(run.Id, state: null, cancellationToken))
            {
                if (item.Record == letter.Record
                    && item.State is ItemState.Done or ItemState.Skipped
                    && item.UpdatedAt > letter.CreatedAt
                    && (newest is null || item.UpdatedAt > newest.At))
                {
                    newest = new NewerSuccess(run.Id, item.UpdatedAt);
                }
            }
        }

        return newest;
    }

    /// <inheritdoc/>
    public Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) => Task.FromResult(work.OnRuns(runs =>
    {
        var changed = 0;
        foreach (var item in runs.Values.SelectMany(held => held.Items).Where(item => item.Letter?.UpdatedAt < before))
        {
            var letter = item.Letter!;
            item.Letter = Closed.Contains(letter.State) ? null : letter with { Operation = letter.Operation with { Values = null } };
            changed += item.Letter is null || letter.Operation.Values is not null ? 1 : 0;
        }

        return changed;
    }));

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, long>> CountWaitingAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, long>>(Letters()
            .Where(letter => letter.State == DeadLetterState.Waiting)
            .GroupBy(letter => letter.Record.Connection.Value, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (long)group.Count(), StringComparer.Ordinal));

    private IReadOnlyList<DeadLetter> Letters() => work.OnRuns<IReadOnlyList<DeadLetter>>(
        runs => [.. runs.Values.SelectMany(held => held.Items).Select(item => item.Letter).OfType<DeadLetter>()]);

    private static int Compare(DeadLetter one, DeadLetter other)
    {
        var order = one.CreatedAt.CompareTo(other.CreatedAt);
        order = order != 0 ? order : string.CompareOrdinal(one.RunId, other.RunId);
        return order != 0 ? order : one.Sequence.CompareTo(other.Sequence);
    }
}
