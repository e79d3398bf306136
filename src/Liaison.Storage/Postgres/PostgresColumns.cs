using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Storage.Postgres;

/// <summary>How the values that several tables share lie in their columns.</summary>
internal static class PostgresColumns
{
    // "Liai": other programs in the same database use other classes.
    private const int LockClass = 1_281_974_633;

    public static TEnum Named<TEnum>(this PostgresRow row, int column)
        where TEnum : struct, Enum => StoredName<TEnum>.Parse(row.Text(column));

    /// <summary>Reads connection, record_type, record_id from three columns in a row.</summary>
    public static RecordRef Record(this PostgresRow row, int column) =>
        new(new ConnectionName(row.Text(column)), new RecordType(row.Text(column + 1)), row.Text(column + 2));

    /// <summary>Reads subject_kind, subject, actor, purpose, caller_run from five columns in a row.</summary>
    public static Caller Caller(this PostgresRow row, int column) => new(
        new Subject(row.Named<SubjectKind>(column), row.Text(column + 1)),
        new Actor(row.Text(column + 2)),
        new Purpose(row.Text(column + 3)),
        row.TextOrNull(column + 4));

    public static PostgresStatement With(this PostgresStatement statement, Caller caller) => statement
        .With("@subject_kind", StoredName<SubjectKind>.Of(caller.Subject.Kind))
        .With("@subject", caller.Subject.Id)
        .With("@actor", caller.Actor.Id)
        .With("@purpose", caller.Purpose.Name)
        .With("@caller_run", caller.RunId);

    /// <summary>Binds records as three arrays side by side.</summary>
    public static PostgresStatement With(this PostgresStatement statement, IReadOnlyList<RecordRef> records) => statement
        .With("@connections", records.Select(record => record.Connection.Value))
        .With("@record_types", records.Select(record => record.Type.Name))
        .With("@record_ids", records.Select(record => record.Id));

    /// <summary>Binds the range of texts that begin with a text, which an index can walk and LIKE cannot.</summary>
    public static PostgresStatement WithBeginning(this PostgresStatement statement, string beginning) => statement
        .With("@beginning", beginning)
        .With("@behind", beginning + char.ConvertFromUtf32(0x10FFFF));

    /// <summary>Binds an advisory lock's two numbers, as <c>@class</c> and <c>@lock</c>.</summary>
    public static PostgresStatement WithLock(this PostgresStatement statement, PostgresLock which) => statement
        .With("@class", LockClass)
        .With("@lock", (int)which);
}
