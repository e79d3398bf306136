namespace Liaison.Model;

/// <summary>How a field is compared.</summary>
public enum Comparison
{
    /// <summary>Holds this value.</summary>
    Equal,

    /// <summary>Holds another value or nothing.</summary>
    NotEqual,

    /// <summary>Less than; for times: before.</summary>
    Less,

    /// <summary>Less than or equal.</summary>
    LessOrEqual,

    /// <summary>Greater than; for times: after.</summary>
    Greater,

    /// <summary>Greater than or equal.</summary>
    GreaterOrEqual,

    /// <summary>Holds a word that begins like this; what a word is, is the CRM's.</summary>
    Contains,
}

/// <summary>A condition on records in the typed model, the same for every CRM; connectors compile it to their own.</summary>
/// <remarks>
/// The family is closed. Values are typed and names are canonical until the schema has resolved them, so that no text of a
/// caller ever becomes part of a query's structure.
/// </remarks>
public abstract record RecordFilter
{
    private RecordFilter()
    {
    }

    /// <summary>Gets the filter that every record passes.</summary>
    public static RecordFilter Everything { get; } = new All([]);

    /// <summary>Every part holds; none at all: every record passes.</summary>
    public sealed record All(IReadOnlyList<RecordFilter> Parts) : RecordFilter;

    /// <summary>At least one part holds; none at all: no record passes.</summary>
    public sealed record Any(IReadOnlyList<RecordFilter> Parts) : RecordFilter;

    /// <summary>One field compared with one value.</summary>
    public sealed record Compare(string Field, Comparison By, FieldValue Value) : RecordFilter;

    /// <summary>The field holds one of these, or with <paramref name="Negated"/> none of them.</summary>
    public sealed record OneOf(string Field, IReadOnlyList<FieldValue> Values, bool Negated = false) : RecordFilter;

    /// <summary>The field holds something, or with <paramref name="Negated"/> nothing.</summary>
    public sealed record HasValue(string Field, bool Negated = false) : RecordFilter;
}

/// <summary>By which field a result is ordered.</summary>
public sealed record SortOrder(string Field, bool Descending = false);

/// <summary>Which records and which of their fields are wanted.</summary>
/// <param name="Fields">The wanted fields; never everything, since field selection is what keeps reads small and rights narrow.</param>
/// <param name="Sort">The order; <see langword="null"/> lets the connector choose the one in which it can page without losing a record.</param>
/// <param name="PageSize">The most records of a page; <see langword="null"/> takes the largest that the CRM allows.</param>
public sealed record RecordQuery(
    RecordType Type,
    IReadOnlyList<FieldDefinition> Fields,
    RecordFilter Filter,
    SortOrder? Sort = null,
    int? PageSize = null)
{
    /// <summary>Gets the type whose links are welcome with the records, where the CRM can tell them in the same answer.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    public RecordType? Linked { get; init; }
}
