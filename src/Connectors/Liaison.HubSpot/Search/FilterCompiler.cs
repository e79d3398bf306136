using System.Diagnostics;
using System.Globalization;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.HubSpot.Search;

/// <summary>Brings a filter to the form that HubSpot's search takes: alternatives of conjunctions, within its limits.</summary>
/// <param name="native">Gives the native name of a field.</param>
internal sealed class FilterCompiler(Func<string, string> native)
{
    /// <summary>Compiles a filter and checks that it leaves room for <paramref name="reserved"/> more conditions in each group.</summary>
    internal Result<FilterGroups> Compile(RecordFilter filter, int reserved) =>
        Compile(filter).Then<FilterGroups>(groups => groups.Fits(reserved) ? groups : Refusals.TooComplex);

    private Result<FilterGroups> Compile(RecordFilter filter) => filter switch
    {
        RecordFilter.All all => all.Parts.Aggregate(
            (Result<FilterGroups>)FilterGroups.Everything,
            (whole, part) => whole.Then(left => Compile(part).Then(left.And))),
        RecordFilter.Any any => any.Parts.Aggregate(
            (Result<FilterGroups>)FilterGroups.Nothing,
            (whole, part) => whole.Then(left => Compile(part).Then(left.Or))),
        RecordFilter.Compare compare => Compile(compare),
        RecordFilter.OneOf oneOf => Compile(oneOf),
        RecordFilter.HasValue has => FilterGroups.Of(Presence(has.Field, has.Negated)),
        _ => throw new UnreachableException(),
    };

    private Result<FilterGroups> Compile(RecordFilter.Compare compare)
    {
        if (compare.Value.IsEmpty)
        {
            return compare.By switch
            {
                Comparison.Equal => FilterGroups.Of(Presence(compare.Field, negated: true)),
                Comparison.NotEqual => FilterGroups.Of(Presence(compare.Field, negated: false)),
                _ => Refusals.NotComparable(compare.Field),
            };
        }

        if (Encode(compare.Value) is not { } value)
        {
            return Refusals.NotComparable(compare.Field);
        }

        return compare.By switch
        {
            Comparison.Equal => FilterGroups.Of(Filter(compare.Field, SearchOperators.Equal, value)),
            // NEQ alone says nothing certain of records without a value, which canonical "not equal" includes.
            Comparison.NotEqual => FilterGroups.Either(
                Filter(compare.Field, SearchOperators.NotEqual, value), Presence(compare.Field, negated: true)),
            Comparison.Less => FilterGroups.Of(Filter(compare.Field, SearchOperators.Less, value)),
            Comparison.LessOrEqual => FilterGroups.Of(Filter(compare.Field, SearchOperators.LessOrEqual, value)),
            Comparison.Greater => FilterGroups.Of(Filter(compare.Field, SearchOperators.Greater, value)),
            Comparison.GreaterOrEqual => FilterGroups.Of(Filter(compare.Field, SearchOperators.GreaterOrEqual, value)),
            Comparison.Contains => Contains(compare.Field, value),
        };
    }

    private Result<FilterGroups> Compile(RecordFilter.OneOf oneOf)
    {
        List<string> values = [];
        var orEmpty = false;
        foreach (var value in oneOf.Values)
        {
            if (value.IsEmpty)
            {
                orEmpty = true;
            }
            else if (Encode(value) is { } text)
            {
                // IN wants strings in lower case; the values of options keep theirs (contracts/hubspot.md 7).
                values.Add(value is FieldValue.Text ? text.ToLowerInvariant() : text);
            }
            else
            {
                return Refusals.NotComparable(oneOf.Field);
            }
        }

        var presence = FilterGroups.Of(Presence(oneOf.Field, negated: !oneOf.Negated));
        if (values.Count == 0)
        {
            return (oneOf.Negated, orEmpty) switch
            {
                (_, true) => presence,
                (false, false) => FilterGroups.Nothing,
                (true, false) => FilterGroups.Everything,
            };
        }

        var listed = new SearchFilter(native(oneOf.Field), oneOf.Negated ? SearchOperators.NotIn : SearchOperators.In) { Values = values };
        return (oneOf.Negated, orEmpty) switch
        {
            (false, false) => FilterGroups.Of(listed),
            (false, true) => FilterGroups.Of(listed).Or(presence),
            (true, true) => FilterGroups.Of(listed).And(presence),
            (true, false) => FilterGroups.Either(listed, Presence(oneOf.Field, negated: true)),
        };
    }

    // The search knows whole words and "*" for the rest of one; a star of the caller's must not widen the question.
    private Result<FilterGroups> Contains(string field, string value)
    {
        var words = value.Replace('*', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return Refusals.NotComparable(field);
        }

        return words.Aggregate(
            (Result<FilterGroups>)FilterGroups.Everything,
            (whole, word) => whole.Then(left => left.And(FilterGroups.Of(Filter(field, SearchOperators.ContainsToken, word + "*")))));
    }

    private SearchFilter Filter(string field, string comparison, string value) => new(native(field), comparison) { Value = value };

    private SearchFilter Presence(string field, bool negated) =>
        new(native(field), negated ? SearchOperators.HasNone : SearchOperators.Has);

    /// <returns><see langword="null"/> for a value that the search cannot compare.</returns>
    private static string? Encode(FieldValue value) => value switch
    {
        FieldValue.Text text => text.Value.Length > 0 ? text.Value : null,
        FieldValue.RichText text => text.Html.Length > 0 ? text.Html : null,
        FieldValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        FieldValue.Money money => money.Amount.ToString(CultureInfo.InvariantCulture),
        FieldValue.Flag flag => flag.Value ? "true" : "false",
        FieldValue.Date date => date.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FieldValue.Instant instant => instant.Value.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        FieldValue.Option option => option.Value,
        FieldValue.OptionList { Options: [var only] } => only.Value,
        FieldValue.Reference reference => reference.Id,
        FieldValue.OptionList or FieldValue.TimeOfDay or FieldValue.Unreadable => null,
        _ => throw new UnreachableException(),
    };
}
