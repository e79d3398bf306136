using Liaison.Storage.Postgres;
using Liaison.Testing.Postgres;
using Liaison.Testing.Stores;
using Npgsql;

namespace Liaison.Storage.Tests.Postgres;

/// <summary>One test's database; it goes when the test ends.</summary>
internal sealed class PostgresPlace(PrivatePostgres server, string name) : IAsyncDisposable
{
    private readonly List<PostgresDatabase> opened = [];
    private readonly HashSet<SuiteClock> clocks = [];

    public string ConnectionString => server.ConnectionString(name);

    /// <summary>Opens the database as one more process does; a suite's clock becomes the database's.</summary>
    public async Task<PostgresDatabase> OpenAsync(TimeProvider time)
    {
        if (time is SuiteClock clock && clocks.Add(clock))
        {
            clock.Follow(SetTime);
        }

        // Timers and waits are real; what is stored goes by the database's clock.
        var database = await PostgresDatabase.OpenAsync(ConnectionString, TimeProvider.System, logger: null, TestContext.Current.CancellationToken);
        opened.Add(database);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in opened)
        {
            await database.DisposeAsync();
        }

        await RunAsync(server.ConnectionString("postgres"), $"DROP DATABASE {name} WITH (FORCE)");
    }

    public Task<long> NumberAsync(string sql) => ReadAsync<long>(ConnectionString, sql);

    public Task RunAsync(string sql) => RunAsync(ConnectionString, sql);

    public static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Makes the database that tests' databases are copied from: of the program's schema, only the clock is replaced.</summary>
    public static async Task MakeTemplateAsync(string connectionString)
    {
        await using (await PostgresDatabase.OpenAsync(connectionString, TimeProvider.System, logger: null, CancellationToken.None))
        {
        }

        await RunAsync(connectionString, """
            CREATE TABLE test_clock (at timestamptz NOT NULL);
            CREATE OR REPLACE FUNCTION liaison_now() RETURNS timestamptz LANGUAGE sql STABLE AS
            $$ SELECT coalesce((SELECT at FROM test_clock), date_trunc('milliseconds', statement_timestamp())) $$
            """);
    }

    private static async Task<TValue> ReadAsync<TValue>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (TValue)(await command.ExecuteScalarAsync())!;
    }

    private void SetTime(DateTimeOffset now)
    {
        using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand("WITH gone AS (DELETE FROM test_clock) INSERT INTO test_clock VALUES ($1)", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = now.UtcDateTime });
        command.ExecuteNonQuery();
    }
}
