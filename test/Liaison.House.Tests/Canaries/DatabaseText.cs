using System.Text;
using Microsoft.Data.Sqlite;

namespace Liaison.House.Tests.Canaries;

/// <summary>Everything that a database file holds, as text by table and column.</summary>
internal sealed record DatabaseText(IReadOnlyDictionary<string, IReadOnlyList<string>> Columns)
{
    /// <summary>The one place that holds record values by design: an approver must see before and after.</summary>
    public const string ChangeContent = "change_sets.content";

    /// <summary>Lists the canaries outside of the content of change sets.</summary>
    public IEnumerable<string> Canaries => Columns
        .Where(column => column.Key != ChangeContent)
        .SelectMany(column => column.Value.SelectMany(Canary.In).Select(found => $"{column.Key}: {found}"));

    public static DatabaseText Read(string file)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false,
        }.ToString());
        connection.Open();
        var columns = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (_, table) in Rows(connection, "SELECT name FROM sqlite_schema WHERE type = 'table'"))
        {
            foreach (var column in Rows(connection, $"SELECT * FROM \"{table}\"").GroupBy(cell => cell.Column, cell => cell.Text))
            {
                columns[$"{table}.{column.Key}"] = [.. column];
            }
        }

        return new DatabaseText(columns);
    }

    private static List<(string Column, string Text)> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names come from the database's own list of tables.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var cells = new List<(string, string)>();
        while (reader.Read())
        {
            for (var place = 0; place < reader.FieldCount; place++)
            {
                cells.Add((reader.GetName(place), reader.GetValue(place) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{reader.GetValue(place)}"));
            }
        }

        return cells;
    }
}
