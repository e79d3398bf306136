using System.Collections.Frozen;
using Liaison.Model;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Declaration;

/// <summary>Of which type an id is, by its first three places; section 5 of contracts/salesforce.md.</summary>
/// <remarks>
/// Those of the standard objects, which are the same in every organisation. An organisation's own objects have prefixes that it alone tells: a
/// field that points to one of them points to no other type, and says it. Calls are rows of the tasks' object and are told from tasks by no id.
/// </remarks>
internal static class KeyPrefixes
{
    private const int Length = 3;

    private static readonly FrozenDictionary<string, RecordType> Types = new Dictionary<string, string>
    {
        ["001"] = "Account",
        ["002"] = "Note",
        ["003"] = "Contact",
        ["005"] = "User",
        ["006"] = "Opportunity",
        ["00G"] = "Group",
        ["00Q"] = "Lead",
        ["00T"] = "Task",
        ["00U"] = "Event",
        ["500"] = "Case",
        ["701"] = "Campaign",
    }.ToFrozenDictionary(pair => pair.Key, pair => SalesforceRecordTypes.OfObject(pair.Value), StringComparer.Ordinal);

    /// <summary>Gives the type of the record that an id is of; a queue is of the type <c>Group</c>.</summary>
    /// <returns><see langword="null"/> for an id of another object, or a text that is no id.</returns>
    internal static RecordType? TypeOf(string id) =>
        id.Length > Length && Types.TryGetValue(id[..Length], out var type) && SalesforceId.Normalize(id) is not null ? type : null;
}
