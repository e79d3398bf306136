using System.Diagnostics;
using Liaison.Model;
using Liaison.Normalization;

namespace Liaison.Reading.Filters;

/// <summary>Judges typed values by a filter, in the words of <c>docs/reference/filters.md</c> and without a CRM.</summary>
/// <remarks>
/// The answer has three values: <see langword="null"/> says that it cannot be told, since what decides was not read or does not
/// read as its type. A part that cannot be told does no harm where the others decide.
/// </remarks>
internal static class FilterEvaluation
{
    /// <summary>Tells whether a record passes.</summary>
    /// <param name="valueOf">Gives the value of a field by canonical name; <see langword="null"/> for one that was not read.</param>
    public static bool? Holds(RecordFilter filter, Func<string, FieldValue?> valueOf) => filter switch
    {
        RecordFilter.All all => Every(all.Parts.Select(part => Holds(part, valueOf))),
        RecordFilter.Any any => !Every(any.Parts.Select(part => !Holds(part, valueOf))),
        RecordFilter.HasValue has => valueOf(has.Field) is { } held ? IsNothing(held) == has.Negated : null,
        RecordFilter.OneOf list => valueOf(list.Field) is { } held ? IsOneOf(held, list) : null,
        RecordFilter.Compare compare => valueOf(compare.Field) is { } held ? Passes(held, compare.By, compare.Value) : null,
        _ => throw new UnreachableException(),
    };

    private static bool? Every(IEnumerable<bool?> parts)
    {
        bool? every = true;
        foreach (var part in parts)
        {
            if (part == false)
            {
                return false;
            }

            every &= part;
        }

        return every;
    }

    private static bool? IsOneOf(FieldValue held, RecordFilter.OneOf list)
    {
        var none = Every(list.Values.Select(value => !IsEqual(held, value)));
        return list.Negated ? none : !none;
    }

    private static bool? Passes(FieldValue held, Comparison by, FieldValue wanted) => by switch
    {
        Comparison.Equal => IsEqual(held, wanted),
        Comparison.NotEqual => !IsEqual(held, wanted),
        Comparison.Less => Compared(held, wanted, order => order < 0),
        Comparison.LessOrEqual => Compared(held, wanted, order => order <= 0),
        Comparison.Greater => Compared(held, wanted, order => order > 0),
        Comparison.GreaterOrEqual => Compared(held, wanted, order => order >= 0),
        Comparison.Contains => Contains(held, wanted),
    };

    private static bool? IsEqual(FieldValue held, FieldValue wanted) =>
        IsNothing(held) || IsNothing(wanted) ? IsNothing(held) && IsNothing(wanted) : Order(held, wanted) is { } order ? order == 0 : null;

    // A field that holds nothing is neither before nor after anything; that is why the opposite of an order takes it in.
    private static bool? Compared(FieldValue held, FieldValue wanted, Func<int, bool> fits) =>
        IsNothing(held) || IsNothing(wanted) ? false : Order(held, wanted) is { } order ? fits(order) : null;

    private static bool? Contains(FieldValue held, FieldValue wanted)
    {
        if (held is FieldValue.Unreadable)
        {
            return null;
        }

        if (held is FieldValue.OptionList list)
        {
            return list.Options.Any(option => Order(option, wanted) == 0);
        }

        var words = WordsOf(held);
        var begins = WordsOf(wanted);
        return begins.Length > 0
            && begins.All(begin => words.Any(word => word.StartsWith(begin, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Orders two values of one kind; <see langword="null"/> where there is nothing to compare.</summary>
    private static int? Order(FieldValue held, FieldValue wanted) => (held, wanted) switch
    {
        (FieldValue.Unreadable, _) or (_, FieldValue.Unreadable) => null,
        (FieldValue.Date one, FieldValue.Date other) => one.Value.CompareTo(other.Value),
        (FieldValue.Instant one, FieldValue.Instant other) => one.Value.CompareTo(other.Value),
        (FieldValue.TimeOfDay one, FieldValue.TimeOfDay other) => one.Value.CompareTo(other.Value),
        (FieldValue.Flag one, FieldValue.Flag other) => one.Value.CompareTo(other.Value),
        _ when NumberOf(held) is { } one && NumberOf(wanted) is { } other => one.CompareTo(other),
        _ when TextOf(held) is { } one && TextOf(wanted) is { } other => string.Compare(one, other, StringComparison.OrdinalIgnoreCase),
        _ => null,
    };

    // A filter names no currency: sums are compared as they stand.
    private static decimal? NumberOf(FieldValue value) => value switch
    {
        FieldValue.Number number => number.Value,
        FieldValue.Money money => money.Amount,
        _ => null,
    };

    private static string? TextOf(FieldValue value) => value switch
    {
        FieldValue.Text text => text.Value,
        FieldValue.RichText rich => rich.Html,
        FieldValue.Option option => option.Value,
        FieldValue.OptionList { Options: [var only] } => only.Value,
        FieldValue.OptionList list => string.Join(';', list.Options.Select(option => option.Value)),
        FieldValue.Reference reference => reference.Id,
        _ => null,
    };

    private static bool IsNothing(FieldValue value) =>
        value.IsEmpty || value is FieldValue.Text { Value: "" } or FieldValue.RichText { Html: "" } or FieldValue.OptionList { Options: [] };

    private static string[] WordsOf(FieldValue value)
    {
        var text = value is FieldValue.RichText rich ? HtmlText.ToPlain(rich.Html) : ValueText.Of(value);
        return text.Split([.. text.Where(sign => char.IsWhiteSpace(sign) || char.IsPunctuation(sign)).Distinct()], StringSplitOptions.RemoveEmptyEntries);
    }
}
