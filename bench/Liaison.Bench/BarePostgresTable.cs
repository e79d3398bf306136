using System.Globalization;
using Npgsql;

namespace Liaison.Bench;

/// <summary>The least that a durable row costs on PostgreSQL: one table, one key, one prepared statement, one transaction a batch.</summary>
internal sealed class BarePostgresTable : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;
    private readonly string text;

    private BarePostgresTable(NpgsqlDataSource source, string text)
    {
        this.source = source;
        this.text = text;
    }

    public static async Task<BarePostgresTable> CreateAsync(string connectionString, int textLength)
    {
        var source = NpgsqlDataSource.Create(connectionString + ";Max Auto Prepare=10");
        await using var create = source.CreateCommand("CREATE TABLE bare (id bigint PRIMARY KEY, state text NOT NULL, content text NOT NULL)");
        await create.ExecuteNonQueryAsync();
        return new BarePostgresTable(source, new string('x', textLength));
    }

    public Task InsertAsync(int count, int batch) => RunAsync("INSERT INTO bare SELECT id, 'ready', $2 FROM unnest($1) AS id", count, batch, text);

    public Task UpdateAsync(string state, int count, int batch) => RunAsync("UPDATE bare SET state = $2 WHERE id = ANY ($1)", count, batch, state);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task RunAsync(string sql, int count, int batch, string value)
    {
        await using var connection = await source.OpenConnectionAsync();
        for (var first = 0; first < count; first += batch)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. Enumerable.Range(first + 1, batch).Select(id => Convert.ToInt64(id, CultureInfo.InvariantCulture))] });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
            await command.ExecuteNonQueryAsync();
        }
    }
}
