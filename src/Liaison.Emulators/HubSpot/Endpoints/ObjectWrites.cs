using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Writing;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Creating, changing and archiving single records (contract section 6.2 and 6.3).</summary>
internal sealed class ObjectWrites(Refusals refusals, WriteChecks checks, RecordWriter writer, AssociationEditor editor)
{
    public Reply Create(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        if (checks.RefuseShapeless([call.Body]) is { } shapeless)
        {
            return shapeless;
        }

        var faults = new List<ValueFault>();
        var write = WriteChecks.Prepare(call, type, call.Body, null, faults);
        var wanted = new List<WantedLink>();
        if (Refuse(call, type, write, faults, null) is { } refused)
        {
            return refused;
        }

        if (AssociationInputs.ReadWanted(refusals, call, type, call.Body, wanted) is { } wrongLink)
        {
            return wrongLink;
        }

        if (Existing(type, write) is { } existing)
        {
            return refusals.Conflict(type, existing);
        }

        var (record, touched) = CreateNow(call, type, write, wanted);
        return new Reply(201, json => RecordJson.Write(json, call, type, record, Selection.Written(call, type, touched), written: write));
    }

    public Reply Update(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        var idProperty = call.Query("idProperty");
        if (RefuseWriteKey(type, idProperty) is { } wrong)
        {
            return wrong;
        }

        if (!RecordAccess.TryFindForWrite(call, type, call["id"], idProperty, out var record))
        {
            return refusals.RecordNotFound(type, call["id"]);
        }

        if (checks.RefuseShapeless([call.Body]) is { } shapeless)
        {
            return shapeless;
        }

        var faults = new List<ValueFault>();
        var write = WriteChecks.Prepare(call, type, call.Body, record, faults);
        if (Refuse(call, type, write, faults, record) is { } refused)
        {
            return refused;
        }

        if (Existing(type, write, record.Id) is { } existing)
        {
            return refusals.Conflict(type, existing);
        }

        var touched = writer.Update(type, record, write, SourceOf(call));
        return Reply.Ok(json => RecordJson.Write(json, call, type, record, Selection.Written(call, type, touched), written: write));
    }

    /// <summary>Archives; 204 also for what is archived already or never was (contract section 6.3).</summary>
    public Reply Archive(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        if (RecordAccess.TryFindForWrite(call, type, call["id"], null, out var record))
        {
            writer.Archive(type, record);
        }

        return Reply.NoContent;
    }

    /// <summary>Judges one write as a whole: values, rights, and from 2026-09 what the account requires.</summary>
    public Reply? Refuse(Call call, ObjectType type, PreparedWrite write, IReadOnlyList<ValueFault> faults, CrmRecord? current)
    {
        if (faults.Count > 0)
        {
            return checks.Invalid(faults);
        }

        var missing = Requirements.Missing(call, type, write, current);
        return missing.Count > 0 ? checks.Incomplete(type, missing, current is null) : checks.RefuseLocked(call, type, [write]);
    }

    /// <summary>Refuses to write by a property whose values may repeat, the record id's own property among them (contract section 6.2).</summary>
    public Reply? RefuseWriteKey(ObjectType type, string? idProperty) =>
        string.IsNullOrEmpty(idProperty) || (idProperty != "hs_object_id" && type.TryGetProperty(idProperty, out var property) && property.HasUniqueValue)
            ? null
            : refusals.Validation($"Unable to perform update/upsert by non-unique {type.Singular} property {idProperty}");

    /// <summary>Finds another record that holds one of the unique values to be written.</summary>
    public static long? Existing(ObjectType type, PreparedWrite write, long? self = null)
    {
        foreach (var (property, value) in write.Values)
        {
            if (property.HasUniqueValue && value.Length > 0 && type.TryFindUnique(property.Name, value, out var holder) && holder != self)
            {
                return holder;
            }
        }

        return null;
    }

    public (CrmRecord Record, List<PropertyDefinition> Touched) CreateNow(Call call, ObjectType type, PreparedWrite write, IReadOnlyList<WantedLink> wanted)
    {
        var (record, touched) = writer.Create(type, write, SourceOf(call));
        foreach (var link in wanted)
        {
            editor.Link(type, record, link.To, link.Record, [link.Label]);
        }

        return (record, touched);
    }

    /// <summary>Names the app as history shows it: "[User] via [app]" for user-level tokens (contract section 2.2).</summary>
    public static ChangeSource SourceOf(Call call) => new(
        "INTEGRATION", call.Caller.App.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), (call.User ?? call.Caller.GrantedBy)?.UserId);
}
