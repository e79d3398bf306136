using System.Diagnostics;
using System.Globalization;
using Liaison.Model;
using Liaison.Normalization;

namespace Liaison.Reading.Filters;

/// <summary>Writes a filter so that it reads back as the same filter: what ran is shown in the words in which it can be asked again.</summary>
internal static class FilterPrinter
{
    public static string Print(RecordFilter filter) => filter switch
    {
        RecordFilter.All { Parts: [] } => "everything",
        RecordFilter.Any { Parts: [] } => "nothing",
        RecordFilter.All all => string.Join(" and ", all.Parts.Select(Nested)),
        RecordFilter.Any any => string.Join(" or ", any.Parts.Select(Nested)),
        RecordFilter.Compare { By: Comparison.Equal, Value.IsEmpty: true } compare => $"{Name(compare.Field)} is empty",
        RecordFilter.Compare { By: Comparison.NotEqual, Value.IsEmpty: true } compare => $"{Name(compare.Field)} has a value",
        RecordFilter.Compare compare => $"{Name(compare.Field)} {Sign(compare.By)} {Value(compare.Value)}",
        RecordFilter.OneOf list =>
            $"{Name(list.Field)} {(list.Negated ? "not in" : "in")} ({string.Join(", ", list.Values.Select(Value))})",
        RecordFilter.HasValue value => $"{Name(value.Field)} {(value.Negated ? "is empty" : "has a value")}",
        _ => throw new UnreachableException(),
    };

    private static string Nested(RecordFilter filter) =>
        filter is RecordFilter.All { Parts.Count: > 0 } or RecordFilter.Any { Parts.Count: > 0 } ? $"({Print(filter)})" : Print(filter);

    private static string Sign(Comparison by) => by switch
    {
        Comparison.Equal => "=",
        Comparison.NotEqual => "!=",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        Comparison.GreaterOrEqual => ">=",
        Comparison.Contains => "contains",
        _ => throw new UnreachableException(),
    };

    /// <summary>Leaves plain names plain; the rest is quoted, and so are words that begin something else.</summary>
    private static string Name(string field) =>
        field.Length > 0 && !char.IsAsciiDigit(field[0]) && field.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
        && field.ToLowerInvariant() is not ("and" or "or" or "not" or "everything" or "nothing")
            ? field
            : Quote(field);

    private static string Value(FieldValue value) => value switch
    {
        FieldValue.Text text => Quote(text.Value),
        FieldValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        FieldValue.Money money => money.Amount.ToString(CultureInfo.InvariantCulture),
        FieldValue.Flag flag => flag.Value ? "true" : "false",
        FieldValue.Date date => TemporalText.Print(date.Value),
        FieldValue.Instant instant => TemporalText.Print(instant.Value),
        FieldValue.TimeOfDay time => TemporalText.Print(time.Value),
        FieldValue.Option option => Quote(option.Value),
        FieldValue.Reference reference => Quote(reference.Id),
        FieldValue.RichText rich => Quote(rich.Html),

        // The language has no words for these, but a filter that a program has built may hold them and is shown all the same.
        FieldValue.OptionList list => string.Join(", ", list.Options.Select(Value)),
        FieldValue.Unreadable unreadable => Quote(unreadable.Raw),
        { IsEmpty: true } => Quote(""),
        _ => throw new UnreachableException(),
    };

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
