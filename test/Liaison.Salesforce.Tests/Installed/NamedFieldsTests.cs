using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Reading;
using Liaison.Salesforce.Tests.Emulated;

namespace Liaison.Salesforce.Tests.Installed;

/// <summary>Canonical fields that an organisation keeps elsewhere are read, filtered and described where they are.</summary>
public sealed class NamedFieldsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_canonical_field_stands_where_the_connection_says_and_the_one_before_goes_by_its_own_name()
    {
        await using var org = await StartAsync();
        await using var engine = Compose(org, "Source__c");
        var caller = OrgEngine.User("admin");

        var schema = Ok(await engine.Gateway.DescribeAsync(caller, OrgEngine.Org, RecordType.Contact, Token));
        var page = Ok(await engine.Gateway.QueryAsync(
            caller, new QueryRequest(OrgEngine.Org, RecordType.Contact, ["email", "source"], "source is Referrals"), Token));
        var others = Ok(await engine.Gateway.CountAsync(
            caller, new QueryRequest(OrgEngine.Org, RecordType.Contact, [], "source is not Referrals or LeadSource has a value"), Token));

        schema.Fields["source"].NativeName.ShouldBe("Source__c");
        schema.Fields["LeadSource"].NativeName.ShouldBe("LeadSource");
        page.Records.ShouldHaveSingleItem()["source"].ShouldBe(new FieldValue.Option("REFERRALS", "Referrals"));
        others.ShouldBe(2);
    }

    [Fact]
    public async Task A_name_of_no_field_of_the_organisation_changes_nothing()
    {
        await using var org = await StartAsync();
        await using var engine = Compose(org, "No_Such__c");

        var schema = Ok(await engine.Gateway.DescribeAsync(OrgEngine.User("admin"), OrgEngine.Org, RecordType.Contact, Token));

        schema.Fields["source"].NativeName.ShouldBe("LeadSource");
    }

    [Theory]
    [InlineData("shoe_size", "Shoe_Size__c", "no canonical field that may stand elsewhere")]
    [InlineData("owner", "Owner__c", "no canonical field that may stand elsewhere")]
    [InlineData("source", "my source", "the CRM's own name of a field is wanted")]
    [InlineData("source", "Same__c", "one field has one canonical name")]
    public void A_wrong_name_is_told_with_its_place(string name, string native, string told)
    {
        var options = Options(new Uri("http://localhost:1"));
        options.FieldNames = new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["contact"] = new Dictionary<string, string> { ["lead_status"] = "Same__c", [name] = native },
        };

        new ConnectionOptionsValidator([new SalesforceConnector()]).Validate(new Dictionary<string, ConnectionOptions> { ["org"] = options })
            .ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                fault => fault.ShouldStartWith("connections.org.fieldNames.contact"), fault => fault.ShouldContain(told));
    }

    private static Task<EmulatedOrg> StartAsync() => EmulatedOrg.StartAsync(
        SmallWorld.Of(
        [
            SmallWorld.Person(1, SmallWorld.Now) with { Source = "REFERRALS" }, SmallWorld.Person(2, SmallWorld.Now) with { Source = "OFFLINE" },
            SmallWorld.Person(3, SmallWorld.Now),
        ]),
        Token);

    private static ConnectionOptions Options(Uri address) => new()
    {
        Crm = "salesforce",
        Environment = CrmEnvironment.Sandbox,
        BaseUrl = address,
        Credentials = new CredentialOptions { Users = new Dictionary<string, SignInOptions> { ["admin"] = new() { Token = "env:ADMIN" } } },
    };

    private static OrgEngine Compose(EmulatedOrg org, string native)
    {
        var options = Options(org.Address);
        options.FieldNames = new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["contact"] = new Dictionary<string, string> { ["source"] = native },
        };
        return new(options, new Dictionary<string, string> { ["ADMIN"] = EmulatedOrg.AdministratorToken }, OrgEngine.Reading(["admin"], "contact"));
    }

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
