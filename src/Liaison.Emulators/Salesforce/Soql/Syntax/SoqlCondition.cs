namespace Liaison.Emulators.Salesforce.Soql.Syntax;

/// <summary>What WHERE and HAVING ask; the family is closed.</summary>
internal abstract record SoqlCondition
{
    private SoqlCondition()
    {
    }

    internal sealed record All(SyntaxList<SoqlCondition> Of) : SoqlCondition;

    internal sealed record Any(SyntaxList<SoqlCondition> Of) : SoqlCondition;

    internal sealed record Not(SoqlCondition Of) : SoqlCondition;

    internal sealed record Compare(SoqlExpression Left, SoqlComparison By, SoqlLiteral Right) : SoqlCondition;

    internal sealed record In(SoqlExpression Left, bool Negated, SyntaxList<SoqlLiteral> Values) : SoqlCondition;

    /// <summary>IN over the answer of another statement.</summary>
    internal sealed record SemiJoin(SoqlPath Left, bool Negated, SoqlPath Field, SoqlSource From, SoqlCondition? Where) : SoqlCondition;

    /// <summary>INCLUDES or EXCLUDES: each text is a set of choices that must all be there.</summary>
    internal sealed record Includes(SoqlPath Left, bool Negated, SyntaxList<string> Sets) : SoqlCondition;
}

/// <summary>How two values are compared.</summary>
internal enum SoqlComparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Like,
}
