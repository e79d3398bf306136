using System.Text;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.World;

namespace Liaison.Emulators.Salesforce.Loading;

/// <summary>Maps activities of a world to tasks, events and notes (contract section 12).</summary>
internal static class ActivityLoader
{
    public static void Load(Org org, CrmWorld world, People people)
    {
        foreach (var activity in world.Activities)
        {
            if (activity.Kind == WorldActivityKind.Note)
            {
                AddNote(org, people, activity);
            }
            else if (activity.Kind == WorldActivityKind.Meeting)
            {
                AddEvent(org, people, activity);
            }
            else
            {
                AddTask(org, people, activity, world.Now);
            }
        }
    }

    private static void AddTask(Org org, People people, WorldActivity activity, DateTimeOffset now)
    {
        var done = activity.Kind != WorldActivityKind.Task || activity.At <= now;
        var seeder = Relate(org, new Seeder(org["Task"], activity.Key, people.Owner(activity.OwnerKey), Earlier(activity.At, now), Earlier(activity.At, now)), activity)
            .Set("Subject", activity.Subject)
            .Set("Description", Text(activity))
            .Set("ActivityDate", DateOnly.FromDateTime(activity.At.UtcDateTime))
            .Set("Status", done ? "Completed" : "Not Started")
            .Set("CompletedDateTime", done ? activity.At : null)
            .Set("TaskSubtype", activity.Kind switch { WorldActivityKind.Email => "Email", WorldActivityKind.Call => "Call", _ => "Task" });
        if (activity.Kind == WorldActivityKind.Call)
        {
            seeder.Set("CallType", activity.Incoming ? "Inbound" : "Outbound").Set("CallDurationInSeconds", 60 + (activity.Key % 40 * 15));
        }

        seeder.Keep();
    }

    private static void AddEvent(Org org, People people, WorldActivity activity) =>
        Relate(org, new Seeder(org["Event"], activity.Key, people.Owner(activity.OwnerKey), activity.At.AddDays(-1), activity.At.AddDays(-1)), activity)
            .Set("Subject", activity.Subject)
            .Set("Description", Text(activity))
            .Set("StartDateTime", activity.At)
            .Set("ActivityDateTime", activity.At)
            .Set("EndDateTime", activity.At.AddMinutes(30))
            .Set("EndDate", DateOnly.FromDateTime(activity.At.UtcDateTime))
            .Set("ActivityDate", DateOnly.FromDateTime(activity.At.UtcDateTime))
            .Set("DurationInMinutes", 30)
            .Keep();

    private static void AddNote(Org org, People people, WorldActivity activity)
    {
        var owner = people.Owner(activity.OwnerKey);
        var note = new Seeder(org["ContentNote"], activity.Key, owner, activity.At, activity.At)
            .Set("Title", activity.Subject is { Length: > 0 } subject ? subject : "Note")
            .Set("Content", Convert.ToBase64String(Encoding.UTF8.GetBytes(activity.Html)))
            .Keep();
        new Seeder(org["ContentDocument"], activity.Key, owner, activity.At, activity.At)
            .Set("Title", note.Text("Title")).Set("FileType", "SNOTE").Set("FileExtension", "snote").Keep();
        foreach (var target in Related(org, activity))
        {
            var links = org["ContentDocumentLink"];
            new Seeder(links, links.Rows.Count + 1, owner, activity.At, activity.At)
                .Set("ContentDocumentId", note.Id).Set("LinkedEntityId", target).Set("ShareType", "V").Keep();
        }
    }

    /// <summary>An activity has one person and one other record; the deal is nearer to it than the company.</summary>
    private static Seeder Relate(Org org, Seeder seeder, WorldActivity activity) => seeder
        .Set("WhoId", activity.PersonKeys.Select(key => RecordLoader.Id(org["Contact"], key)).FirstOrDefault())
        .Set("WhatId", RecordLoader.Id(org["Opportunity"], activity.DealKey) ?? RecordLoader.Id(org["Account"], activity.CompanyKey));

    private static IEnumerable<string> Related(Org org, WorldActivity activity) => activity.PersonKeys.Select(key => RecordLoader.Id(org["Contact"], key))
        .Append(RecordLoader.Id(org["Account"], activity.CompanyKey)).Append(RecordLoader.Id(org["Opportunity"], activity.DealKey)).OfType<string>().Distinct();

    /// <summary>Task and event keep plain text; the markup that outsiders wrote is gone, its words are not.</summary>
    private static string Text(WorldActivity activity) => Previews.Text(activity.Html);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
