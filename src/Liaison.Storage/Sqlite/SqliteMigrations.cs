using Liaison.Storage.Migrations;

namespace Liaison.Storage.Sqlite;

/// <summary>Brings a database file to the schema of this program, in one transaction.</summary>
internal static class SqliteMigrations
{
    public static void Apply(SqliteSession session, IReadOnlyList<Migration> known, string path, TimeProvider time)
    {
        // The lock comes before the look: of two processes that open a new file at once, the second finds it ready.
        session.Run("BEGIN IMMEDIATE");
        try
        {
            session.Run("""
                CREATE TABLE IF NOT EXISTS schema_migrations (
                    version    INTEGER PRIMARY KEY, -- the step's number, from 1
                    name       TEXT    NOT NULL,    -- the step's file
                    checksum   TEXT    NOT NULL,    -- SHA-256 of its text
                    applied_at INTEGER NOT NULL     -- UTC milliseconds since 1970
                ) STRICT
                """);
            foreach (var step in MigrationPlan.Pending(known, Applied(session), path))
            {
                session.Run(step.Sql);
                session.Statement("INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES ($version, $name, $checksum, $at)")
                    .With("$version", step.Version)
                    .With("$name", step.Name)
                    .With("$checksum", step.Checksum)
                    .With("$at", time.GetUtcNow().ToUnixTimeMilliseconds())
                    .Execute();
            }

            session.Run("COMMIT");
        }
        catch
        {
            if (session.InTransaction)
            {
                session.Run("ROLLBACK");
            }

            throw;
        }
    }

    private static List<AppliedMigration> Applied(SqliteSession session) =>
        session.Statement("SELECT version, name, checksum FROM schema_migrations ORDER BY version")
            .List(row => new AppliedMigration((int)row.Number(0), row.Text(1), row.Text(2)));
}
