using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Parsing;

/// <summary>Reads paths and functions.</summary>
internal sealed class ExpressionParser(TokenReader tokens)
{
    /// <summary>Reads a path; a reserved word may stand in it behind or before a dot (Group.Name).</summary>
    public SoqlPath? Path()
    {
        var mark = tokens.Mark;
        var parts = new List<string>();
        do
        {
            var isName = tokens.Current.Kind == TokenKind.Word
                && (parts.Count > 0 || tokens.Following.Is(".") || !ReservedWords.Contains(tokens.Current.Raw));
            if (!isName)
            {
                tokens.Unexpected();
                return null;
            }

            parts.Add(tokens.Take().Raw);
        }
        while (tokens.TryTake("."));
        return new SoqlPath([.. parts], mark);
    }

    public SoqlExpression? Expression()
    {
        if (tokens.Current.Kind == TokenKind.Word && tokens.Following.Is("("))
        {
            return tokens.Sees("DISTANCE") ? Distance() : Call();
        }

        return Path() is { } path ? new SoqlExpression.Field(path) : null;
    }

    private SoqlExpression.Call? Call()
    {
        var mark = tokens.Mark;
        var name = tokens.Take();
        if (!SoqlFunctions.TryFind(name.Raw, out var function))
        {
            tokens.Unexpected();
            return null;
        }

        tokens.Take();
        if (!tokens.Enter())
        {
            return null;
        }

        var arguments = new List<SoqlExpression>();
        do
        {
            if (Expression() is not { } argument)
            {
                return null;
            }

            arguments.Add(argument);
        }
        while (tokens.TryTake(","));
        tokens.Leave();
        return tokens.Expect(")") ? new SoqlExpression.Call(function, [.. arguments], mark) : null;
    }

    /// <summary>Reads DISTANCE, whose shape is fixed: a field, a point, a unit.</summary>
    private SoqlExpression.Distance? Distance()
    {
        tokens.Take();
        if (!tokens.Expect("(") || Path() is not { } location
            || !tokens.Expect(",") || !tokens.Expect("GEOLOCATION") || !tokens.Expect("(")
            || Coordinate() is not { } latitude || !tokens.Expect(",") || Coordinate() is not { } longitude
            || !tokens.Expect(")") || !tokens.Expect(","))
        {
            return null;
        }

        if (tokens.Current is not { Kind: TokenKind.Text, Raw: "'mi'" or "'km'" })
        {
            tokens.Unexpected();
            return null;
        }

        var miles = tokens.Take().Raw == "'mi'";
        return tokens.Expect(")") ? new SoqlExpression.Distance(location, latitude, longitude, miles) : null;
    }

    private decimal? Coordinate()
    {
        if (NumberText.Read(tokens.Current) is { } number)
        {
            tokens.Take();
            return number;
        }

        tokens.Unexpected();
        return null;
    }
}
