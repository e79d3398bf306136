using Liaison.Audit;
using Liaison.Storage.Postgres;
using Liaison.Storage.Sqlite;

namespace Liaison.Storage.Copying;

/// <summary>Brings everything that a SQLite file holds into an empty PostgreSQL database.</summary>
/// <remarks>
/// The file is locked against writers while it is read, and only read. A copy that was broken off goes on where it stood, as long as the
/// file is as it was; pieces are stored whole with how far they reach, so that none is stored twice.
/// </remarks>
public sealed class StoreCopy(SqliteDatabase from, PostgresDatabase to)
{
    private const int Piece = 20_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Copies, counts what has arrived, and walks the audit's chain in its new place.</summary>
    /// <param name="progressed">Told after each piece.</param>
    /// <exception cref="StorageException">The target is not empty, the file has changed since a copy was broken off, another process writes to the file, or a count differs.</exception>
    public async Task<CopyReport> RunAsync(Action<CopyProgress>? progressed, CancellationToken cancellationToken = default)
    {
        using var source = OpenSource();
        var tables = CopySource.TablesOf(source);
        var done = await to.WriteAsync(session => CopyTarget.BeginAsync(session, tables, from.Path, to.Place), cancellationToken);
        foreach (var table in tables)
        {
            var copied = done[table.Name];
            progressed?.Invoke(new CopyProgress(table.Name, copied, table.Rows));
            while (copied < table.Rows)
            {
                copied += await CopyPieceAsync(source, table, copied, cancellationToken);
                progressed?.Invoke(new CopyProgress(table.Name, copied, table.Rows));
            }

            await to.ReadAsync(session => CopyTarget.CheckCountAsync(session, table, to.Place), cancellationToken);
        }

        await to.WriteAsync(session => CopyTarget.EndAsync(session, tables), cancellationToken);
        using var audit = new PostgresAuditStore(to);
        return new CopyReport(
            [.. tables.Select(table => new CopyProgress(table.Name, table.Rows, table.Rows))],
            await AuditVerification.WalkAsync(audit, cancellationToken));
    }

    private SqliteSession OpenSource()
    {
        var session = SqliteSession.Open(from.Path, Patience);
        try
        {
            // A writer's lock, so that nobody else writes, and the same state for every page that is read.
            session.Run("BEGIN IMMEDIATE");
            return session;
        }
        catch (Microsoft.Data.Sqlite.SqliteException error) when (SqliteFaults.IsAboutFile(error))
        {
            session.Dispose();
            throw SqliteFaults.Translate(error, from.Path);
        }
    }

    private Task<int> CopyPieceAsync(SqliteSession source, CopyTable table, long copied, CancellationToken cancellationToken) => to.WriteAsync(
        async session =>
        {
            var columns = await CopyTarget.ColumnsAsync(session, table, to.Place);
            var rows = CopySource.Read(source, table, columns, copied, Piece);
            await CopyTarget.StoreAsync(session, table, columns, rows);
            return rows.Count;
        },
        cancellationToken);
}

/// <summary>How far the copy of a table has come.</summary>
public sealed record CopyProgress(string Table, long Copied, long Rows);

/// <summary>What was copied.</summary>
/// <param name="Audit">What a walk along the audit's chain found in its new place; it is as whole, or as broken, as it was.</param>
public sealed record CopyReport(IReadOnlyList<CopyProgress> Tables, AuditVerification Audit)
{
    /// <summary>Gets how many rows were copied in all.</summary>
    public long Rows => Tables.Sum(table => table.Rows);
}
