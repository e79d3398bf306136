using Liaison.Emulators.Salesforce.Catalog;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.World;

namespace Liaison.Emulators.Salesforce.Loading;

/// <summary>Maps companies, people and deals of a world to the org's records.</summary>
internal static class RecordLoader
{
    /// <summary>The platform takes no person without a last name; imports write this in its place.</summary>
    private const string NoName = "[not provided]";

    private static readonly Dictionary<string, string> StageNames = new(StringComparer.Ordinal)
    {
        ["appointmentscheduled"] = "Prospecting",
        ["qualifiedtobuy"] = "Qualification",
        ["presentationscheduled"] = "Needs Analysis",
        ["decisionmakerboughtin"] = "Id. Decision Makers",
        ["contractsent"] = "Negotiation/Review",
        ["closedwon"] = "Closed Won",
        ["closedlost"] = "Closed Lost",
    };

    public static void Accounts(Org org, CrmWorld world, People people)
    {
        var type = org["Account"];
        foreach (var company in world.Companies)
        {
            new Seeder(type, company.Key, people.Owner(company.OwnerKey), company.CreatedAt, company.UpdatedAt)
                .Set("Name", company.Name)
                .Set("Website", company.Domain)
                .Set("Industry", Industry(type, company.Industry))
                .Set("NumberOfEmployees", company.EmployeeCount)
                .Set("AnnualRevenue", company.AnnualRevenue)
                .Set("BillingCity", company.City)
                .Set("BillingState", company.State)
                .Set("BillingCountry", company.Country)
                .Set("Phone", company.Phone)
                .Set("Description", company.Description)
                .Set("CleanStatus", "Pending")
                .Keep();
        }
    }

    public static void Contacts(Org org, CrmWorld world, People people)
    {
        var type = org["Contact"];
        foreach (var person in world.People)
        {
            var seeder = new Seeder(type, person.Key, people.Owner(person.OwnerKey), person.CreatedAt, person.UpdatedAt)
                .Set("FirstName", person.FirstName)
                .Set("LastName", string.IsNullOrWhiteSpace(person.LastName) ? NoName : person.LastName)
                .Set("Email", person.Email)
                .Set("Phone", person.Phone)
                .Set("MobilePhone", person.MobilePhone)
                .Set("Title", person.JobTitle)
                .Set("MailingCity", person.City)
                .Set("MailingState", person.State)
                .Set("MailingCountry", person.Country)
                .Set("Preferred_Language__c", person.Language)
                .Set("Lead_Status__c", person.LeadStatus)
                .Set("Lifecycle_Stage__c", person.LifecycleStage)
                .Set("Source__c", person.Source)
                .Set("HasOptedOutOfEmail", person.OptedOut)
                .Set("Page_Views__c", person.PageViews)
                .Set("Visits__c", person.Visits)
                .Set("Emails_Opened__c", person.EmailsOpened)
                .Set("LastActivityDate", person.LastActivityAt is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : null)
                .Set("CleanStatus", "Pending")
                .Set("AccountId", Id(org["Account"], person.CompanyKey));
            foreach (var (name, value) in person.Extra)
            {
                // A loaded file may bring fields that this org has not.
                _ = type.TryGetField(name, out _) ? seeder.Set(name, value) : seeder;
            }

            seeder.Keep();
        }
    }

    /// <summary>Every twentieth person also stands as a lead that nobody converted: the same person twice, as it happens.</summary>
    public static void Leads(Org org, CrmWorld world, People people)
    {
        var type = org["Lead"];
        foreach (var person in world.People.Where(person => person.Key % 20 == 0))
        {
            var company = world.Companies.FirstOrDefault(each => each.Key == person.CompanyKey);
            new Seeder(type, person.Key, people.Owner(person.OwnerKey), person.CreatedAt, person.UpdatedAt)
                .Set("FirstName", person.FirstName)
                .Set("LastName", string.IsNullOrWhiteSpace(person.LastName) ? NoName : person.LastName)
                .Set("Company", company?.Name ?? NoName)
                .Set("Email", person.Email)
                .Set("Phone", person.Phone)
                .Set("Title", person.JobTitle)
                .Set("City", person.City)
                .Set("State", person.State)
                .Set("Country", person.Country)
                .Set("LeadSource", "Web")
                .Set("HasOptedOutOfEmail", person.OptedOut)
                .Keep();
        }
    }

