using Liaison.Policy;
using Liaison.Writeback;

namespace Liaison.Storage.Sqlite;

/// <summary>Change sets and their moves in a SQLite file.</summary>
public sealed class SqliteChangeSetStore(SqliteDatabase database) : IChangeSetStore
{
    private const string Columns = """
        id, key, connection, record_type, record_id, state, risk, content, content_hash, record_version,
        subject_kind, subject, actor, purpose, caller_run, note, created_at, updated_at
        """;

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChangeSetRow>> AddAsync(IReadOnlyList<ChangeSetRow> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return database.WriteAsync<IReadOnlyList<ChangeSetRow>>(session => Add(session, rows), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> MoveAsync(IReadOnlyList<ChangeMove> moves, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(moves);
        return database.WriteAsync<IReadOnlySet<string>>(session => Move(session, moves), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ChangeSetRow?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        session =>
        {
            var found = session.Statement($"""
                SELECT {Columns} FROM change_sets WHERE id >= $beginning AND id < $behind ORDER BY id LIMIT 2
                """)
                .WithBeginning(id)
                .List(Read);

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
            session => keys
                .Distinct(StringComparer.Ordinal)
                .Select(key => FindByKey(session, key))
                .OfType<ChangeSetRow>()
                .ToDictionary(row => row.Key, StringComparer.Ordinal),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChangeSetRow>> ListAsync(ChangeQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return database.ReadAsync<IReadOnlyList<ChangeSetRow>>(session => List(session, query), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<ChangeState, long>> CountAsync(string runId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<ChangeState, long>>(
            session => session.Statement("SELECT state, count(*) FROM change_sets WHERE caller_run = $run GROUP BY state")
                .With("$run", runId)
                .List(row => KeyValuePair.Create(row.Named<ChangeState>(0), row.Number(1)))
                .ToDictionary(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChangeTransition>> ListMovesAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ChangeTransition>>(
            session => session.Statement("""
                SELECT from_state, to_state, moved_by, note, moved_at FROM change_moves
                WHERE change_no = (SELECT change_no FROM change_sets WHERE id = $id) ORDER BY place
                """)
                .With("$id", id)
                .List(row => new ChangeTransition(
                    row.Named<ChangeState>(0), row.Named<ChangeState>(1), row.Text(2), row.TextOrNull(3), row.Time(4))),
            cancellationToken);

    private static List<ChangeSetRow> Add(SqliteSession session, IReadOnlyList<ChangeSetRow> rows)
    {
        var insert = session.Statement($"""
            INSERT INTO change_sets ({Columns}, moves)
            VALUES ($id, $key, $connection, $record_type, $record_id, $state, $risk, $content, $hash, $version,
                $subject_kind, $subject, $actor, $purpose, $caller_run, $note, $created, $updated, 0)
            ON CONFLICT (key) DO NOTHING
            """);
        var stand = new List<ChangeSetRow>(rows.Count);
        foreach (var row in rows)
        {
            var isNew = insert
                .With("$id", row.Id)
                .With("$key", row.Key)
                .With(row.Record)
                .With("$state", StoredName<ChangeState>.Of(row.State))
                .With("$risk", StoredName<RiskClass>.Of(row.Risk))
                .With("$content", row.Content)
                .With("$hash", row.ContentHash)
                .With("$version", row.RecordVersion)
                .With(row.Proposer)
                .With("$note", row.Note)
                .With("$created", row.CreatedAt)
                .With("$updated", row.UpdatedAt)
                .Execute() == 1;
            stand.Add(isNew ? row : FindByKey(session, row.Key)!);
        }

        return stand;
    }

    private HashSet<string> Move(SqliteSession session, IReadOnlyList<ChangeMove> moves)
    {
        var now = database.Time.GetUtcNow();
        var update = session.Statement("""
            UPDATE change_sets SET state = $to, note = $note, moves = moves + 1, updated_at = $now
            WHERE id = $id AND state = $from
            """);
        var insert = session.Statement("""
            INSERT INTO change_moves (change_no, place, from_state, to_state, moved_by, note, moved_at)
            SELECT change_no, moves, $from, $to, $by, $note, $now FROM change_sets WHERE id = $id
            """);
        var moved = new HashSet<string>(StringComparer.Ordinal);
        foreach (var move in moves)
        {
            var from = StoredName<ChangeState>.Of(move.From);
            var to = StoredName<ChangeState>.Of(move.To);
            if (update.With("$to", to).With("$note", move.Note).With("$now", now).With("$id", move.Id).With("$from", from).Execute() == 1)
            {
                insert.With("$from", from).With("$to", to).With("$by", move.By).With("$note", move.Note).With("$now", now).With("$id", move.Id).Execute();
                moved.Add(move.Id);
            }
        }

        return moved;
    }

    private static ChangeSetRow? FindByKey(SqliteSession session, string key) =>
        session.Statement($"SELECT {Columns} FROM change_sets WHERE key = $key").With("$key", key).First(Read);

    private static List<ChangeSetRow> List(SqliteSession session, ChangeQuery query)
    {
        var asked = new SqliteConditions()
            .Where("state = $state", "$state", query.State is { } state ? StoredName<ChangeState>.Of(state) : null)
            .Where("caller_run = $run", "$run", query.RunId)
            .Where("connection = $connection", "$connection", query.Connection?.Value)
            .Where("record_id = $record", "$record", query.RecordId);
        return asked.Bind(session.Statement($"SELECT {Columns} FROM change_sets WHERE {asked.Clause} ORDER BY change_no DESC LIMIT $limit"))
            .With("$limit", query.Limit)
            .List(Read);
    }

    private static ChangeSetRow Read(SqliteRow row) => new(
        row.Text(0),
        row.Text(1),
        row.Record(2),
        row.Named<ChangeState>(5),
        row.Named<RiskClass>(6),
        row.Text(7),
        row.Text(8),
        row.TextOrNull(9),
        row.Caller(10),
        row.TextOrNull(15),
        row.Time(16),
        row.Time(17));
}
