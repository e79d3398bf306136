using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Catalog;

/// <summary>The object types that the account has from the start.</summary>
internal static class ObjectTypes
{
    public const string CustomTypeId = "2-4100200";

    public static void AddTo(Account account, DateTimeOffset now)
    {
        // The definitions of a portal are older than its records.
        var made = now.AddYears(-4);
        Add(account, made, Contacts(), "contactinformation", ContactProperties.Table);
        Add(account, made, Companies(), "companyinformation", CompanyProperties.Table);
        Add(account, made, Deals(), "dealinformation", SalesProperties.Deals);
        Add(account, made, Tickets(), "ticketinformation", SalesProperties.Tickets);
        Add(account, made, Plain("leads", "0-136", "lead", HubSpotIds.FirstLead, ["hs_lead_name"]), "leadinformation", SalesProperties.Leads);
        Add(account, made, Plain("users", "0-115", "user", HubSpotIds.FirstUserRecord, ["hs_email"]), "userinformation", SalesProperties.Users);
        Add(account, made, Activity("notes", "0-46", "note", HubSpotIds.FirstNote, "hs_note_body"), "note", ActivityProperties.Shared, ActivityProperties.Notes);
        Add(account, made, Activity("tasks", "0-27", "task", HubSpotIds.FirstTask, "hs_task_subject"), "task", ActivityProperties.Shared, ActivityProperties.Tasks);
        Add(account, made, Activity("calls", "0-48", "call", HubSpotIds.FirstCall, "hs_call_title"), "call", ActivityProperties.Shared, ActivityProperties.Calls);
        Add(account, made, Activity("emails", "0-49", "email", HubSpotIds.FirstEmail, "hs_email_subject"), "email", ActivityProperties.Shared, ActivityProperties.Emails);
        Add(account, made, Activity("meetings", "0-47", "meeting", HubSpotIds.FirstMeeting, "hs_meeting_title"), "meeting", ActivityProperties.Shared, ActivityProperties.Meetings);
        Add(account, made, Custom(account, made), "subscription_information", ActivityProperties.Subscriptions);
    }

    /// <summary>Gives a type its shared and own properties and their groups.</summary>
    public static void Add(Account account, DateTimeOffset made, ObjectType type, string group, params string[] tables)
    {
        account.Add(type);
        var computed = new ComputedValues(account, type.Name);
        foreach (var table in tables.Prepend(SharedProperties.Table.Replace("GROUP", group, StringComparison.Ordinal)))
        {
            foreach (var property in PropertyTable.Read(table, computed, made))
            {
                type.Add(property);
            }
        }

        foreach (var name in type.Properties.Select(property => property.GroupName).Distinct())
        {
            type.Groups.Add(new PropertyGroup(name, Label(name), type.Groups.Count));
        }
    }

    private static ObjectType Contacts() => new()
    {
        Name = "contacts",
        Id = "0-1",
        Singular = "contact",
        Records = new RecordSet(HubSpotIds.FirstContact + 1),
        DefaultProperties = ["createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"],
        CreatedProperty = "createdate",
        ModifiedProperty = "lastmodifieddate",
        SearchableProperties = ["email", "firstname", "lastname", "phone", "mobilephone", "company"],
        ScopeFamily = "contacts",
    };

    private static ObjectType Companies() => new()
    {
        Name = "companies",
        Id = "0-2",
        Singular = "company",
        Records = new RecordSet(HubSpotIds.FirstCompany + 1),
        DefaultProperties = ["createdate", "domain", "hs_lastmodifieddate", "hs_object_id", "name"],
        CreatedProperty = "createdate",
        SearchableProperties = ["name", "domain", "website", "phone"],
        ScopeFamily = "companies",
    };

    private static ObjectType Deals() => new()
    {
        Name = "deals",
        Id = "0-3",
        Singular = "deal",
        Records = new RecordSet(HubSpotIds.FirstDeal + 1),
        DefaultProperties = ["amount", "closedate", "createdate", "dealname", "dealstage", "hs_lastmodifieddate", "hs_object_id", "pipeline"],
        CreatedProperty = "createdate",
        CreateFormProperties = ["dealname", "dealstage"],
        SearchableProperties = ["dealname", "description"],
        ScopeFamily = "deals",
    };

    private static ObjectType Tickets() => new()
    {
        Name = "tickets",
        Id = "0-5",
        Singular = "ticket",
        Records = new RecordSet(HubSpotIds.FirstTicket + 1),
        DefaultProperties = ["content", "createdate", "hs_lastmodifieddate", "hs_object_id", "hs_pipeline", "hs_pipeline_stage", "hs_ticket_category", "hs_ticket_priority", "subject"],
        CreatedProperty = "createdate",
        RequiredProperties = ["hs_pipeline_stage"],
        CreateFormProperties = ["subject", "hs_pipeline_stage"],
        SearchableProperties = ["subject", "content"],
        ScopeFamily = "tickets",
    };

    private static ObjectType Plain(string name, string id, string singular, long firstId, IReadOnlyList<string> createForm) => new()
    {
        Name = name,
        Id = id,
        Singular = singular,
        Records = new RecordSet(firstId + 1),
        DefaultProperties = ["hs_createdate", "hs_lastmodifieddate", "hs_object_id"],
        CreateFormProperties = createForm,
        SearchableProperties = createForm,
        ScopeFamily = name,
    };

    private static ObjectType Activity(string name, string id, string singular, long firstId, string searchable) => new()
    {
        Name = name,
        Id = id,
        Singular = singular,
        Records = new RecordSet(firstId + 1),
        DefaultProperties = ["hs_createdate", "hs_lastmodifieddate", "hs_object_id"],
        RequiredProperties = ["hs_timestamp"],
        SearchableProperties = [searchable],
        ScopeFamily = name,
    };

    /// <summary>One object of the customer's own, reachable by id and by qualified name; the bare name stopped working (contract section 1).</summary>
    private static ObjectType Custom(Account account, DateTimeOffset made) => new()
    {
        Name = $"p{account.PortalId}_subscription",
        Id = CustomTypeId,
        Singular = "p_subscription",
        Records = new RecordSet(HubSpotIds.FirstCustom + 1),
        DefaultProperties = ["hs_createdate", "hs_lastmodifieddate", "hs_object_id", "subscription_name"],
        RequiredProperties = ["subscription_name"],
        SearchableProperties = ["subscription_name", "subscription_number"],
        ScopeFamily = "custom",
        Custom = new CustomSchema("subscription", "Subscription", "Subscriptions", "subscription_name", made),
    };

    private static string Label(string name)
    {
        var words = name.Replace("information", " information", StringComparison.Ordinal).Replace('_', ' ').Trim();
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
