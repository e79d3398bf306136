using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Liaison.Storage.Sqlite;

/// <summary>One connection with its prepared statements; used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteStatement> statements = new(StringComparer.Ordinal);

    private SqliteSession(SqliteConnection connection) => this.connection = connection;

    /// <summary>Gets a value indicating whether a transaction is open; SQLite ends one by itself on some disk errors.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(connection.Handle!) == 0;

    public static SqliteSession Open(string path, TimeSpan patience)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,

            // SQLite itself waits for a lock in small steps (busy_timeout); the library's own loop, which sleeps 150 ms a turn,
            // is left as short as it can be.
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            session.Run($"PRAGMA busy_timeout = {(long)patience.TotalMilliseconds}");
            session.Run("PRAGMA foreign_keys = ON");
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Gives the prepared statement of a text; the texts are constants, so that they stay few.</summary>
    public SqliteStatement Statement(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            statements.Add(sql, statement = new SqliteStatement(connection.Handle!, sql));
        }

        return statement.Rewind();
    }

    /// <summary>Runs a text of one or more statements once, without keeping it.</summary>
    public void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }
}
