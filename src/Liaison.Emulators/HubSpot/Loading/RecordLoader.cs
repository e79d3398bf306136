using System.Globalization;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.World;

namespace Liaison.Emulators.HubSpot.Loading;

/// <summary>Maps companies, people and deals of a world to the CRM's records.</summary>
internal static class RecordLoader
{
    private static readonly AssociationKind[] ContactCompany = [Of(1), Of(279)];
    private static readonly AssociationKind[] CompanyContact = [Of(2), Of(280)];
    private static readonly AssociationKind[] DealCompany = [Of(5), Of(341)];
    private static readonly AssociationKind[] CompanyDeal = [Of(6), Of(342)];
    private static readonly AssociationKind[] DealContact = [Of(3)];
    private static readonly AssociationKind[] ContactDeal = [Of(4)];

    public static void Companies(Account account, CrmWorld world)
    {
        var type = account.Companies;
        foreach (var company in world.Companies)
        {
            var draft = new Draft(type, HubSpotIds.Company(company.Key), company.CreatedAt, company.UpdatedAt);
            draft.Set("name", company.Name);
            draft.Set("domain", company.Domain);
            draft.Set("industry", Industry(type, company.Industry));
            draft.Set("numberofemployees", company.EmployeeCount?.ToString(CultureInfo.InvariantCulture));
            draft.Set("annualrevenue", company.AnnualRevenue?.ToString(CultureInfo.InvariantCulture));
            draft.Set("city", company.City);
            draft.Set("state", company.State);
            draft.Set("country", company.Country);
            draft.Set("phone", company.Phone);
            draft.Set("description", company.Description);
            draft.Set("timezone", company.TimeZone);
            draft.Set("hubspot_owner_id", WorldLoader.Owner(company.OwnerKey));
            draft.Keep();
        }
    }

    public static void Contacts(Account account, CrmWorld world)
    {
        var type = account.Contacts;
        foreach (var person in world.People)
        {
            var draft = new Draft(type, HubSpotIds.Contact(person.Key), person.CreatedAt, person.UpdatedAt);

            // An address belongs to one contact only: the second entry of a person goes without (contract section 6.2).
            draft.Set("email", person.Email is { } email && type.TryFindUnique("email", email, out _) ? null : person.Email);
            Describe(draft, person);
            foreach (var (name, value) in person.Extra)
            {
                draft.Extra(name, value);
            }

            var record = draft.Keep();
            if (person.CompanyKey is { } company && account.Companies.Records.TryGet(HubSpotIds.Company(company), out var employer))
            {
                account.Links.Add(type, record.Id, account.Companies, employer.Id, ContactCompany);
                account.Links.Add(account.Companies, employer.Id, type, record.Id, CompanyContact);
            }
        }
    }

