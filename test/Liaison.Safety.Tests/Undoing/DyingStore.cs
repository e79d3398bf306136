using Liaison.Writeback;

namespace Liaison.Safety.Tests.Undoing;

/// <summary>The process dies here.</summary>
internal sealed class ProcessDiedException : Exception;

/// <summary>Change sets whose process dies before it can store its n-th move, so that a CRM has taken what the store does not know of.</summary>
internal sealed class DyingStore(IChangeSetStore inner, int livesFor) : IChangeSetStore
{
    private int left = livesFor;

    public Task<IReadOnlySet<string>> MoveAsync(IReadOnlyList<ChangeMove> moves, CancellationToken cancellationToken) =>
        moves.Count > 0 && Interlocked.Decrement(ref left) < 0 ? throw new ProcessDiedException() : inner.MoveAsync(moves, cancellationToken);

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
}
