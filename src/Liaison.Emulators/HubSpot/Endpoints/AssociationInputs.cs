using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Rights;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>An association that a create asks for.</summary>
internal sealed record WantedLink(ObjectType To, CrmRecord Record, AssociationLabel Label);

/// <summary>Reads associations out of request bodies.</summary>
internal static class AssociationInputs
{
    /// <summary>Reads the associations of a create; the type of the far end follows from the association type.</summary>
    public static Reply? ReadWanted(Refusals refusals, Call call, ObjectType type, JsonElement input, List<WantedLink> wanted)
    {
        foreach (var association in input.ItemsOf("associations"))
        {
            if (AssociationRights.Refuse(refusals, call) is { } refused)
            {
                return refused;
            }

            var id = association.MemberOf("to").TextOf("id") ?? "";
            foreach (var spec in association.ItemsOf("types"))
            {
                if (FindTarget(call.Account, type, KindOf(spec)) is not { } found)
                {
                    return refusals.Validation($"One or more association types are not valid for {type.Singular}: {KindOf(spec).TypeId}");
                }

                if (!RecordAccess.TryFindForWrite(call, found.To, id, null, out var record))
                {
                    return refusals.Validation($"No {found.To.Singular} with id {id} exists to associate with.", "id", [id]);
                }

                wanted.Add(new WantedLink(found.To, record, found.Label));
            }
        }

        return null;
    }

    /// <summary>Reads the labels of an array of types; <see langword="null"/> where one is not valid between the two.</summary>
    public static List<AssociationLabel>? ReadLabels(Call call, ObjectType from, ObjectType to, IEnumerable<JsonElement> specs)
    {
        var labels = new List<AssociationLabel>();
        foreach (var spec in specs)
        {
            if (call.Account.Associations.Find(from, to, KindOf(spec)) is not { } label)
            {
                return null;
            }

            labels.Add(label);
        }

        return labels;
    }

    public static AssociationKind KindOf(JsonElement spec) =>
        new(spec.TextOf("associationCategory") ?? spec.TextOf("category") ?? AssociationKind.HubSpotDefined, spec.NumberOf("associationTypeId", spec.NumberOf("typeId", 0)));

    private static (ObjectType To, AssociationLabel Label)? FindTarget(Account account, ObjectType from, AssociationKind kind)
    {
        foreach (var to in account.Types)
        {
            if (account.Associations.Find(from, to, kind) is { } label)
            {
                return (to, label);
            }
        }

        return null;
    }
}
