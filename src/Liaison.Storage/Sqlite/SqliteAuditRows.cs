using Liaison.Audit;

namespace Liaison.Storage.Sqlite;

/// <summary>How entries lie in the tables of the audit.</summary>
internal static class SqliteAuditRows
{
    /// <summary>Seals entries onto the end of the chain.</summary>
    public static int Append(SqliteSession session, IReadOnlyList<WrittenEntry> entries)
    {
        var end = ReadEnd(session);
        foreach (var entry in entries)
        {
            end = Insert(session, entry, end);
        }

        return entries.Count;
    }

    private static ChainEnd ReadEnd(SqliteSession session)
    {
        var sequence = session.Statement("SELECT max(sequence) FROM audit_entries").Number() ?? 0;
        var hash = session.Statement("SELECT hash FROM audit_entries WHERE sequence = $last")
            .With("$last", sequence)
            .First(row => row.Text(0));
        return new ChainEnd(sequence, hash ?? AuditChain.Genesis);
    }

    private static ChainEnd Insert(SqliteSession session, WrittenEntry written, ChainEnd end)
    {
        var row = AuditChain.Seal(written.Canonical, end.Sequence + 1, end.Hash);
        var entry = written.Entry;
        session
            .Statement("""
                INSERT INTO audit_entries (
                    sequence, canonical, previous_hash, hash, trace_id, run_id, at, subject, actor, action, connection, denied)
                VALUES ($sequence, $canonical, $previous, $hash, $trace, $run, $at, $subject, $actor, $action, $connection, $denied)
                """)
            .With("$sequence", row.Sequence)
            .WithText("$canonical", row.Canonical.Span)
            .With("$previous", row.PreviousHash)
            .With("$hash", row.Hash)
            .With("$trace", entry.TraceId)
            .With("$run", entry.Caller.RunId)
            .With("$at", entry.At)
            .With("$subject", entry.Caller.Subject.Id)
            .With("$actor", entry.Caller.Actor.Id)
            .With("$action", entry.Action)
            .With("$connection", entry.Connection.Value)
            .With("$denied", entry.TellsDenial())
            .Execute();
        IndexRecords(session, row.Sequence, entry);
        KeepUnclosed(session, row.Sequence, entry);
        return new ChainEnd(row.Sequence, row.Hash);
    }

    /// <summary>Reads sequence, canonical, previous_hash, hash of one page.</summary>
    public static List<AuditRow> Read(SqliteStatement statement)
    {
        var last = "";
        return statement.List(row =>
        {
            // In a whole chain the previous hash is the hash just read: no second text of it is made.
            var previous = row.TextIs(2, last) ? last : row.Text(2);
            last = row.Text(3);
            return new AuditRow(row.Number(0), row.Bytes(1), previous, last);
        });
    }

    /// <summary>Walks a piece of the chain where it lies in the database's pages.</summary>
    public static AuditSegment Walk(SqliteSession session, long after, int most)
    {
        var walk = new AuditSegmentWalk();
        session
            .Statement("""
                SELECT sequence, canonical, previous_hash, hash FROM audit_entries
                WHERE sequence > $after ORDER BY sequence LIMIT $limit
                """)
            .With("$after", after)
            .With("$limit", most)
            .Each(row => walk.Step(row.Number(0), row.Span(1), row.Span(2), row.Span(3)));
        return walk.Segment;
    }

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
}

/// <summary>Where the chain ends.</summary>
internal readonly record struct ChainEnd(long Sequence, string Hash);
