using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Reading;
using Liaison.Salesforce.Tests.Emulated;
using Record = Liaison.Model.Record;

namespace Liaison.Salesforce.Tests.Installed;

/// <summary>Fields of parents are asked for by their paths, and are opened by the right to the parent and no other (R43, R44, R54).</summary>
public sealed class ParentPathTests : IAsyncDisposable
{
    private static readonly string[] Asked = ["email", "Account.Name", "account.employees", "Account.AnnualRevenue", "Account.Owner.Email"];
    private static readonly string[] Everything = ["*"];
    private static readonly string[] Hidden = ["NumberOfEmployees"];

    private readonly Task<EmulatedOrg> starting = EmulatedOrg.StartAsync(
        SmallWorld.Of([SmallWorld.Person(1, SmallWorld.Now, company: 1), SmallWorld.Person(2, SmallWorld.Now, company: 2), SmallWorld.Person(3, SmallWorld.Now)]), Token);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync() => await (await starting).DisposeAsync();

    [Fact]
    public async Task One_query_reads_contacts_with_their_companies_and_the_companies_owners()
    {
        await using var engine = await ComposeAsync("contact", "company", "user");

        var page = Ok(await engine.Gateway.QueryAsync(Admin, Query("Account.employees > 10 and Account.Owner.Email has a value"), Token));

        page.Records.Select(record => record["email"]).ShouldBe([new FieldValue.Text(SmallWorld.Email(1)), new FieldValue.Text(SmallWorld.Email(2))], ignoreOrder: true);
        ShouldHold(page.Records.Single(record => Equals(record["email"], new FieldValue.Text(SmallWorld.Email(2)))));
        (await CallsAsync()).ShouldBe(["GET /query"]);
    }

    [Fact]
    public async Task A_read_by_id_goes_by_a_query_where_a_parent_is_asked_for()
    {
        await using var engine = await ComposeAsync("contact", "company", "user");
        var ids = await (await starting).IdsByAsync("Contact", "Email", Token);
        var before = await CallsAsync();

        var answer = Ok(await engine.Gateway.ReadAsync(Admin, new ReadRequest(OrgEngine.Org, RecordType.Contact, [.. ids.Values], Asked), Token));

        ShouldHold(answer.Records.Single(record => record.Ref.Id == ids[SmallWorld.Email(2)]));
        var alone = answer.Records.Single(record => record.Ref.Id == ids[SmallWorld.Email(3)]);
        alone.Fields["Account.Name"].State.ShouldBe(FieldState.Empty);
        alone.Fields["Account.Owner.Email"].State.ShouldBe(FieldState.Empty);
        (await CallsAsync()).Except(before).ShouldBeEmpty("every call was a query");
    }

    [Fact]
    public async Task What_the_org_hides_of_the_parent_is_no_field_of_the_child()
    {
        await using var engine = await ComposeAsync("contact", "company", "user");
        var rep = OrgEngine.User("rep");
        Ok(await engine.Gateway.QueryAsync(rep, Query(null, "Account.employees", "Account.Industry"), Token));
        (await (await starting).PostAsync("/_emulator/rights", new { profile = "Rep", @object = "Account", hide = Hidden }, Token)).Dispose();

        // A new composition knows nothing of before.
        await using var later = await ComposeAsync("contact", "company", "user");
        await ShouldBeUnknownAsync(later, rep, "Account.employees");
        await ShouldBeUnknownAsync(later, rep, "Account.NumberOfEmployees");
        Ok(await later.Gateway.QueryAsync(rep, Query(null, "Account.Industry"), Token));
    }

    [Fact]
    public async Task Who_may_not_read_companies_reads_nothing_of_them_through_a_contact()
    {
        await using var engine = await ComposeAsync("contact");

        await ShouldBeUnknownAsync(engine, Admin, "Account.Name");
        await ShouldBeUnknownAsync(engine, Admin, "Account.Owner.Email");
    }

