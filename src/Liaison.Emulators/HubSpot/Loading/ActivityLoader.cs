using System.Diagnostics;
using System.Globalization;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.World;

namespace Liaison.Emulators.HubSpot.Loading;

/// <summary>Maps activities of a world to notes, e-mails, calls, meetings and tasks.</summary>
internal static class ActivityLoader
{
    public static void Load(Account account, CrmWorld world)
    {
        foreach (var activity in world.Activities)
        {
            var (type, firstId) = TypeOf(account, activity.Kind);
            var draft = new Draft(type, firstId + activity.Key, activity.At, activity.At);
            draft.Set("hs_timestamp", Instants.Format(Instants.ToMilliseconds(activity.At)));
            draft.Set("hubspot_owner_id", WorldLoader.Owner(activity.OwnerKey));
            Describe(draft, activity, world.Now);
            Connect(account, type, draft.Keep().Id, activity);
        }
    }

    private static (ObjectType Type, long FirstId) TypeOf(Account account, WorldActivityKind kind)
    {
        var (name, firstId) = kind switch
        {
            WorldActivityKind.Note => ("notes", HubSpotIds.FirstNote),
            WorldActivityKind.Email => ("emails", HubSpotIds.FirstEmail),
            WorldActivityKind.Call => ("calls", HubSpotIds.FirstCall),
            WorldActivityKind.Meeting => ("meetings", HubSpotIds.FirstMeeting),
            WorldActivityKind.Task => ("tasks", HubSpotIds.FirstTask),
        };
        return account.TryGetType(name, out var type) ? (type, firstId) : throw new UnreachableException(name);
    }

    private static void Describe(Draft draft, WorldActivity activity, DateTimeOffset now)
    {
        switch (activity.Kind)
        {
            case WorldActivityKind.Note:
                draft.Set("hs_note_body", activity.Html);
                draft.Set("hs_body_preview", Previews.Plain(activity.Html));
                break;
            case WorldActivityKind.Email:
                draft.Set("hs_email_subject", activity.Subject);
                draft.Set("hs_email_html", activity.Html);
                draft.Set("hs_email_text", Previews.Plain(activity.Html));
                draft.Set("hs_email_direction", activity.Incoming ? "INCOMING_EMAIL" : "EMAIL");
                draft.Set("hs_email_status", "SENT");
                break;
            case WorldActivityKind.Call:
                draft.Set("hs_call_title", activity.Subject);
                draft.Set("hs_call_body", activity.Html);
                draft.Set("hs_call_direction", activity.Incoming ? "INBOUND" : "OUTBOUND");
                draft.Set("hs_call_status", "COMPLETED");
                draft.Set("hs_call_duration", (60_000 + (activity.Key % 40 * 15_000)).ToString(CultureInfo.InvariantCulture));
                break;
            case WorldActivityKind.Meeting:
                draft.Set("hs_meeting_title", activity.Subject);
                draft.Set("hs_meeting_body", activity.Html);
                draft.Set("hs_meeting_start_time", Instants.Format(Instants.ToMilliseconds(activity.At)));
                draft.Set("hs_meeting_end_time", Instants.Format(Instants.ToMilliseconds(activity.At).AddMinutes(30)));
                draft.Set("hs_meeting_outcome", activity.At > now ? "SCHEDULED" : "COMPLETED");
                break;
            case WorldActivityKind.Task:
                draft.Set("hs_task_subject", activity.Subject);
                draft.Set("hs_task_body", activity.Html);
                draft.Set("hs_task_status", activity.At > now ? "NOT_STARTED" : "COMPLETED");
                draft.Set("hs_task_priority", "NONE");
                draft.Set("hs_task_type", "TODO");
                break;
        }
    }

    private static void Connect(Account account, ObjectType type, long id, WorldActivity activity)
    {
        foreach (var person in activity.PersonKeys)
        {
            Join(account, type, id, account.Contacts, HubSpotIds.Contact(person));
        }

        if (activity.CompanyKey is { } company)
        {
            Join(account, type, id, account.Companies, HubSpotIds.Company(company));
        }

        if (activity.DealKey is { } deal)
        {
            Join(account, type, id, account.Deals, HubSpotIds.Deal(deal));
        }
    }

    private static void Join(Account account, ObjectType type, long id, ObjectType to, long toId) => RecordLoader.Join(
        account, type, id, to, toId, [account.Associations.Default(type, to).Kind], [account.Associations.Default(to, type).Kind]);
}
