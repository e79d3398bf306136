using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Liaison.Storage.Sqlite;

/// <summary>Turns what SQLite says about its file into a sentence for an operator.</summary>
internal static class SqliteFaults
{
    /// <summary>Tells whether the error is about the file or its disk; what is left is a bug in a statement and stays as it is.</summary>
    public static bool IsAboutFile(SqliteException error) => Sentence(error, string.Empty) is not null;

    public static StorageException Translate(SqliteException error, string path) => new(Sentence(error, path)!, error);

    public static bool IsBusy(SqliteException error) => error.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>Tells whether the disk itself is full or fails.</summary>
    public static bool IsAboutDisk(SqliteException error) => error.SqliteErrorCode is raw.SQLITE_FULL or raw.SQLITE_IOERR;

    private static string? Sentence(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            $"The database {path} is locked by another process; end that process or wait until it is done, then try again.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM =>
            $"The database {path} cannot be written; give this user write access to the file and its folder.",
        raw.SQLITE_CANTOPEN =>
            $"The database {path} cannot be opened; check that its folder exists and that this user may write there.",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB =>
            $"The file {path} is damaged or no SQLite database; restore it from a backup or name another file.",
        raw.SQLITE_FULL =>
            $"The disk that holds the database {path} is full; free some space, and work goes on where it stood.",
        raw.SQLITE_IOERR =>
            $"The disk that holds the database {path} failed to read or write; check the disk and the system's log.",
        _ => null,
    };
}
