namespace Liaison.Emulators.Salesforce.Soql.Syntax;

/// <summary>A statement, or a sub-query over a child relationship.</summary>
internal sealed record SoqlQuery(SyntaxList<SelectItem> Select, SoqlSource From)
{
    /// <summary>Gets the other relationships that FROM names with an alias (FROM Contact c, c.Account a).</summary>
    public SyntaxList<SoqlJoin> Joins { get; init; } = [];

    public string? Scope { get; init; }

    public SoqlCondition? Where { get; init; }

    /// <summary>Gets what WITH asks for: a mode of Apex, or data categories.</summary>
    public SoqlWith? With { get; init; }

    public SoqlGrouping? GroupBy { get; init; }

    public SoqlCondition? Having { get; init; }

    public SyntaxList<OrderItem> OrderBy { get; init; } = [];

    public int? Limit { get; init; }

    public int? Offset { get; init; }

    public bool ForView { get; init; }

    public bool ForReference { get; init; }

    public bool ForUpdate { get; init; }

    public bool AllRows { get; init; }
}

/// <summary>What FROM names: an object, or in a sub-query a child relationship.</summary>
/// <param name="Qualifier">The parent's name before a child relationship (Account in Account.Contacts).</param>
internal sealed record SoqlSource(string? Qualifier, string Name, string? Alias, SourceMark Mark);

/// <summary>An alias for a path that starts at the source or at another alias.</summary>
internal sealed record SoqlJoin(SoqlPath Path, string Alias);

/// <summary>A field reached through none or more relationships.</summary>
internal sealed record SoqlPath(SyntaxList<string> Parts, SourceMark Mark)
{
    public string Field => Parts[^1];

    public override string ToString() => string.Join('.', Parts);
}

/// <summary>How rows are grouped.</summary>
internal sealed record SoqlGrouping(GroupKind Kind, SyntaxList<SoqlExpression> By);

/// <summary>Whether subtotals come with the groups.</summary>
internal enum GroupKind
{
    Plain,
    Rollup,
    Cube,
}

/// <summary>One key of ORDER BY.</summary>
/// <param name="NullsLast">Where empty values go; they come first unless told otherwise, in either direction.</param>
internal sealed record OrderItem(SoqlExpression By, bool Descending, bool NullsLast);

/// <summary>What stands behind WITH.</summary>
internal sealed record SoqlWith(WithKind Kind, SyntaxList<CategoryFilter> Categories, SourceMark Mark);

/// <summary>The three modes are Apex-side; data categories are those of knowledge articles.</summary>
internal enum WithKind
{
    SecurityEnforced,
    UserMode,
    SystemMode,
    DataCategory,
}

/// <summary>One data category filter.</summary>
internal sealed record CategoryFilter(string Group, string Selector, SyntaxList<string> Categories);
