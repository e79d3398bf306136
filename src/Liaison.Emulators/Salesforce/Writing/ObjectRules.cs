using Liaison.Emulators.Salesforce.Catalog;
using Liaison.Emulators.Salesforce.Model;

namespace Liaison.Emulators.Salesforce.Writing;

/// <summary>What the platform does of itself when a record of some object is written (contract section 12).</summary>
internal sealed class ObjectRules(Org org, SalesforceEmulatorOptions options, Queues queues)
{
    private const string DraftStatus = "5";

    /// <summary>Fills in what was not given and refuses what does not belong together.</summary>
    public void Apply(Draft draft, WriteContext context)
    {
        switch (draft.Type.Name)
        {
            case "Opportunity":
                MoveStage(draft, context);
                break;
            case "Task":
                Relate(draft);
                Complete(draft, "CompletedDateTime", draft.Will("Status") as string == "Completed", context.Now);
                break;
            case "Event":
                Relate(draft);
                Schedule(draft);
                break;
            case "Case":
                Complete(draft, "ClosedDate", draft.Will("Status") as string == "Closed", context.Now);
                Assign(draft, context, queues.Cases);
                break;
            case "Lead":
                Assign(draft, context, queues.Leads);
                break;
            case "EmailMessage" when draft.Row is { } message && message.Text("Status") != DraftStatus:
                Keep(draft);
                break;
            case "Account" or "Contact" when draft.Row is null && draft.Will("CleanStatus") is null:
                draft.Set("CleanStatus", "Pending");
                break;
        }

        TakeKind(draft);
        Depend(draft);
    }

    /// <summary>A new record is of the default record type where it names none; one of another object is no record type of it.</summary>
    private static void TakeKind(Draft draft)
    {
        if (draft.Type.RecordKinds.Count == 0)
        {
            return;
        }

        var given = draft.Will(RecordKind.Field) as string;
        if (given is null && draft.Row is null)
        {
            draft.Set(RecordKind.Field, draft.Type.RecordKinds.FirstOrDefault(kind => kind.IsDefault)?.Id);
        }
        else if (given is not null && draft.IsGiven(RecordKind.Field) && draft.Type.RecordKinds.All(kind => kind.Id != given))
        {
            draft.Errors.Add(new("INVALID_CROSS_REFERENCE_KEY", $"Record Type ID: this ID value isn't valid for the user: {given}", [RecordKind.Field]));
        }
    }

    /// <summary>Another stage brings its probability and forecast along, unless they were sent (contract section 12).</summary>
    private void MoveStage(Draft draft, WriteContext context)
    {
        if (!draft.IsGiven("StageName"))
        {
            return;
        }

        var stage = Stages.Find(org, draft.Will("StageName") as string);
        if (!draft.IsGiven("Probability"))
        {
            draft.Set("Probability", stage?.Get("DefaultProbability") ?? 0m);
        }

        if (!draft.IsGiven("ForecastCategoryName"))
        {
            draft.Set("ForecastCategoryName", stage?.Get("ForecastCategoryName") ?? "Pipeline");
        }

        draft.Set("LastStageChangeDate", Moments.ToSeconds(context.Now));
    }

    /// <summary>An e-mail that is no draft any more changes in how it is shown alone, as the object reference says.</summary>
    private static void Keep(Draft draft)
    {
        if (draft.Values.Keys.Any(field => draft.IsGiven(field.Name) && field is { IsCustom: false, Name: not ("IsExternallyVisible" or "Status") }))
        {
            draft.Errors.Add(new("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id", []));
        }
    }

    private static void Relate(Draft draft)
    {
        if (draft.Will("WhoId") is string who && who.StartsWith("00Q", StringComparison.Ordinal) && draft.Will("WhatId") is not null)
        {
            draft.Errors.Add(new("FIELD_INTEGRITY_EXCEPTION", "Related To ID: Cannot set both a lead and a related record: a lead stands alone", ["WhatId"]));
        }
    }

