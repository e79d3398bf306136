using Liaison.Audit;

namespace Liaison.Storage.Postgres;

/// <summary>How checkpoints lie in their table.</summary>
internal static class PostgresAuditCheckpoints
{
    private const string Columns = "SELECT sequence, entry_hash, at, key_id, previous_hash, signature FROM audit_checkpoints";

    public static async Task<bool> AddAsync(PostgresSession session, AuditCheckpoint checkpoint)
    {
        await session.Statement("SELECT pg_advisory_xact_lock(@class::int, @lock::int)").WithLock(PostgresLock.Audit).ExecuteAsync();
        var last = await LastAsync(session);
        if (checkpoint.PreviousHash != (last?.Hash ?? AuditChain.Genesis) || checkpoint.Sequence <= last?.Sequence)
        {
            return false;
        }

        await session
            .Statement("""
                INSERT INTO audit_checkpoints (sequence, entry_hash, at, key_id, previous_hash, signature)
                VALUES (@sequence, @entry_hash, @at, @key_id, @previous_hash, @signature)
                """)
            .With("@sequence", checkpoint.Sequence)
            .With("@entry_hash", checkpoint.EntryHash)
            .With("@at", checkpoint.At)
            .With("@key_id", checkpoint.KeyId)
            .With("@previous_hash", checkpoint.PreviousHash)
            .With("@signature", checkpoint.Signature)
            .ExecuteAsync();
        return true;
    }

    public static Task<AuditCheckpoint?> LastAsync(PostgresSession session) =>
        session.Statement($"{Columns} ORDER BY sequence DESC LIMIT 1").FirstAsync(Read);

    public static Task<List<AuditCheckpoint>> ReadAsync(PostgresSession session, long from, int size) =>
        session.Statement($"{Columns} WHERE sequence >= @from ORDER BY sequence LIMIT @limit")
            .With("@from", from)
            .With("@limit", size)
            .ListAsync(Read);

    private static AuditCheckpoint Read(PostgresRow row) =>
        new(row.Number(0), row.Text(1), row.Time(2), row.Text(3), row.Text(4), row.Text(5));
}
