using System.Collections.Frozen;
using Liaison.Connectors;
using Liaison.Model;

namespace Liaison.Salesforce.Declaration;

/// <summary>The canonical record types with Salesforce's names; sections 4 and 12 of contracts/salesforce.md.</summary>
internal static class SalesforceRecordTypes
{
    /// <summary>The field that holds a key of ours, so that an update or create may be repeated (contracts/salesforce.md 0.7).</summary>
    internal const string KeyField = "Liaison_Key__c";

    private static readonly FrozenDictionary<string, string> None = FrozenDictionary<string, string>.Empty;

    internal static IReadOnlyList<RecordTypeDescriptor> All { get; } =
    [
        new(RecordType.Contact, "Contact", Contact()),
        new(RecordType.Company, "Account", Company()),
        new(RecordType.Deal, "Opportunity", Deal()),
        new(RecordType.Lead, "Lead", Lead()),
        new(RecordType.Ticket, "Case", Ticket()),
        new(RecordType.Task, "Task", Map(
            [
                (FieldNames.Name, "Subject"), (FieldNames.Description, "Description"), (FieldNames.DueAt, "ActivityDate"),
                (FieldNames.TaskStatus, "Status"), (FieldNames.TaskPriority, "Priority"), (FieldNames.TaskType, "TaskSubtype"),
            ],
            Owned())),
        new(RecordType.Call, SalesforceObject.NameOf("Task", SalesforceObject.Call), Map(
            [
                (FieldNames.Name, "Subject"), (FieldNames.Description, "Description"), (FieldNames.OccurredAt, "ActivityDate"),
                (FieldNames.Direction, "CallType"), (FieldNames.Duration, "CallDurationInSeconds"), (FieldNames.Outcome, "CallDisposition"),
            ],
            Owned())),
        new(RecordType.Meeting, "Event", Map(
            [
                (FieldNames.Name, "Subject"), (FieldNames.Description, "Description"),
                (FieldNames.StartsAt, "StartDateTime"), (FieldNames.EndsAt, "EndDateTime"), (FieldNames.Duration, "DurationInMinutes"),
            ],
            Owned())),
        new(RecordType.Email, "EmailMessage", Map(
            [
                (FieldNames.Name, "Subject"), (FieldNames.Description, "TextBody"), (FieldNames.OccurredAt, "MessageDate"),
                (FieldNames.Direction, "Incoming"), (FieldNames.Created, "CreatedDate"), (FieldNames.Updated, "LastModifiedDate"),
            ])),
        new(RecordType.Note, "Note", Map([(FieldNames.Name, "Title"), (FieldNames.Description, "Body")], Owned())),
    ];

    private static FrozenDictionary<RecordType, RecordTypeDescriptor> ByType { get; } = All.ToFrozenDictionary(type => type.Type);

    private static FrozenDictionary<string, RecordType> BySObject { get; } =
        All.Where(type => !type.NativeName.Contains('.', StringComparison.Ordinal)).ToFrozenDictionary(type => type.NativeName, type => type.Type, StringComparer.Ordinal);

    /// <summary>Finds a type; one that is not canonical keeps its own name (<c>Invoice__c</c>).</summary>
    internal static RecordTypeDescriptor Of(RecordType type) =>
        ByType.GetValueOrDefault(type) ?? new RecordTypeDescriptor(type, type.Name, None);

    /// <summary>Gives the canonical type of an object, or its own name.</summary>
    internal static RecordType OfObject(string sobject) =>
        sobject == "User" ? new RecordType("user") : BySObject.TryGetValue(sobject, out var type) ? type : new RecordType(sobject);

    /// <summary>Names a field: canonically where the type does; no name of Salesforce's is spelt like a canonical one.</summary>
    internal static string NameOf(RecordTypeDescriptor type, string native) =>
        type.FieldNames.FirstOrDefault(pair => pair.Value == native).Key ?? native;

    /// <summary>Gives the field that a name stands for: the way back from <see cref="NameOf"/>.</summary>
    internal static string NativeNameOf(RecordTypeDescriptor type, string name) => type.FieldNames.GetValueOrDefault(name, name);

