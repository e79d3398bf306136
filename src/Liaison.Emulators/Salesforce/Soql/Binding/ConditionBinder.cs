using Liaison.Emulators.Salesforce.Soql.Schema;
using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Binding;

/// <summary>Turns conditions into predicates of rows.</summary>
/// <param name="values">Looks up what a condition speaks of: fields of rows for WHERE, groups for HAVING.</param>
internal sealed class ConditionBinder(BindContext context, ISoqlObject source, Func<SoqlExpression, BoundValue?> values)
{
    private readonly Operands _operands = new(context);

    public Func<ISoqlRow, bool>? Bind(SoqlCondition condition) => condition switch
    {
        SoqlCondition.All all => Terms(all.Of) is { } terms ? row => Array.TrueForAll(terms, term => term(row)) : null,
        SoqlCondition.Any any => Terms(any.Of) is { } terms ? row => Array.Exists(terms, term => term(row)) : null,
        SoqlCondition.Not not => Bind(not.Of) is { } term ? row => !term(row) : null,
        SoqlCondition.Compare compare => Filtered(compare.Left) is { } left ? Compare(left, compare) : null,
        SoqlCondition.In list => Filtered(list.Left) is { } left ? In(left, list) : null,
        SoqlCondition.SemiJoin join => Filtered(new SoqlExpression.Field(join.Left)) is { } left ? SemiJoin(left, join) : null,
        SoqlCondition.Includes includes => Filtered(new SoqlExpression.Field(includes.Left)) is { } left ? Includes(left, includes) : null,
        _ => null,
    };

    private Func<ISoqlRow, bool>[]? Terms(SyntaxList<SoqlCondition> conditions)
    {
        var terms = conditions.Select(Bind).ToList();
        return terms.Contains(null) ? null : [.. terms.OfType<Func<ISoqlRow, bool>>()];
    }

    /// <summary>Looks a left side up; some fields may be read but not filtered by.</summary>
    private BoundValue? Filtered(SoqlExpression expression)
    {
        var value = values(expression);
        if (value?.Path?.Field is { } field && (!field.Filterable || field.IsCompound || field.Type == SoqlType.Base64))
        {
            context.Refuse("INVALID_FIELD", MarkOf(expression), $"field '{field.Name}' can not be filtered in a query call");
            return null;
        }

        return value;
    }

    private Func<ISoqlRow, bool>? Compare(BoundValue left, SoqlCondition.Compare compare)
    {
        if (compare.Right is SoqlLiteral.Pattern pattern)
        {
            return Like(left, pattern);
        }

        if (compare.Right is SoqlLiteral.Relative relative && left.IsDay)
        {
            return Relative(left, compare.By, DayRange.Of(relative, context.Locale));
        }

        if (!_operands.TryRead(left, compare.Right, out var right))
        {
            return null;
        }

        var ordered = compare.By is not (SoqlComparison.Equal or SoqlComparison.NotEqual);
        if (ordered && (left.Type is SoqlType.Boolean or SoqlType.MultiPicklist || (left.IsId && left.Type != SoqlType.Id) || compare.Right is SoqlLiteral.Nothing))
        {
            return InvalidOperator();
        }

        var read = compare.Right is SoqlLiteral.Money ? Corporate(left) : left.Read;
        return compare.By switch
        {
            SoqlComparison.Equal => row => Same(read(row), right),
            SoqlComparison.NotEqual => row => !Same(read(row), right),
            SoqlComparison.Less => row => Order(read(row), right) < 0,
            SoqlComparison.LessOrEqual => row => Order(read(row), right) <= 0,
            SoqlComparison.Greater => row => Order(read(row), right) > 0,
            SoqlComparison.GreaterOrEqual => row => Order(read(row), right) >= 0,
            SoqlComparison.Like => InvalidOperator(),
        };

        bool Same(object? value, object? wanted) => left.IsId
            ? Equals(value, wanted)
            : ValueEquality.Instance.Equals(left.Type == SoqlType.Boolean ? value ?? false : value, wanted);

        // An empty value is neither less nor greater than any other.
        int? Order(object? value, object? wanted) => value is null || wanted is null ? null
            : ValueOrder.Compare(left, value, wanted);
    }

    private Func<ISoqlRow, object?> Corporate(BoundValue left) =>
        row => left.Read(row) is decimal amount ? Money.InCorporateCurrency(amount, row, source, context.Locale.Currencies!) : null;

    private Func<ISoqlRow, bool>? Like(BoundValue left, SoqlLiteral.Pattern pattern)
    {
        if (!left.IsText || left.Type == SoqlType.MultiPicklist)
        {
            return InvalidOperator();
        }

        var like = new LikePattern(pattern.Value);
        return row => left.Read(row) is string text && like.Matches(text);
    }

