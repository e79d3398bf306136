using System.Diagnostics;
using Liaison.Model;

namespace Liaison.Reading.Filters;

/// <summary>Which fields a filter looks at: who may not read a field may not filter by it either (R54).</summary>
internal static class FilterFields
{
    /// <summary>Gives the names in order of appearance, none twice.</summary>
    public static IReadOnlyList<string> Of(RecordFilter filter) => [.. Names(filter).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Names(RecordFilter filter) => filter switch
    {
        RecordFilter.All all => all.Parts.SelectMany(Names),
        RecordFilter.Any any => any.Parts.SelectMany(Names),
        RecordFilter.Compare compare => [compare.Field],
        RecordFilter.OneOf list => [list.Field],
        RecordFilter.HasValue value => [value.Field],
        _ => throw new UnreachableException(),
    };
}
