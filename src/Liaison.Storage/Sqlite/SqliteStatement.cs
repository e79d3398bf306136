using Microsoft.Data.Sqlite;

namespace Liaison.Storage.Sqlite;

/// <summary>A prepared statement that is bound anew for each execution; it stays with its session.</summary>
/// <remarks>
/// Preparing costs more than running a one-row statement, so hot paths live from reuse. Bind with <c>With</c> in the same
/// order each time, then end with one of the executing methods; results are read whole, so that a statement is never running twice.
/// </remarks>
internal sealed class SqliteStatement(SqliteCommand command) : IDisposable
{
    private int bound;

    public SqliteStatement With(string name, string? value) => Bind(name, SqliteType.Text, value);

    public SqliteStatement With(string name, long? value) => Bind(name, SqliteType.Integer, value);

    public SqliteStatement With(string name, bool value) => Bind(name, SqliteType.Integer, value ? 1L : 0L);

    public SqliteStatement With(string name, byte[] value) => Bind(name, SqliteType.Blob, value);

    /// <summary>Begins binding anew, whatever an exception left behind.</summary>
    public SqliteStatement Rewind()
    {
        bound = 0;
        return this;
    }

    /// <summary>Runs the statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute()
    {
        bound = 0;
        return command.ExecuteNonQuery();
    }

    public List<TRow> List<TRow>(Func<SqliteDataReader, TRow> read)
    {
        bound = 0;
        var rows = new List<TRow>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public TRow? First<TRow>(Func<SqliteDataReader, TRow> read)
        where TRow : class
    {
        bound = 0;
        using var reader = command.ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }

    /// <summary>Gives the whole number in the first column of the first row; <see langword="null"/> where there is none.</summary>
    public long? Number()
    {
        bound = 0;
        using var reader = command.ExecuteReader();
        return reader.Read() && !reader.IsDBNull(0) ? reader.GetInt64(0) : null;
    }

    public void Dispose() => command.Dispose();

    private SqliteStatement Bind(string name, SqliteType type, object? value)
    {
        if (bound == command.Parameters.Count)
        {
            command.Parameters.Add(name, type);
        }

        var parameter = command.Parameters[bound];
        if (!string.Equals(parameter.ParameterName, name, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{name} was bound where {parameter.ParameterName} stood before.");
        }

        parameter.Value = value ?? DBNull.Value;
        bound++;
        return this;
    }
}
