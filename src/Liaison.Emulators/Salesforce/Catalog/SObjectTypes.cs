using Liaison.Emulators.Salesforce.Model;

namespace Liaison.Emulators.Salesforce.Catalog;

/// <summary>The objects that the org has from the start.</summary>
internal static class SObjectTypes
{
    public const string Custom = "Subscription__c";

    private const string Currency = "CurrencyIsoCode|picklist 3|Currency ISO Code|CUNDFSGAR|picks=EUR:Euro*,USD:U.S. Dollar,GBP:British Pound,CHF:Swiss Franc,SEK:Swedish Krona,PLN:Polish Zloty,JPY:Japanese Yen,CAD:Canadian Dollar,AUD:Australian Dollar,INR:Indian Rupee,BRL:Brazilian Real";

    private static readonly string[] WithCurrency = ["Account", "Contact", "Lead", "Opportunity", "OpportunityContactRole", "Case", "Task", "Event", Custom];

    public static void AddTo(Org org, SalesforceEmulatorOptions options)
    {
        var lines = new List<(SObjectType Type, FieldLine Line)>();
        Add(org, lines, options, new() { Name = "Account", Label = "Account", LabelPlural = "Accounts", KeyPrefix = "001", Mergeable = true }, AccountFields.Table);
        Add(org, lines, options, new() { Name = "Contact", Label = "Contact", LabelPlural = "Contacts", KeyPrefix = "003", Mergeable = true }, ContactFields.Table, ContactFields.Custom);
        Add(org, lines, options, new() { Name = "Lead", Label = "Lead", LabelPlural = "Leads", KeyPrefix = "00Q", Mergeable = true }, LeadFields.Table);
        Add(org, lines, options, new() { Name = "Opportunity", Label = "Opportunity", LabelPlural = "Opportunities", KeyPrefix = "006" }, OpportunityFields.Table);
        Add(
            org,
            lines,
            options,
            new()
            {
                Name = "OpportunityContactRole", Label = "Opportunity Contact Role", LabelPlural = "Opportunity Contact Role", KeyPrefix = "00K",
                Sharing = SharingModel.Parent, SharingParents = ["OpportunityId"], FeedEnabled = false, MruEnabled = false, Searchable = false, Undeletable = false,
            },
            OpportunityFields.ContactRoles);
        Add(org, lines, options, Setup("OpportunityStage", "Opportunity Stage", "Opportunity Stage", "01J"), OpportunityFields.Stages);
        Add(org, lines, options, new() { Name = "Case", Label = "Case", LabelPlural = "Cases", KeyPrefix = "500" }, CaseFields.Table);
        Add(org, lines, options, new() { Name = "Task", Label = "Task", LabelPlural = "Tasks", KeyPrefix = "00T" }, ActivityFields.Tasks);
        Add(org, lines, options, new() { Name = "Event", Label = "Event", LabelPlural = "Events", KeyPrefix = "00U" }, ActivityFields.Events);
        Add(
            org,
            lines,
            options,
            new()
            {
                Name = "EmailMessage", Label = "Email Message", LabelPlural = "Email Messages", KeyPrefix = "02s",
                Sharing = SharingModel.Parent, SharingParents = ["ActivityId", "ParentId", "RelatedToId"], MruEnabled = false,
            },
            EmailFields.Messages);
        Add(
            org,
            lines,
            options,
            new()
            {
                Name = "EmailMessageRelation", Label = "Email Message Relation", LabelPlural = "Email Message Relations", KeyPrefix = "0CZ", Updateable = false,
                Sharing = SharingModel.Parent, SharingParents = ["EmailMessageId"], FeedEnabled = false, MruEnabled = false, Searchable = false, Layoutable = false, Undeletable = false,
            },
            EmailFields.Relations);
        Add(org, lines, options, new() { Name = "Note", Label = "Note", LabelPlural = "Notes", KeyPrefix = "002", Sharing = SharingModel.Parent, SharingParents = ["ParentId"], MruEnabled = false, FeedEnabled = false }, ContentFields.Notes);
        Add(org, lines, options, new() { Name = "ContentDocument", Label = "Content Document", LabelPlural = "Content Documents", KeyPrefix = "069", Createable = false, Sharing = SharingModel.Linked, FeedEnabled = false }, ContentFields.Documents);
        Add(org, lines, options, new() { Name = "ContentNote", Label = "Content Note", LabelPlural = "Content Notes", KeyPrefix = "069", Sharing = SharingModel.Linked, FeedEnabled = false }, ContentFields.ContentNotes);
        Add(
            org,
            lines,
            options,
            new()
            {
                Name = "ContentDocumentLink", Label = "Content Document Link", LabelPlural = "Content Document Links", KeyPrefix = "06A",
                Sharing = SharingModel.Parent, SharingParents = ["LinkedEntityId"], FeedEnabled = false, MruEnabled = false, Searchable = false, Undeletable = false,
            },
            ContentFields.Links);
        Add(org, lines, options, new() { Name = "User", Label = "User", LabelPlural = "Users", KeyPrefix = "005", Sharing = SharingModel.Public, Deletable = false, Undeletable = false }, PeopleFields.Users);
        Add(org, lines, options, Setup("UserRole", "Role", "Role", "00E"), PeopleFields.Roles);
        Add(org, lines, options, Setup("Profile", "Profile", "Profile", "00e"), PeopleFields.Profiles);
        Add(org, lines, options, Setup("Group", "Group", "Group", "00G"), PeopleFields.Groups);
        Add(org, lines, options, Setup("RecordType", "Record Type", "Record Types", "012"), RecordTypes.Fields);
        Add(org, lines, options, Setup("Organization", "Organization", "Organizations", "00D"), PeopleFields.Organizations);
        Add(
            org,
            lines,
            options,
            new()
            {
                Name = "UserRecordAccess", Label = "User Record Access", LabelPlural = "User Record Access", Createable = false, Updateable = false, Deletable = false,
                Undeletable = false, Retrieveable = false, Replicateable = false, Searchable = false, Layoutable = false, MruEnabled = false, FeedEnabled = false,
                Triggerable = false, Sharing = SharingModel.Public,
            },
            PeopleFields.RecordAccess);
        Add(org, lines, options, new() { Name = Custom, Label = "Subscription", LabelPlural = "Subscriptions", KeyPrefix = "a00" }, CustomFields.Subscriptions);

        // Only now are all targets there.
        foreach (var (type, line) in lines)
        {
            Connect(org, type, line);
        }
    }

