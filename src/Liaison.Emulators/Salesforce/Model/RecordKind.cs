namespace Liaison.Emulators.Salesforce.Model;

/// <summary>A record type: a kind of record within an object, with the picklist values that are offered for it.</summary>
/// <remarks>It decides what the interface offers and not what the API accepts (contract section 12).</remarks>
/// <param name="Id">The id of its row in RecordType.</param>
/// <param name="IsDefault">Whether new records are of it where none is named.</param>
/// <param name="Values">The values that are offered, by field; every value of a field that is not in it.</param>
internal sealed record RecordKind(string Id, string DeveloperName, string Name, bool IsDefault, IReadOnlyDictionary<string, IReadOnlyList<string>> Values)
{
    /// <summary>The record type that every object has, whose records have none.</summary>
    public const string MasterId = "012000000000000AAA";

    public const string Field = "RecordTypeId";

    /// <summary>Tells whether a value of a picklist is offered for such records.</summary>
    public bool Offers(SObjectField field, PicklistValue value) => !Values.TryGetValue(field.Name, out var offered) || offered.Contains(value.Value);
}
