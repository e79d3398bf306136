namespace Liaison.Emulators.Salesforce.Soql.Searching;

/// <summary>A search, whichever way it was written.</summary>
/// <param name="Text">What is looked for, escapes undone.</param>
/// <param name="Fields">Where it is looked for.</param>
/// <param name="Targets">What comes back; where empty, the ids of whatever is found.</param>
/// <param name="Limit">The most records in all.</param>
internal sealed record SearchRequest(string Text, SearchGroup Fields, IReadOnlyList<SearchTarget> Targets, int Limit);

/// <summary>One object of a search.</summary>
/// <param name="Clauses">What follows its name in a statement: WHERE, ORDER BY, LIMIT.</param>
internal sealed record SearchTarget(string Object, IReadOnlyList<string> Fields, string Clauses);

/// <summary>Which fields a search looks at.</summary>
internal enum SearchGroup
{
    All,
    Name,
    Email,
    Phone,
}
