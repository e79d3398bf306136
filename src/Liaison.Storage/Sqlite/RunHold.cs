namespace Liaison.Storage.Sqlite;

/// <summary>Holds a run for one process by a locked file beside the database: the system lets go of it when the process dies, however it dies.</summary>
internal sealed class RunHold : IAsyncDisposable
{
    private readonly FileStream file;

    private RunHold(FileStream file) => this.file = file;

    /// <summary>Takes a run; <see langword="null"/> while another has it.</summary>
    public static RunHold? TryTake(string databasePath, string runId)
    {
        var folder = Directory.CreateDirectory($"{databasePath}-holds").FullName;
        try
        {
            // The file stays: deleting it on release would let a third process lock a new one while a second locks the old.
            return new RunHold(new FileStream(
                Path.Combine(folder, runId), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => file.DisposeAsync();
}
