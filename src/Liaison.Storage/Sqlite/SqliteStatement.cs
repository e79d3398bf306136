using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Liaison.Storage.Sqlite;

/// <summary>A prepared statement that is bound anew for each execution; it stays with its session.</summary>
/// <remarks>
/// Bind with <c>With</c> in the same order each time, then end with one of the executing methods; results are read whole, so that a
/// statement is never running twice. It speaks to SQLite below ADO.NET's commands, which look parameters up by name and make a
/// reader for every row that is written: half the time of a one-row statement.
/// </remarks>
internal sealed class SqliteStatement : IDisposable
{
    private const int ShortText = 256;

    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private readonly List<Place> places = [];
    private int bound;

    public SqliteStatement(sqlite3 database, string sql)
    {
        this.database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
    }

    public SqliteStatement With(string name, string? value)
    {
        var place = Next(name);
        Check(value is null ? raw.sqlite3_bind_null(statement, place) : BindText(place, value));
        return this;
    }

    public SqliteStatement With(string name, long? value)
    {
        var place = Next(name);
        Check(value is { } number ? raw.sqlite3_bind_int64(statement, place, number) : raw.sqlite3_bind_null(statement, place));
        return this;
    }

    public SqliteStatement With(string name, bool value) => With(name, value ? 1L : 0L);

    /// <summary>Binds a text that is UTF-8 already.</summary>
    public SqliteStatement WithText(string name, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_text(statement, Next(name), value));
        return this;
    }

    public SqliteStatement With(string name, byte[] value)
    {
        var place = Next(name);

        // SQLite takes an empty span for null.
        Check(value.Length == 0 ? raw.sqlite3_bind_zeroblob(statement, place, 0) : raw.sqlite3_bind_blob(statement, place, value));
        return this;
    }

    /// <summary>Begins binding anew, whatever an exception left behind.</summary>
    public SqliteStatement Rewind()
    {
        bound = 0;
        return this;
    }

    /// <summary>Runs the statement.</summary>
    /// <returns>How many rows it inserted, updated or deleted; without meaning for any other statement.</returns>
    public int Execute()
    {
        while (Step())
        {
            // What a statement returns beside its changes is of no interest here.
        }

        return raw.sqlite3_changes(database);
    }

    public List<TValue> List<TValue>(Func<SqliteRow, TValue> read)
    {
        var rows = new List<TValue>();
        try
        {
            while (Step())
            {
                rows.Add(read(new SqliteRow(statement)));
            }
        }
        finally
        {
            Reset();
        }

        return rows;
    }

    /// <summary>Looks at each row as long as it is told to go on.</summary>
    public void Each(Func<SqliteRow, bool> look)
    {
        try
        {
            while (Step() && look(new SqliteRow(statement)))
            {
                // All is done in the condition.
            }
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Reads the first row; <see langword="null"/> where there is none.</summary>
    public TValue? First<TValue>(Func<SqliteRow, TValue> read)
        where TValue : class
    {
        try
        {
            return Step() ? read(new SqliteRow(statement)) : null;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Gives the whole number in the first column of the first row; <see langword="null"/> where there is none.</summary>
    public long? Number()
    {
        try
        {
            return Step() ? new SqliteRow(statement).NumberOrNull(0) : null;
        }
        finally
        {
            Reset();
        }
    }

    public void Dispose() => statement.Dispose();

    private int BindText(int place, string value)
    {
        if (value.Length is 0 or > ShortText)
        {
            return raw.sqlite3_bind_text(statement, place, value);
        }

        Span<byte> bytes = stackalloc byte[ShortText * 3];
        return raw.sqlite3_bind_text(statement, place, bytes[..Encoding.UTF8.GetBytes(value, bytes)]);
    }

    private int Next(string name)
    {
        if (bound == places.Count)
        {
            var index = raw.sqlite3_bind_parameter_index(statement, name);
            places.Add(index > 0 ? new Place(name, index) : throw new InvalidOperationException($"The statement has no {name}."));
        }

        var place = places[bound++];
        return string.Equals(place.Name, name, StringComparison.Ordinal)
            ? place.Index
            : throw new InvalidOperationException($"{name} was bound where {place.Name} stood before.");
    }

    // Gives true on a row; at the end or on a fault the statement is ready for its next execution.
    private bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        try
        {
            Check(code == raw.SQLITE_DONE ? raw.SQLITE_OK : code);
        }
        finally
        {
            Reset();
        }

        return false;
    }

    private void Reset()
    {
        bound = 0;

        // Its code repeats what the step before has told.
        _ = raw.sqlite3_reset(statement);
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, database);

    private readonly record struct Place(string Name, int Index);
}

/// <summary>The row that a running statement stands on; it holds only while it is being read.</summary>
internal readonly struct SqliteRow(sqlite3_stmt statement)
{
    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    public bool Flag(int column) => Number(column) != 0;

    // A text's bytes are UTF-8 as they lie in the page; asking for them as a blob converts nothing.
    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    /// <summary>Tells whether a text is another, without making it.</summary>
    public bool TextIs(int column, string text) => Ascii.Equals(raw.sqlite3_column_blob(statement, column), text);

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Gives the bytes of a text or blob where they lie; good until the next row.</summary>
    public ReadOnlySpan<byte> Span(int column) => raw.sqlite3_column_blob(statement, column);

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();
}
