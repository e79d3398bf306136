using System.Collections.Frozen;
using Liaison.Connectors;
using Liaison.Model;

namespace Liaison.HubSpot.Declaration;

/// <summary>The canonical record types with HubSpot's names; sections 1 and 5 of contracts/hubspot.md.</summary>
internal static class HubSpotRecordTypes
{
    // No native name holds a dot.
    private const string NativePrefix = "native.";

    private const string Timestamp = "hs_timestamp";

    private static readonly FrozenDictionary<string, string> None = FrozenDictionary<string, string>.Empty;

    internal static IReadOnlyList<RecordTypeDescriptor> All { get; } =
    [
        new(RecordType.Contact, "contacts", Contact()),
        new(RecordType.Company, "companies", Company()),
        new(RecordType.Deal, "deals", Deal()),
        new(RecordType.Ticket, "tickets", Ticket()),
        new(RecordType.Lead, "leads", Lead()),
        new(RecordType.Note, "notes", Activity(FieldNames.OccurredAt, (FieldNames.Description, "hs_note_body"))),
        new(RecordType.Email, "emails", Activity(
            FieldNames.OccurredAt,
            (FieldNames.Name, "hs_email_subject"), (FieldNames.Description, "hs_email_text"), (FieldNames.Direction, "hs_email_direction"))),
        new(RecordType.Call, "calls", Activity(
            FieldNames.OccurredAt,
            (FieldNames.Name, "hs_call_title"), (FieldNames.Description, "hs_call_body"), (FieldNames.Direction, "hs_call_direction"),
            (FieldNames.Duration, "hs_call_duration"), (FieldNames.Outcome, "hs_call_disposition"))),
        new(RecordType.Meeting, "meetings", Activity(
            FieldNames.OccurredAt,
            (FieldNames.Name, "hs_meeting_title"), (FieldNames.Description, "hs_meeting_body"), (FieldNames.StartsAt, "hs_meeting_start_time"),
            (FieldNames.EndsAt, "hs_meeting_end_time"), (FieldNames.Outcome, "hs_meeting_outcome"))),
        new(RecordType.Task, "tasks", Activity(
            FieldNames.DueAt,
            (FieldNames.Name, "hs_task_subject"), (FieldNames.Description, "hs_task_body"), (FieldNames.TaskStatus, "hs_task_status"),
            (FieldNames.TaskPriority, "hs_task_priority"), (FieldNames.TaskType, "hs_task_type"))),
    ];

    private static FrozenDictionary<RecordType, RecordTypeDescriptor> ByType { get; } = All.ToFrozenDictionary(type => type.Type);

    /// <summary>Finds a type; one that is not canonical keeps its own name (<c>2-123</c>, <c>p_invoice</c>).</summary>
    internal static RecordTypeDescriptor Of(RecordType type) =>
        ByType.GetValueOrDefault(type) ?? new RecordTypeDescriptor(type, type.Name, None);

    /// <summary>Names a property: canonically where the type does, and apart where the account's own is named like a canonical field.</summary>
    internal static string NameOf(RecordTypeDescriptor type, string native) =>
        type.FieldNames.FirstOrDefault(pair => pair.Value == native).Key
        ?? (type.FieldNames.ContainsKey(native) ? NativePrefix + native : native);

    /// <summary>Tells whether HubSpot takes no new record without the property: its definitions do not say so.</summary>
    internal static bool IsRequired(RecordTypeDescriptor type, string native) =>
        native == Timestamp || (type.Type == RecordType.Ticket && native == "hs_pipeline_stage");

    /// <summary>Gives the property that a name stands for: the way back from <see cref="NameOf"/>.</summary>
    internal static string NativeNameOf(RecordTypeDescriptor type, string name) =>
        type.FieldNames.GetValueOrDefault(name)
        ?? (name.StartsWith(NativePrefix, StringComparison.Ordinal) ? name[NativePrefix.Length..] : name);

