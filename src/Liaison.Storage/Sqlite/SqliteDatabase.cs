using Liaison.Storage.Migrations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liaison.Storage.Sqlite;

/// <summary>One SQLite file with everything that Liaison keeps: the storage of a single node.</summary>
/// <remarks>
/// Safe for concurrent use, and two processes may have the same file open. Writes go through one queue and are on the disk when their
/// tasks end; reads run beside them. Whoever opens it disposes it, after the stores that stand on it.
/// </remarks>
public sealed class SqliteDatabase : IAsyncDisposable
{
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(10);
    private static readonly Lock Creation = new();

    private readonly SqliteSession writing;
    private readonly SqliteWriter writer;
    private readonly SqliteReaders readers;

    private SqliteDatabase(string path, TimeProvider time, SqliteSession writing, TimeSpan patience, ILogger logger)
    {
        Path = path;
        Time = time;
        this.writing = writing;
        writer = new SqliteWriter(writing, path, logger);
        readers = new SqliteReaders(path, patience);
    }

    /// <summary>Gets the full path of the file.</summary>
    public string Path { get; }

    /// <summary>Gets the clock that stands for the database's: on one node all processes share the machine's.</summary>
    internal TimeProvider Time { get; }

    /// <summary>Opens the file, creating it and its folder for this user only, and brings its schema up to date.</summary>
    /// <exception cref="StorageException">The file cannot be used, or a newer program made it.</exception>
    public static Task<SqliteDatabase> OpenAsync(string path, TimeProvider time, CancellationToken cancellationToken = default) =>
        OpenAsync(path, time, NullLogger<SqliteDatabase>.Instance, cancellationToken);

    /// <summary>Opens the file as above.</summary>
    /// <param name="logger">Where a disk that is full or failing is told.</param>
    /// <exception cref="StorageException">The file cannot be used, or a newer program made it.</exception>
    public static Task<SqliteDatabase> OpenAsync(
        string path, TimeProvider time, ILogger<SqliteDatabase> logger, CancellationToken cancellationToken = default) =>
        OpenAsync(path, time, DefaultPatience, Migration.Embedded("Sqlite"), logger, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        // What is queued becomes durable first. The last connection to close folds the log into the file.
        writer.Dispose();
        readers.Dispose();
        writing.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <param name="patience">How long to wait for another process's lock.</param>
    internal static Task<SqliteDatabase> OpenAsync(
        string path, TimeProvider time, TimeSpan patience, IReadOnlyList<Migration> migrations, ILogger logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(time);

        var full = System.IO.Path.GetFullPath(path);
        return Task.Run(() => Open(full, time, patience, migrations, logger, cancellationToken), cancellationToken);
    }

    internal Task<TOutcome> WriteAsync<TOutcome>(Func<SqliteSession, TOutcome> work, CancellationToken cancellationToken) =>
        writer.WriteAsync(work, cancellationToken);

    internal Task<TOutcome> ReadAsync<TOutcome>(Func<SqliteSession, TOutcome> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(readers.Read(work));
    }

    private static SqliteDatabase Open(
        string path, TimeProvider time, TimeSpan patience, IReadOnlyList<Migration> migrations, ILogger logger, CancellationToken cancellationToken)
    {
        SqliteSession? session = null;
        try
        {
            CreateFile(path);
            session = SqliteSession.Open(path, patience);
            UseWriteAheadLog(session, patience, cancellationToken);
            SqliteMigrations.Apply(session, migrations, path, time);
            return new SqliteDatabase(path, time, session, patience, logger);
        }
        catch (SqliteException error) when (SqliteFaults.IsAboutFile(error))
        {
            session?.Dispose();
            throw SqliteFaults.Translate(error, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            session?.Dispose();
            throw new StorageException($"The database {path} cannot be opened; check that its folder can be created and that this user may write there.", error);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    internal static void CreateFile(string path)
    {
        // SQLite's locks on Unix fall when any handle of this process on the file is closed: so only a file that was not
        // there is opened here, and nobody else gets past this place until its handle is closed.
        lock (Creation)
        {
            if (File.Exists(path))
            {
                return;
            }

            var folder = System.IO.Path.GetDirectoryName(path)!;
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
                return;
            }

            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            // SQLite gives its log files the mode of the file itself, so it must be right before SQLite opens it.
            new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite | FileShare.Delete,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
        }
    }

    internal static void UseWriteAheadLog(SqliteSession session, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                session.Run("PRAGMA journal_mode = WAL");
                break;
            }
            catch (SqliteException error) when (SqliteFaults.IsBusy(error) && TimeProvider.System.GetElapsedTime(began) < patience)
            {
                // The switch of a new file does not heed busy_timeout: another process is making the same switch just now.
                cancellationToken.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(20));
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        // FULL: a commit is on the disk when it returns; audit entries and write intents must outlive a power cut.
        session.Run("PRAGMA synchronous = FULL");
        session.Run("PRAGMA wal_autocheckpoint = 4000");
        session.Run("PRAGMA journal_size_limit = 67108864");
        session.Run("PRAGMA cache_size = -16384");
        session.Run("PRAGMA temp_store = MEMORY");

        // Deleted secrets and expired rows are overwritten where that costs no further writing.
        session.Run("PRAGMA secure_delete = FAST");
    }
}
