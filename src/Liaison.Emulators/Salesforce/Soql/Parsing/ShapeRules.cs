using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Parsing;

/// <summary>What the grammar alone cannot say about a tree.</summary>
internal static class ShapeRules
{
    public static SoqlFault? Check(string text, SoqlQuery query)
    {
        foreach (var item in query.Select)
        {
            if (item is SelectItem.CountRows && query.Select.Count > 1)
            {
                return SoqlMessage.At("MALFORMED_QUERY", text, query.From.Mark.Offset, "COUNT() must be the only item of the select list");
            }

            // An alias renames a column of a grouped answer; fields of plain rows have none.
            if (item is SelectItem.Value { Alias: not null, Expression: SoqlExpression.Field } named && query.GroupBy is null)
            {
                return SoqlMessage.At("MALFORMED_QUERY", text, named.Mark.Offset, "only aggregate expressions use field aliasing");
            }

            if (item is SelectItem.Children children && Check(text, children.Query) is { } inner)
            {
                return inner;
            }
        }

        return null;
    }
}
