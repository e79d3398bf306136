using System.Net.Sockets;
using Npgsql;

namespace Liaison.Storage.Postgres;

/// <summary>Tells what passes from what stays, and turns both into a sentence for an operator.</summary>
internal static class PostgresFaults
{
    /// <summary>Tells whether trying again may help by itself: the server is away, or took the transaction back in favour of another.</summary>
    public static bool Passes(NpgsqlException error) =>
        error is PostgresException told ? IsPassing(told.SqlState) : IsAboutNetwork(error);

    /// <summary>Tells whether a commit that failed so may stand all the same.</summary>
    public static bool LeavesOpen(NpgsqlException error) =>
        error is not PostgresException told || told.SqlState.StartsWith("57P", StringComparison.Ordinal) || told.SqlState.StartsWith("08", StringComparison.Ordinal);

    /// <summary>Tells whether the transaction was taken back in favour of another; that is the price of working side by side.</summary>
    public static bool IsContention(NpgsqlException error) => error is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable,
    };

    /// <summary>Tells whether the disk of the server is full.</summary>
    public static bool IsFull(NpgsqlException error) => error is PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    /// <summary>Gives the sentence; <see langword="null"/> for a bug in a statement, which stays as it is.</summary>
    public static StorageException? Translate(NpgsqlException error, string place) =>
        Sentence(error, place) is { } sentence ? new StorageException(sentence, error) : null;

    private static string? Sentence(NpgsqlException error, string place) => error switch
    {
        PostgresException { SqlState: var state } => Sentence(state, place),
        _ when IsAboutNetwork(error) =>
            $"The database {place} cannot be reached; check that PostgreSQL runs there and that the network lets this node through. Nothing is lost, and work goes on when it is back.",
        _ => null,
    };

    private static string? Sentence(string state, string place) => state switch
    {
        PostgresErrorCodes.DiskFull =>
            $"The disk that holds the database {place} is full; free some space, and work goes on where it stood.",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"The database {place} refuses the user or the password; check the connection string and the server's pg_hba.conf.",
        PostgresErrorCodes.InvalidCatalogName =>
            $"There is no database {place}; create it (createdb) or name another.",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"The user may not do this in the database {place}; make it the owner of its schema, or grant it CREATE and USAGE there.",
        PostgresErrorCodes.ReadOnlySqlTransaction =>
            $"The database {place} takes no writes, as a standby does; name the primary in the connection string.",
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ConfigurationLimitExceeded =>
            $"The database {place} takes no more connections; raise max_connections there or lower Maximum Pool Size in the connection strings.",
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted =>
            $"The database {place} is damaged; see the server's log and restore a backup.",
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable =>
            $"The database {place} kept taking a write back in favour of others; try again when it is less busy.",
        _ when IsPassing(state) =>
            $"The database {place} is stopping or starting; nothing is lost, and work goes on when it is back.",
        _ => null,
    };

    private static bool IsPassing(string state) => state
        is PostgresErrorCodes.SerializationFailure
        or PostgresErrorCodes.DeadlockDetected
        or PostgresErrorCodes.LockNotAvailable
        or PostgresErrorCodes.AdminShutdown
        or PostgresErrorCodes.CrashShutdown
        or PostgresErrorCodes.CannotConnectNow
        or PostgresErrorCodes.TooManyConnections
        || state.StartsWith("08", StringComparison.Ordinal);

    private static bool IsAboutNetwork(NpgsqlException error) =>
        error.InnerException is IOException or SocketException or TimeoutException or EndOfStreamException;
}
