using System.Text;
using Liaison.Connectors;
using Liaison.Emulators.World;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.HubSpot.Tests.Emulated;

/// <summary>What only HubSpot does with links and deletes: types by direction, user-level tokens, merged records.</summary>
public sealed class LinkTests
{
    private static readonly FieldDefinition Subject = new(FieldNames.Name, "hs_task_subject", "Title", FieldType.Text);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public static TheoryData<string> Versions => ["2026-09", "2026-03", "v3"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_task_is_born_on_its_contact_in_one_call_and_types_are_looked_up_once(string version)
    {
        await using var account = await StartAsync(version);
        var contact = await account.ContactAsync(1);
        var session = account.Open();

        var outcomes = Ok(await session.WriteAsync(RecordType.Task, [NewTask("a", contact), NewTask("b", contact)], CancellationToken));
        Ok(await session.WriteAsync(RecordType.Task, [NewTask("c", contact)], CancellationToken));

        outcomes.ShouldAllBe(outcome => outcome.Failure == null && outcome.Id != null);
        account.Channel.Calls.Select(call => call.Name).ShouldBe(["tasks.contacts.labels", "tasks.batch-create", "tasks.batch-create"]);
        Ok(await session.ReadAssociationsAsync(RecordType.Contact, RecordType.Task, [contact], CancellationToken)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_plain_link_to_a_company_is_not_asked_for_as_the_primary_one()
    {
        await using var account = await StartAsync();
        var (contact, company) = (await account.ContactAsync(3), await account.CompanyAsync(2));
        var session = account.Open();
        var email = new Dictionary<string, NativeValue> { ["email"] = NativeValue.OfText("new@small.example") };

        Ok(await session.WriteAsync(
            RecordType.Contact, [new("a", null, email) { Links = [new(RecordType.Company, company)] }], CancellationToken));
        Encoding.UTF8.GetString(account.Channel.Calls.Last().Body.Span).ShouldContain("\"associationTypeId\":279}]");
        Ok(await session.LinkAsync(RecordType.Contact, RecordType.Company, [new("b", contact, company)], CancellationToken));

        using var links = await account.GetAsync($"/crm/objects/2026-09/contacts/{contact}/associations/companies", CancellationToken);
        var types = links.RootElement.GetProperty("results").EnumerateArray()
            .Single(link => link.GetProperty("toObjectId").ToString() == company)
            .GetProperty("associationTypes").EnumerateArray().Select(type => type.GetProperty("typeId").GetInt32());
        types.ShouldBe([279]);
    }

    [Fact]
    public async Task A_label_reads_differently_from_its_other_end()
    {
        await using var account = await StartAsync();
        var (parent, child) = (await account.CompanyAsync(1), await account.CompanyAsync(2));
        var session = account.Open();

        var made = Ok(await session.LinkAsync(
            RecordType.Company, RecordType.Company, [new("a", parent, child, "child company"), new("self", parent, parent)], CancellationToken));

        made.Single(outcome => outcome.Key == "a").Failure.ShouldBeNull();
        made.Single(outcome => outcome.Key == "self").Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);
        (await LabelsAsync(parent)).ShouldBe(["Child Company"]);
        (await LabelsAsync(child)).ShouldBe(["Parent Company"]);

        async Task<IReadOnlyList<string>> LabelsAsync(string id) =>
            Ok(await session.ReadAssociationsAsync(RecordType.Company, RecordType.Company, [id], CancellationToken)).ShouldHaveSingleItem().Labels;
    }

    [Fact]
    public async Task A_batch_costs_one_call_for_each_kind_of_change()
    {
        await using var account = await StartAsync();
        var (one, two) = (await account.ContactAsync(1), await account.ContactAsync(3));
        var (first, second, third) = (await account.CompanyAsync(1), await account.CompanyAsync(2), await account.CompanyAsync(3));
        var session = account.Open();
        LinkWrite[] links =
        [
            new("a", one, first), new("b", one, second), new("c", one, third, "Primary"), new("d", two, first, "Primary", Remove: true),
            new("e", two, second, Remove: true),
        ];

        var outcomes = Ok(await session.LinkAsync(RecordType.Contact, RecordType.Company, links, CancellationToken));

        outcomes.Count.ShouldBe(5);
        outcomes.ShouldAllBe(outcome => outcome.Failure == null);
        account.Channel.Calls.Select(call => call.Name).ShouldBe(
            [
                "contacts.companies.labels", "contacts.companies.batch-associate-default", "contacts.companies.batch-create",
                "contacts.companies.batch-labels-archive", "contacts.companies.batch-archive",
            ],
            ignoreOrder: true);
        var left = Ok(await session.ReadAssociationsAsync(RecordType.Contact, RecordType.Company, [one, two], CancellationToken));
        left.Where(link => link.IsPrimary).Select(link => (link.FromId, link.ToId)).ShouldBe([(one, third)]);
        left.Count(link => link.FromId == one).ShouldBe(3);
        left.Single(link => link.FromId == two).Labels.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_user_level_token_names_the_plain_kinds_of_link_and_creates_at_once()
    {
        await using var account = await StartAsync();
        var contact = await account.ContactAsync(1);
        var session = account.Open(account.TokenOf("rep-north"), CredentialReach.User);

        var outcome = Ok(await session.WriteAsync(
            RecordType.Task, [NewTask("a", contact, await account.OwnerAsync("nils@liaison.test"))], CancellationToken)).ShouldHaveSingleItem();

        outcome.Failure.ShouldBeNull();
        account.Channel.Calls.Select(call => call.Name).ShouldBe(["tasks.batch-create"]);
        Ok(await session.ReadAssociationsAsync(RecordType.Contact, RecordType.Task, [contact], CancellationToken))
            .ShouldHaveSingleItem().ToId.ShouldBe(outcome.Id);
    }

    [Fact]
    public async Task A_task_on_a_record_that_its_maker_does_not_see_is_not_made()
    {
        await using var account = await StartAsync();
        var foreign = await account.ContactAsync(2);
        var session = account.Open(account.TokenOf("rep-north"), CredentialReach.User);

        var refused = await session.WriteAsync(RecordType.Task, [NewTask("a", foreign)], CancellationToken);

        refused.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);
        Ok(await account.Open().ReadAssociationsAsync(RecordType.Contact, RecordType.Task, [foreign], CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_task_whose_kind_of_link_is_not_the_same_everywhere_is_linked_after_it_is_made_and_told_of_with_its_id()
    {
        await using var account = await StartAsync();
        var session = account.Open(account.TokenOf("rep-north"), CredentialReach.User);
        var task = NewTask("a", "", await account.OwnerAsync("nils@liaison.test")) with { Links = [new RecordLink(RecordType.Lead, "1")] };

        var outcome = Ok(await session.WriteAsync(RecordType.Task, [task], CancellationToken)).ShouldHaveSingleItem();

        account.Channel.Calls.Select(call => call.Name).ShouldBe(["tasks.batch-create", "tasks.leads.link-default"]);
        outcome.Failure.ShouldNotBeNull();
        Ok(await session.ReadAsync(RecordType.Task, [outcome.Id.ShouldNotBeNull()], [Subject], CancellationToken)).Records.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_users_links_have_an_outcome_each_and_reach_no_record_that_the_user_does_not_see()
    {
        await using var account = await StartAsync();
        var (own, foreign, company) = (await account.ContactAsync(1), await account.ContactAsync(2), await account.CompanyAsync(1));
        var session = account.Open(account.TokenOf("rep-north"), CredentialReach.User);

        var outcomes = Ok(await session.LinkAsync(
            RecordType.Contact, RecordType.Company, [new("own", own, company), new("foreign", foreign, company), new("climbs", "../1", company)], CancellationToken));

        outcomes.Single(outcome => outcome.Key == "own").Failure.ShouldBeNull();
        outcomes.Where(outcome => outcome.Key != "own").ShouldAllBe(outcome => outcome.Failure!.Kind == FailureKind.NotFound);
        Ok(await account.Open().ReadAssociationsAsync(RecordType.Contact, RecordType.Company, [foreign], CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_HubSpot_keeps_from_user_level_tokens_is_forbidden_to_each()
    {
        await using var account = await StartAsync();
        var (contact, company) = (await account.ContactAsync(3), await account.CompanyAsync(1));
        var session = account.Open(account.TokenOf("manager"), CredentialReach.User);
        LinkWrite[] links = [new("label", contact, company, "Primary"), new("unlink", contact, company, Remove: true), new("plain", contact, company)];

        var outcomes = Ok(await session.LinkAsync(RecordType.Contact, RecordType.Company, links, CancellationToken));
        var deleted = await session.DeleteAsync(RecordType.Contact, [new("a", contact)], CancellationToken);

        outcomes.Where(outcome => outcome.Key != "plain").ShouldAllBe(outcome => outcome.Failure!.Kind == FailureKind.Forbidden);
        outcomes.Single(outcome => outcome.Key == "plain").Failure.ShouldBeNull();
        deleted.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Forbidden);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_property_that_a_new_task_needs_is_named(string version)
    {
        await using var account = await StartAsync(version);
        var write = new RecordWrite("a", null, new Dictionary<string, NativeValue> { ["hs_task_subject"] = NativeValue.OfText("Call back") });

        var failure = (await account.Open().WriteAsync(RecordType.Task, [write], CancellationToken)).Failure.ShouldNotBeNull();

        failure.Kind.ShouldBe(FailureKind.Invalid);
        failure.Field.ShouldBe("hs_timestamp");
    }

    [Fact]
    public async Task The_id_of_a_record_that_was_merged_away_deletes_nothing()
    {
        await using var account = await StartAsync();
        var (survivor, merged) = (await account.ContactAsync(1), await account.ContactAsync(2));
        (await account.PostAsync(
            "/crm/objects/2026-09/contacts/merge", new { primaryObjectId = survivor, objectIdToMerge = merged }, CancellationToken)).Dispose();
        var session = account.Open();

        var outcome = Ok(await session.DeleteAsync(RecordType.Contact, [new("a", merged)], CancellationToken)).ShouldHaveSingleItem();

        outcome.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NotFound);
        Ok(await session.ReadAsync(RecordType.Contact, [survivor], [], CancellationToken)).Missing.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_delete_whose_answer_was_lost_is_found_done_by_the_next()
    {
        await using var account = await StartAsync();
        var contact = await account.ContactAsync(1);
        var session = account.Open();
        (await account.PostAsync(
            "/_emulator/faults", new { kind = "cut-after-commit", operation = "POST */contacts/batch/archive", count = 1 }, CancellationToken)).Dispose();

        var lost = await session.DeleteAsync(RecordType.Contact, [new("a", contact)], CancellationToken);
        var again = Ok(await session.DeleteAsync(RecordType.Contact, [new("a", contact)], CancellationToken));

        lost.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Ambiguous);
        again.ShouldHaveSingleItem().Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NotFound);
    }

    private static RecordWrite NewTask(string key, string contact, string? owner = null)
    {
        var values = new Dictionary<string, NativeValue>
        {
            ["hs_task_subject"] = NativeValue.OfText($"Call back {key}"), ["hs_timestamp"] = NativeValue.OfText("2026-10-01T08:00:00Z"),
        };
        if (owner is not null)
        {
            values["hubspot_owner_id"] = NativeValue.OfText(owner);
        }

        return new(key, null, values) { Links = [new RecordLink(RecordType.Contact, contact)] };
    }

    [Theory]
    [InlineData("2026-09", true)]
    [InlineData("2026-03", false)]
    public async Task Without_the_right_to_edit_associations_a_link_is_forbidden_from_2026_09_on(string version, bool enforced)
    {
        await using var account = await StartAsync(version);
        var (contact, company) = (await account.ContactAsync(1), await account.CompanyAsync(2));
        (await account.PostAsync("/_emulator/rights", new { user = "manager", editAssociations = false }, CancellationToken)).Dispose();
        var session = account.Open(account.TokenOf("manager"), CredentialReach.User);

        var linked = await session.LinkAsync(RecordType.Contact, RecordType.Company, [new("a", contact, company)], CancellationToken);
        var made = await session.WriteAsync(
            RecordType.Contact,
            [new("b", null, new Dictionary<string, NativeValue> { ["email"] = NativeValue.OfText("born@small.example") }) { Links = [new(RecordType.Company, company)] }],
            CancellationToken);

        FailureOf(linked)?.Kind.ShouldBe(FailureKind.Forbidden);
        FailureOf(made)?.Kind.ShouldBe(FailureKind.Forbidden);
        (FailureOf(linked) is not null, FailureOf(made) is not null).ShouldBe((enforced, enforced));
        (await account.IdsByAsync("contacts", "email", CancellationToken)).ContainsKey("born@small.example").ShouldBe(!enforced);
    }

    private static Failure? FailureOf(Result<IReadOnlyList<WriteOutcome>> result) =>
        result.TryGet(out var outcomes, out var whole) ? outcomes.ShouldHaveSingleItem().Failure : whole;

    /// <summary>Three contacts, of whom the second is the south's, and the third has a primary company; user-level tokens as strict as HubSpot's.</summary>
    private static Task<EmulatedAccount> StartAsync(string version = "2026-09") => EmulatedAccount.StartAsync(
        SmallWorld.Of([Person(1), Person(2) with { OwnerKey = 3 }, Person(3) with { CompanyKey = 1 }]),
        version,
        CancellationToken,
        options => options.StrictUserLevel = true);

    private static WorldPerson Person(int key) => SmallWorld.Person(key, SmallWorld.Now.AddMinutes(-key));

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}

file static class Known
{
    extension(EmulatedAccount account)
    {
        internal async Task<string> ContactAsync(int key) =>
            (await account.IdsByAsync("contacts", "email", TestContext.Current.CancellationToken))[SmallWorld.Email(key)];

        internal async Task<string> CompanyAsync(int key) =>
            (await account.IdsByAsync("companies", "name", TestContext.Current.CancellationToken))[$"Company {key}"];

        internal async Task<string> OwnerAsync(string email)
        {
            using var owners = await account.GetAsync($"/crm/owners/2026-09?email={email}", TestContext.Current.CancellationToken);
            return owners.RootElement.GetProperty("results")[0].GetProperty("id").GetString()!;
        }
    }
}
