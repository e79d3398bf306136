namespace Liaison.Salesforce.Soql;

/// <summary>A condition of a statement; what always or never holds is kept apart, since no statement says it.</summary>
internal abstract record SoqlCondition
{
    private SoqlCondition()
    {
    }

    internal static SoqlCondition Everything { get; } = new Always();

    internal static SoqlCondition Nothing { get; } = new Never();

    /// <summary>Both hold; every part stands in parentheses, since Salesforce takes no AND beside an OR without them.</summary>
    internal SoqlCondition And(SoqlCondition other) =>
        this is Term one && other is Term two ? new Term($"({one.Soql} AND {two.Soql})")
        : this is Never || other is Always ? this
        : other;

    /// <summary>One of them holds.</summary>
    internal SoqlCondition Or(SoqlCondition other) =>
        this is Term one && other is Term two ? new Term($"({one.Soql} OR {two.Soql})")
        : this is Always || other is Never ? this
        : other;

    /// <summary>Every record passes.</summary>
    internal sealed record Always : SoqlCondition;

    /// <summary>No record passes.</summary>
    internal sealed record Never : SoqlCondition;

    /// <summary>Text of a statement, made of names that were checked and literals that were printed.</summary>
    internal sealed record Term(string Soql) : SoqlCondition;
}
