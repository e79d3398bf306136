using Liaison.HubSpot.Wire;

namespace Liaison.HubSpot.Tests.Wire;

/// <summary>The path map of contracts/hubspot.md 1.</summary>
public sealed class HubSpotPathsTests
{
    [Theory]
    [InlineData("2026-09", "/crm/objects/2026-09/contacts/search")]
    [InlineData("2026-03", "/crm/objects/2026-03/contacts/search")]
    [InlineData("v3", "/crm/v3/objects/contacts/search")]
    public void Search(string version, string path) => new HubSpotPaths(version).Search("contacts").ShouldBe(path);

    [Theory]
    [InlineData("2026-09", "/crm/objects/2026-09/deals/batch/update")]
    [InlineData("2026-03", "/crm/objects/2026-03/deals/batch/update")]
    [InlineData("v3", "/crm/v3/objects/deals/batch/update")]
    public void Batch(string version, string path) => new HubSpotPaths(version).Batch("deals", "update").ShouldBe(path);

    [Theory]
    [InlineData("2026-09", "/crm/associations/2026-09/contacts/companies/batch/read")]
    [InlineData("2026-03", "/crm/associations/2026-03/contacts/companies/batch/read")]
    [InlineData("v3", "/crm/v4/associations/contacts/companies/batch/read")]
    public void Association_batch(string version, string path) =>
        new HubSpotPaths(version).AssociationBatch("contacts", "companies", "read").ShouldBe(path);

    [Theory]
    [InlineData("2026-09", "/crm/objects/2026-09/contacts/501/associations/companies?limit=500&after=a%26b")]
    [InlineData("v3", "/crm/v4/objects/contacts/501/associations/companies?limit=500&after=a%26b")]
    public void Associations_of_one_record(string version, string path) =>
        new HubSpotPaths(version).AssociationsOf("contacts", "501", "companies", "a&b").ShouldBe(path);

    [Theory]
    [InlineData("2026-09", "/crm/associations/2026-09/contacts/companies/labels")]
    [InlineData("2026-03", "/crm/associations/2026-03/contacts/companies/labels")]
    [InlineData("v3", "/crm/v4/associations/contacts/companies/labels")]
    public void Association_labels(string version, string path) =>
        new HubSpotPaths(version).AssociationLabels("contacts", "companies").ShouldBe(path);

    [Theory]
    [InlineData("2026-09", "/crm/objects/2026-09/tasks/7/associations/default/contacts/501")]
    [InlineData("v3", "/crm/v4/objects/tasks/7/associations/default/contacts/501")]
    public void One_default_association(string version, string path) =>
        new HubSpotPaths(version).DefaultAssociation("tasks", "7", "contacts", "501").ShouldBe(path);

    [Theory]
    [InlineData("2026-09", "/crm/objects/2026-09/tasks/7/associations/contacts/501")]
    [InlineData("v3", "/crm/v4/objects/tasks/7/associations/contacts/501")]
    public void One_association(string version, string path) =>
        new HubSpotPaths(version).Association("tasks", "7", "contacts", "501").ShouldBe(path);

    [Theory]
    [InlineData("2026-09", "/crm/properties/2026-09/contacts/groups")]
    [InlineData("2026-03", "/crm/properties/2026-03/contacts/groups")]
    [InlineData("v3", "/crm/v3/properties/contacts/groups")]
    public void Property_groups(string version, string path) => new HubSpotPaths(version).PropertyGroups("contacts").ShouldBe(path);

    [Theory]
    [InlineData("2026-09", "/crm/owners/2026-09?limit=100&archived=false", "/account-info/2026-09/details")]
    [InlineData("2026-03", "/crm/owners/2026-03?limit=100&archived=false", "/account-info/2026-03/details")]
    [InlineData("v3", "/crm/v3/owners?limit=100&archived=false", "/account-info/v3/details")]
    public void Owners_and_account(string version, string owners, string account)
    {
        new HubSpotPaths(version).Owners(archived: false, after: null).ShouldBe(owners);
        new HubSpotPaths(version).AccountDetails.ShouldBe(account);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("contacts/../../oauth")]
    [InlineData("contacts?x=1")]
    [InlineData("%2e%2e")]
    [InlineData("")]
    public void Nothing_but_a_name_becomes_a_segment(string name)
    {
        HubSpotPaths.IsSegment(name).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => new HubSpotPaths("2026-09").Search(name));
    }

    [Theory]
    [InlineData("2-123")]
    [InlineData("p_invoice")]
    [InlineData("p990001_invoice")]
    public void Types_of_the_customers_own_are_segments(string name) => HubSpotPaths.IsSegment(name).ShouldBeTrue();

    [Theory]
    [InlineData("v1")]
    [InlineData("2025-03")]
    [InlineData("../2026-09")]
    public void A_version_that_is_not_spoken_is_refused(string version) =>
        Should.Throw<ArgumentException>(() => new HubSpotPaths(version));
}
