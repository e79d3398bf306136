using System.Diagnostics;

namespace Liaison.Reading.Filters;

/// <summary>The names of fields in a filter as it was written.</summary>
internal static class FilterNames
{
    /// <summary>Gives the names in order of appearance.</summary>
    public static IEnumerable<string> Of(FilterSyntax filter) => filter switch
    {
        FilterSyntax.All all => all.Parts.SelectMany(Of),
        FilterSyntax.Any any => any.Parts.SelectMany(Of),
        FilterSyntax.Not not => Of(not.Part),
        FilterSyntax.Condition condition => [condition.Field],
        _ => throw new UnreachableException(),
    };

    /// <summary>Gives the same filter with other names.</summary>
    public static FilterSyntax Renamed(FilterSyntax filter, Func<string, string> nameOf) => filter switch
    {
        FilterSyntax.All all => new FilterSyntax.All([.. all.Parts.Select(part => Renamed(part, nameOf))]),
        FilterSyntax.Any any => new FilterSyntax.Any([.. any.Parts.Select(part => Renamed(part, nameOf))]),
        FilterSyntax.Not not => new FilterSyntax.Not(Renamed(not.Part, nameOf)),
        FilterSyntax.Condition condition => condition with { Field = nameOf(condition.Field) },
        _ => throw new UnreachableException(),
    };
}