    private static FrozenDictionary<string, string> Contact() => Map(
        [
            (FieldNames.FirstName, "FirstName"), (FieldNames.LastName, "LastName"), (FieldNames.Email, "Email"), (FieldNames.Phone, "Phone"),
            (FieldNames.MobilePhone, "MobilePhone"), (FieldNames.JobTitle, "Title"), (FieldNames.City, "MailingCity"),
            (FieldNames.State, "MailingState"), (FieldNames.Country, "MailingCountry"), (FieldNames.Source, "LeadSource"),
            (FieldNames.OptedOut, "HasOptedOutOfEmail"), (FieldNames.LastActivity, "LastActivityDate"),

            // Salesforce has no such fields of contacts: those who keep them name them so, as the emulated org does.
            (FieldNames.LeadStatus, "Lead_Status__c"), (FieldNames.LifecycleStage, "Lifecycle_Stage__c"), (FieldNames.Language, "Preferred_Language__c"),
            (FieldNames.PageViews, "Page_Views__c"), (FieldNames.Visits, "Visits__c"), (FieldNames.EmailsOpened, "Emails_Opened__c"),
        ],
        Owned(),
        Ai());

    private static FrozenDictionary<string, string> Company() => Map(
        [
            (FieldNames.Name, "Name"), (FieldNames.Domain, "Website"), (FieldNames.Industry, "Industry"), (FieldNames.Phone, "Phone"),
            (FieldNames.City, "BillingCity"), (FieldNames.State, "BillingState"), (FieldNames.Country, "BillingCountry"),
            (FieldNames.Employees, "NumberOfEmployees"), (FieldNames.AnnualRevenue, "AnnualRevenue"),
            (FieldNames.Description, "Description"), (FieldNames.Source, "AccountSource"), (FieldNames.LastActivity, "LastActivityDate"),
        ],
        Owned(),
        Ai());

    private static FrozenDictionary<string, string> Deal() => Map(
        [
            (FieldNames.Name, "Name"), (FieldNames.Stage, "StageName"), (FieldNames.Amount, "Amount"), (FieldNames.CloseDate, "CloseDate"),
            (FieldNames.Description, "Description"), (FieldNames.Source, "LeadSource"), (FieldNames.LastActivity, "LastActivityDate"),
        ],
        Owned(),
        Ai());

    private static FrozenDictionary<string, string> Lead() => Map(
        [
            (FieldNames.FirstName, "FirstName"), (FieldNames.LastName, "LastName"), (FieldNames.Email, "Email"), (FieldNames.Phone, "Phone"),
            (FieldNames.MobilePhone, "MobilePhone"), (FieldNames.JobTitle, "Title"), (FieldNames.City, "City"), (FieldNames.State, "State"),
            (FieldNames.Country, "Country"), (FieldNames.LeadStatus, "Status"), (FieldNames.Source, "LeadSource"),
            (FieldNames.OptedOut, "HasOptedOutOfEmail"), (FieldNames.Name, "Company"), (FieldNames.Domain, "Website"),
            (FieldNames.Industry, "Industry"), (FieldNames.Employees, "NumberOfEmployees"), (FieldNames.AnnualRevenue, "AnnualRevenue"),
            (FieldNames.Description, "Description"), (FieldNames.LastActivity, "LastActivityDate"),
        ],
        Owned(),
        Ai());

    private static FrozenDictionary<string, string> Ticket() => Map(
        [
            (FieldNames.Name, "Subject"), (FieldNames.Description, "Description"), (FieldNames.Stage, "Status"), (FieldNames.Source, "Origin"),
        ],
        Owned(),
        Ai());

    private static (string Canonical, string Native)[] Owned() =>
    [
        (FieldNames.Owner, "OwnerId"), (FieldNames.Created, "CreatedDate"), (FieldNames.Updated, "LastModifiedDate"),
    ];

    private static (string Canonical, string Native)[] Ai() =>
    [
        (FieldNames.AiScore, "AI_Qualification_Score__c"), (FieldNames.AiRationale, "AI_Qualification_Rationale__c"),
        (FieldNames.AiPlaybook, "AI_Recommended_Playbook__c"), (FieldNames.AiUpdated, "AI_Last_Updated__c"),
        (FieldNames.AiSource, "AI_Source_Pipeline__c"),
    ];

    private static FrozenDictionary<string, string> Map(params (string Canonical, string Native)[][] parts) =>
        parts.SelectMany(part => part).ToFrozenDictionary(pair => pair.Canonical, pair => pair.Native, StringComparer.Ordinal);
}
