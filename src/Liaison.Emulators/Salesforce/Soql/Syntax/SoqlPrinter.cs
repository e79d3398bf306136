using System.Globalization;
using System.Text;

namespace Liaison.Emulators.Salesforce.Soql.Syntax;

/// <summary>Writes a tree as a statement that reads as the same tree.</summary>
internal static class SoqlPrinter
{
    public static string Print(SoqlQuery query)
    {
        var text = new StringBuilder();
        Write(text, query);
        return text.ToString();
    }

    /// <summary>Writes an expression alone, as GROUP BY has it.</summary>
    public static string Print(SoqlExpression expression)
    {
        var text = new StringBuilder();
        Write(text, expression);
        return text.ToString();
    }

    private static void Write(StringBuilder text, SoqlQuery query)
    {
        text.Append("SELECT ");
        Join(text, query.Select, Write);
        text.Append(" FROM ");
        Write(text, query.From);
        foreach (var join in query.Joins)
        {
            text.Append(CultureInfo.InvariantCulture, $", {join.Path} {join.Alias}");
        }

        Clause(text, "USING SCOPE", query.Scope);
        if (query.Where is { } where)
        {
            text.Append(" WHERE ");
            Write(text, where, bare: true);
        }

        if (query.With is { } with)
        {
            Write(text, with);
        }

        if (query.GroupBy is { } grouping)
        {
            Write(text, grouping);
        }

        if (query.Having is { } having)
        {
            text.Append(" HAVING ");
            Write(text, having, bare: true);
        }

        if (query.OrderBy.Count > 0)
        {
            text.Append(" ORDER BY ");
            Join(text, query.OrderBy, Write);
        }

        Clause(text, "LIMIT", query.Limit?.ToString(CultureInfo.InvariantCulture));
        Clause(text, "OFFSET", query.Offset?.ToString(CultureInfo.InvariantCulture));
        text.Append(query.ForView ? " FOR VIEW" : "").Append(query.ForReference ? " FOR REFERENCE" : "").Append(query.ForUpdate ? " FOR UPDATE" : "").Append(query.AllRows ? " ALL ROWS" : "");
    }

    private static void Write(StringBuilder text, SelectItem item)
    {
        switch (item)
        {
            case SelectItem.CountRows count:
                text.Append("COUNT()");
                Clause(text, "", count.Alias);
                break;
            case SelectItem.Value value:
                Write(text, value.Expression);
                Clause(text, "", value.Alias);
                break;
            case SelectItem.FieldSet set:
                text.Append(CultureInfo.InvariantCulture, $"FIELDS({set.Kind.ToString().ToUpperInvariant()})");
                break;
            case SelectItem.Children children:
                text.Append('(');
                Write(text, children.Query);
                text.Append(')');
                break;
            case SelectItem.TypeOf type:
                text.Append(CultureInfo.InvariantCulture, $"TYPEOF {type.Relationship}");
                foreach (var branch in type.Branches)
                {
                    text.Append(CultureInfo.InvariantCulture, $" WHEN {branch.Object} THEN {string.Join(", ", branch.Fields)}");
                }

                Clause(text, "ELSE", type.Otherwise.Count > 0 ? string.Join(", ", type.Otherwise) : null);
                text.Append(" END");
                break;
        }
    }

