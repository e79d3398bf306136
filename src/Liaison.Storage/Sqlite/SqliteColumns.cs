using Liaison.Identity;
using Liaison.Model;
using Microsoft.Data.Sqlite;

namespace Liaison.Storage.Sqlite;

/// <summary>How the values that several tables share lie in their columns.</summary>
internal static class SqliteColumns
{
    /// <summary>Times are UTC milliseconds since 1970 in every table.</summary>
    public static DateTimeOffset Time(this SqliteDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateTimeOffset? TimeOrNull(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.Time(column);

    public static string? TextOrNull(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    public static TEnum Named<TEnum>(this SqliteDataReader row, int column)
        where TEnum : struct, Enum => StoredName<TEnum>.Parse(row.GetString(column));

    /// <summary>Reads connection, record_type, record_id from three columns in a row.</summary>
    public static RecordRef Record(this SqliteDataReader row, int column) =>
        new(new ConnectionName(row.GetString(column)), new RecordType(row.GetString(column + 1)), row.GetString(column + 2));

    /// <summary>Reads subject_kind, subject, actor, purpose, caller_run from five columns in a row.</summary>
    public static Caller Caller(this SqliteDataReader row, int column) => new(
        new Subject(row.Named<SubjectKind>(column), row.GetString(column + 1)),
        new Actor(row.GetString(column + 2)),
        new Purpose(row.GetString(column + 3)),
        row.TextOrNull(column + 4));

    public static SqliteStatement With(this SqliteStatement statement, string name, DateTimeOffset? time) =>
        statement.With(name, time?.ToUnixTimeMilliseconds());

    public static SqliteStatement With(this SqliteStatement statement, RecordRef record) => statement
        .With("$connection", record.Connection.Value)
        .With("$record_type", record.Type.Name)
        .With("$record_id", record.Id);

    public static SqliteStatement With(this SqliteStatement statement, Caller caller) => statement
        .With("$subject_kind", StoredName<SubjectKind>.Of(caller.Subject.Kind))
        .With("$subject", caller.Subject.Id)
        .With("$actor", caller.Actor.Id)
        .With("$purpose", caller.Purpose.Name)
        .With("$caller_run", caller.RunId);

    /// <summary>Binds the range of texts that begin with a text, which an index can walk and LIKE cannot.</summary>
    public static SqliteStatement WithBeginning(this SqliteStatement statement, string beginning) => statement
        .With("$beginning", beginning)
        .With("$behind", beginning + char.ConvertFromUtf32(0x10FFFF));
}
