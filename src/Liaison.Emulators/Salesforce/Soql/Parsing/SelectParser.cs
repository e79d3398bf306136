using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Parsing;

/// <summary>Reads the select list.</summary>
internal sealed class SelectParser(TokenReader tokens, ExpressionParser expressions, Func<SoqlQuery?> subQuery)
{
    public List<SelectItem>? Items()
    {
        var items = new List<SelectItem>();
        do
        {
            if (Item() is not { } item)
            {
                return null;
            }

            items.Add(item);
        }
        while (tokens.TryTake(","));
        return items;
    }

    private SelectItem? Item()
    {
        if (tokens.Sees("("))
        {
            return Children();
        }

        if (tokens.Sees("TYPEOF") && tokens.Following.Kind == TokenKind.Word && !tokens.Following.Is("FROM"))
        {
            return TypeOf();
        }

        if (tokens.Sees("FIELDS", "("))
        {
            return FieldSet();
        }

        var mark = tokens.Mark;
        if (tokens.Sees("COUNT", "(") && CountRows() is { } all)
        {
            return all;
        }

        return expressions.Expression() is { } expression ? new SelectItem.Value(expression, tokens.Alias(), mark) : null;
    }

    private SelectItem.CountRows? CountRows()
    {
        if (!tokens.AheadIs(2, ")"))
        {
            return null;
        }

        tokens.Take();
        tokens.Take();
        tokens.Take();
        return new SelectItem.CountRows(tokens.Alias());
    }

    private SelectItem.Children? Children()
    {
        tokens.Take();
        if (!tokens.Enter() || subQuery() is not { } query)
        {
            return null;
        }

        tokens.Leave();
        return tokens.Expect(")") ? new SelectItem.Children(query) : null;
    }

    private SelectItem.FieldSet? FieldSet()
    {
        tokens.Take();
        tokens.Take();
        if (!Enum.TryParse<FieldSetKind>(tokens.Current.Raw, ignoreCase: true, out var kind) || tokens.Current.Kind != TokenKind.Word)
        {
            tokens.Unexpected();
            return null;
        }

        tokens.Take();
        return tokens.Expect(")") ? new SelectItem.FieldSet(kind) : null;
    }

    private SelectItem.TypeOf? TypeOf()
    {
        var mark = tokens.Mark;
        tokens.Take();
        if (tokens.Name() is not { } relationship)
        {
            return null;
        }

        var branches = new List<TypeOfBranch>();
        while (tokens.Sees("WHEN"))
        {
            tokens.Take();
            var at = tokens.Mark;
            if (tokens.Name() is not { } type || !tokens.Expect("THEN") || Paths() is not { } fields)
            {
                return null;
            }

            branches.Add(new TypeOfBranch(type, [.. fields], at));
        }

        if (branches.Count == 0)
        {
            tokens.Unexpected();
            return null;
        }

        List<SoqlPath>? otherwise = [];
        if (tokens.TryTake("ELSE"))
        {
            otherwise = Paths();
        }

        return otherwise is not null && tokens.Expect("END") ? new SelectItem.TypeOf(relationship, [.. branches], [.. otherwise], mark) : null;
    }

    private List<SoqlPath>? Paths()
    {
        var paths = new List<SoqlPath>();
        do
        {
            if (expressions.Path() is not { } path)
            {
                return null;
            }

            paths.Add(path);
        }
        while (tokens.TryTake(","));
        return paths;
    }
}
