using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>How many far ends the account's administrator allows a kind of link; and the report of who comes near it.</summary>
/// <remarks>The limits are kept and told, not enforced: what HubSpot answers to one link too many is not published.</remarks>
internal sealed class AssociationLimits(Refusals refusals, BatchAnswer answer)
{
    public static Reply All(Call call) => PipelineReads.Results([.. call.Account.LinkLimits], (json, limit) => Write(json, limit.Value));

    public Reply OfPair(Call call) => Types(call, out var from, out var to)
        ?? PipelineReads.Results([.. Of(call, from, to)], Write);

    public Reply Create(Call call) => Set(call, call.IsSeptember2026 ? 200 : 201);

    public Reply Update(Call call) => Set(call, 200);

    public Reply Purge(Call call)
    {
        if (Types(call, out var from, out var to) is { } refused)
        {
            return refused;
        }

        foreach (var input in call.Items("inputs"))
        {
            call.Account.LinkLimits.Remove((from.Id, to.Id, input.NumberOf("typeId", 0)));
        }

        return call.Version is ApiVersion.March2026 or ApiVersion.September2026 ? answer.Of(call, 200, [], []) : Reply.NoContent;
    }

    public Reply Report(Call call)
    {
        if (call.Account.Users.Find(user => user.UserId.ToString(System.Globalization.CultureInfo.InvariantCulture) == call["userId"]) is not { } user)
        {
            return refusals.NotFound($"No user {call["userId"]} exists.");
        }

        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("userId", user.UserId);
            json.WriteString("userEmail", user.Email);
            json.WriteStartObject("enqueueTime");
            json.WriteBoolean("dateOnly", false);
            json.WriteNumber("timeZoneShift", 0);
            json.WriteNumber("value", call.Now.ToUnixTimeMilliseconds());
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private Reply Set(Call call, int status)
    {
        if (Types(call, out var from, out var to) is { } refused)
        {
            return refused;
        }

        var results = new List<Action<Utf8JsonWriter>>();
        var faults = new List<BatchFault>();
        foreach (var input in call.Items("inputs"))
        {
            var kind = new AssociationKind(input.TextOf("category") ?? AssociationKind.HubSpotDefined, input.NumberOf("typeId", 0));
            if (call.Account.Associations.Find(from, to, kind) is { } label && input.NumberOf("maxToObjectIds", 0) is var most and > 0)
            {
                var limit = call.Account.LinkLimits[(from.Id, to.Id, kind.TypeId)] = new LinkLimit(label, most);
                results.Add(json => Write(json, limit));
            }
            else
            {
                faults.Add(new BatchFault("VALIDATION_ERROR", "No such kind of link exists, or the limit is not above zero.", null, [("typeId", [kind.TypeId.ToString(System.Globalization.CultureInfo.InvariantCulture)])]));
            }
        }

        return answer.Of(call, status, results, faults);
    }

    private Reply? Types(Call call, out ObjectType from, out ObjectType to) => AssociationReads.Types(refusals, call, "from", "to", out from, out to);

    private static IEnumerable<LinkLimit> Of(Call call, ObjectType from, ObjectType to) =>
        call.Account.LinkLimits.Where(limit => limit.Key.From == from.Id && limit.Key.To == to.Id).Select(limit => limit.Value);

    private static void Write(Utf8JsonWriter json, LinkLimit limit)
    {
        json.WriteStartObject();
        json.WriteString("category", limit.Label.Kind.Category);
        json.WriteNumber("typeId", limit.Label.Kind.TypeId);
        if (limit.Label.Label is { } label)
        {
            json.WriteString("label", label);
        }

        json.WriteNumber("userEnforcedMaxToObjectIds", limit.Most);
        json.WriteEndObject();
    }
}