    private static void Write(StringBuilder text, SoqlExpression expression)
    {
        switch (expression)
        {
            case SoqlExpression.Field field:
                text.Append(field.Path);
                break;
            case SoqlExpression.Call call:
                text.Append(SoqlFunctions.NameOf(call.Function)).Append('(');
                Join(text, call.Arguments, Write);
                text.Append(')');
                break;
            case SoqlExpression.Distance distance:
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"DISTANCE({distance.Location}, GEOLOCATION({distance.Latitude}, {distance.Longitude}), '{(distance.Miles ? "mi" : "km")}')");
                break;
        }
    }

    private static void Write(StringBuilder text, SoqlSource source)
    {
        text.Append(source.Qualifier is null ? "" : source.Qualifier + ".").Append(source.Name);
        Clause(text, "", source.Alias);
    }

    private static void Write(StringBuilder text, SoqlWith with)
    {
        text.Append(with.Kind switch
        {
            WithKind.SecurityEnforced => " WITH SECURITY_ENFORCED",
            WithKind.UserMode => " WITH USER_MODE",
            WithKind.SystemMode => " WITH SYSTEM_MODE",
            WithKind.DataCategory => " WITH DATA CATEGORY ",
        });
        text.AppendJoin(" AND ", with.Categories.Select(filter => $"{filter.Group} {filter.Selector} ({string.Join(", ", filter.Categories)})"));
    }

    private static void Write(StringBuilder text, SoqlGrouping grouping)
    {
        text.Append(" GROUP BY ").Append(grouping.Kind switch
        {
            GroupKind.Plain => "",
            GroupKind.Rollup => "ROLLUP(",
            GroupKind.Cube => "CUBE(",
        });
        Join(text, grouping.By, Write);
        text.Append(grouping.Kind == GroupKind.Plain ? "" : ")");
    }

    private static void Write(StringBuilder text, OrderItem item)
    {
        Write(text, item.By);
        text.Append(item.Descending ? " DESC" : " ASC").Append(item.NullsLast ? " NULLS LAST" : " NULLS FIRST");
    }

    private static void Write(StringBuilder text, SoqlCondition condition, bool bare)
    {
        switch (condition)
        {
            case SoqlCondition.All all:
                Terms(text, all.Of, " AND ", bare);
                break;
            case SoqlCondition.Any any:
                Terms(text, any.Of, " OR ", bare);
                break;
            case SoqlCondition.Not not:
                text.Append(bare ? "NOT " : "(NOT ");
                Write(text, not.Of, bare: false);
                text.Append(bare ? "" : ")");
                break;
            case SoqlCondition.Compare compare:
                Write(text, compare.Left);
                text.Append(Sign(compare.By));
                LiteralText.Write(text, compare.Right);
                break;
            case SoqlCondition.In list:
                Write(text, list.Left);
                text.Append(list.Negated ? " NOT IN (" : " IN (");
                Join(text, list.Values, LiteralText.Write);
                text.Append(')');
                break;
            case SoqlCondition.SemiJoin join:
                text.Append(CultureInfo.InvariantCulture, $"{join.Left}{(join.Negated ? " NOT" : "")} IN (SELECT {join.Field} FROM ");
                Write(text, join.From);
                if (join.Where is { } where)
                {
                    text.Append(" WHERE ");
                    Write(text, where, bare: true);
                }

                text.Append(')');
                break;
            case SoqlCondition.Includes includes:
                text.Append(includes.Left).Append(includes.Negated ? " EXCLUDES (" : " INCLUDES (");
                Join(text, includes.Sets, (into, set) => TextEscapes.Write(into, set, pattern: false));
                text.Append(')');
                break;
        }
    }

    private static void Terms(StringBuilder text, SyntaxList<SoqlCondition> terms, string joint, bool bare)
    {
        text.Append(bare ? "" : "(");
        var first = true;
        foreach (var term in terms)
        {
            text.Append(first ? "" : joint);
            Write(text, term, bare: false);
            first = false;
        }

        text.Append(bare ? "" : ")");
    }

    private static string Sign(SoqlComparison by) => by switch
    {
        SoqlComparison.Equal => " = ",
        SoqlComparison.NotEqual => " != ",
        SoqlComparison.Less => " < ",
        SoqlComparison.LessOrEqual => " <= ",
        SoqlComparison.Greater => " > ",
        SoqlComparison.GreaterOrEqual => " >= ",
        SoqlComparison.Like => " LIKE ",
    };

    private static void Clause(StringBuilder text, string keyword, string? value)
    {
        if (value is not null)
        {
            text.Append(keyword.Length > 0 ? " " : "").Append(keyword).Append(' ').Append(value);
        }
    }

    private static void Join<T>(StringBuilder text, IEnumerable<T> items, Action<StringBuilder, T> write)
    {
        var first = true;
        foreach (var item in items)
        {
            text.Append(first ? "" : ", ");
            write(text, item);
            first = false;
        }
    }
}
