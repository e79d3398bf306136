using Liaison.Emulators.Salesforce.Soql.Binding;
using Liaison.Emulators.Salesforce.Soql.Schema;
using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Execution;

/// <summary>Looks up the clauses of a statement that answers with records.</summary>
internal sealed class StatementBinder(BindContext context)
{
    public RowStatement? Bind(Scope scope, SoqlQuery query)
    {
        var values = new ValueBinder(context, scope);
        return new SelectBinder(context, scope, this).Plan(query) is { } plan
            && Where(scope, query) is { } where
            && Order(query, values.Bind) is { } order
            ? new RowStatement(scope.Object, where, order, query.Offset ?? 0, query.Limit, plan, context.WithDeleted)
            : null;
    }

    /// <summary>Looks up WHERE and USING SCOPE.</summary>
    public Func<ISoqlRow, bool>? Where(Scope scope, SoqlQuery query)
    {
        if (InScope(scope, query.Scope) is not { } inScope)
        {
            return null;
        }

        if (query.Where is not { } condition)
        {
            return inScope;
        }

        return new ConditionBinder(context, scope.Object, new ValueBinder(context, scope).Bind).Bind(condition) is { } where
            ? row => inScope(row) && where(row)
            : null;
    }

    public RowOrder? Order(SoqlQuery query, Func<SoqlExpression, BoundValue?> values)
    {
        var keys = new List<(BoundValue By, bool Descending, bool NullsLast)>();
        foreach (var item in query.OrderBy)
        {
            if (item.By is SoqlExpression.Call { Function: SoqlFunction.ToLabel } label)
            {
                context.Refuse("MALFORMED_QUERY", label.Mark.Offset, "toLabel can not be used in an ORDER BY clause");
                return null;
            }

            if (values(item.By) is not { } by)
            {
                return null;
            }

            if (by.Path?.Field is { } field && (!field.Sortable || field.IsCompound || field.Type is SoqlType.Base64 or SoqlType.MultiPicklist))
            {
                context.Refuse("MALFORMED_QUERY", $"field '{field.Name}' can not be sorted in a query call");
                return null;
            }

            keys.Add((by, item.Descending, item.NullsLast));
        }

        return new RowOrder(keys);
    }

    private Func<ISoqlRow, bool>? InScope(Scope scope, string? name)
    {
        if (name is null || name.Equals("everything", StringComparison.OrdinalIgnoreCase))
        {
            return _ => true;
        }

        if (name.Equals("mine", StringComparison.OrdinalIgnoreCase) && scope.Object.Field("OwnerId") is { } owner && context.Locale.UserId is { } user)
        {
            return row => user.Equals(row.Read(owner));
        }

        context.Refuse("MALFORMED_QUERY", $"The scope '{name}' is not supported for the object {scope.Object.Name}.");
        return null;
    }
}
