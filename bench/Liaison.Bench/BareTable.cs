using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Liaison.Bench;

/// <summary>The least that a durable row costs: one table, one key, one prepared statement, one synced transaction a batch.</summary>
internal sealed class BareTable : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly string text;

    public BareTable(SqliteConnection connection, int textLength)
    {
        this.connection = connection;
        text = new string('x', textLength);
        using var create = connection.CreateCommand();
        create.CommandText = "CREATE TABLE bare (id INTEGER PRIMARY KEY, state TEXT NOT NULL, content TEXT NOT NULL)";
        create.ExecuteNonQuery();
    }

    public void Insert(int count, int batch) =>
        Run("INSERT INTO bare (id, state, content) VALUES ($id, 'ready', $content)", count, batch, withContent: true);

    public void Update(string state, int count, int batch) =>
        Run(string.Create(CultureInfo.InvariantCulture, $"UPDATE bare SET state = '{state}' WHERE id = $id"), count, batch, withContent: false);

    public void Dispose() => connection.Dispose();

    private void Run(string sql, int count, int batch, bool withContent)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        var id = command.Parameters.Add("$id", SqliteType.Integer);
        if (withContent)
        {
            command.Parameters.Add("$content", SqliteType.Text).Value = text;
        }

        for (var first = 0; first < count; first += batch)
        {
            using var transaction = connection.BeginTransaction();
            command.Transaction = transaction;
            for (var number = first; number < first + batch; number++)
            {
                id.Value = number + 1;
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }
}
