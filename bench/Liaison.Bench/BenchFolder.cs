using Liaison.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Liaison.Bench;

/// <summary>A folder for the databases of one benchmark; it goes when the benchmark ends.</summary>
internal sealed class BenchFolder : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("liaison-bench-").FullName;

    public Task<SqliteDatabase> OpenAsync() => SqliteDatabase.OpenAsync(Path.Combine(root, "liaison.db"), TimeProvider.System);

    /// <summary>Opens a bare database with the same durability, for a baseline.</summary>
    public SqliteConnection OpenBare()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(root, "bare.db")};Pooling=False");
        connection.Open();
        using var setting = connection.CreateCommand();
        setting.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
        setting.ExecuteNonQuery();
        return connection;
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
