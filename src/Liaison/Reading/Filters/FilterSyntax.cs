namespace Liaison.Reading.Filters;

/// <summary>A filter as it was written: names and values are still text, and no schema has been asked.</summary>
/// <remarks>The family is closed. Columns count from 1 and serve the sentences of refusals.</remarks>
internal abstract record FilterSyntax
{
    private FilterSyntax()
    {
    }

    /// <summary>Every part holds; none: every record.</summary>
    public sealed record All(IReadOnlyList<FilterSyntax> Parts) : FilterSyntax;

    /// <summary>At least one part holds; none: no record.</summary>
    public sealed record Any(IReadOnlyList<FilterSyntax> Parts) : FilterSyntax;

    /// <summary>The part does not hold.</summary>
    public sealed record Not(FilterSyntax Part) : FilterSyntax;

    /// <summary>A field compared with operands; how many there are goes by the operator.</summary>
    public sealed record Condition(
        string Field, int FieldColumn, FilterOperator Operator, IReadOnlyList<FilterOperand> Operands, int OperatorColumn) : FilterSyntax;
}

/// <summary>What stands between a field and its operands.</summary>
internal enum FilterOperator
{
    /// <summary>One operand, equal.</summary>
    Equal,

    /// <summary>One operand, another or nothing.</summary>
    NotEqual,

    /// <summary>One operand, less or before.</summary>
    Less,

    /// <summary>One operand, less or equal.</summary>
    LessOrEqual,

    /// <summary>One operand, greater or after.</summary>
    Greater,

    /// <summary>One operand, greater or equal.</summary>
    GreaterOrEqual,

    /// <summary>Two operands, both included.</summary>
    Between,

    /// <summary>Any number of operands, one of them.</summary>
    In,

    /// <summary>Any number of operands, none of them.</summary>
    NotIn,

    /// <summary>One operand, a word in the text.</summary>
    Contains,

    /// <summary>No operand, holds nothing.</summary>
    IsEmpty,

    /// <summary>No operand, holds something.</summary>
    HasValue,

    /// <summary>One operand, a duration that ends now.</summary>
    InTheLast,
}

/// <summary>A value as it was written.</summary>
/// <param name="Quoted">Whether it stood between quotation marks: a quoted value is never a word of the language.</param>
internal readonly record struct FilterOperand(string Text, bool Quoted, int Column);