    private static void Complete(Draft draft, string field, bool isDone, DateTimeOffset now)
    {
        var was = draft.Row?.Get(field) is not null;
        if (isDone != was)
        {
            draft.Set(field, isDone ? Moments.ToSeconds(now) : null);
        }
    }

    /// <summary>An event needs a start and either an end or a duration, of 14 days at most; an all-day one needs its day.</summary>
    private static void Schedule(Draft draft)
    {
        const int LongestMinutes = 14 * 24 * 60;
        if (draft.Will("IsAllDayEvent") is true)
        {
            if (draft.Will("ActivityDate") is not DateOnly day)
            {
                draft.Errors.Add(new("REQUIRED_FIELD_MISSING", "Required fields are missing: [ActivityDate]", ["ActivityDate"]));
                return;
            }

            draft.Set("StartDateTime", new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));
            draft.Set("EndDateTime", new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));
            draft.Set("DurationInMinutes", 1_440m);
            return;
        }

        var start = (draft.IsGiven("ActivityDateTime") && !draft.IsGiven("StartDateTime") ? draft.Will("ActivityDateTime") : draft.Will("StartDateTime") ?? draft.Will("ActivityDateTime")) as DateTimeOffset?;
        var minutes = draft.IsGiven("EndDateTime") && !draft.IsGiven("DurationInMinutes") ? null : draft.Will("DurationInMinutes") as decimal?;
        var end = minutes is { } length && start is { } begin ? begin.AddMinutes((double)length) : draft.Will("EndDateTime") as DateTimeOffset?;
        if (start is not { } from || end is not { } to)
        {
            draft.Errors.Add(new("REQUIRED_FIELD_MISSING", "Required fields are missing: [StartDateTime, EndDateTime]", ["StartDateTime", "EndDateTime"]));
            return;
        }

        var lasts = (decimal)(to - from).TotalMinutes;
        if (lasts is < 0 or > LongestMinutes)
        {
            draft.Errors.Add(new("FIELD_INTEGRITY_EXCEPTION", lasts < 0 ? "Event duration cannot be negative" : "Event duration must be between 0 and 14 days", ["DurationInMinutes"]));
            return;
        }

        draft.Set("StartDateTime", from);
        draft.Set("ActivityDateTime", from);
        draft.Set("EndDateTime", to);
        draft.Set("EndDate", DateOnly.FromDateTime(to.UtcDateTime));
        draft.Set("ActivityDate", DateOnly.FromDateTime(from.UtcDateTime));
        draft.Set("DurationInMinutes", lasts);
    }

    private void Assign(Draft draft, WriteContext context, string? queue)
    {
        if (options.AssignmentRules && context.AutoAssign && queue is not null)
        {
            draft.Set("OwnerId", queue);
        }
    }

    /// <summary>Restricted dependent picklists are held by the API too (contract section 4).</summary>
    private static void Depend(Draft draft)
    {
        foreach (var field in draft.Type.Fields.Where(field => field is { ControllerName: not null, RestrictedPicklist: true } && draft.Values.ContainsKey(field)))
        {
            if (draft.Will(field.Name) is not string value || !draft.Type.TryGetField(field.ControllerName!, out var controller))
            {
                continue;
            }

            var position = controller.Picklist.TakeWhile(known => known.Value != draft.Will(controller.Name) as string).Count();
            if (field.Picklist.FirstOrDefault(known => known.Value == value)?.ValidFor is { } validFor && !validFor.Contains(position))
            {
                draft.Errors.Add(new("FIELD_INTEGRITY_EXCEPTION", $"{field.Label}: Value does not exist or does not match filter criteria.", [field.Name]));
            }
        }
    }
}

/// <summary>The queues that assignment rules give records to.</summary>
internal sealed record Queues(string? Leads, string? Cases);
