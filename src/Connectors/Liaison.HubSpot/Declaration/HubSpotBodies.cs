using System.Collections.Frozen;
using Liaison.Connectors;

namespace Liaison.HubSpot.Declaration;

/// <summary>What the call log shows of HubSpot's bodies: what steers a call and what an error says of itself, never a property's value.</summary>
internal static class HubSpotBodies
{
    // HubSpot's ids of records are whole numbers of up to twenty digits.
    private const int LongestId = 20;

    internal static BodyDescriptor Value { get; } = new()
    {
        ShownNames = FrozenSet.Create(
            StringComparer.Ordinal,
            "status", "category", "subCategory", "errorType", "code", "error", "correlationId", "policyName", "propertyName", "idProperty",
            "requiredGranularScopes", "requiredScopes", "properties", "operator", "direction", "limit", "after", "total", "numErrors",
            "startedAt", "completedAt", "createdAt", "updatedAt", "archived", "objectTypeId", "associationCategory", "associationTypeId",
            "typeId", "fieldType", "groupName", "portalId", "hub_id", "accountType", "timeZone", "objectWriteTraceId"),
        RecordIdNames = FrozenSet.Create(StringComparer.Ordinal, "id", "toObjectId", "fromObjectId", "existingId"),
        FieldObjects = FrozenSet.Create(StringComparer.Ordinal, "properties", "propertiesWithHistory"),
        ForeignKeyName = "idProperty",
        IsRecordId = text => text.Length is > 0 and <= LongestId && text.All(char.IsAsciiDigit),
    };
}
