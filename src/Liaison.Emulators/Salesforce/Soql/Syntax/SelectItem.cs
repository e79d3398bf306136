namespace Liaison.Emulators.Salesforce.Soql.Syntax;

/// <summary>One entry of the select list; the family is closed.</summary>
internal abstract record SelectItem
{
    private SelectItem()
    {
    }

    /// <summary>COUNT() without a field: the answer is totalSize.</summary>
    internal sealed record CountRows(string? Alias) : SelectItem;

    /// <summary>A field or a function of one.</summary>
    internal sealed record Value(SoqlExpression Expression, string? Alias, SourceMark Mark) : SelectItem;

    /// <summary>FIELDS(ALL), FIELDS(STANDARD) or FIELDS(CUSTOM).</summary>
    internal sealed record FieldSet(FieldSetKind Kind) : SelectItem;

    /// <summary>A sub-query over a child relationship.</summary>
    internal sealed record Children(SoqlQuery Query) : SelectItem;

    /// <summary>Fields by the type of what a polymorphic reference points to.</summary>
    internal sealed record TypeOf(string Relationship, SyntaxList<TypeOfBranch> Branches, SyntaxList<SoqlPath> Otherwise, SourceMark Mark) : SelectItem;
}

/// <summary>The fields to read where a polymorphic reference points to this object.</summary>
internal sealed record TypeOfBranch(string Object, SyntaxList<SoqlPath> Fields, SourceMark Mark);

/// <summary>Which fields FIELDS() stands for.</summary>
internal enum FieldSetKind
{
    All,
    Standard,
    Custom,
}
