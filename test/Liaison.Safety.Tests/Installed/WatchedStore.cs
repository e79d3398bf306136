using Liaison.Writeback;

namespace Liaison.Safety.Tests.Installed;

/// <summary>Change sets of whose moves a test hears before they are stored; what it throws or waits for stands in their way.</summary>
internal sealed class WatchedStore(IChangeSetStore inner, Func<IReadOnlyList<ChangeMove>, CancellationToken, Task> beforeMove) : IChangeSetStore
{
    public async Task<IReadOnlySet<string>> MoveAsync(IReadOnlyList<ChangeMove> moves, CancellationToken cancellationToken)
    {
        if (moves.Count > 0)
        {
            await beforeMove(moves, cancellationToken);
        }

        return await inner.MoveAsync(moves, cancellationToken);
    }

    public Task<IReadOnlyList<ChangeSetRow>> AddAsync(IReadOnlyList<ChangeSetRow> rows, CancellationToken cancellationToken) =>
        inner.AddAsync(rows, cancellationToken);

    public Task<ChangeSetRow?> FindAsync(string id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

    public Task<IReadOnlyDictionary<string, ChangeSetRow>> FindByKeysAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        inner.FindByKeysAsync(keys, cancellationToken);

    public Task<IReadOnlyList<ChangeSetRow>> ListAsync(ChangeQuery query, CancellationToken cancellationToken) =>
        inner.ListAsync(query, cancellationToken);

    public Task<IReadOnlyDictionary<ChangeState, long>> CountAsync(string runId, CancellationToken cancellationToken) =>
        inner.CountAsync(runId, cancellationToken);

    public Task<long> CountAppliedAsync(string actor, DateTimeOffset since, CancellationToken cancellationToken) =>
        inner.CountAppliedAsync(actor, since, cancellationToken);

    public Task<IReadOnlyList<ChangeTransition>> ListMovesAsync(string id, CancellationToken cancellationToken) =>
        inner.ListMovesAsync(id, cancellationToken);

    public Task<int> DropValuesAsync(DateTimeOffset unmovedSince, int most, CancellationToken cancellationToken) =>
        inner.DropValuesAsync(unmovedSince, most, cancellationToken);

    public Task AssignJobAsync(IReadOnlyList<string> ids, string job, CancellationToken cancellationToken) => inner.AssignJobAsync(ids, job, cancellationToken);

    public Task<long> CountJobAsync(string job, CancellationToken cancellationToken) => inner.CountJobAsync(job, cancellationToken);
}