    public static void Opportunities(Org org, CrmWorld world, People people, SalesforceEmulatorOptions options)
    {
        var (type, roles) = (org["Opportunity"], org["OpportunityContactRole"]);
        foreach (var deal in world.Deals)
        {
            var name = StageNames.GetValueOrDefault(deal.Stage, deal.Stage);
            var stage = Stages.Find(org, name);
            var seeder = new Seeder(type, deal.Key, people.Owner(deal.OwnerKey), deal.CreatedAt, deal.UpdatedAt)
                .Set("Name", deal.Name)
                .Set("StageName", name)
                .Set("Amount", deal.Amount)
                .Set("Probability", stage?.Get("DefaultProbability"))
                .Set("ForecastCategoryName", stage?.Get("ForecastCategoryName"))
                .Set(RecordKind.Field, KindOf(type, deal).Id)
                .Set("CloseDate", deal.CloseDate ?? DateOnly.FromDateTime(deal.CreatedAt.AddDays(90).UtcDateTime))
                .Set("AccountId", Id(org["Account"], deal.CompanyKey));
            var row = (options.MultiCurrency ? seeder.Set("CurrencyIsoCode", deal.Currency ?? "EUR") : seeder).Keep();
            foreach (var (person, at) in deal.PersonKeys.Select((person, at) => (Id(org["Contact"], person), at)).Where(entry => entry.Item1 is not null))
            {
                new Seeder(roles, roles.Rows.Count + 1, people.Owner(deal.OwnerKey), deal.CreatedAt, deal.UpdatedAt)
                    .Set("OpportunityId", row.Id).Set("ContactId", person).Set("Role", at == 0 ? "Decision Maker" : "Influencer").Set("IsPrimary", at == 0).Keep();
            }
        }
    }

    /// <summary>Every fourth deal goes on with who is a customer already.</summary>
    private static RecordKind KindOf(SObjectType type, WorldDeal deal) =>
        type.RecordKinds.First(kind => deal.Key % 4 == 0 ? kind.DeveloperName == RecordTypes.Renewal : kind.IsDefault);

    /// <summary>Gives every fortieth person a case.</summary>
    public static void Cases(Org org, CrmWorld world, People people)
    {
        var type = org["Case"];
        foreach (var person in world.People.Where(person => person.Key % 40 == 0))
        {
            var closed = person.Key % 80 == 0;
            new Seeder(type, type.Rows.Count + 1, people.Owner(person.OwnerKey), person.CreatedAt, person.UpdatedAt)
                .Set("CaseNumber", (type.Rows.Count + 1).ToString("D8", System.Globalization.CultureInfo.InvariantCulture))
                .Set("Subject", closed ? "Invoice could not be opened" : "Question about the contract")
                .Set("Status", closed ? "Closed" : "New")
                .Set("ClosedDate", closed ? person.UpdatedAt : null)
                .Set("Origin", "Email")
                .Set("ContactId", Id(org["Contact"], person.Key))
                .Set("AccountId", Id(org["Account"], person.CompanyKey))
                .Keep();
        }
    }

    /// <summary>Gives a few companies a record of the customer's own object.</summary>
    public static void Subscriptions(Org org, CrmWorld world, People people)
    {
        var type = org[SObjectTypes.Custom];
        foreach (var company in world.Companies.Take(20))
        {
            new Seeder(type, company.Key, people.Owner(company.OwnerKey), company.CreatedAt, company.UpdatedAt)
                .Set("Name", $"{company.Name} yearly")
                .Set("Number__c", $"SUB-{company.Key:D5}")
                .Set("Status__c", company.Key % 4 == 0 ? "paused" : "active")
                .Set("Plan__c", (company.Key % 3) switch { 0 => "Basic", 1 => "Team", _ => "Enterprise" })
                .Set("Add_On__c", company.Key % 3 == 2 ? "Single Sign-On" : "Backup")
                .Set("Channels__c", company.Key % 2 == 0 ? "Web;Partner" : "Phone")
                .Set("Monthly_Value__c", (company.Key % 9 * 50) + 100)
                .Set("Renewal__c", DateOnly.FromDateTime(world.Now.AddDays(company.Key % 300).UtcDateTime))
                .Set("Support_Opens__c", new TimeOnly(8, 30))
                .Set("Account__c", Id(org["Account"], company.Key))
                .Keep();
        }
    }

    /// <summary>Gives the id of what a world's key became; <see langword="null"/> where it became nothing.</summary>
    public static string? Id(SObjectType type, int? key) =>
        key is { } known && SalesforceId.Make(type.KeyPrefix!, known) is var id && type.Rows.TryGet(id, out _) ? id : null;

    /// <remarks>What is no value of the picklist stays as it was typed: the list is not restricted.</remarks>
    private static string? Industry(SObjectType type, string? typed) =>
        type.Field("Industry").Picklist.FirstOrDefault(value => string.Equals(value.Value, typed?.Trim(), StringComparison.OrdinalIgnoreCase))?.Value ?? typed;
}
