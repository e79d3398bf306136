using Npgsql;
using NpgsqlTypes;

namespace Liaison.Storage.Postgres;

/// <summary>One connection while a piece of work has it.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection, CancellationToken cancellationToken)
{
    public PostgresStatement Statement(string sql) => new(new NpgsqlCommand(sql, connection), cancellationToken);

    /// <summary>Runs a text of one or more statements without parameters.</summary>
    public Task RunAsync(string sql) => Statement(sql).ExecuteAsync();

    /// <summary>Imports rows by a binary COPY.</summary>
    public async Task ImportAsync(string copy, IReadOnlyList<NpgsqlDbType> types, IEnumerable<object?[]> rows)
    {
        await using var importer = await connection.BeginBinaryImportAsync(copy, cancellationToken);
        foreach (var row in rows)
        {
            await importer.StartRowAsync(cancellationToken);
            foreach (var (value, type) in row.Zip(types))
            {
                await (value switch
                {
                    null => importer.WriteNullAsync(cancellationToken),
                    string text => importer.WriteAsync(PostgresText.Storable(text), type, cancellationToken),
                    _ => importer.WriteAsync(value, type, cancellationToken),
                });
            }
        }

        await importer.CompleteAsync(cancellationToken);
    }
}
