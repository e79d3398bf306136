using System.Diagnostics;
using System.Globalization;
using Liaison.HubSpot.Declaration;
using Liaison.HubSpot.Wire;

namespace Liaison.HubSpot.Search;

/// <summary>How one query is paged: its conditions, its order, and the request that a cursor stands for.</summary>
/// <param name="TimeField">The native time field that carries the paging; <see langword="null"/> where HubSpot's offset has to.</param>
/// <param name="ByCreation">Whether that field is the creation time rather than the change time.</param>
internal sealed record SearchPlan(
    FilterGroups Groups, string? TimeField, bool ByCreation, string Sort, bool Descending, IReadOnlyList<string> Wanted, int PageSize)
{
    private const string IdField = "hs_object_id";

    /// <summary>Gets the properties to ask for: the wanted ones and the one that carries the paging.</summary>
    internal IReadOnlyList<string> Properties =>
        TimeField is null || Wanted.Contains(TimeField, StringComparer.Ordinal) ? Wanted : [.. Wanted, TimeField];

    /// <summary>Gets where the first page begins.</summary>
    internal SearchCursor Beginning => SearchCursor.Beginning(TimeField is null ? SearchStep.Offset : SearchStep.Forward);

    /// <summary>Gets a value indicating whether the filter leaves room for the second condition that a tie needs.</summary>
    internal bool HasRoomForTies => Groups.Fits(reserved: 2);

    /// <summary>Builds the search for the page at a cursor.</summary>
    internal SearchRequest RequestAt(SearchCursor cursor) => cursor.Step switch
    {
        SearchStep.Forward => new(
            cursor.Key is { } key ? Groups.With(Time(Descending ? SearchOperators.LessOrEqual : SearchOperators.GreaterOrEqual, key)) : Groups.With(),
            TimeField,
            Descending,
            Properties,
            // What was seen comes again, so it is asked for on top: a page of one record still goes forward.
            Math.Min(HubSpotLimits.SearchPage, PageSize + cursor.Seen.Count),
            cursor.After),
        SearchStep.Tie => new(TieGroups(cursor), IdField, Descending: false, Properties, PageSize, cursor.After),
        SearchStep.Offset => new(
            Groups.With(), Sort, Descending, Properties, Math.Min(PageSize, SearchPager.Cap - SearchPager.OffsetOf(cursor)), cursor.After),
        _ => throw new UnreachableException(),
    };

    /// <summary>Gives a record's place in the order, in milliseconds.</summary>
    internal long? TimeOf(HubSpotObject found) => TimeField is null ? null
        : (HubSpotTime.Parse(found.Properties.GetValueOrDefault(TimeField).Raw) ?? (ByCreation ? found.CreatedAt : found.UpdatedAt))
            ?.ToUnixTimeMilliseconds();

    private IReadOnlyList<IReadOnlyList<SearchFilter>> TieGroups(SearchCursor cursor)
    {
        var sameTime = Time(SearchOperators.Equal, cursor.Key ?? 0);

        return cursor.LastId is { } last
            ? Groups.With(sameTime, new SearchFilter(IdField, SearchOperators.Greater) { Value = last })
            : Groups.With(sameTime);
    }

    private SearchFilter Time(string comparison, long key) =>
        new(TimeField!, comparison) { Value = key.ToString(CultureInfo.InvariantCulture) };
}
