using System.Runtime.CompilerServices;
using Liaison.Audit;

namespace Liaison.Storage.Sqlite;

/// <summary>The audit in a SQLite file.</summary>
/// <remarks>The chain stays whole across processes: the last row is read under the same lock that the next one is written under.</remarks>
public sealed class SqliteAuditStore(SqliteDatabase database) : IAuditStore
{
    private const int PageSize = 1000;

    private readonly AuditAppends appends = new(batch => database.WriteAsync(session => SqliteAuditRows.Append(session, batch.Close()), CancellationToken.None));

    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return entries.Count == 0 ? Task.CompletedTask : appends.AppendAsync(entries, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AuditRow> ReadAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);

        // Page by page, since a reader that stays open keeps the log from being folded into the file; and one page ahead, since a
        // walk along the whole chain spends as long on hashing a page as the database on giving it.
        var left = query.Limit;
        var reading = ReadPageAsync(query, Math.Min(left, PageSize), cancellationToken);
        while (true)
        {
            var page = await reading;
            left -= page.Count;
            var more = page.Count == PageSize && left > 0;
            if (more)
            {
                query = query.NewestFirst ? query with { Before = page[^1].Sequence } : query with { After = page[^1].Sequence };
                reading = ReadPageAsync(query, Math.Min(left, PageSize), cancellationToken);
            }

            foreach (var row in page)
            {
                yield return row;
            }

            if (!more)
            {
                yield break;
            }
        }
    }

    /// <inheritdoc/>
    public Task<AuditSegment> WalkAsync(long after, int most, CancellationToken cancellationToken) =>
        database.ReadAsync(session => SqliteAuditRows.Walk(session, after, most), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> FindUnclosedAsync(int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            session => session.Statement("SELECT trace_id FROM audit_unclosed ORDER BY sequence LIMIT $limit")
                .With("$limit", limit)
                .List(row => row.Text(0)),
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> AddCheckpointAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return database.WriteAsync(session => SqliteAuditCheckpoints.Add(session, checkpoint), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AuditCheckpoint> ReadCheckpointsAsync(
        long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await database.ReadAsync(session => SqliteAuditCheckpoints.Read(session, from, PageSize), cancellationToken);
            foreach (var checkpoint in page)
            {
                yield return checkpoint;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            from = page[^1].Sequence + 1;
        }
    }

    /// <inheritdoc/>
    public Task<AuditCheckpoint?> FindLastCheckpointAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(SqliteAuditCheckpoints.Last, cancellationToken);

    // On another thread: the caller is busy with the page before.
    private Task<List<AuditRow>> ReadPageAsync(AuditQuery query, int size, CancellationToken cancellationToken) =>
        Task.Run(() => database.ReadAsync(session => ReadPage(session, query, size), cancellationToken), cancellationToken);

    private static List<AuditRow> ReadPage(SqliteSession session, AuditQuery query, int size)
    {
        var asked = new SqliteConditions()
            .Where("sequence IN (SELECT sequence FROM audit_records WHERE record_id = $record)", "$record", query.RecordId)
            .Where("run_id = $run", "$run", query.RunId)
            .Where("trace_id = $trace", "$trace", query.TraceId)
            .Where("subject = $subject", "$subject", query.Subject)
            .Where("actor = $actor", "$actor", query.Actor)
            .Where("action = $action", "$action", query.Action)
            .Where("connection = $connection", "$connection", query.Connection?.Value)
            .Where("at >= $since", "$since", query.Since?.ToUnixTimeMilliseconds())
            .Where("at < $until", "$until", query.Until?.ToUnixTimeMilliseconds());
        var denials = query.DenialsOnly ? " AND denied = 1" : "";
        var order = query.NewestFirst ? " DESC" : "";
        return SqliteAuditRows.Read(asked.Bind(session.Statement($"""
            SELECT sequence, canonical, previous_hash, hash FROM audit_entries
            WHERE {asked.Clause}{denials} AND sequence > $after AND sequence < $before ORDER BY sequence{order} LIMIT $limit
            """))
            .With("$after", query.After)
            .With("$before", query.Before)
            .With("$limit", size));
    }
}
