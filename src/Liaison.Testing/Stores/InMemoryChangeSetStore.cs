using Liaison.Writeback;

namespace Liaison.Testing.Stores;

/// <summary>Change sets in memory: keeps the contract, and nothing past the process.</summary>
public sealed class InMemoryChangeSetStore(TimeProvider time) : IChangeSetStore
{
    private readonly Lock gate = new();
    private readonly List<string> order = [];
    private readonly Dictionary<string, ChangeSetRow> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> idByKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ChangeTransition>> moves = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChangeSetRow>> AddAsync(IReadOnlyList<ChangeSetRow> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        lock (gate)
        {
            foreach (var row in rows)
            {
                if (idByKey.TryAdd(row.Key, row.Id))
                {

                    // As a database keeps it: who asked, and not by which request.
                    byId.Add(row.Id, row with { Proposer = row.Proposer with { TraceId = null, Connections = null } });
                    order.Add(row.Id);
                    moves.Add(row.Id, [.. ChangeStates.Beginning(row)]);
                }
            }

            return Task.FromResult<IReadOnlyList<ChangeSetRow>>([.. rows.Select(row => byId[idByKey[row.Key]])]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> MoveAsync(IReadOnlyList<ChangeMove> moves, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(moves);
        lock (gate)
        {
            return Task.FromResult<IReadOnlySet<string>>(
                moves.Where(Move).Select(move => move.Id).ToHashSet(StringComparer.Ordinal));
        }
    }

    /// <inheritdoc/>
    public Task AssignJobAsync(IReadOnlyList<string> ids, string job, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            foreach (var row in ids.Select(id => byId.GetValueOrDefault(id)).OfType<ChangeSetRow>().Where(row => row.State == ChangeState.Applying).ToList())
            {
                byId[row.Id] = row with { Job = job };
            }

            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<long> CountJobAsync(string job, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(byId.Values.LongCount(row => row.State == ChangeState.Applying && row.Job == job));
        }
    }

    /// <inheritdoc/>
    public Task<ChangeSetRow?> FindAsync(string id, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(Beginnings.Find(byId, id));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, ChangeSetRow>> FindByKeysAsync(
        IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyDictionary<string, ChangeSetRow>>(
                keys.Distinct().Where(idByKey.ContainsKey).ToDictionary(key => key, key => byId[idByKey[key]], StringComparer.Ordinal));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChangeSetRow>> ListAsync(ChangeQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<ChangeSetRow>>(
                [.. Behind(query.After).Select(id => byId[id]).Where(row => Fits(row, query)).Take(query.Limit)]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<ChangeState, long>> CountAsync(string runId, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyDictionary<ChangeState, long>>(
                byId.Values.Where(row => row.Proposer.RunId == runId)
                    .CountBy(row => row.State)
                    .ToDictionary(pair => pair.Key, pair => (long)pair.Value));
        }
    }

    /// <inheritdoc/>
    public Task<long> CountAppliedAsync(string actor, DateTimeOffset since, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult((long)moves
                .Where(entry => byId[entry.Key].Proposer.Actor.Id == actor)
                .Sum(entry => entry.Value.Count(move => (move.To == ChangeState.Applied || (move.To == ChangeState.Failed && byId[entry.Key].MadeId is not null)) && move.At >= since)));
        }
    }

    /// <inheritdoc/>
    public Task<int> DropValuesAsync(DateTimeOffset unmovedSince, int most, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var due = byId.Values
                .Where(row => row.ValuesDroppedAt is null && row.UpdatedAt <= unmovedSince && ChangeStates.Ended.Contains(row.State))
                .OrderBy(row => row.CreatedAt)
                .Take(most)
                .ToList();
            foreach (var row in due)
            {
                byId[row.Id] = row with
                {
                    Content = ChangeContent.FromJson(row.Content).WithoutValues().ToJson(),
                    NaturalKey = null,
                    ValuesDroppedAt = time.GetUtcNow(),
                };
            }

            return Task.FromResult(due.Count);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChangeTransition>> ListMovesAsync(string id, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<ChangeTransition>>(moves.TryGetValue(id, out var made) ? [.. made] : []);
        }
    }

    private bool Move(ChangeMove move)
    {
        if (!byId.TryGetValue(move.Id, out var row) || row.State != move.From || (move.Seen ?? row.UpdatedAt) != row.UpdatedAt
            || (move.To == ChangeState.Applying && row.ValuesDroppedAt is not null))
        {
            return false;
        }

        var now = time.GetUtcNow();
        byId[move.Id] = row with
        {
            State = move.To,
            Note = move.Note,
            UpdatedAt = now,
            Approval = move.To == ChangeState.Waiting ? null : move.Approval ?? row.Approval,
            MadeId = move.MadeId ?? row.MadeId,
        };
        moves[move.Id].Add(new ChangeTransition(move.From, move.To, move.By, move.Note, now));
        return true;
    }

    private IEnumerable<string> Behind(string? after) =>
        Enumerable.Reverse(order).SkipWhile(id => after is not null && id != after).Skip(after is null ? 0 : 1);

    private static bool Fits(ChangeSetRow row, ChangeQuery query) =>
        (query.State is null || row.State == query.State)
        && (query.RunId is null || row.Proposer.RunId == query.RunId)
        && (query.Connection is null || row.Record.Connection == query.Connection)
        && (query.RecordId is null || row.Record.Id == query.RecordId || row.MadeId == query.RecordId)
        && (query.RecordIds is null || query.RecordIds.Contains(row.Record.Id))
        && (query.NaturalKey is null || row.NaturalKey == query.NaturalKey)
        && (query.Subject is null || row.Proposer.Subject.Id == query.Subject)
        && (query.Actor is null || row.Proposer.Actor.Id == query.Actor)
        && (query.Risk is null || row.Risk == query.Risk)
        && (query.CreatedUntil is null || row.CreatedAt <= query.CreatedUntil);
}
