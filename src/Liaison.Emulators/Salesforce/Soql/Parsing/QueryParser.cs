using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Parsing;

/// <summary>Reads a statement clause by clause, in the order that the grammar fixes.</summary>
internal sealed class QueryParser
{
    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;
    private readonly ConditionParser _conditions;
    private readonly SelectParser _select;

    public QueryParser(TokenReader tokens)
    {
        _tokens = tokens;
        _expressions = new ExpressionParser(tokens);
        _conditions = new ConditionParser(tokens, _expressions, new LiteralParser(tokens));
        _select = new SelectParser(tokens, _expressions, Query);
    }

    /// <summary>Reads a statement up to where it ends; <see langword="null"/> with a fault in the reader where it does not hold.</summary>
    public SoqlQuery? Query()
    {
        if (!_tokens.Expect("SELECT") || _select.Items() is not { } items || !_tokens.Expect("FROM") || Source() is not { } source || Joins() is not { } joins)
        {
            return null;
        }

        var query = new SoqlQuery([.. items], source) { Joins = [.. joins] };
        return Scope(query) is { } scoped
            && Where(scoped) is { } filtered
            && With(filtered) is { } secured
            && GroupBy(secured) is { } grouped
            && OrderBy(grouped) is { } ordered
            && Window(ordered) is { } windowed
            ? Marks(windowed)
            : null;
    }

    private SoqlSource? Source()
    {
        var mark = _tokens.Mark;
        if (_tokens.Name() is not { } name)
        {
            return null;
        }

        string? qualifier = null;
        if (_tokens.TryTake("."))
        {
            qualifier = name;
            if (_tokens.Name() is not { } child)
            {
                return null;
            }

            name = child;
        }

        _tokens.TryTake("AS");

        // OFFSET is an alias unless a count makes it a clause; UPDATE and ALL begin theirs by the word that follows.
        var isClause = (_tokens.Sees("OFFSET") && _tokens.Following.Kind == TokenKind.Number)
            || _tokens.Sees("UPDATE", "TRACKING") || _tokens.Sees("UPDATE", "VIEWSTAT") || _tokens.Sees("ALL", "ROWS");
        return new SoqlSource(qualifier, name, isClause ? null : _tokens.Alias(), mark);
    }

    private List<SoqlJoin>? Joins()
    {
        var joins = new List<SoqlJoin>();
        while (_tokens.TryTake(","))
        {
            if (_expressions.Path() is not { } path)
            {
                return null;
            }

            _tokens.TryTake("AS");
            if (_tokens.Name() is not { } alias)
            {
                return null;
            }

            joins.Add(new SoqlJoin(path, alias));
        }

        return joins;
    }

    private SoqlQuery? Scope(SoqlQuery query)
    {
        if (!_tokens.TryTake("USING"))
        {
            return query;
        }

        return _tokens.Expect("SCOPE") && _tokens.Name() is { } scope ? query with { Scope = scope } : null;
    }

    private SoqlQuery? Where(SoqlQuery query)
    {
        if (!_tokens.TryTake("WHERE"))
        {
            return query;
        }

        return _conditions.Condition() is { } condition ? query with { Where = condition } : null;
    }

    private SoqlQuery? With(SoqlQuery query)
    {
        var mark = _tokens.Mark;
        if (!_tokens.TryTake("WITH"))
        {
            return query;
        }

        if (_tokens.TryTake("DATA", "CATEGORY"))
        {
            return new CategoryParser(_tokens).Filters() is { } filters ? query with { With = new SoqlWith(WithKind.DataCategory, [.. filters], mark) } : null;
        }

        WithKind? kind = _tokens.TryTake("SECURITY_ENFORCED") ? WithKind.SecurityEnforced
            : _tokens.TryTake("USER_MODE") ? WithKind.UserMode
            : _tokens.TryTake("SYSTEM_MODE") ? WithKind.SystemMode
            : null;
        if (kind is { } known)
        {
            return query with { With = new SoqlWith(known, [], mark) };
        }

        _tokens.Unexpected();
        return null;
    }

    private SoqlQuery? GroupBy(SoqlQuery query)
    {
        if (!_tokens.TryTake("GROUP"))
        {
            return query;
        }

        if (!_tokens.Expect("BY"))
        {
            return null;
        }

        var kind = _tokens.Sees("ROLLUP", "(") ? GroupKind.Rollup : _tokens.Sees("CUBE", "(") ? GroupKind.Cube : GroupKind.Plain;
        if (kind != GroupKind.Plain)
        {
            _tokens.Take();
            _tokens.Take();
        }

        var by = new List<SoqlExpression>();
        do
        {
            if (_expressions.Expression() is not { } item)
            {
                return null;
            }

            by.Add(item);
        }
        while (_tokens.TryTake(","));
        if (kind != GroupKind.Plain && !_tokens.Expect(")"))
        {
            return null;
        }

        query = query with { GroupBy = new SoqlGrouping(kind, [.. by]) };
        if (!_tokens.TryTake("HAVING"))
        {
            return query;
        }

        return _conditions.Condition() is { } having ? query with { Having = having } : null;
    }

    private SoqlQuery? OrderBy(SoqlQuery query)
    {
        if (!_tokens.TryTake("ORDER"))
        {
            return query;
        }

        if (!_tokens.Expect("BY"))
        {
            return null;
        }

        var items = new List<OrderItem>();
        do
        {
            if (_expressions.Expression() is not { } by)
            {
                return null;
            }

            var descending = _tokens.TryTake("DESC");
            if (!descending)
            {
                _tokens.TryTake("ASC");
            }

            var nullsLast = false;
            if (_tokens.TryTake("NULLS"))
            {
                nullsLast = _tokens.TryTake("LAST");
                if (!nullsLast && !_tokens.Expect("FIRST"))
                {
                    return null;
                }
            }

            items.Add(new OrderItem(by, descending, nullsLast));
        }
        while (_tokens.TryTake(","));
        return query with { OrderBy = [.. items] };
    }

    private SoqlQuery? Window(SoqlQuery query)
    {
        if (_tokens.TryTake("LIMIT"))
        {
            if (Count() is not { } limit)
            {
                return null;
            }

            query = query with { Limit = limit };
        }

        if (!_tokens.TryTake("OFFSET"))
        {
            return query;
        }

        return Count() is { } offset ? query with { Offset = offset } : null;
    }

    private int? Count()
    {
        if (NumberText.Count(_tokens.Current) is { } count)
        {
            _tokens.Take();
            return count;
        }

        _tokens.Unexpected();
        return null;
    }

    private SoqlQuery? Marks(SoqlQuery query)
    {
        while (_tokens.TryTake("FOR"))
        {
            if (_tokens.TryTake("VIEW"))
            {
                query = query with { ForView = true };
            }
            else if (_tokens.TryTake("REFERENCE"))
            {
                query = query with { ForReference = true };
            }
            else if (_tokens.Expect("UPDATE"))
            {
                query = query with { ForUpdate = true };
            }
            else
            {
                return null;
            }
        }

        // Counters of knowledge articles; nothing here keeps such.
        if (_tokens.TryTake("UPDATE", "TRACKING") || _tokens.TryTake("UPDATE", "VIEWSTAT"))
        {
            return query;
        }

        return _tokens.TryTake("ALL", "ROWS") ? query with { AllRows = true } : query;
    }
}
