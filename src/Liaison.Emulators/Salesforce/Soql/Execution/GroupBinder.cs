using Liaison.Emulators.Salesforce.Soql.Binding;
using Liaison.Emulators.Salesforce.Soql.Schema;
using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Execution;

/// <summary>Looks up and runs a statement that answers with groups.</summary>
internal sealed class GroupBinder(BindContext context, Scope scope)
{
    /// <summary>Groups cannot be paged (contract section 6.1), so a page's worth is the most.</summary>
    private const int MostGroups = 2_000;

    private readonly List<(string Name, BoundValue Value)> _keys = [];
    private readonly List<(SoqlFunction Function, BoundValue? Of)> _aggregates = [];
    private readonly ValueBinder _values = new(context, scope);

    public static bool IsGrouped(SoqlQuery query) =>
        query.GroupBy is not null || query.Select.OfType<SelectItem.Value>().Any(item => Aggregates(item.Expression));

    public SoqlResult? Run(SoqlQuery query)
    {
        if (!TryBindKeys(query.GroupBy))
        {
            return null;
        }

        var statements = new StatementBinder(context);
        Func<ISoqlRow, bool>? having = query.Having is null ? _ => true : new ConditionBinder(context, scope.Object, Bind).Bind(query.Having);
        if (Columns(query) is not { } columns || statements.Where(scope, query) is not { } where || having is null || statements.Order(query, Bind) is not { } order)
        {
            return null;
        }

        var rows = Candidates.Of(scope, query.Where, context.WithDeleted).Where(where);
        var groups = order.Sort(Group(rows, query.GroupBy?.Kind).Where(group => having(group))).Skip(query.Offset ?? 0).Take(query.Limit ?? int.MaxValue).ToList();
        if (groups.Count > MostGroups)
        {
            context.Refuse("EXCEEDED_ID_LIMIT", "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch");
            return null;
        }

        return new SoqlResult.Groups(groups, columns);
    }

    private static bool Aggregates(SoqlExpression expression) =>
        expression is SoqlExpression.Call call && (call.Function.IsAggregate() || call.Function.IsDatePart() || call.Function == SoqlFunction.Grouping || call.Arguments.Any(Aggregates));

    private bool TryBindKeys(SoqlGrouping? grouping)
    {
        foreach (var by in grouping?.By ?? [])
        {
            if (_values.Bind(by) is not { } value)
            {
                return false;
            }

            if (value.Path?.Field is { } field && (!field.Groupable || field.IsCompound || field.Type is SoqlType.MultiPicklist or SoqlType.Base64))
            {
                context.Refuse("MALFORMED_QUERY", $"field '{field.Name}' can not be grouped in a query call");
                return false;
            }

            _keys.Add((NameOf(by, value), value));
        }

        return true;
    }

    private List<(string Key, BoundValue Value)>? Columns(SoqlQuery query)
    {
        var columns = new List<(string Key, BoundValue Value)>();
        var unnamed = 0;
        foreach (var item in query.Select)
        {
            if (item is not SelectItem.Value selected)
            {
                context.Refuse("MALFORMED_QUERY", query.From.Mark.Offset, "Grouped queries can select grouped fields and aggregates only");
                return null;
            }

            if (Bind(selected.Expression) is not { } value)
            {
                return null;
            }

            var key = selected.Alias ?? (selected.Expression is SoqlExpression.Field ? value.Shown : $"expr{unnamed++}");
            if (columns.Exists(column => string.Equals(column.Key, key, StringComparison.OrdinalIgnoreCase)))
            {
                context.Refuse("MALFORMED_QUERY", selected.Mark.Offset, $"duplicate alias: {key}");
                return null;
            }

            columns.Add((key, value));
        }

        return columns;
    }

    /// <summary>Looks up an expression over groups: one of their keys, an aggregate, or a function of such.</summary>
    private BoundValue? Bind(SoqlExpression expression)
    {
        if (expression is SoqlExpression.Call { Function: var function } aggregate && function.IsAggregate())
        {
            return Aggregate(aggregate);
        }

        if (expression is SoqlExpression.Call { Function: SoqlFunction.Format or SoqlFunction.ConvertCurrency, Arguments: [var inner] } display)
        {
            return Bind(inner) is { } shown ? _values.Apply(display, shown) : null;
        }

        var isGrouping = expression is SoqlExpression.Call { Function: SoqlFunction.Grouping, Arguments.Count: 1 };
        var asked = isGrouping ? ((SoqlExpression.Call)expression).Arguments[0] : expression;
        if (_values.Bind(asked) is not { } value)
        {
            return null;
        }

        var index = _keys.FindIndex(key => string.Equals(key.Name, NameOf(asked, value), StringComparison.OrdinalIgnoreCase));
        if (index < 0)
        {
            context.Refuse("MALFORMED_QUERY", $"Field must be grouped or aggregated: {value.Shown}");
            return null;
        }

        return isGrouping
            ? new BoundValue(row => ((GroupRow)row).IsPresent(index) ? 0m : 1m, SoqlType.Int, "GROUPING")
            : new BoundValue(row => ((GroupRow)row).Key(index), value.Type, value.Shown) { Field = value.Field };
    }

