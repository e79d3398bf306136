using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Rights;
using Liaison.Emulators.HubSpot.Writing;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Making and breaking associations, one pair and many (contract section 8).</summary>
internal sealed class AssociationWrites(Refusals refusals, AssociationEditor editor, BatchAnswer answer)
{
    private const int LargestBatch = 2_000;

    /// <summary>Labels one pair; the body is an array of types.</summary>
    public Reply Put(Call call)
    {
        if (Pair(call, out var from, out var a, out var to, out var b) is { } refused)
        {
            return refused;
        }

        if (call.Body.ValueKind != JsonValueKind.Array)
        {
            return refusals.InvalidJson("an array of association types is expected");
        }

        if (AssociationInputs.ReadLabels(call, from, to, call.Body.EnumerateArray()) is not { Count: > 0 } labels)
        {
            return InvalidTypes(from, to);
        }

        editor.Link(from, a, to, b, labels);
        return new Reply(201, json => WriteLabels(json, call, from, a.Id, to, b.Id));
    }

    public Reply PutDefault(Call call)
    {
        if (Pair(call, out var from, out var a, out var to, out var b) is { } refused)
        {
            return refused;
        }

        editor.Link(from, a, to, b, []);
        return answer.Of(call, 200, DefaultRows(call, from, a, to, b), []);
    }

    public Reply Delete(Call call)
    {
        if ((AssociationReads.Types(refusals, call, "type", "toType", out var from, out var to) ?? AssociationRights.Refuse(refusals, call)) is { } refused)
        {
            return refused;
        }

        if (RecordAccess.TryFindForWrite(call, from, call["id"], null, out var a) && RecordAccess.TryFindForWrite(call, to, call["toId"], null, out var b))
        {
            editor.Unlink(from, a.Id, to, b.Id, null);
        }

        return Reply.NoContent;
    }

    /// <summary>Links many pairs; the batch is complete even where every pair failed.</summary>
    public Reply BatchCreate(Call call) => Batch(call, call.IsSeptember2026 ? 200 : 201, (from, to, input, a, b, results) =>
    {
        if (AssociationInputs.ReadLabels(call, from, to, input.ItemsOf("types")) is not { Count: > 0 } labels)
        {
            return new BatchFault("VALIDATION_ERROR", $"One or more association types between {from.Singular} and {to.Singular} are not valid.", "crm.associations.INVALID_ASSOCIATION_TYPE", [("id", [Id(a)])]);
        }

        editor.Link(from, a, to, b, labels);
        results.Add(json => WriteLabels(json, call, from, a.Id, to, b.Id));
        return null;
    });

    public Reply BatchDefault(Call call) => Batch(call, 200, (from, to, _, a, b, results) =>
    {
        editor.Link(from, a, to, b, []);
        results.AddRange(DefaultRows(call, from, a, to, b));
        return null;
    });

    /// <summary>Takes single labels from pairs.</summary>
    public Reply BatchArchiveLabels(Call call)
    {
        var reply = Batch(call, 200, (from, to, input, a, b, _) =>
        {
            if (AssociationInputs.ReadLabels(call, from, to, input.ItemsOf("types")) is { Count: > 0 } labels)
            {
                editor.Unlink(from, a.Id, to, b.Id, labels);
            }

            return null;
        });
        return Archived(call, reply);
    }

    /// <summary>Takes every link of pairs.</summary>
    public Reply BatchArchive(Call call)
    {
        if ((AssociationReads.Types(refusals, call, "from", "to", out var from, out var to) ?? AssociationRights.Refuse(refusals, call)) is { } refused)
        {
            return refused;
        }

        if (BatchReads.RefuseSize(refusals, call, LargestBatch) is { } tooMany)
        {
            return tooMany;
        }

        foreach (var input in call.Items("inputs"))
        {
            if (!RecordAccess.TryFindForWrite(call, from, input.MemberOf("from").TextOf("id") ?? "", null, out var a))
            {
                continue;
            }

            foreach (var far in input.ItemsOf("to"))
            {
                if (RecordAccess.TryFindForWrite(call, to, far.TextOf("id") ?? "", null, out var b))
                {
                    editor.Unlink(from, a.Id, to, b.Id, null);
                }
            }
        }

        return Archived(call, answer.Of(call, 200, [], []));
    }

    /// <summary>The numbered version answers an archive without a body, the dated ones with one (contract section 1).</summary>
    private static Reply Archived(Call call, Reply reply) =>
        reply.Status == 200 && call.Version is ApiVersion.V3 or ApiVersion.V4 ? Reply.NoContent : reply;

