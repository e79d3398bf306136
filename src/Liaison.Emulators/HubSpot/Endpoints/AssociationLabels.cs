using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>The labels that a pair of types offers.</summary>
internal sealed class AssociationLabels(Refusals refusals)
{
    public Reply List(Call call) => AssociationReads.Types(refusals, call, "from", "to", out var from, out var to)
        ?? PipelineReads.Results([.. call.Account.Associations.Between(from, to)], Write);

    public Reply Create(Call call)
    {
        if (AssociationReads.Types(refusals, call, "from", "to", out var from, out var to) is { } refused)
        {
            return refused;
        }

        if (call.Text("label") is not { Length: > 0 } label || call.Text("name") is not { Length: > 0 } name)
        {
            return refusals.InvalidJson("some required fields were not set: [label, name]");
        }

        var made = call.Account.Associations.AddOwn(from, to, label, call.Text("inverseLabel"), name);
        List<AssociationLabel> both = [made, .. call.Account.Associations.Between(to, from).Where(known => known.Kind.TypeId == made.Inverse && known != made)];
        return PipelineReads.Results(both, Write);
    }

    public Reply Rename(Call call)
    {
        if (AssociationReads.Types(refusals, call, "from", "to", out var from, out var to) is { } refused)
        {
            return refused;
        }

        return call.Account.Associations.Rename(from, to, call.Body.NumberOf("associationTypeId", 0), call.Text("label") ?? "")
            ? Reply.NoContent
            : refusals.NotFound("No such label of the account's own exists.");
    }

    public Reply Delete(Call call)
    {
        if (AssociationReads.Types(refusals, call, "from", "to", out var from, out var to) is { } refused)
        {
            return refused;
        }

        return int.TryParse(call["typeId"], NumberStyles.None, CultureInfo.InvariantCulture, out var typeId) && call.Account.Associations.RemoveOwn(from, to, typeId)
            ? Reply.NoContent
            : refusals.NotFound("No such label of the account's own exists.");
    }

    private static void Write(Utf8JsonWriter json, AssociationLabel label)
    {
        json.WriteStartObject();
        json.WriteString("category", label.Kind.Category);
        json.WriteNumber("typeId", label.Kind.TypeId);
        json.WriteString("label", label.Label);
        json.WriteEndObject();
    }
}
