using System.Diagnostics;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Reading.Filters;

/// <summary>Gives a filter its meaning: fields by the schema, values by the fields' types, times by now and the caller's zone.</summary>
internal static class FilterBinder
{
    /// <summary>Binds a filter; refusals name the column and what would mend it.</summary>
    /// <param name="schema">Only what the caller may see: a field outside it is refused as one that does not exist.</param>
    public static Result<RecordFilter> Bind(FilterSyntax filter, RecordSchema schema, DateTimeOffset now, TimeZoneInfo zone) =>
        Bind(filter, schema, new FilterClock(now, zone));

    private static Result<RecordFilter> Bind(FilterSyntax filter, RecordSchema schema, FilterClock clock) => filter switch
    {
        FilterSyntax.All all => Each(all.Parts, schema, clock, FilterShape.All),
        FilterSyntax.Any any => Each(any.Parts, schema, clock, FilterShape.Any),
        FilterSyntax.Not not => Bind(not.Part, schema, clock).Then(FilterNegation.Of),
        FilterSyntax.Condition condition => ConditionBinding.Bind(condition, schema, clock),
        _ => throw new UnreachableException(),
    };

    private static Result<RecordFilter> Each(
        IReadOnlyList<FilterSyntax> parts, RecordSchema schema, FilterClock clock, Func<IEnumerable<RecordFilter>, RecordFilter> join)
    {
        var bound = new List<RecordFilter>(parts.Count);
        foreach (var part in parts)
        {
            if (!Bind(part, schema, clock).TryGet(out var filter, out var failure))
            {
                return failure;
            }

            bound.Add(filter);
        }

        return join(bound);
    }
}
