using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.HubSpot.Lists;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Writes lists and folders as the API shows them.</summary>
internal static class ListJson
{
    /// <summary>Answers with one list under a name.</summary>
    public static Http.Reply Reply(string name, CrmList list, bool filters) => Http.Reply.Ok(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName(name);
        Write(json, list, filters);
        json.WriteEndObject();
    });

    public static void Write(Utf8JsonWriter json, CrmList list, bool filters)
    {
        json.WriteStartObject();
        WriteCommon(json, list);
        json.WriteNumber("size", list.Members.Count);
        if (filters && list.FilterBranch.ValueKind == JsonValueKind.Object)
        {
            json.WritePropertyName("filterBranch");
            list.FilterBranch.WriteTo(json);
        }

        WriteGiven(json, "listPermissions", list.Permissions);
        WriteGiven(json, "membershipSettings", list.MembershipSettings);
        json.WriteEndObject();
    }

    /// <summary>Writes what a list is, without its braces.</summary>
    public static void WriteCommon(Utf8JsonWriter json, CrmList list)
    {
        RecordJson.WriteId(json, "listId", list.Id);
        json.WriteNumber("listVersion", list.Version);
        json.WriteString("name", list.Name);
        json.WriteString("objectTypeId", list.Type.Id);
        json.WriteString("processingStatus", "COMPLETE");
        json.WriteString("processingType", list.Processing.ToString().ToUpperInvariant());
        RecordJson.WriteMoment(json, "createdAt", list.CreatedAt);
        RecordJson.WriteMoment(json, "updatedAt", list.UpdatedAt);
        WriteUser(json, "createdById", list.CreatedBy);
        WriteUser(json, "updatedById", list.UpdatedBy);
        if (list.FiltersUpdatedAt is { } filtered)
        {
            RecordJson.WriteMoment(json, "filtersUpdatedAt", filtered);
        }

        if (list.DeletedAt is { } deleted)
        {
            RecordJson.WriteMoment(json, "deletedAt", deleted);
        }
    }

    /// <summary>Writes a folder with all that lies in it.</summary>
    public static void Write(Utf8JsonWriter json, ListBook book, ListFolder folder)
    {
        json.WriteStartObject();
        RecordJson.WriteId(json, "id", folder.Id);
        json.WriteString("name", folder.Name);
        RecordJson.WriteId(json, "parentFolderId", folder.ParentId);
        RecordJson.WriteMoment(json, "createdAt", folder.CreatedAt);
        RecordJson.WriteMoment(json, "updatedAt", folder.UpdatedAt);
        RecordJson.WriteMoment(json, "updatedContentsAt", folder.ContentsUpdatedAt);
        if (folder.UserId is { } user)
        {
            json.WriteNumber("userId", user);
        }

        json.WriteStartArray("childLists");
        foreach (var list in book.Live.Where(list => list.FolderId == folder.Id))
        {
            json.WriteNumberValue(list.Id);
        }

        json.WriteEndArray();
        json.WriteStartArray("childNodes");
        foreach (var child in book.Folders.Values.Where(child => child.ParentId == folder.Id && child.Id != folder.Id))
        {
            Write(json, book, child);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteUser(Utf8JsonWriter json, string name, long? user)
    {
        if (user is { } id)
        {
            json.WriteString(name, id.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void WriteGiven(Utf8JsonWriter json, string name, JsonElement given)
    {
        if (given.ValueKind == JsonValueKind.Object)
        {
            json.WritePropertyName(name);
            given.WriteTo(json);
        }
    }
}
