using System.Diagnostics;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Reading.Filters;

/// <summary>Turns a filter round; the model has no "not", since two of the CRMs have none that means the same.</summary>
internal static class FilterNegation
{
    /// <summary>Gives the filter that passes exactly the other records; refused for <c>contains</c>, which no CRM can turn round alike.</summary>
    public static Result<RecordFilter> Of(RecordFilter filter) => filter switch
    {
        RecordFilter.All all => Each(all.Parts, FilterShape.Any),
        RecordFilter.Any any => Each(any.Parts, FilterShape.All),
        RecordFilter.OneOf list => list with { Negated = !list.Negated },
        RecordFilter.HasValue value => value with { Negated = !value.Negated },
        RecordFilter.Compare compare => OfComparison(compare),
        _ => throw new UnreachableException(),
    };

    private static Result<RecordFilter> OfComparison(RecordFilter.Compare compare) => compare.By switch
    {
        Comparison.Equal => compare with { By = Comparison.NotEqual },
        Comparison.NotEqual => compare with { By = Comparison.Equal },
        Comparison.Less => OrNothing(compare, Comparison.GreaterOrEqual),
        Comparison.LessOrEqual => OrNothing(compare, Comparison.Greater),
        Comparison.Greater => OrNothing(compare, Comparison.LessOrEqual),
        Comparison.GreaterOrEqual => OrNothing(compare, Comparison.Less),
        Comparison.Contains => new Failure(
            FailureKind.Invalid,
            $"The filter asks that \"{compare.Field}\" does not contain a word, which the CRMs cannot do alike; name what it should be instead.")
        {
            Field = compare.Field,
        },
        _ => throw new UnreachableException(),
    };

    /// <summary>A field that holds nothing is not less than anything, so that "not less" passes it.</summary>
    private static Result<RecordFilter> OrNothing(RecordFilter.Compare compare, Comparison by) =>
        FilterShape.Any([compare with { By = by }, new RecordFilter.HasValue(compare.Field, Negated: true)]);

    private static Result<RecordFilter> Each(IReadOnlyList<RecordFilter> parts, Func<IEnumerable<RecordFilter>, RecordFilter> join)
    {
        var turned = new List<RecordFilter>(parts.Count);
        foreach (var part in parts)
        {
            if (!Of(part).TryGet(out var negated, out var failure))
            {
                return failure;
            }

            turned.Add(negated);
        }

        return join(turned);
    }
}
