using System.Text;
using Liaison.Audit;

namespace Liaison.Storage.Postgres;

/// <summary>How entries lie in the tables of the audit.</summary>
internal static class PostgresAuditRows
{
    /// <summary>Seals entries onto the end of the chain.</summary>
    public static async Task<int> AppendAsync(PostgresSession session, IReadOnlyList<WrittenEntry> entries)
    {
        if (entries.Count == 0)
        {
            return 0;
        }

        // Until the transaction ends nobody else reads the end that this one is about to move.
        await session.Statement("SELECT pg_advisory_xact_lock(@class::int, @lock::int)").WithLock(PostgresLock.Audit).ExecuteAsync();
        var last = await LastAsync(session);
        var rows = new List<AuditRow>(entries.Count);
        foreach (var entry in entries)
        {
            last = AuditChain.Seal(entry.Canonical, (last?.Sequence ?? 0) + 1, last?.Hash ?? AuditChain.Genesis);
            rows.Add(last);
        }

        await InsertAsync(session, rows, entries);
        await IndexRecordsAsync(session, rows, entries);
        await KeepUnclosedAsync(session, rows, entries);
        return rows.Count;
    }

    public static Task<List<AuditRow>> ReadAsync(PostgresSession session, AuditQuery query, int size)
    {
        var asked = new PostgresConditions()
            .Where("sequence IN (SELECT sequence FROM audit_records WHERE record_id = @record)", "@record", query.RecordId)
            .Where("run_id = @run", "@run", query.RunId)
            .Where("trace_id = @trace", "@trace", query.TraceId)
            .Where("subject = @subject", "@subject", query.Subject)
            .Where("actor = @actor", "@actor", query.Actor)
            .Where("action = @action", "@action", query.Action)
            .Where("connection = @connection", "@connection", query.Connection?.Value)
            .Where("at >= @since", "@since", query.Since)
            .Where("at < @until", "@until", query.Until);
        var denials = query.DenialsOnly ? " AND denied" : "";
        var order = query.NewestFirst ? " DESC" : "";
        return asked.Bind(session.Statement($"""
            SELECT sequence, canonical, previous_hash, hash FROM audit_entries
            WHERE {asked.Clause}{denials} AND sequence > @after AND sequence < @before ORDER BY sequence{order} LIMIT @limit
            """))
            .With("@after", query.After)
            .With("@before", query.Before)
            .With("@limit", size)
            .ListAsync(Read);
    }

    public static async Task<AuditSegment> WalkAsync(PostgresSession session, long after, int most)
    {
        var walk = new AuditSegmentWalk();
        await session
            .Statement("""
                SELECT sequence, canonical, previous_hash, hash FROM audit_entries
                WHERE sequence > @after ORDER BY sequence LIMIT @limit
                """)
            .With("@after", after)
            .With("@limit", most)
            .EachAsync(row => walk.Step(row.Number(0), row.Bytes(1), row.Bytes(2), row.Bytes(3)));
        return walk.Segment;
    }

    private static Task<AuditRow?> LastAsync(PostgresSession session) => session
        .Statement("SELECT sequence, canonical, previous_hash, hash FROM audit_entries ORDER BY sequence DESC LIMIT 1")
        .FirstAsync(Read);

    private static AuditRow Read(PostgresRow row) => new(row.Number(0), row.Bytes(1), row.Text(2), row.Text(3));

    private static Task<int> InsertAsync(PostgresSession session, List<AuditRow> rows, IReadOnlyList<WrittenEntry> entries) => session
        .Statement("""
            INSERT INTO audit_entries (
                sequence, canonical, previous_hash, hash, trace_id, run_id, at, subject, actor, action, connection, denied)
            SELECT * FROM unnest(@sequences, @canonical, @previous, @hashes, @traces, @runs, @at, @subjects, @actors, @actions, @connections, @denied)
            """)
        .With("@sequences", rows.Select(row => row.Sequence))
        .With("@canonical", rows.Select(row => Encoding.UTF8.GetString(row.Canonical.Span)))
        .With("@previous", rows.Select(row => row.PreviousHash))
        .With("@hashes", rows.Select(row => row.Hash))
        .With("@traces", entries.Select(written => written.Entry.TraceId))
        .With("@runs", entries.Select(written => written.Entry.Caller.RunId))
        .With("@at", entries.Select(written => written.Entry.At))
        .With("@subjects", entries.Select(written => written.Entry.Caller.Subject.Id))
        .With("@actors", entries.Select(written => written.Entry.Caller.Actor.Id))
        .With("@actions", entries.Select(written => written.Entry.Action))
        .With("@connections", entries.Select(written => written.Entry.Connection.Value))
        .With("@denied", entries.Select(written => written.Entry.TellsDenial()))
        .ExecuteAsync();

    private static async Task IndexRecordsAsync(PostgresSession session, List<AuditRow> rows, IReadOnlyList<WrittenEntry> entries)
    {
        var about = rows.Zip(entries).SelectMany(pair => pair.Second.Entry.Records
            .Distinct(StringComparer.Ordinal)
            .Select(record => KeyValuePair.Create(record, pair.First.Sequence))).ToList();
        if (about.Count > 0)
        {
            await session.Statement("INSERT INTO audit_records (record_id, sequence) SELECT * FROM unnest(@records, @sequences)")
                .With("@records", about.Select(pair => pair.Key))
                .With("@sequences", about.Select(pair => pair.Value))
                .ExecuteAsync();
        }
    }

    private static async Task KeepUnclosedAsync(PostgresSession session, List<AuditRow> rows, IReadOnlyList<WrittenEntry> entries)
    {
        // What is opened and closed within one batch, as most requests under load are, never touches the table.
        var opened = new Dictionary<string, long>(StringComparer.Ordinal);
        var closed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (row, written) in rows.Zip(entries))
        {
            if (written.Entry.Phase == AuditPhase.Opened)
            {
                opened.TryAdd(written.Entry.TraceId, row.Sequence);
            }
            else if (!opened.Remove(written.Entry.TraceId))
            {
                closed.Add(written.Entry.TraceId);
            }
        }

        if (closed.Count > 0)
        {
            await session.Statement("DELETE FROM audit_unclosed WHERE trace_id = ANY (@traces)").With("@traces", closed).ExecuteAsync();
        }

        if (opened.Count > 0)
        {
            await session.Statement("""
                INSERT INTO audit_unclosed (trace_id, sequence) SELECT * FROM unnest(@traces, @sequences) ON CONFLICT (trace_id) DO NOTHING
                """)
                .With("@traces", opened.Keys)
                .With("@sequences", opened.Values)
                .ExecuteAsync();
        }
    }
}
