using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Reading;
using Liaison.Salesforce.Tests.Emulated;

namespace Liaison.Salesforce.Tests.Installed;

/// <summary>A field that may point to several types is typed by the id that it holds (R28).</summary>
public sealed class ReferenceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whom_and_what_a_task_is_about_is_typed_by_its_id()
    {
        await using var org = await StartAsync();
        await using var engine = Compose(org);
        var contact = (await org.IdsByAsync("Contact", "Email", Token)).Values.First();
        var account = (await org.IdsByAsync("Account", "Name", Token))["Company 1"];
        var lead = await org.MakeAsync("Lead", new { LastName = "Prospect", Company = "Prospects" }, Token);
        await org.MakeAsync("Task", new { Subject = "About a contact", WhoId = contact, WhatId = account }, Token);
        await org.MakeAsync("Task", new { Subject = "About a lead", WhoId = lead }, Token);

        var page = Ok(await engine.Gateway.QueryAsync(
            OrgEngine.User("admin"), new QueryRequest(OrgEngine.Org, RecordType.Task, ["name", "WhoId", "WhatId", "owner"]), Token));

        var tasks = page.Records.ToDictionary(record => ((FieldValue.Text)record["name"]!).Value);
        tasks["About a contact"]["WhoId"].ShouldBe(new FieldValue.Reference(RecordType.Contact, contact));
        tasks["About a contact"]["WhatId"].ShouldBe(new FieldValue.Reference(RecordType.Company, account));
        tasks["About a lead"]["WhoId"].ShouldBe(new FieldValue.Reference(RecordType.Lead, lead));
        tasks["About a lead"].Fields["WhatId"].State.ShouldBe(FieldState.Empty);
        tasks["About a lead"]["owner"].ShouldBeOfType<FieldValue.Reference>().Type.ShouldBe(new RecordType("user"));
    }

    [Fact]
    public async Task A_queue_that_owns_a_lead_is_no_user()
    {
        await using var org = await StartAsync();
        await using var engine = Compose(org);

        // Without the header that says no, the assignment rules give it to a queue (contracts/salesforce.md 3.4).
        var lead = await org.MakeAsync("Lead", new { LastName = "Prospect", Company = "Prospects" }, Token);

        var read = Ok(await engine.Gateway.ReadAsync(OrgEngine.User("admin"), new ReadRequest(OrgEngine.Org, RecordType.Lead, [lead], ["owner"]), Token));

        var owner = read.Records.ShouldHaveSingleItem()["owner"].ShouldBeOfType<FieldValue.Reference>();
        owner.Id.ShouldStartWith("00G");
        owner.Type.ShouldBe(new RecordType("Group"));
    }

    private static Task<EmulatedOrg> StartAsync() =>
        EmulatedOrg.StartAsync(SmallWorld.Of([SmallWorld.Person(1, SmallWorld.Now.AddHours(-2), company: 1)]), Token);

    private static OrgEngine Compose(EmulatedOrg org) => new(
        new ConnectionOptions
        {
            Crm = "salesforce",
            Environment = CrmEnvironment.Sandbox,
            BaseUrl = org.Address,
            Credentials = new CredentialOptions { Users = new Dictionary<string, SignInOptions> { ["admin"] = new() { Token = "env:ADMIN" } } },
        },
        new Dictionary<string, string> { ["ADMIN"] = EmulatedOrg.AdministratorToken },
        OrgEngine.Reading(["admin"], "task", "lead"));

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
