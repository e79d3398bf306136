using System.Collections.Frozen;
using Liaison.Storage.Postgres;
using NpgsqlTypes;

namespace Liaison.Storage.Copying;

/// <summary>Stores pieces in a PostgreSQL database, and keeps how far they reach beside them until the copy has ended.</summary>
internal static class CopyTarget
{
    // What the source numbers otherwise or does not have; all else has one name in both.
    private static readonly FrozenDictionary<string, string> Expressions = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["runs.run_no"] = "created_at / 604800000 * 1000000000 + run_no",
        ["work_items.run_no"] = "(SELECT created_at / 604800000 * 1000000000 + runs.run_no FROM runs WHERE runs.run_no = work_items.run_no)",
        ["run_workers.run_no"] = "(SELECT created_at / 604800000 * 1000000000 + runs.run_no FROM runs WHERE runs.run_no = run_workers.run_no)",
        ["dead_letters.run_no"] = "(SELECT created_at / 604800000 * 1000000000 + runs.run_no FROM runs WHERE runs.run_no = dead_letters.run_no)",
        ["dead_letters.connection"] = OfItem("connection"),
        ["dead_letters.record_type"] = OfItem("record_type"),
        ["dead_letters.record_id"] = OfItem("record_id"),
        ["budgets.given"] = "0",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, CopyType> Types = new Dictionary<string, CopyType>(StringComparer.Ordinal)
    {
        ["text"] = CopyType.Text,
        ["bigint"] = CopyType.Number,
        ["integer"] = CopyType.ShortNumber,
        ["boolean"] = CopyType.Flag,
        ["timestamp with time zone"] = CopyType.Time,
        ["bytea"] = CopyType.Bytes,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Begins a copy, or takes up the one that was broken off.</summary>
    /// <returns>How many rows of each table are there.</returns>
    public static async Task<Dictionary<string, long>> BeginAsync(
        PostgresSession session, IReadOnlyList<CopyTable> tables, string source, string place)
    {
        await session.RunAsync("""
            CREATE TABLE IF NOT EXISTS store_copies (
                table_name text   NOT NULL PRIMARY KEY,
                print      text   NOT NULL, -- SHA-256 over what the source's table held
                copied     bigint NOT NULL  -- how many of its rows are here, in the order of its key
            )
            """);
        await session.RunAsync("LOCK TABLE store_copies IN EXCLUSIVE MODE");
        var begun = await session.Statement("SELECT table_name, print, copied FROM store_copies")
            .ListAsync(row => new BegunCopy(row.Text(0), row.Text(1), row.Number(2)));
        if (begun.Count > 0)
        {
            if (!begun.Select(copy => (copy.Table, copy.Print)).ToHashSet().SetEquals(tables.Select(table => (table.Name, table.Print))))
            {
                throw new StorageException(
                    $"The file {source} is not as it was when a copy into the database {place} was broken off; empty that database and begin anew.");
            }

            return begun.ToDictionary(copy => copy.Table, copy => copy.Copied, StringComparer.Ordinal);
        }

        foreach (var table in tables)
        {
            if (await session.Statement($"SELECT count(*) FROM (SELECT FROM {table.Name} LIMIT 1) AS any_row").NumberAsync() > 0)
            {
                throw new StorageException($"The database {place} is not empty: there are rows in {table.Name}. Copy into an empty one.");
            }
        }

        await session.Statement("INSERT INTO store_copies (table_name, print, copied) SELECT name, print, 0 FROM unnest(@names, @prints) AS source (name, print)")
            .With("@names", tables.Select(table => table.Name))
            .With("@prints", tables.Select(table => table.Print))
            .ExecuteAsync();
        return tables.ToDictionary(table => table.Name, _ => 0L, StringComparer.Ordinal);
    }

    /// <summary>Lists the target's columns of a table, with where their values come from.</summary>
    public static async Task<IReadOnlyList<CopyColumn>> ColumnsAsync(PostgresSession session, CopyTable table, string place)
    {
        var columns = await session.Statement("""
            SELECT column_name::text, data_type::text FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name = @table ORDER BY ordinal_position
            """)
            .With("@table", table.Name)
            .ListAsync(row => new CopyColumn(row.Text(0), Types[row.Text(1)], Expressions.GetValueOrDefault($"{table.Name}.{row.Text(0)}", row.Text(0))));
        var unknown = table.Columns.Except(columns.Select(column => column.Name), StringComparer.Ordinal).ToList();
        return unknown.Count == 0
            ? columns
            : throw new StorageException($"The database {place} has no place for {string.Join(", ", unknown.Select(name => $"{table.Name}.{name}"))}; copy with the program that made both.");
    }

    /// <summary>Stores rows, and how far they reach, in one transaction.</summary>
    public static async Task StoreAsync(PostgresSession session, CopyTable table, IReadOnlyList<CopyColumn> columns, List<object?[]> rows)
    {
        if (table.Name == "work_items")
        {
            await session.RunAsync("SELECT liaison_keep_week(run_no / 1000000000) FROM runs GROUP BY run_no / 1000000000");
        }

        await session.ImportAsync(
            $"COPY {table.Name} ({string.Join(", ", columns.Select(column => column.Name))}) FROM STDIN (FORMAT BINARY)",
            [.. columns.Select(column => DatabaseType(column.Type))],
            rows);
        await session.Statement("UPDATE store_copies SET copied = copied + @rows WHERE table_name = @table")
            .With("@rows", rows.Count)
            .With("@table", table.Name)
            .ExecuteAsync();
    }

    /// <exception cref="StorageException">Not every row has arrived.</exception>
    public static async Task<long> CheckCountAsync(PostgresSession session, CopyTable table, string place)
    {
        var arrived = await session.Statement($"SELECT count(*) FROM {table.Name}").NumberAsync() ?? 0;
        return arrived == table.Rows
            ? arrived
            : throw new StorageException($"Of the {table.Rows} rows of {table.Name}, the database {place} holds {arrived}; empty it and begin anew.");
    }

    /// <summary>Lets numbering go on behind what was copied, and forgets the copy.</summary>
    public static async Task<int> EndAsync(PostgresSession session, IReadOnlyList<CopyTable> tables)
    {
        await session.RunAsync("SELECT setval('run_numbers', max(run_no % 1000000000)) FROM runs HAVING count(*) > 0");
        var identities = await session.Statement("""
            SELECT table_name::text, column_name::text FROM information_schema.columns
            WHERE table_schema = current_schema() AND is_identity = 'YES' AND table_name = ANY (@tables)
            """)
            .With("@tables", tables.Select(table => table.Name))
            .ListAsync(row => KeyValuePair.Create(row.Text(0), row.Text(1)));
        foreach (var (table, column) in identities)
        {
            await session.RunAsync($"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), max({column})) FROM {table} HAVING count(*) > 0");
        }

        await session.RunAsync("DROP TABLE store_copies");
        return tables.Count;
    }

    private static string OfItem(string column) =>
        $"(SELECT item.{column} FROM work_items AS item WHERE item.run_no = dead_letters.run_no AND item.sequence = dead_letters.sequence)";

    private static NpgsqlDbType DatabaseType(CopyType type) => type switch
    {
        CopyType.Text => NpgsqlDbType.Text,
        CopyType.Number => NpgsqlDbType.Bigint,
        CopyType.ShortNumber => NpgsqlDbType.Integer,
        CopyType.Flag => NpgsqlDbType.Boolean,
        CopyType.Time => NpgsqlDbType.TimestampTz,
        CopyType.Bytes => NpgsqlDbType.Bytea,
    };

    private sealed record BegunCopy(string Table, string Print, long Copied);
}
