using Npgsql;

namespace Liaison.Storage.Postgres;

/// <summary>Holds a run for one process by a lock of a connection of its own: the server lets go of it when the connection ends, however the process died.</summary>
internal sealed class PostgresRunHold : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;

    private PostgresRunHold(NpgsqlConnection connection) => this.connection = connection;

    /// <summary>Takes a run; <see langword="null"/> while another has it.</summary>
    public static async Task<PostgresRunHold?> TryTakeAsync(PostgresDatabase database, string runId, CancellationToken cancellationToken)
    {
        var connection = await database.ConnectAsync(cancellationToken);
        try
        {
            var session = new PostgresSession(connection, cancellationToken);
            var taken = await session.Statement("SELECT pg_try_advisory_lock(hashtextextended(@run, 0))::int::bigint")
                .With("@run", runId)
                .NumberAsync();
            if (taken == 1)
            {
                return new PostgresRunHold(connection);
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
    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
