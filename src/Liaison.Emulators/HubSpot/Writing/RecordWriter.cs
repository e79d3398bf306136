using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.World;

namespace Liaison.Emulators.HubSpot.Writing;

/// <summary>Applies judged writes: values, history, unique index, what search still shows, the ledger.</summary>
internal sealed class RecordWriter(Account account, Ledger<long> ledger, EmulatorClock clock)
{
    /// <summary>Makes a record.</summary>
    /// <returns>The record and the properties that the answer shows.</returns>
    public (CrmRecord Record, List<PropertyDefinition> Touched) Create(ObjectType type, PreparedWrite write, ChangeSource source)
    {
        var now = Instants.ToMilliseconds(clock.Now);
        var record = new CrmRecord(type.Records.TakeId(), now, now, type.Properties.Count);
        record.Stale = new StaleIndexEntry(null, now, now + account.Options.SearchLag);
        type.Records.Add(record);

        // Before its values: the changes of a new record are told along with its creation, in any order (contract section 11).
        account.Events.Created(type, record, source);
        var touched = Change(type, record, write, now, source);
        SetIfKnown(type, record, "hs_object_source", source.Type, now, touched);
        SetIfKnown(type, record, "hs_object_source_id", source.Id, now, touched);
        SetIfKnown(type, record, "hs_created_by_user_id", source.UserId?.ToString(System.Globalization.CultureInfo.InvariantCulture), now, touched);
        ledger.Write(type.Name, record.Id, write.Values.Select(value => value.Property.Name));
        return (record, touched);
    }

    /// <summary>Changes a record.</summary>
    /// <returns>The properties that the answer shows: the written ones and what followed from them.</returns>
    public List<PropertyDefinition> Update(ObjectType type, CrmRecord record, PreparedWrite write, ChangeSource source)
    {
        ledger.Write(type.Name, record.Id, write.Values.Select(value => value.Property.Name));
        return Edit(type, record, write, source);
    }

    /// <summary>Changes a record without the ledger: it counts what came through the API, not what people did.</summary>
    public List<PropertyDefinition> Edit(ObjectType type, CrmRecord record, PreparedWrite write, ChangeSource source)
    {
        MarkStale(record);
        var now = Instants.ToMilliseconds(clock.Now);
        record.UpdatedAt = now;
        return Change(type, record, write, now, source);
    }

    /// <summary>Archives a record; search still finds a place for it until its index catches up.</summary>
    public void Archive(ObjectType type, CrmRecord record)
    {
        if (!record.IsLive)
        {
            return;
        }

        MarkStale(record);
        record.ArchivedAt = Instants.ToMilliseconds(clock.Now);
        type.ReindexAll(record, present: false);
        account.Events.Deleted(type, record, Instants.ToMilliseconds(clock.Now));
    }

    /// <summary>Lets search show the record as it is now for a while longer.</summary>
    public void MarkStale(CrmRecord record)
    {
        var now = clock.Now;
        if (account.Options.SearchLag <= TimeSpan.Zero)
        {
            return;
        }

        record.Stale = record.Stale is { } stale && stale.Until > now
            ? stale with { Until = now + account.Options.SearchLag }
            : new StaleIndexEntry(record.CopyValues(), record.UpdatedAt, now + account.Options.SearchLag);
    }

    private List<PropertyDefinition> Change(ObjectType type, CrmRecord record, PreparedWrite write, DateTimeOffset now, ChangeSource source)
    {
        var touched = new List<PropertyDefinition>(write.Values.Count + 4);
        var befores = new List<string?>(write.Values.Count);
        foreach (var (property, value) in write.Values)
        {
            var before = record[property.Slot];
            record.Change(property.Slot, value.Length == 0 ? null : value, now, source);
            type.Reindex(property, record, before, value);
            if (value != (before ?? ""))
            {
                account.Events.Changed(type, record, property, value, source);
            }

            touched.Add(property);
            befores.Add(before);
        }

        // After all values are in place: a stage is judged by the pipeline of the same write.
        for (var at = 0; at < befores.Count; at++)
        {
            Follow(type, record, write.Values[at].Property, write.Values[at].Value, befores[at], now, touched);
        }

        return touched;
    }

    /// <summary>Sets what the CRM derives from a change.</summary>
    private void Follow(
        ObjectType type, CrmRecord record, PropertyDefinition property, string value, string? before, DateTimeOffset now, List<PropertyDefinition> touched)
    {
        if (property.Name == "lifecyclestage" && value.Length > 0 && value != before)
        {
            SetIfKnown(type, record, $"hs_lifecyclestage_{value}_date", Instants.Format(now), now, touched);
        }
        else if (StageRules.PropertiesOf(type) is { } names && property.Name == names.Stage && value.Length > 0)
        {
            EnterStage(type, record, names, value, now, touched);
        }
        else if (property.Name is "hs_note_body" or "hs_task_body" or "hs_call_body" or "hs_meeting_body")
        {
            SetIfKnown(type, record, "hs_body_preview", Previews.Plain(value), now, touched);
            SetIfKnown(type, record, "hs_body_preview_html", Previews.Html(value), now, touched);
        }
    }

    private void EnterStage(
        ObjectType type, CrmRecord record, (string Pipeline, string Stage) names, string stageId, DateTimeOffset now, List<PropertyDefinition> touched)
    {
        if (string.IsNullOrEmpty(type.Value(names.Pipeline, record)))
        {
            SetIfKnown(type, record, names.Pipeline, account.PipelinesOf(type).FirstOrDefault(pipeline => pipeline.Stages.Exists(stage => stage.Id == stageId))?.Id, now, touched);
        }

        var stage = StageRules.StageOf(account, type, type.Value(names.Pipeline, record), stageId);
        if (stage is { IsClosed: true } && type.Name is "deals" && !touched.Exists(property => property.Name == "closedate"))
        {
            SetIfKnown(type, record, "closedate", Instants.Format(now), now, touched);
        }
    }

    private static void SetIfKnown(
        ObjectType type, CrmRecord record, string name, string? value, DateTimeOffset now, List<PropertyDefinition> touched)
    {
        if (value is not null && type.TryGetProperty(name, out var property))
        {
            record.Change(property.Slot, value, now, ChangeSource.Calculated);
            touched.Add(property);
        }
    }
}
