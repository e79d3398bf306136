using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Parsing;

/// <summary>Reads what WHERE and HAVING ask.</summary>
internal sealed class ConditionParser(TokenReader tokens, ExpressionParser expressions, LiteralParser literals)
{
    private static readonly Dictionary<string, SoqlComparison> Signs = new()
    {
        ["="] = SoqlComparison.Equal,
        ["!="] = SoqlComparison.NotEqual,
        ["<>"] = SoqlComparison.NotEqual,
        ["<"] = SoqlComparison.Less,
        ["<="] = SoqlComparison.LessOrEqual,
        [">"] = SoqlComparison.Greater,
        [">="] = SoqlComparison.GreaterOrEqual,
    };

    /// <summary>Reads terms joined by AND or by OR; a mix of both without brackets is refused, as the platform does.</summary>
    public SoqlCondition? Condition()
    {
        if (Term() is not { } first)
        {
            return null;
        }

        var joint = tokens.Sees("AND") ? "AND" : "OR";
        if (!tokens.Sees(joint))
        {
            return first;
        }

        var terms = new List<SoqlCondition> { first };
        while (tokens.TryTake(joint))
        {
            if (Term() is not { } term)
            {
                return null;
            }

            terms.Add(term);
        }

        if (tokens.Sees("AND") || tokens.Sees("OR"))
        {
            tokens.Unexpected();
            return null;
        }

        return joint == "AND" ? new SoqlCondition.All([.. terms]) : new SoqlCondition.Any([.. terms]);
    }

    private SoqlCondition? Term()
    {
        if (!tokens.Enter())
        {
            return null;
        }

        SoqlCondition? term;
        if (tokens.TryTake("NOT"))
        {
            term = Term() is { } negated ? new SoqlCondition.Not(negated) : null;
        }
        else if (tokens.TryTake("("))
        {
            term = Condition() is { } inner && tokens.Expect(")") ? inner : null;
        }
        else
        {
            term = Predicate();
        }

        tokens.Leave();
        return term;
    }

    private SoqlCondition? Predicate()
    {
        if (expressions.Expression() is not { } left)
        {
            return null;
        }

        if (tokens.Current.Kind == TokenKind.Sign && Signs.TryGetValue(tokens.Current.Raw, out var sign))
        {
            tokens.Take();
            return literals.Literal() is { } right ? new SoqlCondition.Compare(left, sign, right) : null;
        }

        if (tokens.TryTake("LIKE"))
        {
            return literals.Pattern() is { } pattern ? new SoqlCondition.Compare(left, SoqlComparison.Like, pattern) : null;
        }

        var negated = tokens.TryTake("NOT", "IN");
        if (negated || tokens.TryTake("IN"))
        {
            return Membership(left, negated);
        }

        var excludes = tokens.Sees("EXCLUDES");
        if ((excludes || tokens.Sees("INCLUDES")) && left is SoqlExpression.Field field)
        {
            tokens.Take();
            return Choices(field.Path, excludes);
        }

        tokens.Unexpected();
        return null;
    }

    private SoqlCondition? Membership(SoqlExpression left, bool negated)
    {
        if (tokens.Sees(":"))
        {
            tokens.Refuse(tokens.Current.Start, "Bind variables only allowed in Apex code");
            return null;
        }

        if (tokens.Sees("(", "SELECT") && left is SoqlExpression.Field field)
        {
            tokens.Take();
            return SemiJoin(field.Path, negated);
        }

        return List() is { } values ? new SoqlCondition.In(left, negated, [.. values]) : null;
    }

    private SoqlCondition.SemiJoin? SemiJoin(SoqlPath left, bool negated)
    {
        tokens.Take();
        if (expressions.Path() is not { } field || !tokens.Expect("FROM"))
        {
            return null;
        }

        var mark = tokens.Mark;
        if (tokens.Name() is not { } name)
        {
            return null;
        }

        var alias = tokens.Alias();
        SoqlCondition? where = null;
        if (tokens.TryTake("WHERE"))
        {
            where = Condition();
            if (where is null)
            {
                return null;
            }
        }

        return tokens.Expect(")") ? new SoqlCondition.SemiJoin(left, negated, field, new SoqlSource(null, name, alias, mark), where) : null;
    }

    private SoqlCondition.Includes? Choices(SoqlPath left, bool negated)
    {
        if (List() is not { } values)
        {
            return null;
        }

        foreach (var value in values)
        {
            if (value is not SoqlLiteral.Text)
            {
                tokens.Refuse(value.Mark.Offset, "INCLUDES and EXCLUDES take a list of quoted values");
                return null;
            }
        }

        return new SoqlCondition.Includes(left, negated, [.. values.Cast<SoqlLiteral.Text>().Select(text => text.Value)]);
    }

    private List<SoqlLiteral>? List()
    {
        if (!tokens.Expect("("))
        {
            return null;
        }

        var values = new List<SoqlLiteral>();
        do
        {
            if (literals.Literal() is not { } value)
            {
                return null;
            }

            values.Add(value);
        }
        while (tokens.TryTake(","));
        return tokens.Expect(")") ? values : null;
    }
}
