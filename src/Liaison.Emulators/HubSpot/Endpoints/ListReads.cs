using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Lists;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Reading lists by id, by name, by the id they had in the oldest API; and how they grew.</summary>
internal sealed class ListReads(Refusals refusals)
{
    public Reply Get(Call call) => ListAccess.WithList(refusals, call, list => ListJson.Reply("list", list, call.QueryFlag("includeFilters")));

    /// <summary>Gives those of the asked lists that exist.</summary>
    public static Reply ByIds(Call call)
    {
        var found = call.QueryList("listIds").Select(id => ListAccess.TryFind(call, id, out var list) ? list : null).OfType<CrmList>().ToList();
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("lists");
            found.ForEach(list => ListJson.Write(json, list, call.QueryFlag("includeFilters")));
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public Reply ByName(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        var named = call.Account.Lists.Live.FirstOrDefault(list => list.Type == type && string.Equals(list.Name, call["name"], StringComparison.OrdinalIgnoreCase));
        if (named is null)
        {
            return refusals.NotFound($"List does not exist with name {call["name"]} and object type ID {type.Id}.");
        }

        call.Account.Lists.Settle(named, Instants.ToMilliseconds(call.Now));
        return ListJson.Reply("list", named, call.QueryFlag("includeFilters"));
    }

    public Reply LegacyId(Call call) =>
        FindLegacy(call, call.Query("legacyListId")) is { } list
            ? Reply.Ok(json => WriteMapping(json, list))
            : refusals.NotFound($"No list has the legacy id {call.Query("legacyListId")}.");

    public Reply LegacyIds(Call call)
    {
        if (call.Body.ValueKind != JsonValueKind.Array)
        {
            return refusals.InvalidJson("an array of legacy list ids was expected");
        }

        var asked = call.Body.EnumerateArray().Select(id => id.AsText() ?? "").ToList();
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("legacyListIdsToIdsMapping");
            foreach (var list in asked.Select(id => FindLegacy(call, id)).OfType<CrmList>())
            {
                WriteMapping(json, list);
            }

            json.WriteEndArray();
            json.WriteStartArray("missingLegacyListIds");
            asked.Where(id => FindLegacy(call, id) is null).ToList().ForEach(json.WriteStringValue);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    /// <summary>Tells when the list was edited and how many members it had, between two moments.</summary>
    public Reply History(Call call) => ListAccess.WithList(refusals, call, list =>
    {
        if (!TryMoment(call.Query("startDate"), DateTimeOffset.MinValue, out var start) || !TryMoment(call.Query("endDate"), DateTimeOffset.MaxValue, out var end))
        {
            return refusals.Validation("The startDate and endDate must be days or moments, such as 2026-05-01 or 2026-05-01T08:00:00Z.");
        }

        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("editHistory");
            list.Edits.Where(edit => edit >= start && edit <= end).ToList().ForEach(edit => json.WriteStringValue(Instants.Format(edit)));
            json.WriteEndArray();
            json.WriteStartArray("sizeHistory");
            foreach (var size in list.Sizes.Where(size => size.At >= start && size.At <= end))
            {
                json.WriteStartObject();
                json.WriteNumber("size", size.Count);
                RecordJson.WriteMoment(json, "timestamp", size.At);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    });

    private static bool TryMoment(string? text, DateTimeOffset otherwise, out DateTimeOffset moment)
    {
        moment = otherwise;
        return string.IsNullOrEmpty(text) || Instants.TryParse(text, out moment);
    }

    private static CrmList? FindLegacy(Call call, string? id) =>
        ListAccess.Number(id) is { } number && call.Account.Lists.FindLegacy(number) is { DeletedAt: null } list ? list : null;

    private static void WriteMapping(Utf8JsonWriter json, CrmList list)
    {
        json.WriteStartObject();
        RecordJson.WriteId(json, "legacyListId", ListBook.LegacyId(list) ?? 0);
        RecordJson.WriteId(json, "listId", list.Id);
        json.WriteEndObject();
    }
}
