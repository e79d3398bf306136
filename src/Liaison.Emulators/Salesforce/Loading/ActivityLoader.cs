using System.Text;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.World;

namespace Liaison.Emulators.Salesforce.Loading;

/// <summary>Maps activities of a world to tasks, e-mails, events and notes (contract section 12).</summary>
internal static class ActivityLoader
{
    /// <summary>How many of a world's e-mails stand as messages too: enough to read, few enough for a world of a million people.</summary>
    private const int MostMessages = 200;

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
        if (activity.Kind == WorldActivityKind.Email && org["EmailMessage"].Rows.Count < MostMessages)
        {
            AddMessage(org, people, activity, SalesforceId.Make(org["Task"].KeyPrefix!, activity.Key), Earlier(activity.At, now));
        }

        if (activity.Kind == WorldActivityKind.Call)
        {
            seeder.Set("CallType", activity.Incoming ? "Inbound" : "Outbound").Set("CallDurationInSeconds", 60 + (activity.Key % 40 * 15));
        }

        seeder.Keep();
    }

    /// <summary>A logged e-mail is a task and, beside it, the message with whoever wrote and got it.</summary>
    private static void AddMessage(Org org, People people, WorldActivity activity, string task, DateTimeOffset at)
    {
        var owner = org.User(people.Owner(activity.OwnerKey))!;
        var person = org.Find(activity.PersonKeys.Select(key => RecordLoader.Id(org["Contact"], key)).FirstOrDefault());
        (string Id, string? Name, string? Address)[] ends = [(owner.Id, owner.Row.Text("Name"), owner.Email), (person?.Id ?? "", person?.Text("Name"), person?.Text("Email"))];
        var (from, to) = activity.Incoming ? (ends[1], ends[0]) : (ends[0], ends[1]);
        var message = new Seeder(org["EmailMessage"], activity.Key, owner.Id, at, at)
            .Set("ActivityId", task)
            .Set("RelatedToId", About(org, activity))
            .Set("Subject", activity.Subject)
            .Set("TextBody", Text(activity))
            .Set("HtmlBody", activity.Html)
            .Set("FromName", from.Name)
            .Set("FromAddress", from.Address)
            .Set("ToAddress", to.Address)
            .Set("Incoming", activity.Incoming)
            .Set("Status", activity.Incoming ? "1" : "3")
            .Set("MessageDate", at)
            .Keep();
        var relations = org["EmailMessageRelation"];
        foreach (var (type, end) in new[] { ("FromAddress", from), ("ToAddress", to) }.Where(entry => entry.Item2.Id.Length > 0))
        {
            new Seeder(relations, relations.Rows.Count + 1, owner.Id, at, at)
                .Set("EmailMessageId", message.Id).Set("RelationId", end.Id).Set("RelationType", type).Set("RelationAddress", end.Address).Keep();
        }
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
        .Set("WhatId", About(org, activity));

    private static string? About(Org org, WorldActivity activity) => RecordLoader.Id(org["Opportunity"], activity.DealKey) ?? RecordLoader.Id(org["Account"], activity.CompanyKey);

    private static IEnumerable<string> Related(Org org, WorldActivity activity) => activity.PersonKeys.Select(key => RecordLoader.Id(org["Contact"], key))
        .Append(RecordLoader.Id(org["Account"], activity.CompanyKey)).Append(RecordLoader.Id(org["Opportunity"], activity.DealKey)).OfType<string>().Distinct();

    /// <summary>Task and event keep plain text; the markup that outsiders wrote is gone, its words are not.</summary>
    private static string Text(WorldActivity activity) => Previews.Text(activity.Html);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
