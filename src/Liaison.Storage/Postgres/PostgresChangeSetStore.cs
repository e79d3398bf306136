using Liaison.Policy;
using Liaison.Writeback;

namespace Liaison.Storage.Postgres;

/// <summary>Change sets and their moves in a PostgreSQL database.</summary>
public sealed class PostgresChangeSetStore(PostgresDatabase database) : IChangeSetStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ChangeSetRow>> AddAsync(IReadOnlyList<ChangeSetRow> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows.Count == 0
            ? Task.FromResult<IReadOnlyList<ChangeSetRow>>([])
            : database.WriteAsync<IReadOnlyList<ChangeSetRow>>(session => AddAsync(session, rows), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> MoveAsync(IReadOnlyList<ChangeMove> moves, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(moves);
        return moves.Count == 0
            ? Task.FromResult<IReadOnlySet<string>>(new HashSet<string>(StringComparer.Ordinal))
            : database.WriteAsync<IReadOnlySet<string>>(async session => await PostgresChangeMoves.MakeAsync(session, moves), cancellationToken);
    }

    /// <inheritdoc/>
    public Task AssignJobAsync(IReadOnlyList<string> ids, string job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return database.WriteAsync(
            session => session.Statement("UPDATE change_sets SET job = @job WHERE id = ANY (@ids) AND state = 'applying'")
                .With("@job", job)
                .With("@ids", ids)
                .ExecuteAsync(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> CountJobAsync(string job, CancellationToken cancellationToken) => database.ReadAsync(
        async session => await session.Statement("SELECT count(*) FROM change_sets WHERE job = @job AND state = 'applying'").With("@job", job).NumberAsync() ?? 0,
        cancellationToken);

    /// <inheritdoc/>
    public Task<ChangeSetRow?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var found = await session.Statement($"""
                SELECT {PostgresChangeRows.Columns} FROM change_sets WHERE id >= @beginning AND id < @behind ORDER BY id LIMIT 2
                """)
                .WithBeginning(id)
                .ListAsync(PostgresChangeRows.Read);

            // In this order a whole id comes before the longer ones that begin with it.
            return found.Count == 1 || (found.Count > 1 && found[0].Id == id) ? found[0] : null;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, ChangeSetRow>> FindByKeysAsync(
        IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return database.ReadAsync<IReadOnlyDictionary<string, ChangeSetRow>>(
            async session => await PostgresChangeRows.FindByKeysAsync(session, keys), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChangeSetRow>> ListAsync(ChangeQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return database.ReadAsync<IReadOnlyList<ChangeSetRow>>(async session => await ListAsync(session, query), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<ChangeState, long>> CountAsync(string runId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<ChangeState, long>>(
            async session =>
            {
                var counts = await session.Statement("SELECT state, count(*) FROM change_sets WHERE caller_run = @run GROUP BY state")
                    .With("@run", runId)
                    .ListAsync(row => KeyValuePair.Create(row.Named<ChangeState>(0), row.Number(1)));
                return counts.ToDictionary();
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<long> CountAppliedAsync(string actor, DateTimeOffset since, CancellationToken cancellationToken) => database.ReadAsync(
        async session => await session.Statement("""
            SELECT count(*) FROM change_moves JOIN change_sets USING (change_no)
            WHERE (to_state = 'applied' OR (to_state = 'failed' AND made_id IS NOT NULL)) AND moved_at >= @since AND actor = @actor
            """)
            .With("@since", since)
            .With("@actor", actor)
            .NumberAsync() ?? 0,
        cancellationToken);

    /// <inheritdoc/>
    public Task<int> DropValuesAsync(DateTimeOffset unmovedSince, int most, CancellationToken cancellationToken) =>
        database.WriteAsync(session => PostgresChangeRows.DropValuesAsync(session, unmovedSince, most), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChangeTransition>> ListMovesAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ChangeTransition>>(
            async session => await session.Statement("""
                SELECT from_state, to_state, moved_by, note, moved_at FROM change_moves
                WHERE change_no = (SELECT change_no FROM change_sets WHERE id = @id) ORDER BY place
                """)
                .With("@id", id)
                .ListAsync(row => new ChangeTransition(
                    row.Named<ChangeState>(0), row.Named<ChangeState>(1), row.Text(2), row.TextOrNull(3), row.Time(4))),
            cancellationToken);

    private static async Task<IReadOnlyList<ChangeSetRow>> AddAsync(PostgresSession session, IReadOnlyList<ChangeSetRow> rows)
    {
        // One key twice in one call is one wish: the first is stored, and stands for both.
        List<ChangeSetRow> first = [.. rows.DistinctBy(row => row.Key, StringComparer.Ordinal)];
        var added = await PostgresChangeRows.InsertAsync(session, first);
        await PostgresChangeMoves.BeginAsync(session, [.. first.Where(row => added.Contains(row.Id))]);

        var stand = first.Where(row => added.Contains(row.Id)).ToDictionary(row => row.Key, StringComparer.Ordinal);
        var earlier = await PostgresChangeRows.FindByKeysAsync(session, [.. first.Select(row => row.Key).Where(key => !stand.ContainsKey(key))]);
        return [.. rows.Select(row => stand.GetValueOrDefault(row.Key) ?? earlier[row.Key])];
    }

    private static Task<List<ChangeSetRow>> ListAsync(PostgresSession session, ChangeQuery query)
    {
        var asked = new PostgresConditions()
            .Where("state = @state", "@state", query.State is { } state ? StoredName<ChangeState>.Of(state) : null)
            .Where("caller_run = @run", "@run", query.RunId)
            .Where("connection = @connection", "@connection", query.Connection?.Value)
            .Where("(record_id = @record OR made_id = @record)", "@record", query.RecordId)
            .Where("record_id = ANY(@records)", "@records", query.RecordIds)
            .Where("natural_key = @natural", "@natural", query.NaturalKey)
            .Where("subject = @subject", "@subject", query.Subject)
            .Where("actor = @actor", "@actor", query.Actor)
            .Where("risk = @risk", "@risk", query.Risk is { } risk ? StoredName<RiskClass>.Of(risk) : null)
            .Where("created_at <= @until", "@until", query.CreatedUntil)
            .Where("change_no < (SELECT change_no FROM change_sets WHERE id = @after)", "@after", query.After);
        return asked.Bind(session.Statement($"SELECT {PostgresChangeRows.Columns} FROM change_sets WHERE {asked.Clause} ORDER BY change_no DESC LIMIT @limit"))
            .With("@limit", query.Limit)
            .ListAsync(PostgresChangeRows.Read);
    }
}
