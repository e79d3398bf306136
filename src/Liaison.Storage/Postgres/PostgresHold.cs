using Liaison.Work;
using Npgsql;

namespace Liaison.Storage.Postgres;

/// <summary>Holds a name for one process by a lock of a connection of its own: the server lets go of it when the connection ends, however the process died.</summary>
internal sealed class PostgresHold : IWorkHold
{
    private readonly NpgsqlConnection connection;
    private readonly string name;

    private PostgresHold(NpgsqlConnection connection, string name)
    {
        this.connection = connection;
        this.name = name;
    }

    /// <summary>Takes a name; <see langword="null"/> while another has it.</summary>
    public static async Task<PostgresHold?> TryTakeAsync(PostgresDatabase database, string name, CancellationToken cancellationToken)
    {
        var connection = await database.ConnectAsync(cancellationToken);
        try
        {
            var taken = await new PostgresSession(connection, cancellationToken)
                .Statement("SELECT pg_try_advisory_lock(hashtextextended(@name, 0))::int::bigint")
                .With("@name", name)
                .NumberAsync();
            if (taken == 1)
            {
                return new PostgresHold(connection, name);
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <inheritdoc/>
    public async Task<bool> StandsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await new PostgresSession(connection, cancellationToken).Statement("SELECT 1::bigint").NumberAsync() == 1;
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A connection that goes back to its pool keeps its locks until somebody takes it out again.
        try
        {
            await new PostgresSession(connection, CancellationToken.None)
                .Statement("SELECT pg_advisory_unlock(hashtextextended(@name, 0))::int::bigint")
                .With("@name", name)
                .NumberAsync();
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException)
        {
            // The connection is lost, and the lock with it.
        }

        await connection.DisposeAsync();
    }
}
