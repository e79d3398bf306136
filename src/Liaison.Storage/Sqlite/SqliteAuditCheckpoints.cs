using Liaison.Audit;

namespace Liaison.Storage.Sqlite;

/// <summary>How checkpoints lie in their table.</summary>
internal static class SqliteAuditCheckpoints
{
    private const string Columns = "SELECT sequence, entry_hash, at, key_id, previous_hash, signature FROM audit_checkpoints";

    public static bool Add(SqliteSession session, AuditCheckpoint checkpoint)
    {
        var last = Last(session);
        if (checkpoint.PreviousHash != (last?.Hash ?? AuditChain.Genesis) || checkpoint.Sequence <= last?.Sequence)
        {
            return false;
        }

        session
            .Statement("""
                INSERT INTO audit_checkpoints (sequence, entry_hash, at, key_id, previous_hash, signature)
                VALUES ($sequence, $entry_hash, $at, $key_id, $previous_hash, $signature)
                """)
            .With("$sequence", checkpoint.Sequence)
            .With("$entry_hash", checkpoint.EntryHash)
            .With("$at", checkpoint.At)
            .With("$key_id", checkpoint.KeyId)
            .With("$previous_hash", checkpoint.PreviousHash)
            .With("$signature", checkpoint.Signature)
            .Execute();
        return true;
    }

    public static AuditCheckpoint? Last(SqliteSession session) =>
        session.Statement($"{Columns} ORDER BY sequence DESC LIMIT 1").First(Read);

    public static List<AuditCheckpoint> Read(SqliteSession session, long from, int size) =>
        session.Statement($"{Columns} WHERE sequence >= $from ORDER BY sequence LIMIT $limit")
            .With("$from", from)
            .With("$limit", size)
            .List(Read);

    private static AuditCheckpoint Read(SqliteRow row) =>
        new(row.Number(0), row.Text(1), row.Time(2), row.Text(3), row.Text(4), row.Text(5));
}
