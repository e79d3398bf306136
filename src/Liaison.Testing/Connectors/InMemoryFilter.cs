using System.Diagnostics;
using System.Globalization;
using Liaison.Model;

namespace Liaison.Testing.Connectors;

/// <summary>Judges records by a filter, in the words of its definition rather than of any CRM.</summary>
internal sealed class InMemoryFilter(RecordSchema schema)
{
    internal bool Passes(InMemoryRecord record, RecordFilter filter) => filter switch
    {
        RecordFilter.All all => all.Parts.All(part => Passes(record, part)),
        RecordFilter.Any any => any.Parts.Any(part => Passes(record, part)),
        RecordFilter.HasValue has => has.Negated == (ValueOf(record, has.Field) is null),
        RecordFilter.OneOf oneOf => oneOf.Negated != oneOf.Values.Any(value => IsEqual(record, oneOf.Field, value)),
        RecordFilter.Compare compare => Passes(record, compare),
        _ => throw new UnreachableException(),
    };

    /// <summary>Names the first field that the type lacks; <see langword="null"/> where it has all.</summary>
    internal string? UnknownField(RecordFilter filter) => filter switch
    {
        RecordFilter.All all => all.Parts.Select(UnknownField).FirstOrDefault(name => name is not null),
        RecordFilter.Any any => any.Parts.Select(UnknownField).FirstOrDefault(name => name is not null),
        RecordFilter.HasValue has => Unknown(has.Field),
        RecordFilter.OneOf oneOf => Unknown(oneOf.Field),
        RecordFilter.Compare compare => Unknown(compare.Field),
        _ => throw new UnreachableException(),
    };

    private bool Passes(InMemoryRecord record, RecordFilter.Compare compare)
    {
        if (compare.By is Comparison.Equal or Comparison.NotEqual)
        {
            return IsEqual(record, compare.Field, compare.Value) == (compare.By == Comparison.Equal);
        }

        if (ValueOf(record, compare.Field) is not { } held || Text(compare.Value) is not { } wanted)
        {
            return false;
        }

        return compare.By switch
        {
            Comparison.Less => Order(held, wanted) < 0,
            Comparison.LessOrEqual => Order(held, wanted) <= 0,
            Comparison.Greater => Order(held, wanted) > 0,
            Comparison.GreaterOrEqual => Order(held, wanted) >= 0,
            Comparison.Contains => Words(held).Any(word => word.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)),
            Comparison.Equal or Comparison.NotEqual => throw new UnreachableException(),
        };
    }

    private bool IsEqual(InMemoryRecord record, string field, FieldValue value) => (ValueOf(record, field), Text(value)) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        var (held, wanted) => Order(held, wanted) == 0,
    };

    private string? ValueOf(InMemoryRecord record, string field) =>
        schema.Find(field) is { } definition ? record.ValueOf(definition) : null;

    private string? Unknown(string field) => schema.Find(field) is null ? field : null;

    /// <summary>Orders two texts as what they are: numbers, times, or text without regard to case.</summary>
    internal static int Order(string left, string right)
    {
        if (decimal.TryParse(left, NumberStyles.Number, CultureInfo.InvariantCulture, out var one)
            && decimal.TryParse(right, NumberStyles.Number, CultureInfo.InvariantCulture, out var other))
        {
            return one.CompareTo(other);
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(left, CultureInfo.InvariantCulture, Utc, out var earlier)
            && DateTimeOffset.TryParse(right, CultureInfo.InvariantCulture, Utc, out var later)
            ? earlier.CompareTo(later)
            : string.Compare(left, right, StringComparison.OrdinalIgnoreCase);
    }

    private static string[] Words(string text) => text.Split([' ', '.', '@', '-', ',', ';'], StringSplitOptions.RemoveEmptyEntries);

    /// <returns><see langword="null"/> for the empty value.</returns>
    private static string? Text(FieldValue value) => value switch
    {
        FieldValue.Text text => text.Value,
        FieldValue.RichText text => text.Html,
        FieldValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        FieldValue.Money money => money.Amount.ToString(CultureInfo.InvariantCulture),
        FieldValue.Flag flag => flag.Value ? "true" : "false",
        FieldValue.Date date => date.Value.ToString("O", CultureInfo.InvariantCulture),
        FieldValue.Instant instant => instant.Value.ToString("O"),
        FieldValue.TimeOfDay time => time.Value.ToString("O", CultureInfo.InvariantCulture),
        FieldValue.Option option => option.Value,
        FieldValue.OptionList list => string.Join(';', list.Options.Select(option => option.Value)),
        FieldValue.Reference reference => reference.Id,
        FieldValue.Unreadable unreadable => unreadable.Raw,
        _ => null,
    };
}
