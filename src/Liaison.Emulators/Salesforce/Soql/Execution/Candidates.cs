using Liaison.Emulators.Salesforce.Soql.Binding;
using Liaison.Emulators.Salesforce.Soql.Schema;
using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Execution;

/// <summary>The rows that a condition can hold for: where it names ids, those alone are looked at.</summary>
internal static class Candidates
{
    public static IEnumerable<ISoqlRow> Of(Scope scope, SoqlCondition? where, bool withDeleted)
    {
        foreach (var term in Conjuncts(where))
        {
            if (Named(scope, term) is not { } named)
            {
                continue;
            }

            var (field, ids) = named;
            return field.Type == SoqlType.Id
                ? ids.Select(id => scope.Object.Row(id, withDeleted)).OfType<ISoqlRow>()
                : ids.SelectMany(id => scope.Object.RowsOf(field, id, withDeleted));
        }

        return scope.Object.Rows(withDeleted);
    }

    /// <summary>Tells whether a condition holds for named records only, as FIELDS(ALL) asks where there is no limit.</summary>
    public static bool AreNamed(Scope scope, SoqlCondition? where, int most) =>
        Conjuncts(where).Any(term => Named(scope, term) is { Field.Type: SoqlType.Id } named && named.Ids.Count <= most);

    private static SyntaxList<SoqlCondition> Conjuncts(SoqlCondition? where) => where switch
    {
        null => [],
        SoqlCondition.All all => all.Of,
        _ => [where],
    };

    private static (SoqlField Field, IReadOnlyCollection<string> Ids)? Named(Scope scope, SoqlCondition term)
    {
        var (left, literals) = term switch
        {
            SoqlCondition.Compare { By: SoqlComparison.Equal, Left: SoqlExpression.Field field, Right: SoqlLiteral.Text text } => (field.Path, [text]),
            SoqlCondition.In { Negated: false, Left: SoqlExpression.Field field } list => (field.Path, list.Values.OfType<SoqlLiteral.Text>().ToList()),
            _ => (null, new List<SoqlLiteral.Text>()),
        };
        if (left is not { Parts.Count: 1 } || scope.Object.Field(left.Field) is not { Type: SoqlType.Id or SoqlType.Reference } named
            || (term is SoqlCondition.In all && all.Values.Count != literals.Count))
        {
            return null;
        }

        var ids = new SortedSet<string>(literals.Select(text => SoqlIds.Normalize(text.Value)).OfType<string>(), StringComparer.Ordinal);
        return ids.Count > 0 ? (named, ids) : null;
    }
}
