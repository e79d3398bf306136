using Liaison.Failures;

namespace Liaison.HubSpot.Search;

/// <summary>Conditions as HubSpot takes them: at least one group holds, and in a group every condition does.</summary>
/// <remarks>No group at all: no record passes. One group without conditions: every record passes.</remarks>
internal sealed class FilterGroups
{
    // The specification and a changelog name larger numbers; the contract tells to use the smallest (section 7).
    internal const int MostGroups = 5;
    internal const int MostInGroup = 6;
    internal const int MostInAll = 18;

    // Distribution multiplies; what passes this would not fit in the end either.
    private const int MostWhileCompiling = 64;

    private FilterGroups(IReadOnlyList<IReadOnlyList<SearchFilter>> groups) => Groups = groups;

    internal static FilterGroups Everything { get; } = new([[]]);

    internal static FilterGroups Nothing { get; } = new([]);

    internal IReadOnlyList<IReadOnlyList<SearchFilter>> Groups { get; }

    internal static FilterGroups Of(SearchFilter filter) => new([[filter]]);

    internal static FilterGroups Either(SearchFilter one, SearchFilter other) => new([[one], [other]]);

    internal Result<FilterGroups> Or(FilterGroups other) => Simplified([.. Groups, .. other.Groups]);

    internal Result<FilterGroups> And(FilterGroups other) => Groups.Count * other.Groups.Count > MostWhileCompiling * MostWhileCompiling
        ? Refusals.TooComplex
        : Simplified([.. Groups.SelectMany(group => other.Groups.Select(with => (IReadOnlyList<SearchFilter>)[.. group, .. with]))]);

    /// <summary>Adds one condition to every group, as paging does.</summary>
    internal IReadOnlyList<IReadOnlyList<SearchFilter>> With(params IReadOnlyList<SearchFilter> more) =>
        [.. Groups.Select(group => (IReadOnlyList<SearchFilter>)[.. group, .. more]).Where(group => group.Count > 0)];

    /// <summary>Tells whether a search takes these conditions and <paramref name="reserved"/> more in each group.</summary>
    internal bool Fits(int reserved) =>
        Groups.Count <= MostGroups
        && Groups.All(group => group.Count + reserved <= MostInGroup)
        && Groups.Sum(group => group.Count + reserved) <= MostInAll;

    private static Result<FilterGroups> Simplified(IReadOnlyList<IReadOnlyList<SearchFilter>> groups)
    {
        List<IReadOnlyList<SearchFilter>> kept = [];
        foreach (var group in groups.Select(Simplified).OfType<IReadOnlyList<SearchFilter>>())
        {
            // A group that asks for more than another one adds no record to it.
            if (!kept.Exists(wider => Covers(wider, group)))
            {
                kept.RemoveAll(narrower => Covers(group, narrower));
                kept.Add(group);
            }
        }

        return kept.Count <= MostWhileCompiling ? new FilterGroups(kept) : Refusals.TooComplex;
    }

    /// <returns><see langword="null"/> where the conditions exclude each other.</returns>
    private static IReadOnlyList<SearchFilter>? Simplified(IReadOnlyList<SearchFilter> group)
    {
        List<SearchFilter> kept = [];
        foreach (var filter in group)
        {
            if (!kept.Exists(filter.IsSame))
            {
                kept.Add(filter);
            }
        }

        foreach (var empty in kept.Where(filter => filter.SaysEmpty).ToList())
        {
            // "Another value or nothing" is compiled to two conditions; beside "nothing" the first says no more.
            kept.RemoveAll(filter => filter.PropertyName == empty.PropertyName && filter.SparesEmpty);
            if (kept.Exists(filter => filter.PropertyName == empty.PropertyName && !filter.SaysEmpty))
            {
                return null;
            }
        }

        // "Has a value" beside a comparison that only a value can pass.
        kept.RemoveAll(has => has.Operator == SearchOperators.Has && kept.Exists(filter =>
            filter.PropertyName == has.PropertyName && filter.Operator != SearchOperators.Has && !filter.SparesEmpty));
        return kept;
    }

    private static bool Covers(IReadOnlyList<SearchFilter> wide, IReadOnlyList<SearchFilter> narrow) =>
        wide.All(filter => narrow.Any(filter.IsSame));
}
