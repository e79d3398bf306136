using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Lists;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Who is in a list, and in which lists a record is.</summary>
internal sealed class ListMemberPages(Refusals refusals, BatchAnswer answer)
{
    /// <summary>The largest page of memberships (contract section 3).</summary>
    private const int LargestPage = 250;

    public Reply ById(Call call) => Page(call, list => list.Members, member => member.RecordId);

    public Reply InJoinOrder(Call call) => Page(call, list => list.Members.OrderBy(member => member.Sequence), member => member.Sequence);

    public Reply OfRecord(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        if (!RecordAccess.TryFind(call, type, call["id"], null, archived: false, out var record))
        {
            return refusals.RecordNotFound(type, call["id"]);
        }

        var memberships = Of(call, type, record);
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("total", memberships.Count);
            json.WriteStartArray("results");
            memberships.ForEach(one => WriteMembership(json, one.List, one.Member));
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public Reply OfRecords(Call call)
    {
        var results = new List<Action<Utf8JsonWriter>>();
        var missing = new List<string>();
        foreach (var input in call.Items("inputs"))
        {
            var id = input.TextOf("recordId") ?? "";
            if (!call.Account.TryGetType(input.TextOf("objectTypeId") ?? "", out var type) || !RecordAccess.TryFind(call, type, id, null, archived: false, out var record))
            {
                missing.Add(id);
                continue;
            }

            var memberships = Of(call, type, record);
            results.Add(json =>
            {
                json.WriteStartObject();
                json.WriteString("objectTypeId", type.Id);
                RecordJson.WriteId(json, "recordId", record.Id);
                json.WriteStartArray("recordListMemberships");
                memberships.ForEach(one => WriteMembership(json, one.List, one.Member));
                json.WriteEndArray();
                json.WriteEndObject();
            });
        }

        return answer.Of(call, 200, results, missing.Count == 0 ? [] : [new BatchFault("OBJECT_NOT_FOUND", "Could not get some records, they may be deleted or not exist.", null, [("ids", missing)])]);
    }

    private Reply Page(Call call, Func<CrmList, IEnumerable<ListMember>> order, Func<ListMember, long> key) => ListAccess.WithList(refusals, call, list =>
    {
        var (afterText, beforeText) = (call.Query("after"), call.Query("before"));
        if (call.QueryNumber("limit", 100) is not { } limit || limit is < 1 or > LargestPage
            || Paging.Decode(afterText) is not { } after || Paging.Decode(beforeText) is not { } before || (afterText is not null && beforeText is not null))
        {
            return refusals.Validation($"The limit must be a number from 1 to {LargestPage}, and after or before, not both, a cursor that this API gave out.");
        }

        var visible = order(list).Where(member => list.Type.Records.TryGet(member.RecordId, out var record) && RecordAccess.Sees(call, list.Type, record)).ToList();
        List<ListMember> page = beforeText is null
            ? [.. visible.Where(member => key(member) > after).Take(limit)]
            : [.. visible.Where(member => key(member) < before).TakeLast(limit)];
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("total", visible.Count);
            json.WriteStartArray("results");
            foreach (var member in page)
            {
                json.WriteStartObject();
                RecordJson.WriteId(json, "recordId", member.RecordId);
                RecordJson.WriteMoment(json, "membershipTimestamp", member.JoinedAt);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (page.Count > 0)
            {
                WritePaging(json, call, page[0] != visible[0] ? key(page[0]) : null, page[^1] != visible[^1] ? key(page[^1]) : null);
            }

            json.WriteEndObject();
        });
    });

    private static void WritePaging(Utf8JsonWriter json, Call call, long? before, long? after)
    {
        if (before is null && after is null)
        {
            return;
        }

        json.WriteStartObject("paging");
        foreach (var (name, cursorName, key) in new[] { ("next", "after", after), ("prev", "before", before) })
        {
            if (key is { } at)
            {
                var cursor = Paging.Encode(at);
                json.WriteStartObject(name);
                json.WriteString(cursorName, cursor);
                json.WriteString("link", $"{call.Origin}{call.Request.Path.Value}?limit={call.QueryNumber("limit", 100)}&{cursorName}={Uri.EscapeDataString(cursor)}");
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    private static List<(CrmList List, ListMember Member)> Of(Call call, ObjectType type, CrmRecord record)
    {
        var found = new List<(CrmList, ListMember)>();
        foreach (var list in call.Account.Lists.Live.Where(list => list.Type == type).ToList())
        {
            call.Account.Lists.Settle(list, Instants.ToMilliseconds(call.Now));
            if (list.MemberOf(record.Id) is { } member)
            {
                found.Add((list, member));
            }
        }

        return found;
    }

    private static void WriteMembership(Utf8JsonWriter json, CrmList list, ListMember member)
    {
        json.WriteStartObject();
        RecordJson.WriteId(json, "listId", list.Id);
        json.WriteNumber("listVersion", list.Version);
        RecordJson.WriteMoment(json, "firstAddedTimestamp", member.FirstJoinedAt);
        RecordJson.WriteMoment(json, "lastAddedTimestamp", member.JoinedAt);
        json.WriteBoolean("isPublicList", false);
        json.WriteEndObject();
    }
}
