using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Lists;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Searching lists by name, type and how they get their members.</summary>
internal sealed class ListSearch(Refusals refusals)
{
    private const int LargestPage = 500;

    public Reply Search(Call call)
    {
        var (offset, count) = (call.Body.NumberOf("offset", 0), call.Body.NumberOf("count", 20));
        if (offset < 0 || count is < 0 or > LargestPage)
        {
            return refusals.Validation($"The offset must not be negative, and the count a number from 0 to {LargestPage}.");
        }

        ObjectType? type = null;
        if (call.Text("objectTypeId") is { Length: > 0 } asked && !call.Account.TryGetType(asked, out type))
        {
            return refusals.UnknownType(asked);
        }

        var (ids, kinds, query) = (call.Body.TextsOf("listIds"), call.Body.TextsOf("processingTypes"), call.Text("query") ?? "");
        var found = call.Account.Lists.Live.Where(list =>
            (type is null || list.Type == type)
            && (ids.Count == 0 || ids.Contains(list.Id.ToString(CultureInfo.InvariantCulture)))
            && (kinds.Count == 0 || kinds.Contains(list.Processing.ToString(), StringComparer.OrdinalIgnoreCase))
            && list.Name.Contains(query, StringComparison.OrdinalIgnoreCase)).ToList();
        found.ForEach(list => call.Account.Lists.Settle(list, Instants.ToMilliseconds(call.Now)));
        if (Sorted(found, call.Text("sort") ?? "HS_LIST_ID") is not { } sorted)
        {
            return refusals.Validation("Lists sort by HS_LIST_ID, HS_LIST_NAME, HS_LIST_SIZE, HS_CREATEDATE or HS_LASTMODIFIEDDATE; a minus before it turns the order.");
        }

        var page = sorted.Skip(offset).Take(count).ToList();
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("total", found.Count);
            json.WriteNumber("offset", offset + page.Count);
            json.WriteBoolean("hasMore", offset + page.Count < found.Count);
            json.WriteStartArray("lists");
            page.ForEach(list => Write(json, call, list));
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static List<CrmList>? Sorted(List<CrmList> found, string sort)
    {
        Func<CrmList, IComparable>? key = sort.TrimStart('-').ToUpperInvariant() switch
        {
            "HS_LIST_ID" => list => list.Id,
            "HS_LIST_NAME" => list => list.Name.ToUpperInvariant(),
            "HS_LIST_SIZE" => list => list.Members.Count,
            "HS_CREATEDATE" => list => list.CreatedAt,
            "HS_LASTMODIFIEDDATE" => list => list.UpdatedAt,
            _ => null,
        };
        return key is null ? null : [.. sort.StartsWith('-') ? found.OrderByDescending(key) : found.OrderBy(key)];
    }

    private static void Write(Utf8JsonWriter json, Call call, CrmList list)
    {
        json.WriteStartObject();
        ListJson.WriteCommon(json, list);
        json.WriteStartObject("additionalProperties");
        foreach (var name in call.Body.TextsOf("additionalProperties"))
        {
            if (Additional(call, list, name) is { } value)
            {
                json.WriteString(name, value);
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string? Additional(Call call, CrmList list, string name) => name switch
    {
        "hs_list_size" => list.Members.Count.ToString(CultureInfo.InvariantCulture),
        "hs_folder_id" => list.FolderId.ToString(CultureInfo.InvariantCulture),
        "hs_folder_name" => call.Account.Lists.Folders.GetValueOrDefault(list.FolderId)?.Name,
        _ => list.CustomProperties.GetValueOrDefault(name),
    };
}
