namespace Liaison.Emulators.Salesforce.Soql.Binding;

/// <summary>How two values of one type lie to each other: texts without regard to case.</summary>
internal static class ValueOrder
{
    /// <summary>Compares two values of an expression: those of ids letter by letter, since two of them may differ by case alone (contract section 5).</summary>
    public static int Compare(BoundValue of, object left, object right) =>
        of.IsId && left is string a && right is string b ? string.CompareOrdinal(a, b) : Compare(left, right);

    public static int Compare(object left, object right) => (left, right) switch
    {
        (string a, string b) => string.Compare(a, b, StringComparison.OrdinalIgnoreCase),
        (decimal a, decimal b) => a.CompareTo(b),
        (DateOnly a, DateOnly b) => a.CompareTo(b),
        (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
        (TimeOnly a, TimeOnly b) => a.CompareTo(b),
        (bool a, bool b) => a.CompareTo(b),
        _ => 0,
    };
}

/// <summary>Compares values for grouping and lists: texts without regard to case, nothing equal to nothing.</summary>
internal sealed class ValueEquality : IEqualityComparer<object?>
{
    public static ValueEquality Instance { get; } = new();

    public new bool Equals(object? x, object? y) =>
        x is string a && y is string b ? string.Equals(a, b, StringComparison.OrdinalIgnoreCase) : object.Equals(x, y);

    public int GetHashCode(object? obj) => obj switch
    {
        null => 0,
        string text => StringComparer.OrdinalIgnoreCase.GetHashCode(text),
        _ => obj.GetHashCode(),
    };
}
