using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>Compares the emulator with the facts of HubSpot's published descriptions.</summary>
public sealed class ContractTests
{
    [Theory]
    [InlineData("crm-contacts.2026-09.json")]
    [InlineData("crm-contacts.2026-03.json")]
    [InlineData("crm-contacts.v3.json")]
    [InlineData("crm-companies.v3.json")]
    [InlineData("crm-deals.2026-09.json")]
    [InlineData("crm-tickets.2026-03.json")]
    [InlineData("crm-leads.2026-03.json")]
    [InlineData("crm-tasks.2026-09.json")]
    [InlineData("crm-notes.v3.json")]
    [InlineData("crm-objects-generic.2026-09.json")]
    [InlineData("crm-associations.2026-09.json")]
    [InlineData("crm-associations.2026-03.json")]
    [InlineData("crm-associations.v4.json")]
    [InlineData("crm-properties.2026-09.json")]
    [InlineData("crm-properties.v3.json")]
    [InlineData("crm-property-validations.2026-03.json")]
    [InlineData("crm-pipelines.2026-09.json")]
    [InlineData("crm-pipelines.v3.json")]
    [InlineData("crm-owners.2026-09.json")]
    [InlineData("crm-object-library.2026-03.json")]
    [InlineData("account-info.2026-09.json")]
    [InlineData("oauth.2026-09.json")]
    [InlineData("oauth.v1.json")]
    public async Task Every_published_operation_of_a_served_area_has_a_route(string file)
    {
        var facts = ContractFacts.Load();
        await using var portal = await Portal.StartAsync();

        var unknown = new List<string>();
        foreach (var operation in facts.Operations(file).Where(operation => !operation.Contains("high-usage-report", StringComparison.Ordinal)))
        {
            var (method, path) = (operation[..operation.IndexOf(' ', StringComparison.Ordinal)], Concrete(operation[(operation.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
            var answer = await portal.Send(new HttpMethod(method), path, null, Portal.Account);
            if (answer.Status is 405 || answer.Text.Contains("The requested resource could not be found.", StringComparison.Ordinal))
            {
                unknown.Add(operation);
            }
        }

        unknown.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("crm-contacts.2026-09.json", "CollectionResponseSimplePublicObjectWithAssociationsForwardPaging", "/crm/objects/2026-09/contacts?associations=companies,notes&propertiesWithHistory=email&limit=5")]
    [InlineData("crm-deals.v3.json", "CollectionResponseSimplePublicObjectWithAssociationsForwardPaging", "/crm/v3/objects/deals?associations=contacts")]
    [InlineData("crm-properties.2026-09.json", "CollectionResponsePropertyNoPaging", "/crm/properties/2026-09/contacts")]
    [InlineData("crm-properties.2026-09.json", "CollectionResponsePropertyNoPaging", "/crm/properties/2026-09/deals")]
    [InlineData("crm-properties.2026-09.json", "CollectionResponsePropertyGroupNoPaging", "/crm/properties/2026-09/contacts/groups")]
    [InlineData("crm-pipelines.2026-09.json", "CollectionResponsePipelineNoPaging", "/crm/pipelines/2026-09/tickets")]
    [InlineData("crm-owners.2026-09.json", "CollectionResponsePublicOwnerForwardPaging", "/crm/owners/2026-09?limit=2")]
    [InlineData("crm-schemas.2026-09.json", "CollectionResponseObjectSchemaNoPaging", "/crm-object-schemas/2026-09/schemas")]
    [InlineData("crm-associations.2026-03.json", "CollectionResponseMultiAssociatedObjectWithLabelForwardPaging", "/crm/objects/2026-03/contacts/210000000001/associations/companies")]
    [InlineData("crm-associations-schema.v4.json", "CollectionResponseAssociationSpecWithLabelNoPaging", "/crm/v4/associations/contacts/companies/labels")]
    [InlineData("crm-property-validations.2026-03.json", "CollectionResponsePublicPropertyValidationRuleMapNoPaging", "/crm/property-validations/2026-03/0-2")]
    [InlineData("crm-object-library.2026-03.json", "PortalObjectTypeEnablementPublicResponse", "/crm/object-library/2026-03/enablement")]
    [InlineData("account-info.2026-09.json", "PortalInformationResponse", "/account-info/2026-09/details")]
    [InlineData("account-info.2026-09.json", "CollectionResponseApiUsageNoPaging", "/account-info/2026-09/api-usage/daily/private-apps")]
    [InlineData("settings-users.2026-03.json", "CollectionResponsePublicUserForwardPaging", "/settings/users/2026-03?limit=2")]
    [InlineData("settings-users.2026-03.json", "CollectionResponsePublicTeamNoPaging", "/settings/users/2026-03/teams")]
    [InlineData("settings-users.2026-03.json", "CollectionResponsePublicPermissionSetNoPaging", "/settings/users/2026-03/roles")]
    [InlineData("settings-currencies.2026-03.json", "CollectionResponseExchangeRateNoPaging", "/settings/currencies/2026-03/exchange-rates/current")]
    [InlineData("settings-currencies.2026-03.json", "CompanyCurrency", "/settings/currencies/2026-03/company-currency")]
    [InlineData("crm-contacts.2026-09.json", "Error", "/crm/objects/2026-09/contacts/9")]
    [InlineData("oauth.v1.json", "AccessTokenInfoResponse", "/oauth/v1/access-tokens/user-manager-demo")]
    public async Task Answers_to_reads_have_the_published_shape(string file, string schema, string path)
    {
        var facts = ContractFacts.Load();
        await using var portal = await Portal.StartAsync(options => options.AssociationIdsAsStrings = true);

        var answer = await portal.Get(path);

        // The signed part of a token carries signatures that nobody can make but HubSpot.
        facts.Departures(file, schema, answer.Json).Where(fault => !fault.Contains("signed_access_token", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Answers_to_batches_have_the_published_shape_with_and_without_errors()
    {
        var facts = ContractFacts.Load();
        await using var portal = await Portal.StartAsync(options => options.AssociationIdsAsStrings = true);
        var id = (await portal.Ids())[0];
        var company = (await portal.Ids("companies"))[0];
        var update = A.Batch(new { id, properties = new { city = "Oslo" }, objectWriteTraceId = "t" }, new { id = "9", properties = new { city = "Oslo" } });
        var link = A.Batch(new { from = new { id }, to = new { id = company }, types = A.List(new { associationCategory = "HUBSPOT_DEFINED", associationTypeId = 279 }) });

        var faults = new List<string>();
        async Task Check(string file, string schema, string path, object body) => faults.AddRange(facts.Departures(file, schema, (await portal.Post(path, body)).Json));
        await Check("crm-contacts.2026-09.json", "BatchResponseSimplePublicObject", "/crm/objects/2026-09/contacts/batch/update", update);
        await Check("crm-contacts.v3.json", "BatchResponseSimplePublicObjectWithErrors", "/crm/v3/objects/contacts/batch/update", update);
        await Check("crm-contacts.2026-09.json", "BatchResponseSimplePublicUpsertObject", "/crm/objects/2026-09/contacts/batch/upsert", A.Batch(new { id = "n@x.test", idProperty = "email", properties = new { } }));
        await Check("crm-contacts.2026-09.json", "CollectionResponseWithTotalSimplePublicObject", "/crm/objects/2026-09/contacts/search", new { limit = 5 });
        await Check("crm-associations.2026-09.json", "BatchResponsePublicAssociationMultiWithLabel", "/crm/associations/2026-09/contacts/companies/batch/read", A.Batch(new { id }, new { id = "9" }));
        await Check("crm-associations.2026-09.json", "BatchResponseLabelsBetweenObjectPair", "/crm/associations/2026-09/contacts/companies/batch/create", link);
        await Check("crm-associations.2026-09.json", "BatchResponsePublicDefaultAssociation", "/crm/associations/2026-09/contacts/companies/batch/associate/default", link);
        await Check("crm-associations.2026-09.json", "BatchResponseVoid", "/crm/associations/2026-09/contacts/companies/batch/labels/archive", link);
        await Check("crm-properties.2026-09.json", "BatchResponseProperty", "/crm/properties/2026-09/contacts/batch/read", new { inputs = A.List(new { name = "email" }) });

        faults.ShouldBeEmpty();
    }

    [Fact]
    public void Association_type_ids_are_HubSpots_own()
    {
        var types = ContractFacts.LoadFile("association-types.json")["types"]!.AsObject().ToDictionary(type => Words(type.Key), type => (int)type.Value!);

        var wrong = new List<string>();
        foreach (var (a, b, forward, back, primaryForward, primaryBack) in AssociationTable.Rows)
        {
            foreach (var (name, id) in A.List(
                ($"{a}_to_{b}", forward), ($"{b}_to_{a}", back), ($"primary_{a}_to_{b}", primaryForward), ($"primary_{b}_to_{a}", primaryBack)))
            {
                if (id != 0 && types.TryGetValue(name, out var published) && published != id)
                {
                    wrong.Add($"{name}: {id}, not {published}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/crm/objects/2026-09/contacts/1", "September2026", "crm/objects/contacts/1")]
    [InlineData("/crm/v3/objects/contacts/1", "V3", "crm/objects/contacts/1")]
    [InlineData("/crm-object-schemas/2026-03/schemas", "March2026", "crm/schemas")]
    [InlineData("/crm/associations/v4/contacts/companies/labels", "V4", "crm/associations/contacts/companies/labels")]
    [InlineData("/settings/v3/users/teams", "V3", "settings/users/teams")]
    public void A_path_of_any_style_comes_down_to_one(string path, string version, string canonical)
    {
        var parsed = VersionedPath.Parse(path)!.Value;

        parsed.Version.ToString().ShouldBe(version);
        string.Join('/', parsed.Segments).ShouldBe(canonical);
    }

    private static string Concrete(string path) => path
        .Replace("{objectType}", "contacts", StringComparison.Ordinal).Replace("{fromObjectType}", "contacts", StringComparison.Ordinal)
        .Replace("{toObjectType}", "companies", StringComparison.Ordinal).Replace("{objectTypeId}", "0-1", StringComparison.Ordinal)
        .Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);

    private static string Words(string camel) => System.Text.RegularExpressions.Regex.Replace(camel, "[A-Z]", match => "_" + match.Value.ToLowerInvariant());
}
