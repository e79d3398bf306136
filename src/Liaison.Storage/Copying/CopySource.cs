using System.Security.Cryptography;
using Liaison.Storage.Sqlite;

namespace Liaison.Storage.Copying;

/// <summary>Reads a SQLite file table by table, in an order that stays the same.</summary>
internal static class CopySource
{
    /// <summary>Lists the tables in the order in which they were made, so that what is referred to comes first.</summary>
    /// <remarks>Without those of the schedules, which are stored from the configuration when the first node serves.</remarks>
    public static IReadOnlyList<CopyTable> TablesOf(SqliteSession session)
    {
        var names = session.Statement("""
            SELECT name FROM sqlite_schema
            WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name NOT LIKE 'qrtz~_%' ESCAPE '~' AND name <> 'schema_migrations'
            ORDER BY rowid
            """).List(row => row.Text(0));
        return [.. names.Select(name => Table(session, name))];
    }

    /// <summary>Reads a piece of a table behind the rows that were copied already.</summary>
    public static List<object?[]> Read(SqliteSession session, CopyTable table, IReadOnlyList<CopyColumn> columns, long copied, int most) =>
        session.Statement($"""
            SELECT {string.Join(", ", columns.Select(column => column.Expression))} FROM {table.Name}
            ORDER BY {string.Join(", ", table.Key)} LIMIT $most OFFSET $copied
            """)
            .With("$most", most)
            .With("$copied", copied)
            .List(row => columns.Select((column, index) => Value(row, index, column.Type)).ToArray());

    private static CopyTable Table(SqliteSession session, string name)
    {
        var columns = session.Statement($"SELECT name, pk FROM pragma_table_info('{name}') ORDER BY cid")
            .List(row => KeyValuePair.Create(row.Text(0), row.Number(1)));
        List<string> names = [.. columns.Select(column => column.Key)];
        List<string> key = [.. columns.Where(column => column.Value > 0).OrderBy(column => column.Value).Select(column => column.Key)];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = 0L;
        session.Statement($"SELECT {string.Join(", ", names)} FROM {name} ORDER BY {string.Join(", ", key)}").Each(row =>
        {
            rows++;
            for (var column = 0; column < names.Count; column++)
            {
                // The length keeps neighbours apart; null has none.
                var bytes = row.Span(column);
                hash.AppendData(BitConverter.GetBytes(row.IsNull(column) ? -1 : bytes.Length));
                hash.AppendData(bytes);
            }

            return true;
        });
        return new CopyTable(name, names, key, rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static object? Value(SqliteRow row, int column, CopyType type) => row.IsNull(column) ? null : type switch
    {
        CopyType.Text => row.Text(column),
        CopyType.Number => row.Number(column),
        CopyType.ShortNumber => (int)row.Number(column),
        CopyType.Flag => row.Flag(column),
        CopyType.Time => row.Time(column),
        CopyType.Bytes => row.Bytes(column),
    };
}
