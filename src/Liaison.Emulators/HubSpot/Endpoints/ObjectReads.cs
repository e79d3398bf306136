using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Listing and reading of single records (contract section 6.1).</summary>
internal sealed class ObjectReads(Refusals refusals)
{
    private const int LargestPage = 100;
    private const int LargestPageWithHistory = 50;

    public Reply List(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        var selection = Selection.Of(call, type, call.QueryList("properties"), call.QueryList("propertiesWithHistory"));
        var largest = selection.History.Count > 0 ? LargestPageWithHistory : LargestPage;
        if (call.QueryNumber("limit", 10) is not { } limit || limit < 1 || limit > largest)
        {
            return refusals.Validation($"The limit must be a number from 1 to {largest}.");
        }

        if (Paging.Decode(call.Query("after")) is not { } after)
        {
            return refusals.Validation("The cursor in after was not given out by this API.");
        }

        if (Targets(call, out var targets) is { } refused)
        {
            return refused;
        }

        var (page, more) = Page(call, type, after, limit, call.QueryFlag("archived"));
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("results");
            foreach (var record in page)
            {
                RecordJson.Write(json, call, type, record, selection, targets);
            }

            json.WriteEndArray();
            if (more)
            {
                var cursor = Paging.Encode(page[^1].Id);
                Paging.Write(json, cursor, Paging.Link(call, cursor));
            }

            json.WriteEndObject();
        });
    }

    public Reply Get(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        if (Targets(call, out var targets) is { } refused)
        {
            return refused;
        }

        var idProperty = call.Query("idProperty");
        if (RefuseIdProperty(refusals, type, idProperty) is { } wrong)
        {
            return wrong;
        }

        if (!RecordAccess.TryFind(call, type, call["id"], idProperty, call.QueryFlag("archived"), out var record))
        {
            return refusals.RecordNotFound(type, call["id"]);
        }

        var selection = Selection.Of(call, type, call.QueryList("properties"), call.QueryList("propertiesWithHistory"));
        return Reply.Ok(json => RecordJson.Write(json, call, type, record, selection, targets));
    }

    /// <summary>Refuses to look records up by a property whose values may repeat.</summary>
    public static Reply? RefuseIdProperty(Refusals refusals, ObjectType type, string? idProperty) =>
        string.IsNullOrEmpty(idProperty) || idProperty == "hs_object_id" || (type.TryGetProperty(idProperty, out var property) && property.HasUniqueValue)
            ? null
            : refusals.Validation($"Unable to look records up by non-unique {type.Singular} property {idProperty}");

    private Reply? Targets(Call call, out List<ObjectType> targets)
    {
        targets = [];
        foreach (var name in call.QueryList("associations"))
        {
            if (!call.Account.TryGetType(name, out var target))
            {
                return refusals.UnknownType(name);
            }

            if (!targets.Contains(target))
            {
                targets.Add(target);
            }
        }

        return null;
    }

    private static (List<CrmRecord> Page, bool More) Page(Call call, ObjectType type, long after, int limit, bool archived)
    {
        var page = new List<CrmRecord>(limit);
        var all = type.Records.All;
        for (var at = type.Records.PositionAfter(after); at < all.Count; at++)
        {
            var record = all[at];
            if (record.Gone || (record.ArchivedAt is not null) != archived || !RecordAccess.Sees(call, type, record))
            {
                continue;
            }

            if (page.Count == limit)
            {
                return (page, true);
            }

            page.Add(record);
        }

        return (page, false);
    }
}
