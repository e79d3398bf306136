using Liaison.Emulators.Salesforce.Soql.Parsing;
using Liaison.Emulators.Salesforce.Soql.Syntax;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Soql;
using ReadCondition = Liaison.Emulators.Salesforce.Soql.Syntax.SoqlCondition;
using SoqlLiteral = Liaison.Emulators.Salesforce.Soql.Syntax.SoqlLiteral;

namespace Liaison.Salesforce.Tests.Soql;

/// <summary>Writes the statement of a query and reads it by the grammar of Salesforce, which knows nothing of how it was written.</summary>
internal static class Statements
{
    internal static readonly FieldDefinition Name = new("name", "Name", "Name", FieldType.Text);

    internal static QueryPlan PlanOf(RecordFilter filter, SortOrder? sort = null, int? pageSize = null, RecordType? type = null)
    {
        var query = new RecordQuery(type ?? RecordType.Company, [Name], filter, sort, pageSize);
        SalesforceObject.Of(query.Type).TryGet(out var target, out _).ShouldBeTrue();

        return QueryPlan.Of(target!, query).TryGet(out var plan, out var refused) ? plan : throw new ShouldAssertException(refused.Message);
    }

    internal static SoqlQuery Parse(QueryPlan plan, QueryCursor? after = null)
    {
        var statement = plan.Statement(after, plan.Fields);
        var fault = SoqlParser.ParseForRest(statement, out var tree);

        fault.ShouldBeNull($"{statement} {fault?.Message}");
        return tree;
    }

    /// <summary>Gives the shape of a condition: everything but the texts and times in it.</summary>
    internal static string ShapeOf(ReadCondition condition) => condition switch
    {
        ReadCondition.All all => $"({string.Join(" and ", all.Of.Select(ShapeOf))})",
        ReadCondition.Any any => $"({string.Join(" or ", any.Of.Select(ShapeOf))})",
        ReadCondition.Not not => $"not {ShapeOf(not.Of)}",
        ReadCondition.Compare compare =>
            $"{((SoqlExpression.Field)compare.Left).Path} {compare.By} {compare.Right.GetType().Name}",
        ReadCondition.In list =>
            $"{((SoqlExpression.Field)list.Left).Path} {(list.Negated ? "not in" : "in")} {list.Values.Count} {string.Join(' ', list.Values.Select(value => value.GetType().Name).Distinct())}",
        ReadCondition.Includes includes => $"{includes.Left} includes {includes.Sets.Count}",
        _ => condition.GetType().Name,
    };

    /// <summary>Gives the texts of a condition, from left to right, as Salesforce understands them.</summary>
    internal static IEnumerable<string> TextsOf(ReadCondition condition) => condition switch
    {
        ReadCondition.All all => all.Of.SelectMany(TextsOf),
        ReadCondition.Any any => any.Of.SelectMany(TextsOf),
        ReadCondition.Not not => TextsOf(not.Of),
        ReadCondition.Compare { Right: SoqlLiteral.Text text } => [text.Value],
        ReadCondition.Compare { Right: SoqlLiteral.Pattern pattern } => [pattern.Value],
        ReadCondition.In list => list.Values.OfType<SoqlLiteral.Text>().Select(text => text.Value),
        ReadCondition.Includes includes => includes.Sets,
        _ => [],
    };
}
