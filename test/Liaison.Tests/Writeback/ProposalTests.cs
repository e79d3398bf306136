using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Testing.Connectors;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>What comes in through a door, of every kind of change.</summary>
public sealed class ProposalTests : IAsyncDisposable
{
    private readonly GovernedWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task The_same_key_with_the_same_request_has_the_same_answer()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        var first = await world.ProposeAsync(GovernedWorld.Update(id, "lead_status", "OPEN", "key-1"));

        var again = (await world.Engine.ChangeGateway.ProposeAsync(GovernedWorld.Assistant, GovernedWorld.Update(id, "lead_status", "OPEN", "key-1"), Token)).Found();

        again.Stored!.Id.ShouldBe(first.Id);
        again.Repeated.ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_a_conflict()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        await world.ProposeAsync(GovernedWorld.Update(id, "lead_status", "OPEN", "key-1"));

        (await RefusedAsync(GovernedWorld.Update(id, "lead_status", "CONNECTED", "key-1"))).Kind.ShouldBe(FailureKind.Conflict);
    }

    [Fact]
    public async Task A_key_is_the_callers_own()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        var one = await world.ProposeAsync(GovernedWorld.Update(id, "lead_status", "OPEN", "key-1"));
        var other = await world.ProposeAsync(GovernedWorld.Update(id, "lead_status", "OPEN", "key-1"), GovernedWorld.Ada);

        other.Id.ShouldNotBe(one.Id);
    }

    [Fact]
    public async Task A_refusal_is_stored_and_holds_no_key()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));

        (await RefusedAsync(GovernedWorld.Update(id, "lead_status", "NO SUCH", "key-1"))).Kind.ShouldBe(FailureKind.Invalid);

        (await world.Engine.Changes.ListAsync(new ChangeQuery(ChangeState.Refused), Token)).ShouldHaveSingleItem();
        (await world.ProposeAsync(GovernedWorld.Update(id, "lead_status", "OPEN", "key-1"))).State.ShouldBe(ChangeState.Waiting);
    }

    [Fact]
    public async Task Nothing_to_change_stores_and_sends_nothing()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));

        var proposal = (await world.Engine.ChangeGateway.ProposeAsync(GovernedWorld.Assistant, GovernedWorld.Update(id, "lead_status", "New"), Token)).Found();

        proposal.Stored.ShouldBeNull();
        (await world.Engine.Changes.ListAsync(new ChangeQuery(), Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_record_that_changed_since_it_was_read_is_a_conflict()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        var version = (await world.Engine.ReadAsync(id)).Version;
        world.Engine.Time.Advance(TimeSpan.FromMinutes(1));
        world.Engine.Crm.Change(RecordType.Contact, id, "phone", "+49 30 1234567");

        (await RefusedAsync(GovernedWorld.Update(id, "lead_status", "OPEN") with { RecordVersion = version })).Kind.ShouldBe(FailureKind.Conflict);
    }

    [Fact]
    public async Task Guarded_fields_are_closed_until_they_are_opened_by_name_and_then_wait_for_a_person()
    {
        world.Engine.Alter("job_title", field => field with { Guard = FieldGuard.Origin });
        var id = world.Engine.AddContact(("job_title", "CTO"));

        var closed = await RefusedAsync(GovernedWorld.Update(id, "job_title", "CFO"));
        world.Engine.Policy.GuardedFields = new Dictionary<string, IReadOnlyList<string>> { ["contact"] = ["job_title"] };
        var opened = await world.ProposeAsync(GovernedWorld.Update(id, "job_title", "CFO"));

        closed.DeniedBy.ShouldBe(DeniedBy.Policy);
        closed.Message.ShouldContain("guardedFields");
        opened.State.ShouldBe(ChangeState.Waiting);
    }

    [Fact]
    public async Task A_text_with_active_content_reaches_nobody()
    {
        var id = world.Engine.AddContact(("job_title", "CTO"));

        (await RefusedAsync(GovernedWorld.Update(id, "job_title", "=HYPERLINK(\"http://evil.test\")"))).Kind.ShouldBe(FailureKind.Invalid);
        (await RefusedAsync(GovernedWorld.Update(id, "job_title", "<script>alert(1)</script>"))).Kind.ShouldBe(FailureKind.Invalid);
    }

    [Fact]
    public async Task A_claim_that_stands_in_no_evidence_waits_for_a_person_and_says_so()
    {
        var id = world.Engine.AddContact(("first_name", "Mia"));
        var made = new ChangeRequest(
            new ChangeAction.LogSummary(GovernedWorld.Contact(id), RecordType.Note, "Call", "She asked to be called at +49 30 5550199."), "A call.");

        var row = await world.ProposeAsync(made);

        row.State.ShouldBe(ChangeState.Waiting);
        ChangeContent.FromJson(row.Content).Warnings.ShouldContain(warning => warning.Contains("phone"));
    }

    [Fact]
    public async Task A_claim_that_the_cited_field_holds_needs_nobody()
    {
        var id = world.Engine.AddContact(("phone", "+49 30 5550199"));
        var made = new ChangeRequest(
            new ChangeAction.LogSummary(GovernedWorld.Contact(id), RecordType.Note, "Call", "She asked to be called at 030 5550199."),
            "A call.",
            Cites: [new Citation(GovernedWorld.Contact(id), "phone")]);

        (await world.ProposeAsync(made)).State.ShouldBe(ChangeState.Verified);
    }

    [Fact]
    public async Task A_task_is_made_on_its_record_with_its_source_in_the_text()
    {
        var id = world.Engine.AddContact();

        var row = await world.ProposeAsync(new ChangeRequest(
            new ChangeAction.CreateTask(GovernedWorld.Contact(id), "Call back", "Ask about the offer.", world.Engine.Time.GetUtcNow().AddDays(1)), "She asked for it."));

        row.State.ShouldBe(ChangeState.Verified);
        var link = world.Engine.Crm.LinksOf(RecordType.Contact, id, RecordType.Task).ShouldHaveSingleItem();
        link.ToId.ShouldBe(row.MadeId);
        world.Engine.Crm.ValueOf(RecordType.Task, row.MadeId!, "description").ShouldNotBeNull().ShouldContain($"AI source: assistant, {row.Id}");
    }

    [Fact]
    public async Task A_create_whose_answer_was_lost_is_found_and_not_made_twice()
    {
        var id = world.Engine.AddContact();
        world.Engine.Crm.FailNext(CrmOperation.Write, new Failure(FailureKind.Ambiguous, "The answer was lost."), afterCommit: true);

        var row = await world.ProposeAsync(new ChangeRequest(
            new ChangeAction.LogSummary(GovernedWorld.Contact(id), RecordType.Note, null, "All is well."), "A call."));

        row.State.ShouldBe(ChangeState.Verified);
        world.Engine.Crm.LinksOf(RecordType.Contact, id, RecordType.Note).ShouldHaveSingleItem().ToId.ShouldBe(row.MadeId);
    }

    [Fact]
    public async Task What_failed_is_tried_again_under_its_key_and_sent_once()
    {
        var id = world.Engine.AddContact();
        var note = new ChangeRequest(new ChangeAction.LogSummary(GovernedWorld.Contact(id), RecordType.Note, null, "All is well."), "A call.", "key-1");
        world.Engine.Crm.FailNext(CrmOperation.Write, EngineWorld.Away);

        (await RefusedAsync(note)).Kind.ShouldBe(FailureKind.Unavailable);
        var again = await world.ProposeAsync(note);

        again.State.ShouldBe(ChangeState.Verified);
        world.Engine.Crm.LinksOf(RecordType.Contact, id, RecordType.Note).ShouldHaveSingleItem().ToId.ShouldBe(again.MadeId);
    }

    [Fact]
    public async Task What_another_process_may_be_sending_is_left_to_it_until_no_answer_can_come_any_more()
    {
        var id = world.Engine.AddContact();
        var note = new ChangeRequest(new ChangeAction.LogSummary(GovernedWorld.Contact(id), RecordType.Note, null, "All is well."), "A call.", "key-1");
        for (var call = 1; call <= 4; call++)
        {
            world.Engine.Crm.FailOn(new InMemoryFault(CrmOperation.Write, call, new Failure(FailureKind.Ambiguous, "The answer was lost.")));
        }

        (await RefusedAsync(note)).Kind.ShouldBe(FailureKind.Ambiguous);
        var atOnce = await world.ProposeAsync(note);
        var refused = (await world.Engine.ChangeGateway.ApplyAsync(GovernedWorld.Assistant, atOnce.Id, Token)).Refused();
        world.Engine.Time.Advance(TimeSpan.FromMinutes(2));
        var later = await world.ProposeAsync(note);

        atOnce.State.ShouldBe(ChangeState.Applying);
        refused.RetryAfter.ShouldNotBeNull();
        later.State.ShouldBe(ChangeState.Verified);
        world.Engine.Crm.LinksOf(RecordType.Contact, id, RecordType.Note).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task One_key_asked_by_many_at_the_same_instant_is_sent_once()
    {
        var id = world.Engine.AddContact();
        var note = new ChangeRequest(new ChangeAction.LogSummary(GovernedWorld.Contact(id), RecordType.Note, null, "All is well."), "A call.", "key-1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => world.ProposeAsync(note), Token)));

        answers.Select(answer => answer.Id).Distinct().ShouldHaveSingleItem();
        world.Engine.Crm.LinksOf(RecordType.Contact, id, RecordType.Note).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Nothing_is_drafted_to_who_has_opted_out()
    {
        var id = world.Engine.AddContact(("opted_out", "true"));
        var draft = new ChangeRequest(new ChangeAction.DraftMessage(GovernedWorld.Contact(id), "Hello", "How are you?"), "An idea.");

        (await RefusedAsync(draft)).Message.ShouldContain("opted out");
        world.Engine.Policy.DraftToOptedOut = true;
        (await world.ProposeAsync(draft)).State.ShouldBe(ChangeState.Verified);
    }

    [Fact]
    public async Task A_new_record_waits_is_made_with_its_link_and_is_refused_where_one_stands()
    {
        var company = world.Engine.Crm.Add(RecordType.Company, ("name", "Acme"));
        ChangeRequest Create(string email) => new(
            new ChangeAction.CreateRecord(
                EngineWorld.Demo, RecordType.Contact, [new FieldChange("email", new FieldValue.Text(email)), new FieldChange("first_name", new FieldValue.Text("Mia"))], [new RecordLink(RecordType.Company, company)]),
            "Found on the site.");

        var waiting = await world.ProposeAsync(Create("mia@acme.test"));
        waiting.State.ShouldBe(ChangeState.Waiting);
        var made = await world.ApplyAsync(await world.ApproveAsync(waiting));

        made.State.ShouldBe(ChangeState.Verified);
        world.Engine.Crm.ValueOf(RecordType.Contact, made.MadeId!, "ai_source").ShouldBe("assistant");
        world.Engine.Crm.LinksOf(RecordType.Contact, made.MadeId!, RecordType.Company).ShouldHaveSingleItem().ToId.ShouldBe(company);
        (await RefusedAsync(Create("mia@acme.test"))).ExistingId.ShouldBe(made.MadeId);
    }

    [Fact]
    public async Task Two_records_are_linked_after_a_yes()
    {
        var id = world.Engine.AddContact();
        var company = world.Engine.Crm.Add(RecordType.Company, ("name", "Acme"));
        var proposed = await world.ProposeAsync(new ChangeRequest(
            new ChangeAction.Associate(GovernedWorld.Contact(id), new RecordRef(EngineWorld.Demo, RecordType.Company, company)), "Same domain."));

        (await world.ApplyAsync(await world.ApproveAsync(proposed))).State.ShouldBe(ChangeState.Verified);

        world.Engine.Crm.LinksOf(RecordType.Contact, id, RecordType.Company).ShouldHaveSingleItem().ToId.ShouldBe(company);
    }

    [Fact]
    public async Task An_action_that_no_grant_opens_is_refused_by_its_side()
    {
        var id = world.Engine.AddContact();

        (await RefusedAsync(new ChangeRequest(new ChangeAction.AssignOwner(GovernedWorld.Contact(id), "7"), "He left."))).DeniedBy.ShouldBe(DeniedBy.Policy);
    }

    [Fact]
    public async Task A_rule_of_the_policy_refuses_in_its_own_words()
    {
        world.Engine.Policy.Rules = [new RuleOptions { Name = "no-open-without-title", Type = "contact", When = "lead status is OPEN", Require = "job title has a value", Message = "Give a job title first." }];
        var id = world.Engine.AddContact(("lead_status", "NEW"));

        var refused = await RefusedAsync(GovernedWorld.Update(id, "lead_status", "OPEN"));

        refused.Kind.ShouldBe(FailureKind.Invalid);
        refused.Message.ShouldContain("Give a job title first");
    }

    [Fact]
    public async Task What_is_appended_leaves_what_stands_there_as_it_is()
    {
        world.Engine.Alter("job_title", field => field with { Type = FieldType.RichText });
        var id = world.Engine.AddContact(("job_title", "<p>Keep <b>this</b>&nbsp;</p>"));
        var proposed = await world.ProposeAsync(new ChangeRequest(
            new ChangeAction.UpdateFields(GovernedWorld.Contact(id), [new FieldChange("job_title", new FieldValue.Text("and < that"), Append: true)]), "More."));

        await world.ApplyAsync(await world.ApproveAsync(proposed));

        world.Engine.Crm.ValueOf(RecordType.Contact, id, "job_title").ShouldBe("<p>Keep <b>this</b>&nbsp;</p><p>and &lt; that</p>");
    }

    [Fact]
    public async Task Somebody_elses_change_is_told_like_one_that_is_not_there()
    {
        var row = await world.ProposeAsync(GovernedWorld.Update(world.Engine.AddContact(("lead_status", "NEW")), "lead_status", "OPEN"));
        world.Engine.Policy.Members = [.. world.Engine.Policy.Members, new MemberOptions { Subject = "eve@acme.test", Roles = ["user"] }];

        var other = (await world.Engine.ChangeGateway.ShowAsync(GovernedWorld.Person("eve@acme.test"), row.Id, Token)).Refused();
        var unknown = (await world.Engine.ChangeGateway.ShowAsync(GovernedWorld.Person("eve@acme.test"), "chg-unknown", Token)).Refused();

        other.Message.Replace(row.Id, "…", StringComparison.Ordinal).ShouldBe(unknown.Message.Replace("chg-unknown", "…", StringComparison.Ordinal));
        (await world.Engine.ChangeGateway.ShowAsync(GovernedWorld.Ada, row.Id, Token)).Found().Change.Id.ShouldBe(row.Id);
    }

    private async Task<Failure> RefusedAsync(ChangeRequest request) =>
        (await world.Engine.ChangeGateway.ProposeAsync(GovernedWorld.Assistant, request, Token)).Refused();
}
