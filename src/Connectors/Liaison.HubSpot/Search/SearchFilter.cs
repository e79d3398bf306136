namespace Liaison.HubSpot.Search;

/// <summary>One condition of HubSpot's search, in its own words.</summary>
/// <remarks>Values are only ever members of a JSON document that a writer makes, so no text of theirs can become structure.</remarks>
internal sealed record SearchFilter(string PropertyName, string Operator)
{
    public string? Value { get; init; }

    public IReadOnlyList<string>? Values { get; init; }

    internal bool SaysEmpty => Operator == SearchOperators.HasNone;

    /// <summary>Gets a value indicating whether the condition was compiled to hold for records without a value as well.</summary>
    internal bool SparesEmpty => Operator is SearchOperators.NotEqual or SearchOperators.NotIn;

    internal bool IsSame(SearchFilter other) =>
        PropertyName == other.PropertyName && Operator == other.Operator && Value == other.Value
        && (Values ?? []).SequenceEqual(other.Values ?? []);
}

/// <summary>HubSpot's words for comparisons; section 7 of contracts/hubspot.md.</summary>
internal static class SearchOperators
{
    internal const string Equal = "EQ";
    internal const string NotEqual = "NEQ";
    internal const string Less = "LT";
    internal const string LessOrEqual = "LTE";
    internal const string Greater = "GT";
    internal const string GreaterOrEqual = "GTE";
    internal const string In = "IN";
    internal const string NotIn = "NOT_IN";
    internal const string Has = "HAS_PROPERTY";
    internal const string HasNone = "NOT_HAS_PROPERTY";
    internal const string ContainsToken = "CONTAINS_TOKEN";
}
