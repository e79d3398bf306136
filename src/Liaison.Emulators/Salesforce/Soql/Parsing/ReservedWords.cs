using System.Collections.Frozen;

namespace Liaison.Emulators.Salesforce.Soql.Parsing;

/// <summary>The words that name nothing (SOQL reference, "Reserved Keywords"), and FOR and ORDER, which begin clauses.</summary>
/// <remarks>OFFSET is none: behind an object it is an alias unless a number follows.</remarks>
internal static class ReservedWords
{
    private static readonly FrozenSet<string> All = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "AND", "ASC", "DESC", "EXCLUDES", "FIRST", "FROM", "GROUP", "HAVING", "IN", "INCLUDES", "LAST", "LIKE", "LIMIT", "NOT", "NULL", "NULLS", "OR", "SELECT", "USING", "WHERE", "WITH", "FOR", "ORDER");

    public static bool Contains(string word) => All.Contains(word);
}
