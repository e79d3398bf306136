using Liaison.Storage.Sqlite;

namespace Liaison.Storage.Tests.Sqlite;

/// <summary>A folder with one database file, for one test; it goes when the test ends.</summary>
internal sealed class SqliteFolder : IAsyncDisposable
{
    private readonly List<SqliteDatabase> opened = [];
    private int lives;

    public string Root { get; } = Directory.CreateTempSubdirectory("liaison-").FullName;

    public string File => Path.Combine(Root, $"life-{lives}", "liaison.db");

    public async Task<SqliteDatabase> OpenAsync(TimeProvider time)
    {
        var database = await SqliteDatabase.OpenAsync(File, time, TestContext.Current.CancellationToken);
        opened.Add(database);
        return database;
    }

    /// <summary>Opens what a kill leaves: file and log as they are on the disk, while nobody has closed anything.</summary>
    public Task<SqliteDatabase> OpenAfterKillAsync(TimeProvider time)
    {
        var left = File;
        lives++;
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.Copy(left, File);
        if (System.IO.File.Exists(left + "-wal"))
        {
            System.IO.File.Copy(left + "-wal", File + "-wal");
        }

        return OpenAsync(time);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in opened)
        {
            await database.DisposeAsync();
        }

        Directory.Delete(Root, recursive: true);
    }
}
