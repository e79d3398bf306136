using System.Globalization;
using System.Text.Json.Nodes;
using Liaison.Policy;
using Liaison.Writeback;

namespace Liaison.Storage.Sqlite;

/// <summary>Change sets and their moves in a SQLite file.</summary>
public sealed class SqliteChangeSetStore(SqliteDatabase database) : IChangeSetStore
{
    private const string Columns = """
        id, key, connection, record_type, record_id, state, risk, content, content_hash, record_version,
        subject_kind, subject, actor, purpose, caller_run, note, created_at, updated_at, request_hash, approval, made_id, trace_id, natural_key, job, dropped_at
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
    public Task AssignJobAsync(IReadOnlyList<string> ids, string job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return database.WriteAsync(
            session =>
            {
                var update = session.Statement("UPDATE change_sets SET job = $job WHERE id = $id AND state = 'applying'");
                return ids.Sum(id => update.With("$job", job).With("$id", id).Execute());
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> CountJobAsync(string job, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.Statement("SELECT count(*) FROM change_sets WHERE job = $job AND state = 'applying'").With("$job", job).Number() ?? 0,
        cancellationToken);

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
    public Task<long> CountAppliedAsync(string actor, DateTimeOffset since, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.Statement("""
            SELECT count(*) FROM change_moves JOIN change_sets USING (change_no)
            WHERE (to_state = 'applied' OR (to_state = 'failed' AND made_id IS NOT NULL)) AND moved_at >= $since AND actor = $actor
            """)
            .With("$since", since)
            .With("$actor", actor)
            .Number() ?? 0,
        cancellationToken);

    /// <inheritdoc/>
    public Task<int> DropValuesAsync(DateTimeOffset unmovedSince, int most, CancellationToken cancellationToken) =>
        database.WriteAsync(session => DropValues(session, unmovedSince, most), cancellationToken);

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
                $subject_kind, $subject, $actor, $purpose, $caller_run, $note, $created, $updated, $request, $approval, $made, $trace, $natural, $job, $dropped, $moves)
            ON CONFLICT (key) DO NOTHING
            """);
        var begin = session.Statement("""
            INSERT INTO change_moves (change_no, place, from_state, to_state, moved_by, note, moved_at)
            SELECT change_no, $place, $from, $to, $by, $note, $now FROM change_sets WHERE id = $id
            """);
        var stand = new List<ChangeSetRow>(rows.Count);
        foreach (var row in rows)
        {
            var beginning = ChangeStates.Beginning(row);
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
                .With("$request", row.RequestHash)
                .With("$approval", row.Approval?.ToJson())
                .With("$made", row.MadeId)
                .With("$trace", row.TraceId)
                .With("$natural", row.NaturalKey)
                .With("$job", row.Job)
                .With("$dropped", row.ValuesDroppedAt)
                .With("$moves", beginning.Count)
                .Execute() == 1;
            for (var place = 0; isNew && place < beginning.Count; place++)
            {
                begin.With("$id", row.Id).With("$place", place + 1).With(beginning[place]).Execute();
            }

            stand.Add(isNew ? row : FindByKey(session, row.Key)!);
        }

        return stand;
    }

    private HashSet<string> Move(SqliteSession session, IReadOnlyList<ChangeMove> moves)
    {
        var now = database.Time.GetUtcNow();
        var update = session.Statement("""
            UPDATE change_sets SET state = $to, note = $note, moves = moves + 1, updated_at = $now,
                approval = CASE WHEN $to = 'waiting' THEN NULL ELSE coalesce($approval, approval) END, made_id = coalesce($made, made_id)
            WHERE id = $id AND state = $from AND updated_at = coalesce($seen, updated_at) AND (dropped_at IS NULL OR $to <> 'applying')
            """);
        var insert = session.Statement("""
            INSERT INTO change_moves (change_no, place, from_state, to_state, moved_by, note, moved_at)
            SELECT change_no, moves, $from, $to, $by, $note, $now FROM change_sets WHERE id = $id
            """);
        var moved = new HashSet<string>(StringComparer.Ordinal);
        foreach (var move in moves)
        {
            var made = new ChangeTransition(move.From, move.To, move.By, move.Note, now);
            if (update
                .With("$to", StoredName<ChangeState>.Of(move.To))
                .With("$note", move.Note)
                .With("$now", now)
                .With("$approval", move.Approval?.ToJson())
                .With("$made", move.MadeId)
                .With("$id", move.Id)
                .With("$from", StoredName<ChangeState>.Of(move.From))
                .With("$seen", move.Seen?.ToUnixTimeMilliseconds())
                .Execute() == 1)
            {
                insert.With("$id", move.Id).With(made).Execute();
                moved.Add(move.Id);
            }
        }

        return moved;
    }

    private int DropValues(SqliteSession session, DateTimeOffset unmovedSince, int most)
    {
        // What has not moved since was proposed before: the index by age is gone along from its oldest end, and no further.
        var due = session.Statement("""
            SELECT change_no, content FROM change_sets
            WHERE dropped_at IS NULL AND created_at <= $since AND updated_at <= $since AND state IN (SELECT value FROM json_each($ended))
            ORDER BY created_at LIMIT $most
            """)
            .With("$since", unmovedSince)
            .With("$ended", JsonOf([.. ChangeStates.Ended.Select(StoredName<ChangeState>.Of)]))
            .With("$most", most)
            .List(row => KeyValuePair.Create(row.Number(0), row.Text(1)));
        var drop = session.Statement("UPDATE change_sets SET content = $content, natural_key = NULL, dropped_at = $now WHERE change_no = $number");
        foreach (var (number, content) in due)
        {
            drop
                .With("$content", ChangeContent.FromJson(content).WithoutValues().ToJson())
                .With("$now", database.Time.GetUtcNow())
                .With("$number", number)
                .Execute();
        }

        return due.Count;
    }

    private static ChangeSetRow? FindByKey(SqliteSession session, string key) =>
        session.Statement($"SELECT {Columns} FROM change_sets WHERE key = $key").With("$key", key).First(Read);

    private static List<ChangeSetRow> List(SqliteSession session, ChangeQuery query)
    {
        var asked = new SqliteConditions()
            .Where("state = $state", "$state", query.State is { } state ? StoredName<ChangeState>.Of(state) : null)
            .Where("caller_run = $run", "$run", query.RunId)
            .Where("connection = $connection", "$connection", query.Connection?.Value)
            .Where("(record_id = $record OR made_id = $record)", "$record", query.RecordId)
            .Where("record_id IN (SELECT value FROM json_each($records))", "$records", query.RecordIds is { } ids ? JsonOf(ids) : null)
            .Where("natural_key = $natural", "$natural", query.NaturalKey)
            .Where("subject = $subject", "$subject", query.Subject)
            .Where("actor = $actor", "$actor", query.Actor)
            .Where("risk = $risk", "$risk", query.Risk is { } risk ? StoredName<RiskClass>.Of(risk) : null)
            .Where("created_at <= CAST($until AS INTEGER)", "$until", query.CreatedUntil?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))
            .Where("change_no < (SELECT change_no FROM change_sets WHERE id = $after)", "$after", query.After);
        return asked.Bind(session.Statement($"SELECT {Columns} FROM change_sets WHERE {asked.Clause} ORDER BY change_no DESC LIMIT $limit"))
            .With("$limit", query.Limit)
            .List(Read);
    }

    private static string JsonOf(IReadOnlyList<string> texts) => new JsonArray([.. texts.Select(text => JsonValue.Create(text))]).ToJsonString();

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
        row.Time(17))
    {
        RequestHash = row.TextOrNull(18),
        Approval = row.TextOrNull(19) is { } approval ? Approval.FromJson(approval) : null,
        MadeId = row.TextOrNull(20),
        TraceId = row.TextOrNull(21),
        NaturalKey = row.TextOrNull(22),
        Job = row.TextOrNull(23),
        ValuesDroppedAt = row.TimeOrNull(24),
    };
}
