using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Reading associations (contract section 8).</summary>
internal sealed class AssociationReads(Refusals refusals, BatchAnswer answer)
{
    private const int LargestPage = 500;
    private const int LargestBatch = 1_000;

    public Reply OfOne(Call call)
    {
        if (Types(refusals, call, "type", "toType", out var from, out var to) is { } refused)
        {
            return refused;
        }

        if (!RecordAccess.TryFind(call, from, call["id"], null, archived: false, out var record))
        {
            return refusals.RecordNotFound(from, call["id"]);
        }

        if (call.QueryNumber("limit", LargestPage) is not { } limit || limit is < 1 or > LargestPage || Paging.Decode(call.Query("after")) is not { } after)
        {
            return refusals.Validation($"The limit must be a number from 1 to {LargestPage}, and after a cursor that this API gave out.");
        }

        var links = After(InlineAssociations.Visible(call, from, record, to), after, limit);
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            WriteLinks(json, call, from, to, links.Take(limit), "results");
            WritePaging(json, call, links, limit);
            json.WriteEndObject();
        });
    }

    public Reply Batch(Call call)
    {
        if (Types(refusals, call, "from", "to", out var from, out var to) is { } refused)
        {
            return refused;
        }

        if (BatchReads.RefuseSize(refusals, call, LargestBatch) is { } tooMany)
        {
            return tooMany;
        }

        var results = new List<Action<Utf8JsonWriter>>();
        var none = new List<string>();
        foreach (var input in call.Items("inputs"))
        {
            var id = input.TextOf("id") ?? "";
            var links = RecordAccess.TryFind(call, from, id, null, archived: false, out var record)
                ? After(InlineAssociations.Visible(call, from, record, to), Paging.Decode(input.TextOf("after")) ?? 0, LargestPage)
                : [];
            if (links.Count == 0)
            {
                none.Add(id);
                continue;
            }

            results.Add(json => WriteItem(json, call, from, to, record!.Id, links));
        }

        return answer.Of(call, 200, results, none.Count == 0 ? [] : [.. none.Select(id => None(from, to, id))]);
    }

    /// <summary>Resolves the two types of a path.</summary>
    public static Reply? Types(Refusals refusals, Call call, string fromName, string toName, out ObjectType from, out ObjectType to)
    {
        (from, to) = (null!, null!);
        if (!call.Account.TryGetType(call[fromName], out var first))
        {
            return refusals.UnknownType(call[fromName]);
        }

        if (!call.Account.TryGetType(call[toName], out var second))
        {
            return refusals.UnknownType(call[toName]);
        }

        (from, to) = (first, second);
        return null;
    }

    /// <remarks>A number in recordings, a string in the published description (contract section 8).</remarks>
    public static void WriteToId(Utf8JsonWriter json, Call call, string name, long id)
    {
        if (call.Account.Options.AssociationIdsAsStrings)
        {
            RecordJson.WriteId(json, name, id);
        }
        else
        {
            json.WriteNumber(name, id);
        }
    }

    private static void WriteItem(Utf8JsonWriter json, Call call, ObjectType from, ObjectType to, long id, List<Link> links)
    {
        json.WriteStartObject();
        json.WriteStartObject("from");
        RecordJson.WriteId(json, "id", id);
        json.WriteEndObject();
        WriteLinks(json, call, from, to, links.Take(LargestPage), "to");
        WritePaging(json, call, links, LargestPage);
        json.WriteEndObject();
    }

    private static void WriteLinks(Utf8JsonWriter json, Call call, ObjectType from, ObjectType to, IEnumerable<Link> links, string name)
    {
        json.WriteStartArray(name);
        foreach (var link in links)
        {
            json.WriteStartObject();
            WriteToId(json, call, "toObjectId", link.To);
            json.WriteStartArray("associationTypes");
            foreach (var kind in link.Kinds)
            {
                json.WriteStartObject();
                json.WriteString("category", kind.Category);
                json.WriteNumber("typeId", kind.TypeId);
                json.WriteString("label", call.Account.Associations.Find(from, to, kind)?.Label);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePaging(Utf8JsonWriter json, Call call, List<Link> links, int limit)
    {
        if (links.Count > limit)
        {
            var cursor = Paging.Encode(links[limit - 1].To);
            Paging.Write(json, cursor, Paging.Link(call, cursor));
        }
    }

    /// <summary>Continues after a link, in the order of ids that cursors count by; what fits one page stays in the order in which it was made.</summary>
    private static List<Link> After(List<Link> links, long after, int limit) =>
        after == 0 && links.Count <= limit ? links : [.. links.Where(link => link.To > after).OrderBy(link => link.To)];

    private static BatchFault None(ObjectType from, ObjectType to, string id) => new(
        "OBJECT_NOT_FOUND", $"No {to.Singular} is associated with {from.Singular} {id}.", "crm.associations.NO_ASSOCIATIONS_FOUND",
        [("fromObjectId", [id]), ("fromObjectType", [from.Singular]), ("toObjectType", [to.Singular])]);
}
