using Liaison.Work;

namespace Liaison.Storage.Sqlite;

/// <summary>Holds a name for one process by a locked file beside the database: the system lets go of it when the process dies, however it dies.</summary>
internal sealed class SqliteHold : IWorkHold
{
    // Of a name that is taken once in its life the file goes with it. Any other's stays: deleting it on release would let a third
    // process lock a new one while a second locks the old.
    private const string Unique = "worker-";

    private readonly FileStream file;
    private readonly bool goes;

    private SqliteHold(FileStream file, bool goes)
    {
        this.file = file;
        this.goes = goes;
    }

    /// <summary>Takes a name; <see langword="null"/> while another has it.</summary>
    public static SqliteHold? TryTake(string databasePath, string name)
    {
        var path = Path.Combine(Directory.CreateDirectory($"{databasePath}-holds").FullName, Uri.EscapeDataString(name));
        try
        {
            return new SqliteHold(
                new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1),
                name.StartsWith(Unique, StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public Task<bool> StandsAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (goes)
        {
            File.Delete(file.Name);
        }

        return file.DisposeAsync();
    }
}
