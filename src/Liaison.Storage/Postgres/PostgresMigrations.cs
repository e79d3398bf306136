using System.Globalization;
using Liaison.Storage.Migrations;

namespace Liaison.Storage.Postgres;

/// <summary>Brings a database to the schema of this program, in one transaction.</summary>
internal static class PostgresMigrations
{
    private const int OldestServer = 150_000;

    public static async Task<int> ApplyAsync(PostgresSession session, IReadOnlyList<Migration> known, string place)
    {
        await RefuseUnfitAsync(session, place);

        // The lock comes before the look: of two nodes that start at once, the second waits and finds the schema ready.
        await session.Statement("SELECT pg_advisory_xact_lock(@class::int, @lock::int)").WithLock(PostgresLock.Migrations).ExecuteAsync();
        await session.RunAsync("""
            CREATE TABLE IF NOT EXISTS schema_migrations (
                version    bigint      NOT NULL PRIMARY KEY, -- the step's number, from 1
                name       text        NOT NULL, -- the step's file
                checksum   text        NOT NULL, -- SHA-256 of its text
                applied_at timestamptz NOT NULL
            )
            """);
        var applied = await session.Statement("SELECT version, name, checksum FROM schema_migrations ORDER BY version")
            .ListAsync(row => new AppliedMigration((int)row.Number(0), row.Text(1), row.Text(2)));
        var pending = MigrationPlan.Pending(known, applied, place);
        foreach (var step in pending)
        {
            await session.RunAsync(step.Sql);
            await session.Statement("INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES (@version, @name, @checksum, now())")
                .With("@version", step.Version)
                .With("@name", step.Name)
                .With("@checksum", step.Checksum)
                .ExecuteAsync();
        }

        return pending.Count;
    }

    private static async Task RefuseUnfitAsync(PostgresSession session, string place)
    {
        var version = await session.Statement("SELECT current_setting('server_version_num')::bigint").NumberAsync() ?? 0;
        if (version < OldestServer)
        {
            throw new StorageException(string.Create(
                CultureInfo.InvariantCulture, $"The database {place} is on PostgreSQL {version / 10_000}; Liaison needs 15 or newer."));
        }

        if (await session.Statement("SELECT current_setting('server_encoding')").FirstAsync(row => row.Text(0)) is var encoding && encoding != "UTF8")
        {
            throw new StorageException($"The database {place} is encoded in {encoding}, which cannot hold every name; create it with ENCODING 'UTF8'.");
        }
    }
}