    [Fact]
    public async Task Of_a_parent_only_the_fields_that_a_grant_opens_are_read()
    {
        await using var engine = await ComposeAsync(new Dictionary<string, IReadOnlyList<string>> { ["contact"] = Everything, ["company"] = ["name"] });

        Ok(await engine.Gateway.QueryAsync(Admin, Query("Account.Name contains Company", "Account.Name"), Token)).Records.Count.ShouldBe(2);
        await ShouldBeUnknownAsync(engine, Admin, "Account.employees");
        await ShouldBeUnknownAsync(engine, Admin, "Account.Owner.Email");
    }

    [Theory]
    [InlineData("Nothing.Name")]
    [InlineData("Account.Nothing")]
    [InlineData("Account.")]
    [InlineData(".Name")]
    [InlineData("Account..Name")]
    [InlineData("Account.Name.Length")]
    [InlineData("Account.Parent.Parent.Parent.Parent.Parent.Name")]
    [InlineData("Account.Name FROM User")]
    public async Task What_leads_nowhere_is_told_like_an_unknown_field(string path)
    {
        await using var engine = await ComposeAsync("contact", "company", "user");

        (await engine.Gateway.QueryAsync(Admin, Query(null, path), Token)).Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NotFound);
        (await CallsAsync()).ShouldBeEmpty();
    }

    private static Caller Admin => OrgEngine.User("admin");

    private static QueryRequest Query(string? where, params string[] fields) =>
        new(OrgEngine.Org, RecordType.Contact, fields.Length == 0 ? Asked : fields, where);

    private static void ShouldHold(Record record)
    {
        record["Account.Name"].ShouldBe(new FieldValue.Text("Company 2"));
        record["Account.NumberOfEmployees"].ShouldBe(new FieldValue.Number(50));
        record["Account.AnnualRevenue"].ShouldBeOfType<FieldValue.Money>().Amount.ShouldBe(1_000_000);
        record["Account.Owner.Email"].ShouldBe(new FieldValue.Text("nils@liaison.test"));
    }

    private static async Task ShouldBeUnknownAsync(OrgEngine engine, Caller caller, string path)
    {
        var asked = (await engine.Gateway.QueryAsync(caller, Query(null, path), Token)).Failure.ShouldNotBeNull();
        var filtered = (await engine.Gateway.CountAsync(caller, Query($"{path} has a value"), Token)).Failure.ShouldNotBeNull();
        var unknown = (await engine.Gateway.CountAsync(caller, Query("Account.Shoe has a value"), Token)).Failure.ShouldNotBeNull();

        asked.Kind.ShouldBe(FailureKind.NotFound);
        (filtered.Kind, filtered.Message).ShouldBe((unknown.Kind, unknown.Message.Replace("Account.Shoe", path, StringComparison.Ordinal)));
    }

    // What the engine asked of records; the test's own calls are made before.
    private async Task<IReadOnlyList<string>> CallsAsync()
    {
        using var ledger = await (await starting).GetAsync("/_emulator/ledger", Token);
        return [.. ledger.RootElement.GetProperty("operations").EnumerateArray()
            .Select(each => each.GetProperty("operation").GetString()!)
            .Where(operation => operation.Contains("/query", StringComparison.Ordinal) || operation.Contains("/sobjects/{object}/{id}", StringComparison.Ordinal) || operation.Contains("/composite", StringComparison.Ordinal))];
    }

    private Task<OrgEngine> ComposeAsync(params string[] types) => ComposeAsync(types.ToDictionary(type => type, IReadOnlyList<string> (_) => Everything));

    private async Task<OrgEngine> ComposeAsync(Dictionary<string, IReadOnlyList<string>> read)
    {
        var org = await starting;
        var policy = OrgEngine.Reading(["admin", "rep"]);
        foreach (var grant in policy.Grants)
        {
            grant.Read = read;
        }

        return new(
            new ConnectionOptions
            {
                Crm = "salesforce",
                Environment = CrmEnvironment.Sandbox,
                BaseUrl = org.Address,
                Credentials = new CredentialOptions
                {
                    Users = new Dictionary<string, SignInOptions> { ["admin"] = new() { Token = "env:ADMIN" }, ["rep"] = new() { Token = "env:REP" } },
                },
            },
            new Dictionary<string, string> { ["ADMIN"] = EmulatedOrg.AdministratorToken, ["REP"] = org.TokenOf("rep-north") },
            policy);
    }

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
