using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Finds records for a caller: what the caller may not see is not there.</summary>
internal static class RecordAccess
{
    public static bool Sees(Call call, ObjectType type, CrmRecord record) =>
        call.User is not { } user || user.Sees(call.Account.OwnerOf(type, record));

    /// <summary>Finds a record by id, or by the value of a unique property.</summary>
    /// <param name="archived">Whether archived records are asked for instead of live ones.</param>
    public static bool TryFind(Call call, ObjectType type, string key, string? idProperty, bool archived, [NotNullWhen(true)] out CrmRecord? record)
    {
        record = null;
        if (!TryId(type, key, idProperty, out var id))
        {
            return false;
        }

        // A merged-away contact id answers with the survivor, other types do not know it any more (contract section 6.3).
        if (type.Name == "contacts")
        {
            id = type.Records.Survivor(id);
        }

        return type.Records.TryGet(id, out record) && !record.Gone && (record.ArchivedAt is not null) == archived && Sees(call, type, record);
    }

    /// <summary>Finds the record that a write means: following merges, never archived.</summary>
    public static bool TryFindForWrite(Call call, ObjectType type, string key, string? idProperty, [NotNullWhen(true)] out CrmRecord? record) =>
        TryFind(call, type, key, idProperty, archived: false, out record);

    private static bool TryId(ObjectType type, string key, string? idProperty, out long id) =>
        string.IsNullOrEmpty(idProperty) || idProperty == "hs_object_id"
            ? long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out id)
            : type.TryFindUnique(idProperty, key, out id);
}
