namespace Liaison.Model;

/// <summary>A link from one record to another, as the CRM keeps it.</summary>
/// <param name="Labels">What the link is called, as in <c>Primary</c>; empty for a plain link.</param>
public sealed record Association(string FromId, string ToId, IReadOnlyList<string> Labels)
{
    /// <summary>Gets a value indicating whether the CRM marks this as the first among several.</summary>
    public bool IsPrimary { get; init; }
}