    public static void Deals(Account account, CrmWorld world)
    {
        var type = account.Deals;
        foreach (var deal in world.Deals)
        {
            var draft = new Draft(type, HubSpotIds.Deal(deal.Key), deal.CreatedAt, deal.UpdatedAt);
            draft.Set("dealname", deal.Name);
            draft.Set("dealstage", deal.Stage);
            draft.Set("pipeline", "default");
            draft.Set("amount", deal.Amount?.ToString(CultureInfo.InvariantCulture));
            draft.Set("deal_currency_code", deal.Currency);
            draft.Set("closedate", deal.CloseDate is { } day ? Instants.Format(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)) : null);
            draft.Set("hubspot_owner_id", WorldLoader.Owner(deal.OwnerKey));
            var record = draft.Keep();
            if (deal.CompanyKey is { } company)
            {
                Join(account, type, record.Id, account.Companies, HubSpotIds.Company(company), DealCompany, CompanyDeal);
            }

            foreach (var person in deal.PersonKeys)
            {
                Join(account, type, record.Id, account.Contacts, HubSpotIds.Contact(person), DealContact, ContactDeal);
            }
        }
    }

    /// <summary>Gives a few companies a record of the customer's own object type.</summary>
    public static void Subscriptions(Account account, CrmWorld world)
    {
        if (!account.TryGetType(Catalog.ObjectTypes.CustomTypeId, out var type))
        {
            return;
        }

        var (there, back) = (account.Associations.Default(type, account.Companies), account.Associations.Default(account.Companies, type));
        foreach (var company in world.Companies.Take(20))
        {
            var draft = new Draft(type, HubSpotIds.FirstCustom + company.Key, company.CreatedAt, company.UpdatedAt);
            draft.Set("subscription_name", $"{company.Name} yearly");
            draft.Set("subscription_number", $"SUB-{company.Key:D5}");
            draft.Set("status", company.Key % 4 == 0 ? "paused" : "active");
            draft.Set("monthly_value", (company.Key % 9 * 50 + 100).ToString(CultureInfo.InvariantCulture));
            draft.Set("hubspot_owner_id", WorldLoader.Owner(company.OwnerKey));
            Join(account, type, draft.Keep().Id, account.Companies, HubSpotIds.Company(company.Key), [there.Kind], [back.Kind]);
        }
    }

    /// <summary>Links two records from both ends; says nothing where one of them is missing.</summary>
    public static void Join(Account account, ObjectType from, long fromId, ObjectType to, long toId, AssociationKind[] there, AssociationKind[] back)
    {
        if (to.Records.TryGet(toId, out _))
        {
            account.Links.Add(from, fromId, to, toId, there);
            account.Links.Add(to, toId, from, fromId, back);
        }
    }

    private static void Describe(Draft draft, WorldPerson person)
    {
        draft.Set("firstname", person.FirstName);
        draft.Set("lastname", person.LastName);
        draft.Set("phone", person.Phone);
        draft.Set("mobilephone", person.MobilePhone);
        draft.Set("jobtitle", person.JobTitle);
        draft.Set("city", person.City);
        draft.Set("state", person.State);
        draft.Set("country", person.Country);
        draft.Set("hs_language", person.Language);
        draft.Set("hs_lead_status", person.LeadStatus);
        draft.Set("lifecyclestage", person.LifecycleStage);
        draft.Set("hs_pipeline", person.LifecycleStage is null ? null : "contacts-lifecycle-pipeline");
        draft.Set("hs_analytics_source", person.Source);
        draft.Set("hs_email_optout", person.OptedOut ? "true" : null);
        draft.Set("hs_analytics_num_page_views", person.PageViews?.ToString(CultureInfo.InvariantCulture));
        draft.Set("hs_analytics_num_visits", person.Visits?.ToString(CultureInfo.InvariantCulture));
        draft.Set("hs_email_open", person.EmailsOpened?.ToString(CultureInfo.InvariantCulture));
        var lastActivity = person.LastActivityAt is { } at ? Instants.Format(at) : null;
        draft.Set("notes_last_updated", lastActivity);
        draft.Set("hs_last_sales_activity_timestamp", lastActivity);
        draft.Set("hubspot_owner_id", WorldLoader.Owner(person.OwnerKey));
        draft.Set($"hs_lifecyclestage_{person.LifecycleStage}_date", person.LifecycleStage is null ? null : Instants.Format(Instants.ToMilliseconds(person.CreatedAt)));
    }

    /// <remarks>What is no option any more stays as it was typed: portals hold such values (contract section 5).</remarks>
    private static string? Industry(ObjectType type, string? typed)
    {
        if (typed is null || !type.TryGetProperty("industry", out var property))
        {
            return typed;
        }

        return property.Options.FirstOrDefault(option =>
            string.Equals(option.Value, typed, StringComparison.OrdinalIgnoreCase) || string.Equals(option.Label, typed, StringComparison.OrdinalIgnoreCase))?.Value ?? typed;
    }

    private static AssociationKind Of(int typeId) => new(AssociationKind.HubSpotDefined, typeId);
}
