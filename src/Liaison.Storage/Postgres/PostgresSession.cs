using Npgsql;

namespace Liaison.Storage.Postgres;

/// <summary>One connection while a piece of work has it.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection, CancellationToken cancellationToken)
{
    public PostgresStatement Statement(string sql) => new(new NpgsqlCommand(sql, connection), cancellationToken);

    /// <summary>Runs a text of one or more statements without parameters.</summary>
    public Task RunAsync(string sql) => Statement(sql).ExecuteAsync();
}
