using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Reading;
using Liaison.Salesforce.Tests.Emulated;

namespace Liaison.Salesforce.Tests.Installed;

/// <summary>A page of a job is read as it comes, and each of its records once whatever happens on the way.</summary>
public sealed class JobReadingTests
{
    private const int People = 300;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("cut-body")]
    [InlineData("cut-after-commit")]
    [InlineData("unavailable")]
    public async Task A_page_that_did_not_come_whole_is_asked_for_again_and_gives_each_record_once(string fault)
    {
        await using var org = await EmulatedOrg.StartAsync(
            SmallWorld.Of([.. Enumerable.Range(1, People).Select(number => SmallWorld.Person(number, SmallWorld.Now, company: 1 + (number % 3)))]), Token);
        await using var engine = Compose(org);
        await org.TroubleAsync(fault, "GET /jobs/{kind}/{id}/{file}", 1, Token);

        var page = Ok(await engine.Gateway.QueryAsync(
            OrgEngine.User("admin"),
            new QueryRequest(OrgEngine.Org, RecordType.Contact, ["email"]) { Expected = People, Linked = RecordType.Company },
            Token));
        using var ledger = await org.GetAsync("/_emulator/ledger", Token);

        page.Records.Select(record => record["email"]).ShouldBe(
            Enumerable.Range(1, People).Select(number => new FieldValue.Text(SmallWorld.Email(number))), ignoreOrder: true);
        page.Links.ShouldNotBeNull().Select(link => link.FromId).ShouldBe(page.Records.Select(record => record.Ref.Id), ignoreOrder: true);
        page.Next.ShouldBeNull();
        ledger.RootElement.GetProperty("operations").EnumerateArray()
            .Where(each => each.GetProperty("operation").GetString() == "GET /jobs/{kind}/{id}/{file}")
            .Sum(each => each.GetProperty("count").GetInt32())
            .ShouldBe(2);
    }

    private static OrgEngine Compose(EmulatedOrg org) => new(
        new ConnectionOptions
        {
            Crm = "salesforce",
            Environment = CrmEnvironment.Sandbox,
            BaseUrl = org.Address,
            JobsFrom = 100,
            Credentials = new CredentialOptions { Users = new Dictionary<string, SignInOptions> { ["admin"] = new() { Token = "env:ADMIN" } } },
        },
        new Dictionary<string, string> { ["ADMIN"] = EmulatedOrg.AdministratorToken },
        OrgEngine.Reading(["admin"], "contact", "company"));

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
