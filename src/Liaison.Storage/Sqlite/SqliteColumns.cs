using Liaison.Identity;
using Liaison.Model;
using Liaison.Writeback;

namespace Liaison.Storage.Sqlite;

/// <summary>How the values that several tables share lie in their columns.</summary>
internal static class SqliteColumns
{
    /// <summary>Times are UTC milliseconds since 1970 in every table.</summary>
    public static DateTimeOffset Time(this SqliteRow row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.Number(column));

    public static DateTimeOffset? TimeOrNull(this SqliteRow row, int column) =>
        row.IsNull(column) ? null : row.Time(column);

    public static TEnum Named<TEnum>(this SqliteRow row, int column)
        where TEnum : struct, Enum => StoredName<TEnum>.Parse(row.Text(column));

    /// <summary>Reads connection, record_type, record_id from three columns in a row.</summary>
    public static RecordRef Record(this SqliteRow row, int column) =>
        new(new ConnectionName(row.Text(column)), new RecordType(row.Text(column + 1)), row.Text(column + 2));

    /// <summary>Reads subject_kind, subject, actor, purpose, caller_run from five columns in a row.</summary>
    public static Caller Caller(this SqliteRow row, int column) => new(
        new Subject(row.Named<SubjectKind>(column), row.Text(column + 1)),
        new Actor(row.Text(column + 2)),
        new Purpose(row.Text(column + 3)),
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

    /// <summary>Binds everything of a move but whose it is and its place.</summary>
    public static SqliteStatement With(this SqliteStatement statement, ChangeTransition move) => statement
        .With("$from", StoredName<ChangeState>.Of(move.From))
        .With("$to", StoredName<ChangeState>.Of(move.To))
        .With("$by", move.By)
        .With("$note", move.Note)
        .With("$now", move.At);

    /// <summary>Binds the range of texts that begin with a text, which an index can walk and LIKE cannot.</summary>
    public static SqliteStatement WithBeginning(this SqliteStatement statement, string beginning) => statement
        .With("$beginning", beginning)
        .With("$behind", beginning + char.ConvertFromUtf32(0x10FFFF));
}