    private static FrozenDictionary<string, string> Contact() => Map(
        [
            (FieldNames.FirstName, "firstname"), (FieldNames.LastName, "lastname"), (FieldNames.Email, "email"),
            (FieldNames.Phone, "phone"), (FieldNames.MobilePhone, "mobilephone"), (FieldNames.JobTitle, "jobtitle"),
            (FieldNames.Language, "hs_language"), (FieldNames.City, "city"), (FieldNames.State, "state"),
            (FieldNames.Country, "country"), (FieldNames.LeadStatus, "hs_lead_status"),
            (FieldNames.LifecycleStage, "lifecyclestage"), (FieldNames.Source, "hs_analytics_source"),
            (FieldNames.OptedOut, "hs_email_optout"), (FieldNames.PageViews, "hs_analytics_num_page_views"),
            (FieldNames.Visits, "hs_analytics_num_visits"), (FieldNames.EmailsOpened, "hs_email_open"),
            (FieldNames.LastActivity, "notes_last_updated"), (FieldNames.Owner, "hubspot_owner_id"),
            (FieldNames.Created, "createdate"), (FieldNames.Updated, "lastmodifieddate"),
        ],
        Ai());

    private static FrozenDictionary<string, string> Company() => Map(
        [
            (FieldNames.Name, "name"), (FieldNames.Domain, "domain"), (FieldNames.Industry, "industry"),
            (FieldNames.Phone, "phone"), (FieldNames.City, "city"), (FieldNames.State, "state"), (FieldNames.Country, "country"),
            (FieldNames.Employees, "numberofemployees"), (FieldNames.AnnualRevenue, "annualrevenue"),
            (FieldNames.Description, "description"), (FieldNames.LeadStatus, "hs_lead_status"),
            (FieldNames.LifecycleStage, "lifecyclestage"), (FieldNames.Source, "hs_analytics_source"),
            (FieldNames.PageViews, "hs_analytics_num_page_views"), (FieldNames.Visits, "hs_analytics_num_visits"),
        ],
        Sale("createdate"),
        Ai());

    private static FrozenDictionary<string, string> Deal() => Map(
        [
            (FieldNames.Name, "dealname"), (FieldNames.Stage, "dealstage"), (FieldNames.Pipeline, "pipeline"),
            (FieldNames.Amount, "amount"), (FieldNames.CloseDate, "closedate"), (FieldNames.Description, "description"),
            (FieldNames.Source, "hs_analytics_source"),
        ],
        Sale("createdate"),
        Ai());

    private static FrozenDictionary<string, string> Ticket() => Map(
        [
            (FieldNames.Name, "subject"), (FieldNames.Description, "content"), (FieldNames.Stage, "hs_pipeline_stage"),
            (FieldNames.Pipeline, "hs_pipeline"),
        ],
        Sale("createdate"),
        Ai());

    private static FrozenDictionary<string, string> Lead() => Map(
        [(FieldNames.Name, "hs_lead_name"), (FieldNames.Stage, "hs_pipeline_stage"), (FieldNames.Pipeline, "hs_pipeline")],
        Sale("hs_createdate"),
        Ai());

    // One property is a task's due date and of everything else the time when it happened.
    private static FrozenDictionary<string, string> Activity(string moment, params (string Canonical, string Native)[] own) => Map(
        own,
        [(moment, Timestamp), (FieldNames.Owner, "hubspot_owner_id"), (FieldNames.Created, "hs_createdate"), (FieldNames.Updated, "hs_lastmodifieddate")]);

    private static (string Canonical, string Native)[] Sale(string created) =>
    [
        (FieldNames.Owner, "hubspot_owner_id"), (FieldNames.LastActivity, "notes_last_updated"),
        (FieldNames.Created, created), (FieldNames.Updated, "hs_lastmodifieddate"),
    ];

    private static (string Canonical, string Native)[] Ai() =>
    [
        (FieldNames.AiScore, "ai_qualification_score"), (FieldNames.AiRationale, "ai_qualification_rationale"),
        (FieldNames.AiPlaybook, "ai_recommended_playbook"), (FieldNames.AiUpdated, "ai_last_updated"),
        (FieldNames.AiSource, "ai_source_pipeline"),
    ];

    private static FrozenDictionary<string, string> Map(params (string Canonical, string Native)[][] parts) =>
        parts.SelectMany(part => part).ToFrozenDictionary(pair => pair.Canonical, pair => pair.Native, StringComparer.Ordinal);
}
