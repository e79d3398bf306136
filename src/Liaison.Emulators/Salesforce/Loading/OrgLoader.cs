using Liaison.Emulators.Salesforce.Catalog;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.World;

namespace Liaison.Emulators.Salesforce.Loading;

/// <summary>Makes an org out of a world.</summary>
internal static class OrgLoader
{
    public static (Org Org, People People) Load(CrmWorld world, SalesforceEmulatorOptions options)
    {
        // An org's definitions are older than its records.
        var made = Moments.ToSeconds(world.Now.AddYears(-4));
        var org = new Org { MetadataChangedAt = made };
        SObjectTypes.AddTo(org, options);
        Stages.AddTo(org, made);
        RecordTypes.AddTo(org, made);
        if (options.AiFields)
        {
            foreach (var name in new[] { "Contact", "Lead", "Account", "Opportunity" })
            {
                SObjectTypes.Extend(org, org[name], CustomFields.Ai);
            }
        }

        var people = new People(org, world, made);
        AddOrganization(org, people, options, made);
        RecordLoader.Accounts(org, world, people);
        RecordLoader.Contacts(org, world, people);
        RecordLoader.Leads(org, world, people);
        RecordLoader.Opportunities(org, world, people, options);
        RecordLoader.Cases(org, world, people);
        RecordLoader.Subscriptions(org, world, people);
        ActivityLoader.Load(org, world, people);
        return (org, people);
    }

    private static void AddOrganization(Org org, People people, SalesforceEmulatorOptions options, DateTimeOffset made) =>
        new Seeder(org["Organization"], 1, people.Administrator.Id, made, made)
            .Set("Name", "Liaison Demo")
            .Set("PrimaryContact", people.Administrator.Row.Text("Name"))
            .Set("Country", "DE")
            .Set("DefaultLocaleSidKey", "en_US")
            .Set("TimeZoneSidKey", "Europe/Berlin")
            .Set("LanguageLocaleKey", "en_US")
            .Set("FiscalYearStartMonth", 1)
            .Set("DefaultAccountAccess", "None")
            .Set("DefaultContactAccess", "None")
            .Set("DefaultOpportunityAccess", "None")
            .Set("DefaultLeadAccess", "None")
            .Set("DefaultCaseAccess", "None")
            .Set("OrganizationType", "Enterprise Edition")
            .Set("InstanceName", "EMU1")
            .Set("IsSandbox", options.Sandbox)
            .Keep();
}