    /// <summary>Compares with a stretch of days: equal is within it, less is before it, greater is behind it.</summary>
    private Func<ISoqlRow, bool> Relative(BoundValue left, SoqlComparison by, DayRange range)
    {
        var (from, until) = left.Type == SoqlType.Date
            ? ((object)range.From, (object)range.Until)
            : (DayRange.Midnight(range.From, context.Locale), DayRange.Midnight(range.Until, context.Locale));
        bool Before(object? value) => value is not null && ValueOrder.Compare(value, from) < 0;
        bool Behind(object? value) => value is not null && ValueOrder.Compare(value, until) >= 0;
        bool Within(object? value) => value is not null && !Before(value) && !Behind(value);

        return by switch
        {
            SoqlComparison.Equal or SoqlComparison.Like => row => Within(left.Read(row)),
            SoqlComparison.NotEqual => row => !Within(left.Read(row)),
            SoqlComparison.Less => row => Before(left.Read(row)),
            SoqlComparison.LessOrEqual => row => left.Read(row) is { } value && !Behind(value),
            SoqlComparison.Greater => row => Behind(left.Read(row)),
            SoqlComparison.GreaterOrEqual => row => left.Read(row) is { } value && !Before(value),
        };
    }

    private Func<ISoqlRow, bool>? In(BoundValue left, SoqlCondition.In list)
    {
        var wanted = new HashSet<object?>(left.IsId ? EqualityComparer<object?>.Default : ValueEquality.Instance);
        var ranges = new List<Func<ISoqlRow, bool>>();
        foreach (var literal in list.Values)
        {
            if (literal is SoqlLiteral.Relative relative && left.IsDay)
            {
                ranges.Add(Relative(left, SoqlComparison.Equal, DayRange.Of(relative, context.Locale)));
            }
            else if (_operands.TryRead(left, literal, out var value))
            {
                wanted.Add(value);
            }
            else
            {
                return null;
            }
        }

        object? empty = left.Type == SoqlType.Boolean ? false : null;
        bool Holds(ISoqlRow row) => wanted.Contains(left.Read(row) ?? empty) || ranges.Exists(range => range(row));
        return list.Negated ? row => !Holds(row) : Holds;
    }

    private Func<ISoqlRow, bool>? Includes(BoundValue left, SoqlCondition.Includes includes)
    {
        if (left.Type != SoqlType.MultiPicklist)
        {
            return InvalidOperator();
        }

        var sets = includes.Sets.Select(set => set.Split(';')).ToArray();
        bool Holds(ISoqlRow row)
        {
            var chosen = (left.Read(row) as string ?? "").Split(';');
            return Array.Exists(sets, set => Array.TrueForAll(set, choice => chosen.Contains(choice, StringComparer.OrdinalIgnoreCase)));
        }

        return includes.Negated ? row => !Holds(row) : Holds;
    }

    private Func<ISoqlRow, bool>? SemiJoin(BoundValue left, SoqlCondition.SemiJoin join)
    {
        if (Scope.Find(context, join.From) is not { } other)
        {
            return null;
        }

        var scope = new Scope(context, other, join.From, []);
        if (scope.Path(join.Field) is not { } field)
        {
            return null;
        }

        if (!left.IsId || field.Field.Type is not (SoqlType.Id or SoqlType.Reference))
        {
            context.Refuse("INVALID_QUERY_FILTER_OPERATOR", join.Field.Mark.Offset, "Semi join sub-selects can only compare ID and reference fields");
            return null;
        }

        Func<ISoqlRow, bool>? where = _ => true;
        if (join.Where is { } condition)
        {
            where = new ConditionBinder(context, other, new ValueBinder(context, scope).Bind).Bind(condition);
            if (where is null)
            {
                return null;
            }
        }

        var ids = new Lazy<HashSet<object?>>(() => [.. other.Rows(context.WithDeleted).Where(where).Select(field.Read)]);
        bool Holds(ISoqlRow row) => left.Read(row) is { } id && ids.Value.Contains(id);
        return join.Negated ? row => !Holds(row) : Holds;
    }

    private Func<ISoqlRow, bool>? InvalidOperator()
    {
        context.Refuse("INVALID_QUERY_FILTER_OPERATOR", "invalid operator");
        return null;
    }

    private static int MarkOf(SoqlExpression expression) => expression switch
    {
        SoqlExpression.Field field => field.Path.Mark.Offset,
        SoqlExpression.Call call => call.Mark.Offset,
        SoqlExpression.Distance distance => distance.Location.Mark.Offset,
        _ => 0,
    };
}