    private BoundValue? Aggregate(SoqlExpression.Call call)
    {
        var name = SoqlFunctions.NameOf(call.Function);
        if (call.Arguments is not [var argument])
        {
            context.Refuse("MALFORMED_QUERY", call.Mark.Offset, $"{name} takes one field.");
            return null;
        }

        if (_values.Bind(argument) is not { } of)
        {
            return null;
        }

        var fits = call.Function switch
        {
            SoqlFunction.Sum or SoqlFunction.Avg => of.IsNumber,
            SoqlFunction.Min or SoqlFunction.Max => of.Type is not (SoqlType.Boolean or SoqlType.MultiPicklist or SoqlType.Address or SoqlType.Location or SoqlType.Base64),
            _ => of.Field is not { IsCompound: true },
        };
        if (!fits)
        {
            context.Refuse("MALFORMED_QUERY", call.Mark.Offset, $"field {of.Shown} does not support aggregate operator {name}");
            return null;
        }

        var type = call.Function switch
        {
            SoqlFunction.Count or SoqlFunction.CountDistinct => SoqlType.Int,
            SoqlFunction.Avg => SoqlType.Double,
            _ => of.Type,
        };
        var index = _aggregates.Count;
        _aggregates.Add((call.Function, of));
        return new BoundValue(row => ((GroupRow)row).Aggregate(index), type, name);
    }

    private Dictionary<GroupName, GroupRow>.ValueCollection Group(IEnumerable<ISoqlRow> rows, GroupKind? kind)
    {
        var sets = Sets(kind).ToArray();
        var groups = new Dictionary<GroupName, GroupRow>();
        if (_keys.Count == 0)
        {
            groups.Add(new GroupName([], []), new GroupRow([], [], NewAggregates()));
        }

        foreach (var row in rows)
        {
            var keys = _keys.Select(key => key.Value.Read(row)).ToArray();
            foreach (var present in sets)
            {
                var name = new GroupName([.. keys.Select((key, at) => present[at] ? key : null)], present);
                if (!groups.TryGetValue(name, out var group))
                {
                    groups[name] = group = new GroupRow(keys, present, NewAggregates());
                }

                group.Add(row);
            }
        }

        return groups.Values;
    }

    private Aggregate[] NewAggregates() => [.. _aggregates.Select(aggregate => new Aggregate(aggregate.Function, aggregate.Of))];

    /// <summary>Lists which keys are present together: all, for ROLLUP each beginning of them, for CUBE each choice of them.</summary>
    private IEnumerable<bool[]> Sets(GroupKind? kind) => kind switch
    {
        GroupKind.Rollup => Enumerable.Range(0, _keys.Count + 1).Select(missing => _keys.Select((_, at) => at < _keys.Count - missing).ToArray()),
        GroupKind.Cube => Enumerable.Range(0, 1 << Math.Min(_keys.Count, 3)).Select(absent => _keys.Select((_, at) => (absent & (1 << at)) == 0).ToArray()),
        _ => [[.. _keys.Select(_ => true)]],
    };

    private static string NameOf(SoqlExpression expression, BoundValue value) => value.Path is { } path
        ? string.Join('.', [.. path.Hops.Select(hop => hop.Reference.Name), path.Field.Name])
        : SoqlPrinter.Print(expression);

    /// <summary>What tells groups apart.</summary>
    private readonly record struct GroupName(object?[] Keys, bool[] Present)
    {
        public bool Equals(GroupName other) => Present.SequenceEqual(other.Present) && Keys.SequenceEqual(other.Keys, ValueEquality.Instance);

        public override int GetHashCode() => Keys.Aggregate(Present.Count(present => present), (hash, key) => HashCode.Combine(hash, ValueEquality.Instance.GetHashCode(key)));
    }
}
