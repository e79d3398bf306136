using Liaison.Failures;
using Liaison.Gateway.Documents;
using Liaison.Model;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>Which company a contact belongs to, and whether one that is to be made stands already.</summary>
public sealed class RightCompanyTests : IAsyncDisposable
{
    private readonly GovernedWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_contact_is_linked_to_the_company_of_its_address()
    {
        var company = world.Engine.Crm.Add(RecordType.Company, ("name", "Acme"), ("domain", "acme.test"));
        world.Engine.Crm.Add(RecordType.Company, ("name", "Other"), ("domain", "other.test"));
        var contact = world.Engine.Crm.Add(RecordType.Contact, ("email", "Ann@ACME.test"));

        var proposed = await world.ProposeAsync(Link(contact));

        ChangeContent.FromJson(proposed.Content).Links.ShouldHaveSingleItem().ToId.ShouldBe(company);
        proposed.State.ShouldBe(ChangeState.Waiting);
    }

    [Theory]
    [InlineData("ann@gmail.com", "free mail")]
    [InlineData("ann@yahoo.co.uk", "free mail")]
    [InlineData("", "no address")]
    [InlineData("ann@nobody.test", "no company has the domain")]
    public async Task Without_a_company_of_that_domain_nothing_is_proposed(string email, string why)
    {
        world.Engine.Crm.Add(RecordType.Company, ("name", "Mail"), ("domain", "gmail.com"));
        world.Engine.Crm.Add(RecordType.Company, ("name", "Mail too"), ("domain", "yahoo.co.uk"));

        var refused = (await world.Engine.ChangeGateway.ProposeAsync(GovernedWorld.Assistant, Link(world.Engine.Crm.Add(RecordType.Contact, ("email", email))), Token)).Refused();

        refused.Kind.ShouldBe(FailureKind.NotFound);
        refused.Message.ShouldContain(why);
        world.Engine.Crm.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Acme Widgets, Inc.", "https://www.acme.test/about")]
    [InlineData("Something else", "acme.test")]
    [InlineData("ACME  Widgets GmbH & Co. KG", "")]
    public async Task A_company_that_stands_already_is_not_made_again(string name, string domain)
    {
        var company = world.Engine.Crm.Add(RecordType.Company, ("name", "Acme Widgets"), ("domain", "acme.test"));
        world.Engine.Grants.ForEach(grant => grant.Actions = new Dictionary<string, IReadOnlyDictionary<ChangeKind, Liaison.Policy.WriteLevel>>
        {
            ["company"] = new Dictionary<ChangeKind, Liaison.Policy.WriteLevel> { [ChangeKind.CreateRecord] = Liaison.Policy.WriteLevel.Suggest },
        });
        var create = new ChangeRequest(
            new ChangeAction.CreateRecord(
                EngineWorld.Demo, RecordType.Company,
                [new FieldChange("name", new FieldValue.Text(name)), new FieldChange("domain", new FieldValue.Text(domain))], []),
            "A new account.");

        var refused = (await world.Engine.ChangeGateway.ProposeAsync(GovernedWorld.Assistant, create, Token)).Refused();

        refused.Kind.ShouldBe(FailureKind.Duplicate);
        refused.ExistingId.ShouldBe(company);
    }

    [Fact]
    public void A_document_may_leave_the_company_to_be_found()
    {
        var document = ChangeDocument.Read("""{"kind":"associate","record":"demo/contact/1","to":"demo/company/?","reason":"Her address says so."}""").Found();

        document.ToRequest().Found().Action.ShouldBe(new ChangeAction.Associate(GovernedWorld.Contact("1"), new RecordRef(EngineWorld.Demo, RecordType.Company, "")));
    }

    private static ChangeRequest Link(string contact) => new(
        new ChangeAction.Associate(GovernedWorld.Contact(contact), new RecordRef(EngineWorld.Demo, RecordType.Company, "")), "Her address says so.");
}
