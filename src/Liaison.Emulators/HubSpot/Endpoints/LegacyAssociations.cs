using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Writing;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Association batches of v3: types go by name, and a create answers both directions (contract section 8).</summary>
internal sealed class LegacyAssociations(Refusals refusals, AssociationEditor editor, BatchAnswer answer)
{
    private const int LargestBatch = 2_000;

    public Reply Read(Call call)
    {
        if (Begin(call, out var from, out var to) is { } refused)
        {
            return refused;
        }

        var results = new List<Action<Utf8JsonWriter>>();
        foreach (var id in call.Items("inputs").Select(input => input.TextOf("id") ?? ""))
        {
            if (RecordAccess.TryFind(call, from, id, null, archived: false, out var record)
                && InlineAssociations.Visible(call, from, record, to) is { Count: > 0 } links)
            {
                results.Add(json => WriteItem(json, call, from, to, record.Id, links));
            }
        }

        return answer.Of(call, 200, results, []);
    }

    public Reply Create(Call call)
    {
        if (Begin(call, out var from, out var to) is { } refused)
        {
            return refused;
        }

        var results = new List<Action<Utf8JsonWriter>>();
        var faults = new List<BatchFault>();
        foreach (var input in call.Items("inputs"))
        {
            var (fromId, toId, type) = (input.MemberOf("from").TextOf("id") ?? "", input.MemberOf("to").TextOf("id") ?? "", input.TextOf("type") ?? "");
            if (!RecordAccess.TryFindForWrite(call, from, fromId, null, out var a) || !RecordAccess.TryFindForWrite(call, to, toId, null, out var b))
            {
                faults.Add(new BatchFault("VALIDATION_ERROR", "One of the records does not exist.", "crm.associations.INVALID_IDENTIFIER", [("id", [fromId, toId])]));
                continue;
            }

            var label = call.Account.Associations.Between(from, to).FirstOrDefault(known => known.Name == type) ?? call.Account.Associations.Default(from, to);
            editor.Link(from, a, to, b, [label]);
            results.Add(json => WritePair(json, a.Id, b.Id, label.Name));
            results.Add(json => WritePair(json, b.Id, a.Id, Inverse(call, to, from, label)));
        }

        return answer.Of(call, 201, results, faults);
    }

    public Reply Archive(Call call)
    {
        if (Begin(call, out var from, out var to) is { } refused)
        {
            return refused;
        }

        foreach (var input in call.Items("inputs"))
        {
            if (RecordAccess.TryFindForWrite(call, from, input.MemberOf("from").TextOf("id") ?? "", null, out var a)
                && RecordAccess.TryFindForWrite(call, to, input.MemberOf("to").TextOf("id") ?? "", null, out var b))
            {
                editor.Unlink(from, a.Id, to, b.Id, null);
            }
        }

        return Reply.NoContent;
    }

    public Reply Types(Call call) => AssociationReads.Types(refusals, call, "from", "to", out var from, out var to)
        ?? PipelineReads.Results([.. call.Account.Associations.Between(from, to)], (json, label) =>
        {
            json.WriteStartObject();
            json.WriteString("id", label.Kind.TypeId.ToString(System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("name", label.Name);
            json.WriteEndObject();
        });

    private Reply? Begin(Call call, out ObjectType from, out ObjectType to) =>
        AssociationReads.Types(refusals, call, "from", "to", out from, out to) ?? BatchReads.RefuseSize(refusals, call, LargestBatch);

    private static string Inverse(Call call, ObjectType from, ObjectType to, AssociationLabel label) =>
        call.Account.Associations.Between(from, to).FirstOrDefault(known => known.Kind.TypeId == label.Inverse)?.Name ?? "";

    private static void WriteItem(Utf8JsonWriter json, Call call, ObjectType from, ObjectType to, long id, List<Link> links)
    {
        json.WriteStartObject();
        json.WriteStartObject("from");
        RecordJson.WriteId(json, "id", id);
        json.WriteEndObject();
        json.WriteStartArray("to");
        foreach (var (far, kinds) in links)
        {
            foreach (var kind in kinds)
            {
                json.WriteStartObject();
                RecordJson.WriteId(json, "id", far);
                json.WriteString("type", call.Account.Associations.Find(from, to, kind)?.Name);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePair(Utf8JsonWriter json, long from, long to, string type)
    {
        json.WriteStartObject();
        json.WriteStartObject("from");
        RecordJson.WriteId(json, "id", from);
        json.WriteEndObject();
        json.WriteStartObject("to");
        RecordJson.WriteId(json, "id", to);
        json.WriteEndObject();
        json.WriteString("type", type);
        json.WriteEndObject();
    }
}
