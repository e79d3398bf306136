using System.Runtime.CompilerServices;
using Liaison.Audit;

namespace Liaison.Storage.Sqlite;

/// <summary>The audit in a SQLite file.</summary>
/// <remarks>The chain stays whole across processes: the last row is read under the same lock that the next one is written under.</remarks>
public sealed class SqliteAuditStore(SqliteDatabase database) : IAuditStore
{
    private const int PageSize = 1000;

    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return entries.Count == 0
            ? Task.CompletedTask
            : database.WriteAsync(session => Append(session, entries), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AuditRow> ReadAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);

        // Page by page, since a reader that stays open keeps the log from being folded into the file; and one page ahead, since a
        // walk along the whole chain spends as long on hashing a page as the database on giving it.
        var left = query.Limit;
        var reading = ReadPageAsync(query, query.After, left, cancellationToken);
        while (true)
        {
            var page = await reading;
            left -= page.Count;
            if (page.Count == PageSize && left > 0)
            {
                reading = ReadPageAsync(query, page[^1].Sequence, left, cancellationToken);
            }

            foreach (var row in page)
            {
                yield return row;
            }

            if (page.Count < PageSize || left <= 0)
            {
                yield break;
            }
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> FindUnclosedAsync(int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            session => session.Statement("SELECT trace_id FROM audit_unclosed ORDER BY sequence LIMIT $limit")
                .With("$limit", limit)
                .List(row => row.Text(0)),
            cancellationToken);

    private static int Append(SqliteSession session, IReadOnlyList<AuditEntry> entries)
    {
        var sequence = session.Statement("SELECT max(sequence) FROM audit_entries").Number() ?? 0;
        var previousHash = session.Statement("SELECT hash FROM audit_entries WHERE sequence = $last")
            .With("$last", sequence)
            .First(row => row.Text(0)) ?? AuditChain.Genesis;
        foreach (var entry in entries)
        {
            var row = AuditChain.Seal(entry, ++sequence, previousHash);
            previousHash = row.Hash;
            Insert(session, row, entry);
            IndexRecords(session, row.Sequence, entry);
            KeepUnclosed(session, row.Sequence, entry);
        }

        return entries.Count;
    }

    private static void Insert(SqliteSession session, AuditRow row, AuditEntry entry) => session
        .Statement("""
            INSERT INTO audit_entries (sequence, canonical, previous_hash, hash, trace_id, run_id)
            VALUES ($sequence, $canonical, $previous, $hash, $trace, $run)
            """)
        .With("$sequence", row.Sequence)
        .With("$canonical", row.Canonical)
        .With("$previous", row.PreviousHash)
        .With("$hash", row.Hash)
        .With("$trace", entry.TraceId)
        .With("$run", entry.Caller.RunId)
        .Execute();

    private static void IndexRecords(SqliteSession session, long sequence, AuditEntry entry)
    {
        var insert = session.Statement("INSERT OR IGNORE INTO audit_records (record_id, sequence) VALUES ($record, $sequence)");
        foreach (var record in entry.Records)
        {
            insert.With("$record", record).With("$sequence", sequence).Execute();
        }
    }

    private static void KeepUnclosed(SqliteSession session, long sequence, AuditEntry entry)
    {
        if (entry.Phase == AuditPhase.Opened)
        {
            session.Statement("INSERT OR IGNORE INTO audit_unclosed (trace_id, sequence) VALUES ($trace, $sequence)")
                .With("$trace", entry.TraceId)
                .With("$sequence", sequence)
                .Execute();
            return;
        }

        session.Statement("DELETE FROM audit_unclosed WHERE trace_id = $trace").With("$trace", entry.TraceId).Execute();
    }

    private Task<List<AuditRow>> ReadPageAsync(AuditQuery query, long after, int left, CancellationToken cancellationToken) =>
        Task.Run(
            () => database.ReadAsync(session => ReadPage(session, query, after, Math.Min(left, PageSize)), cancellationToken), cancellationToken);

    private static List<AuditRow> ReadPage(SqliteSession session, AuditQuery query, long after, int size)
    {
        var asked = new SqliteConditions()
            .Where("sequence IN (SELECT sequence FROM audit_records WHERE record_id = $record)", "$record", query.RecordId)
            .Where("run_id = $run", "$run", query.RunId)
            .Where("trace_id = $trace", "$trace", query.TraceId);
        return asked.Bind(session.Statement($"""
            SELECT sequence, canonical, previous_hash, hash FROM audit_entries
            WHERE {asked.Clause} AND sequence > $after ORDER BY sequence LIMIT $limit
            """))
            .With("$after", after)
            .With("$limit", size)
            .List(Read);
    }

    private static AuditRow Read(SqliteRow row) =>
        new(row.Number(0), row.Text(1), row.Text(2), row.Text(3));
}
