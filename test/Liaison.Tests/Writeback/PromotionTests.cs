using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Work;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>Production is written to where a sandbox was seen to take the write, or where a person has taken that upon themselves (R192).</summary>
public sealed class PromotionTests : IAsyncDisposable
{
    private static readonly Caller Root = GovernedWorld.Person("root@acme.test");

    private readonly GovernedWorld world = new();

    public PromotionTests()
    {
        world.Engine.HasProduction = true;
        world.Engine.Policy.Members = [.. world.Engine.Policy.Members, new MemberOptions { Subject = Root.Subject.Id, Roles = ["admin"] }];
        var granted = world.Engine.Grants[^1];
        granted.Connections = ["demo", "live"];
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PromotionGateway Promotions => world.Engine.Get<PromotionGateway>();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task What_no_sandbox_took_is_shown_with_what_it_lacks_and_not_sent()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));

        var shown = await world.ProposeAsync(Title(EngineWorld.Live, id, "Head of Sales"));
        var waits = await world.ProposeAsync(Update(EngineWorld.Live, id, "lead_status", "OPEN"));

        shown.State.ShouldBe(ChangeState.Validated);
        waits.State.ShouldBe(ChangeState.Validated);
        ChangeContent.FromJson(shown.Content).Warnings.ShouldHaveSingleItem().ShouldContain("contact.job_title is not promoted on live");
        world.Engine.Crm.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ChangeKind.CreateTask)]
    [InlineData(ChangeKind.LogSummary)]
    [InlineData(ChangeKind.DraftMessage)]
    [InlineData(ChangeKind.CreateRecord)]
    public async Task No_action_that_no_sandbox_took_is_sent(ChangeKind kind)
    {
        var contact = new RecordRef(EngineWorld.Live, RecordType.Contact, world.Engine.AddContact());

        var proposed = await world.ProposeAsync(new ChangeRequest(Action(kind, contact), "Because it is so."));

        proposed.State.ShouldBe(ChangeState.Validated);
        ChangeContent.FromJson(proposed.Content).Warnings.ShouldContain(warning => warning.Contains($"contact.{ChangeCatalogue.NameOf(kind)}", StringComparison.Ordinal));
        world.Engine.Crm.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ChangeKind.CreateTask)]
    [InlineData(ChangeKind.LogSummary)]
    [InlineData(ChangeKind.DraftMessage)]
    public async Task An_action_that_the_sandbox_took_is_sent_to_production(ChangeKind kind)
    {
        await world.ProposeAsync(new ChangeRequest(Action(kind, GovernedWorld.Contact(world.Engine.AddContact())), "Because it is so."));
        await MakeAsync();

        var contact = new RecordRef(EngineWorld.Live, RecordType.Contact, world.Engine.AddContact());
        (await world.ProposeAsync(new ChangeRequest(Action(kind, contact), "Because it is so."))).State.ShouldBe(ChangeState.Verified);
    }

    [Fact]
    public async Task What_a_sandbox_took_goes_to_production_on_that_ground_and_the_rest_does_not()
    {
        var tried = await TryTitleAsync();

        var standing = await MakeAsync();

        var promoted = standing.Where(write => write.Promotion is not null).ShouldHaveSingleItem();
        promoted.Write.ShouldBe("contact.job_title");
        promoted.Promotion!.Sandbox.ShouldBe(EngineWorld.Demo);
        promoted.Promotion.ChangeId.ShouldBe(tried.Id);
        promoted.Promotion.By.ShouldBe(Root.Subject.Id);
        standing.Single(write => write.Write == "contact.lead_status").Lacks.ShouldBe("No sandbox was seen to take it.");
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        await ApplyAsync(await world.ProposeAsync(Title(EngineWorld.Live, id, "Head of Sales")));
        (await world.ProposeAsync(Update(EngineWorld.Live, id, "lead_status", "OPEN"))).State.ShouldBe(ChangeState.Validated);
    }

    [Fact]
    public async Task What_was_only_proposed_or_refused_in_the_sandbox_proves_nothing()
    {
        await world.ProposeAsync(GovernedWorld.Update(world.Engine.AddContact(("lead_status", "NEW")), "lead_status", "OPEN"));

        (await MakeAsync()).ShouldAllBe(write => write.Promotion == null);
    }

    [Fact]
    public async Task What_the_sandbox_refused_once_is_not_promoted_and_that_is_told()
    {
        await TryTitleAsync();
        await TryTitleAsync();
        world.Engine.Crm.FailNext(CrmOperation.Write, new Failure(FailureKind.Invalid, "Not such a title."));
        var waits = await world.ProposeAsync(Title(EngineWorld.Demo, world.Engine.AddContact(), "Head of Sales"));
        await world.ApproveAsync(waits);
        (await world.Engine.ChangeGateway.ApplyAsync(GovernedWorld.Bea, waits.Id, Token)).Refused().Kind.ShouldBe(FailureKind.Invalid);

        var title = (await MakeAsync()).Single(write => write.Write == "contact.job_title");

        title.Promotion.ShouldBeNull();
        title.Lacks.ShouldBe("The sandbox refused 1 of 3.");
    }

    [Fact]
    public async Task Where_production_keeps_the_field_elsewhere_the_sandbox_proves_nothing()
    {
        world.Engine.FieldNames[EngineWorld.Live] = new Dictionary<string, string> { ["job_title"] = "mem_city" };
        await ApplyAsync(await world.ProposeAsync(Update(EngineWorld.Demo, world.Engine.AddContact(), "job_title", "Head of Sales")));
        (await MakeAsync()).ShouldContain(write => write.Write == "contact.job_title" && write.Promotion!.Write.NativeName == "mem_job_title");

        var proposed = await world.ProposeAsync(Update(EngineWorld.Live, world.Engine.AddContact(), "job_title", "Head of Sales"));

        proposed.State.ShouldBe(ChangeState.Validated);
        world.Engine.Crm.Writes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_new_record_takes_the_promotion_of_the_action_and_of_every_field_in_it()
    {
        await CreateAsync(EngineWorld.Demo, ("email", "one@acme.test"));
        await MakeAsync();

        var known = await world.ProposeAsync(Create(EngineWorld.Live, ("email", "two@acme.test")));
        var more = await world.ProposeAsync(Create(EngineWorld.Live, ("email", "three@acme.test"), ("job_title", "Head of Sales")));

        known.State.ShouldBe(ChangeState.Waiting);
        more.State.ShouldBe(ChangeState.Validated);
        ChangeContent.FromJson(more.Content).Warnings.ShouldContain(warning => warning.Contains("contact.job_title is not promoted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_approved_before_a_promotion_was_withdrawn_is_refused()
    {
        await OverrideAsync("contact.lead_status");
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        var waits = await world.ProposeAsync(Update(EngineWorld.Live, id, "lead_status", "OPEN"));
        waits.State.ShouldBe(ChangeState.Waiting);
        await world.ApproveAsync(waits);

        (await Promotions.WithdrawAsync(Root, EngineWorld.Live, ["contact.lead_status"], "It was wrong.", Token)).Found();
        var refused = (await world.Engine.ChangeGateway.ApplyAsync(GovernedWorld.Bea, waits.Id, Token)).Refused();

        refused.DeniedBy.ShouldBe(DeniedBy.Promotion);
        refused.Message.ShouldContain("contact.lead_status is not promoted on live");
        (await world.StateOfAsync(waits)).ShouldBe(ChangeState.Refused);
        world.Engine.WritesOf(id).ShouldBe(0);
    }

    [Fact]
    public async Task An_override_takes_a_person_and_the_audit_keeps_its_reason()
    {
        var principal = Root with { Subject = new Subject(SubjectKind.Principal, Root.Subject.Id) };
        (await Promotions.OverrideAsync(principal, EngineWorld.Live, ["contact.job_title"], "We have none.", Token)).Refused().DeniedBy.ShouldBe(DeniedBy.Policy);
        (await Promotions.OverrideAsync(GovernedWorld.Bea, EngineWorld.Live, ["contact.job_title"], "We have none.", Token)).Refused().DeniedBy.ShouldBe(DeniedBy.Policy);

        (await Promotions.OverrideAsync(Root, EngineWorld.Live, ["contact.job_title"], "There is no sandbox.", Token)).Found();

        await ApplyAsync(await world.ProposeAsync(Title(EngineWorld.Live, world.Engine.AddContact(), "Head of Sales")));
        var audited = (await world.Engine.AuditedAsync()).Where(entry => entry.Action == "promotions.override" && entry.Caller.Subject == Root.Subject).ToList();
        audited.ShouldAllBe(entry => entry.Reason == "There is no sandbox." || entry.Reason == "We have none.");
        audited.ShouldContain(entry => entry.Reason == "There is no sandbox.");
        audited[0].Environment.ShouldBe(CrmEnvironment.Production);
        audited.ShouldContain(entry => entry.Outcome == "ok: contact.job_title");
    }

    [Fact]
    public async Task A_write_that_a_grant_opens_by_the_CRMs_name_is_overridden_by_that_name()
    {
        world.Engine.Grants[^1].Write = new Dictionary<string, IReadOnlyDictionary<string, WriteLevel>>
        {
            ["contact"] = new Dictionary<string, WriteLevel> { ["mem_job_title"] = WriteLevel.Suggest },
        };
        await OverrideAsync("contact.mem_job_title");

        await ApplyAsync(await world.ProposeAsync(Title(EngineWorld.Live, world.Engine.AddContact(), "Head of Sales")));
    }

    [Theory]
    [InlineData("company.nothing", "No grant opens company.nothing on live")]
    [InlineData("job_title", "names no write")]
    [InlineData("contact.move-stage", "No grant opens contact.move-stage on live")]
    public async Task What_is_not_opened_or_is_no_write_is_not_overridden(string write, string told)
    {
        var refused = (await Promotions.OverrideAsync(Root, EngineWorld.Live, [write], "There is no sandbox.", Token)).Refused();

        refused.Kind.ShouldBe(FailureKind.Invalid);
        refused.Message.ShouldContain(told);
    }

    [Fact]
    public async Task A_sandbox_needs_no_promotion_and_production_proves_nothing()
    {
        (await Promotions.ListAsync(Root, EngineWorld.Demo, Token)).Refused().Message.ShouldContain("demo is a sandbox");
        (await Promotions.MakeAsync(Root, EngineWorld.Live, EngineWorld.Live, null, Token)).Refused().Message.ShouldContain("live is production");
        (await Promotions.WithdrawAsync(Root, EngineWorld.Live, ["contact.job_title"], "Wrong.", Token)).Refused().Kind.ShouldBe(FailureKind.NotFound);
    }

    [Fact]
    public async Task A_run_proves_what_it_wrote_once_it_has_ended_without_a_dead_letter()
    {
        await TryTitleAsync();
        await world.Engine.Work.CreateRunAsync(
            new Run("run-7", "qualify", EngineWorld.Demo, EngineWorld.Pipeline, RunState.Running, "{}", null, true, null, world.Engine.Time.GetUtcNow(), world.Engine.Time.GetUtcNow(), null),
            Token);

        (await Promotions.MakeAsync(Root, EngineWorld.Live, EngineWorld.Demo, "run-7", Token)).Refused().Message.ShouldContain("has not finished");
        await world.Engine.Work.SetStateAsync("run-7", RunState.Finished, null, Token);
        (await Promotions.MakeAsync(Root, EngineWorld.Live, EngineWorld.Demo, "run-7", Token)).Found().ShouldAllBe(write => write.Promotion == null);
        (await Promotions.MakeAsync(Root, EngineWorld.Live, EngineWorld.Demo, "run-8", Token)).Refused().Kind.ShouldBe(FailureKind.NotFound);
    }

    [Fact]
    public async Task Another_process_sees_a_promotion_and_its_withdrawal_within_a_second()
    {
        var other = new Liaison.Policy.Promotions(world.Engine.Safeguards, world.Engine.Time);
        var live = world.Engine.Get<ConnectionRegistry>().Find(EngineWorld.Live).Found().Profile;
        var task = ChangeKind.CreateTask;
        await other.RefreshAsync(Token);
        other.On(live, RecordType.Contact).Holds(task).ShouldBeFalse();

        await OverrideAsync("contact.create-task");
        world.Engine.Time.Advance(TimeSpan.FromSeconds(1.1));
        await other.RefreshAsync(Token);

        other.On(live, RecordType.Contact).Holds(task).ShouldBeTrue();
    }

    private static ChangeRequest Title(ConnectionName connection, string id, string title) => Update(connection, id, "job_title", title);

    private static ChangeRequest Update(ConnectionName connection, string id, string field, string value) => new(
        new ChangeAction.UpdateFields(new RecordRef(connection, RecordType.Contact, id), [new FieldChange(field, new FieldValue.Text(value))]), "Because it is so.");

    private static ChangeRequest Create(ConnectionName connection, params (string Field, string Value)[] values) => new(
        new ChangeAction.CreateRecord(connection, RecordType.Contact, [.. values.Select(value => new FieldChange(value.Field, new FieldValue.Text(value.Value)))], []),
        "Because it is so.");

    private static ChangeAction Action(ChangeKind kind, RecordRef contact) => kind switch
    {
        ChangeKind.CreateTask => new ChangeAction.CreateTask(contact, "Call back", "About the offer.", DateTimeOffset.UnixEpoch.AddYears(60)),
        ChangeKind.LogSummary => new ChangeAction.LogSummary(contact, RecordType.Note, null, "They want to buy."),
        ChangeKind.DraftMessage => new ChangeAction.DraftMessage(contact, "Hello", "We can help."),
        _ => Create(contact.Connection, ("email", "new@acme.test")).Action,
    };

    private async Task<ChangeSetRow> TryTitleAsync()
    {
        var tried = await world.ProposeAsync(Title(EngineWorld.Demo, world.Engine.AddContact(), "Head of Sales"));
        await ApplyAsync(tried);
        return tried;
    }

    private async Task CreateAsync(ConnectionName connection, params (string Field, string Value)[] values) =>
        await ApplyAsync(await world.ProposeAsync(Create(connection, values)));

    private async Task ApplyAsync(ChangeSetRow waits)
    {
        waits.State.ShouldBe(ChangeState.Waiting);
        await world.ApproveAsync(waits);
        (await world.ApplyAsync(waits)).State.ShouldBe(ChangeState.Verified);
    }

    private async Task<IReadOnlyList<WriteStanding>> MakeAsync() =>
        (await Promotions.MakeAsync(Root, EngineWorld.Live, EngineWorld.Demo, runId: null, Token)).Found();

    private async Task OverrideAsync(string write) =>
        (await Promotions.OverrideAsync(Root, EngineWorld.Live, [write], "There is no sandbox.", Token)).Found();
}
