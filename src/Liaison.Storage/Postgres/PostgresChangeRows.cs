using Liaison.Identity;
using Liaison.Policy;
using Liaison.Writeback;

namespace Liaison.Storage.Postgres;

/// <summary>How change sets lie in their table.</summary>
internal static class PostgresChangeRows
{
    public const string Columns = """
        id, key, connection, record_type, record_id, state, risk, content, content_hash, record_version,
        subject_kind, subject, actor, purpose, caller_run, note, created_at, updated_at, request_hash, approval, made_id, trace_id, natural_key, job, dropped_at
        """;

    /// <summary>Inserts those whose key is new.</summary>
    /// <returns>The ids of those that were.</returns>
    public static async Task<HashSet<string>> InsertAsync(PostgresSession session, IReadOnlyList<ChangeSetRow> rows)
    {
        // In the order given, which the numbers keep: newest first is an order of numbers.
        var added = await session.Statement($"""
            INSERT INTO change_sets ({Columns}, moves)
            SELECT {Columns}, moves FROM unnest(
                @ids, @keys, @connections, @record_types, @record_ids, @states, @risks, @contents, @hashes, @versions,
                @subject_kinds, @subjects, @actors, @purposes, @caller_runs, @notes, @created, @updated, @requests, @approvals, @made, @traces, @naturals, @jobs, @dropped, @moves)
                WITH ORDINALITY AS row ({Columns}, moves, place)
            ORDER BY place
            ON CONFLICT (key) DO NOTHING
            RETURNING id
            """)
            .With("@ids", rows.Select(row => row.Id))
            .With("@keys", rows.Select(row => row.Key))
            .With([.. rows.Select(row => row.Record)])
            .With("@states", rows.Select(row => StoredName<ChangeState>.Of(row.State)))
            .With("@risks", rows.Select(row => StoredName<RiskClass>.Of(row.Risk)))
            .With("@contents", rows.Select(row => row.Content))
            .With("@hashes", rows.Select(row => row.ContentHash))
            .With("@versions", rows.Select(row => row.RecordVersion))
            .With("@subject_kinds", rows.Select(row => StoredName<SubjectKind>.Of(row.Proposer.Subject.Kind)))
            .With("@subjects", rows.Select(row => row.Proposer.Subject.Id))
            .With("@actors", rows.Select(row => row.Proposer.Actor.Id))
            .With("@purposes", rows.Select(row => row.Proposer.Purpose.Name))
            .With("@caller_runs", rows.Select(row => row.Proposer.RunId))
            .With("@notes", rows.Select(row => row.Note))
            .With("@created", rows.Select(row => row.CreatedAt))
            .With("@updated", rows.Select(row => row.UpdatedAt))
            .With("@requests", rows.Select(row => row.RequestHash))
            .With("@approvals", rows.Select(row => row.Approval?.ToJson()))
            .With("@made", rows.Select(row => row.MadeId))
            .With("@traces", rows.Select(row => row.TraceId))
            .With("@naturals", rows.Select(row => row.NaturalKey))
            .With("@jobs", rows.Select(row => row.Job))
            .With("@dropped", rows.Select(row => row.ValuesDroppedAt))
            .With("@moves", rows.Select(row => (long)ChangeStates.Beginning(row).Count))
            .ListAsync(row => row.Text(0));
        return added.ToHashSet(StringComparer.Ordinal);
    }

    public static async Task<Dictionary<string, ChangeSetRow>> FindByKeysAsync(PostgresSession session, IReadOnlyList<string> keys)
    {
        if (keys.Count == 0)
        {
            return [];
        }

        var found = await session.Statement($"SELECT {Columns} FROM change_sets WHERE key = ANY (@keys)")
            .With("@keys", keys.Distinct(StringComparer.Ordinal))
            .ListAsync(Read);
        return found.ToDictionary(row => row.Key, StringComparer.Ordinal);
    }

    /// <summary>Drops the values of those that ended and have not moved since a moment; those that somebody holds are left for another time.</summary>
    public static async Task<int> DropValuesAsync(PostgresSession session, DateTimeOffset unmovedSince, int most)
    {
        // What has not moved since was proposed before: the index by age is gone along from its oldest end, and no further.
        var due = await session.Statement("""
            SELECT change_no, content FROM change_sets
            WHERE dropped_at IS NULL AND created_at <= @since AND updated_at <= @since AND state = ANY (@ended)
            ORDER BY created_at LIMIT @most FOR UPDATE SKIP LOCKED
            """)
            .With("@since", unmovedSince)
            .With("@ended", ChangeStates.Ended.Select(StoredName<ChangeState>.Of))
            .With("@most", most)
            .ListAsync(row => KeyValuePair.Create(row.Number(0), row.Text(1)));
        if (due.Count > 0)
        {
            await session.Statement("""
                UPDATE change_sets AS change SET content = kept.content, natural_key = NULL, dropped_at = liaison_now()
                FROM unnest(@numbers, @contents) AS kept (change_no, content) WHERE change.change_no = kept.change_no
                """)
                .With("@numbers", due.Select(row => row.Key))
                .With("@contents", due.Select(row => ChangeContent.FromJson(row.Value).WithoutValues().ToJson()))
                .ExecuteAsync();
        }

        return due.Count;
    }

    public static ChangeSetRow Read(PostgresRow row) => new(
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