    /// <summary>Adds fields to an object as an administrator does.</summary>
    public static void Extend(Org org, SObjectType type, string table)
    {
        foreach (var line in Read(org, type, table))
        {
            Connect(org, type, line);
        }
    }

    private static List<FieldLine> Read(Org org, SObjectType type, string table)
    {
        var computed = new ComputedFields(org);
        List<FieldLine> lines = [.. FieldTable.Read(table)];
        foreach (var line in lines)
        {
            line.Field.Computed = computed.Of(type, line.Field);
            type.Add(line.Field);
        }

        return lines;
    }

    /// <summary>Lets every target know which records point to it.</summary>
    private static void Connect(Org org, SObjectType type, FieldLine line)
    {
        foreach (var target in line.Field.ReferenceTo)
        {
            if (org.TryGetType(target, out var parent))
            {
                parent.Children.Add(new ChildRelationship(type, line.Field, line.Children == "*" ? type.LabelPlural : line.Children, line.Cascade, line.Restrict));
            }
        }
    }

    private static void Add(Org org, List<(SObjectType Type, FieldLine Line)> lines, SalesforceEmulatorOptions options, SObjectType type, params string[] tables)
    {
        org.Add(type);
        foreach (var table in options.MultiCurrency && WithCurrency.Contains(type.Name) ? [.. tables, Currency] : tables)
        {
            lines.AddRange(Read(org, type, table).Select(line => (type, line)));
        }
    }

    private static SObjectType Setup(string name, string label, string plural, string prefix) => new()
    {
        Name = name,
        Label = label,
        LabelPlural = plural,
        KeyPrefix = prefix,
        Createable = false,
        Updateable = false,
        Deletable = false,
        Undeletable = false,
        Searchable = false,
        Layoutable = false,
        MruEnabled = false,
        FeedEnabled = false,
        Triggerable = false,
        Sharing = SharingModel.Public,
    };
}
