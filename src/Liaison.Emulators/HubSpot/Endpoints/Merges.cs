using System.Globalization;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Writing;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Merging and erasing for good (contract section 6.3).</summary>
internal sealed class Merges(Refusals refusals, RecordWriter writer, AssociationEditor editor)
{
    private const string MergedIds = "hs_merged_object_ids";
    private const string MergedVids = "hs_calculated_merged_vids";

    private static readonly string[] Mergeable = ["contacts", "companies", "deals", "tickets"];

    public Reply Merge(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        if (!Mergeable.Contains(type.Name))
        {
            return refusals.Validation($"Records of type {type.Name} cannot be merged.");
        }

        if (call.Text("primaryObjectId") is not { Length: > 0 } primaryId || call.Text("objectIdToMerge") is not { Length: > 0 } otherId)
        {
            return refusals.InvalidJson("Some required fields were not set: [primaryObjectId, objectIdToMerge]");
        }

        if (!RecordAccess.TryFindForWrite(call, type, primaryId, null, out var primary))
        {
            return refusals.RecordNotFound(type, primaryId);
        }

        if (!RecordAccess.TryFindForWrite(call, type, otherId, null, out var other) || other == primary)
        {
            return refusals.RecordNotFound(type, otherId);
        }

        var before = (Primary: MergedInto(type, primary), Other: MergedInto(type, other));
        var survivor = call.Account.Options.MergeMakesNewId ? Successor(type, primary) : primary;
        var moved = TakeOver(call, type, survivor, other);
        string[] merged = [.. before.Primary.Ids, primary.Id.ToString(CultureInfo.InvariantCulture), .. before.Other.Ids, other.Id.ToString(CultureInfo.InvariantCulture)];
        Set(type, survivor, MergedIds, string.Join(';', merged.Distinct()), call.Now);
        Set(type, survivor, MergedVids, string.Join(';', [.. before.Primary.Vids, .. before.Other.Vids, string.Create(CultureInfo.InvariantCulture, $"{other.Id}:{call.Now.ToUnixTimeMilliseconds()}")]), call.Now);
        call.Account.Events.Merged(type, primary, other, survivor, moved, Instants.ToMilliseconds(call.Now));
        var selection = Selection.Of(call, type, ["hs_merged_object_ids", .. type.DefaultProperties], []);
        return Reply.Ok(json => RecordJson.Write(json, call, type, survivor, selection));
    }

    /// <summary>Erases a contact for good.</summary>
    public Reply Erase(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        if (RecordAccess.TryFindForWrite(call, type, call.Text("objectId") ?? "", call.Text("idProperty"), out var record))
        {
            type.ReindexAll(record, present: false);
            record.Gone = true;
            foreach (var property in type.Properties)
            {
                record.Load(property.Slot, null);
            }

            call.Account.Events.Erased(type, record, Instants.ToMilliseconds(call.Now));
        }

        return Reply.NoContent;
    }

    /// <returns>How many properties moved.</returns>
    private int TakeOver(Call call, ObjectType type, CrmRecord survivor, CrmRecord other)
    {
        writer.MarkStale(survivor);
        survivor.UpdatedAt = Instants.ToMilliseconds(call.Now);
        MoveAway(type, other, survivor);
        var moved = 0;
        foreach (var property in type.Properties.Where(property => property.Computed is null && survivor[property.Slot] is null && other[property.Slot] is not null))
        {
            survivor.Change(property.Slot, other[property.Slot], survivor.UpdatedAt, ChangeSource.Calculated);
            type.Reindex(property, survivor, null, other[property.Slot]);
            moved++;
        }

        MoveLinks(call, type, survivor, other);
        return moved;
    }

    /// <summary>Makes the third record that newer merges answer with.</summary>
    private CrmRecord Successor(ObjectType type, CrmRecord primary)
    {
        var third = new CrmRecord(type.Records.TakeId(), primary.CreatedAt, primary.UpdatedAt, type.Properties.Count);
        type.Records.Add(third);
        MoveAway(type, primary, third);
        foreach (var property in type.Properties)
        {
            third.Load(property.Slot, primary[property.Slot]);
        }

        type.ReindexAll(third, present: true);
        foreach (var to in editor.Account.Types)
        {
            foreach (var link in editor.Account.Links.Of(type, primary.Id, to).ToList())
            {
                editor.Relink(type, primary, third, to, link);
            }
        }

        return third;
    }

    private void MoveLinks(Call call, ObjectType type, CrmRecord survivor, CrmRecord other)
    {
        foreach (var to in call.Account.Types)
        {
            foreach (var link in call.Account.Links.Of(type, other.Id, to).ToList())
            {
                editor.Relink(type, other, survivor, to, link);
            }
        }
    }

    private static void MoveAway(ObjectType type, CrmRecord gone, CrmRecord survivor)
    {
        type.ReindexAll(gone, present: false);
        gone.Gone = true;
        type.Records.MergeAway(gone.Id, survivor.Id);
    }

    /// <summary>Gives what a record has taken over in earlier merges, which a further one adds to.</summary>
    private static (string[] Ids, string[] Vids) MergedInto(ObjectType type, CrmRecord record)
    {
        string[] Of(string name) => type.TryGetProperty(name, out var property) ? record[property.Slot]?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [] : [];
        return (Of(MergedIds), Of(MergedVids));
    }

    private static void Set(ObjectType type, CrmRecord record, string name, string value, DateTimeOffset now)
    {
        if (type.TryGetProperty(name, out var property))
        {
            record.Change(property.Slot, value, Instants.ToMilliseconds(now), ChangeSource.Calculated);
        }
    }
}