    private delegate BatchFault? PairEdit(ObjectType from, ObjectType to, JsonElement input, CrmRecord a, CrmRecord b, List<Action<Utf8JsonWriter>> results);

    private Reply Batch(Call call, int status, PairEdit edit)
    {
        if ((AssociationReads.Types(refusals, call, "from", "to", out var from, out var to) ?? AssociationRights.Refuse(refusals, call)) is { } refused)
        {
            return refused;
        }

        if (BatchReads.RefuseSize(refusals, call, LargestBatch) is { } tooMany)
        {
            return tooMany;
        }

        var results = new List<Action<Utf8JsonWriter>>();
        var faults = new List<BatchFault>();
        foreach (var input in call.Items("inputs"))
        {
            var (fromId, toId) = (input.MemberOf("from").TextOf("id") ?? "", input.MemberOf("to").TextOf("id") ?? "");
            var fault = from == to && fromId == toId ? SelfAssociation(from)
                : !RecordAccess.TryFindForWrite(call, from, fromId, null, out var a) ? InvalidId(from, fromId)
                : !RecordAccess.TryFindForWrite(call, to, toId, null, out var b) ? InvalidId(to, toId)
                : edit(from, to, input, a, b, results);
            if (fault is not null)
            {
                faults.Add(fault);
            }
        }

        return answer.Of(call, status, results, faults);
    }

    private Reply? Pair(Call call, out ObjectType from, out CrmRecord a, out ObjectType to, out CrmRecord b)
    {
        (a, b) = (null!, null!);
        if ((AssociationReads.Types(refusals, call, "type", "toType", out from, out to) ?? AssociationRights.Refuse(refusals, call)) is { } refused)
        {
            return refused;
        }

        if (!RecordAccess.TryFindForWrite(call, from, call["id"], null, out var first))
        {
            return refusals.RecordNotFound(from, call["id"]);
        }

        if (!RecordAccess.TryFindForWrite(call, to, call["toId"], null, out var second))
        {
            return refusals.RecordNotFound(to, call["toId"]);
        }

        if (first == second)
        {
            return refusals.Validation(WithItself(from));
        }

        (a, b) = (first, second);
        return null;
    }

    private static List<Action<Utf8JsonWriter>> DefaultRows(Call call, ObjectType from, CrmRecord a, ObjectType to, CrmRecord b)
    {
        var label = call.Account.Associations.Default(from, to);
        return
        [
            json => WriteDefault(json, a.Id, b.Id, label.Kind),
            json => WriteDefault(json, b.Id, a.Id, label.Kind with { TypeId = label.Inverse }),
        ];
    }

    private static void WriteDefault(Utf8JsonWriter json, long from, long to, AssociationKind kind)
    {
        json.WriteStartObject();
        json.WriteStartObject("from");
        RecordJson.WriteId(json, "id", from);
        json.WriteEndObject();
        json.WriteStartObject("to");
        RecordJson.WriteId(json, "id", to);
        json.WriteEndObject();
        json.WriteStartObject("associationSpec");
        json.WriteString("associationCategory", kind.Category);
        json.WriteNumber("associationTypeId", kind.TypeId);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLabels(Utf8JsonWriter json, Call call, ObjectType from, long a, ObjectType to, long b)
    {
        json.WriteStartObject();
        json.WriteString("fromObjectTypeId", from.Id);
        AssociationReads.WriteToId(json, call, "fromObjectId", a);
        json.WriteString("toObjectTypeId", to.Id);
        AssociationReads.WriteToId(json, call, "toObjectId", b);
        json.WriteStartArray("labels");
        foreach (var kind in call.Account.Links.Of(from, a, to).Where(link => link.To == b).SelectMany(link => link.Kinds))
        {
            if (call.Account.Associations.Find(from, to, kind)?.Label is { } label)
            {
                json.WriteStringValue(label);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private Reply InvalidTypes(ObjectType from, ObjectType to) =>
        refusals.Validation($"One or more association types between {from.Singular} and {to.Singular} are not valid.");

    private static BatchFault InvalidId(ObjectType type, string id) =>
        new("VALIDATION_ERROR", $"No {type.Singular} with id {id} exists.", "crm.associations.INVALID_IDENTIFIER", [("id", [id])]);

    /// <remarks>Recorded without any context (contract section 8).</remarks>
    private static BatchFault SelfAssociation(ObjectType type) =>
        new("VALIDATION_ERROR", WithItself(type), "crm.associations.SELF_ASSOCIATION", []);

    private static string WithItself(ObjectType type) => $"A {type.Singular} cannot be associated with itself.";

    private static string Id(CrmRecord record) => record.Id.ToString(CultureInfo.InvariantCulture);
}
