using Liaison.Audit;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Reading;
using Liaison.Tests.Identity;
using Liaison.Writeback;

namespace Liaison.Tests.Gateway;

public sealed class GatewayAuditTests : IAsyncDisposable
{
    private static readonly string[] Actions =
    [
        "schema.describe", "records.query", "records.count", "associations.read", "records.read", "changes.submit", "fields.plan", "connection.test",
    ];

    private readonly EngineWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Every_request_opens_one_entry_and_closes_it()
    {
        world.Grants[0].Administer = true;
        var id = world.AddContact();
        var query = new QueryRequest(EngineWorld.Demo, RecordType.Contact, ["email"]);

        await world.Gateway.DescribeAsync(EngineWorld.Pipeline, EngineWorld.Demo, RecordType.Contact, Token);
        await world.Gateway.QueryAsync(EngineWorld.Pipeline, query, Token);
        await world.Gateway.CountAsync(EngineWorld.Pipeline, query, Token);
        await world.Gateway.AssociatedAsync(
            EngineWorld.Pipeline, new AssociationRequest(EngineWorld.Demo, RecordType.Contact, RecordType.Company, [id]), Token);
        await world.SubmitAsync(await world.ScoreAsync(id, 80));
        await world.Gateway.ProvisionAsync(EngineWorld.Pipeline, EngineWorld.Demo, RecordType.Contact, [], apply: false, Token);
        await world.Gateway.IdentifyAsync(EngineWorld.Pipeline, EngineWorld.Demo, Token);

        var entries = await world.AuditedAsync();
        entries.Select(entry => (entry.Action, entry.Phase)).ShouldBe(
            from action in Actions
            from phase in Enum.GetValues<AuditPhase>()
            select (action, phase));
        entries.Where(entry => entry.Phase == AuditPhase.Closed).Select(entry => entry.Outcome).ShouldAllBe(outcome => outcome == "ok" || outcome == "ok: 1 Verified");
        entries.Select(entry => entry.TraceId).Distinct().Count().ShouldBe(8);
        (await world.Audit.FindUnclosedAsync(10, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_trace_joins_the_request_and_the_change_set_that_it_made()
    {
        var id = world.AddContact();

        await world.SubmitAsync(await world.ScoreAsync(id, 80));

        var submitted = (await world.AuditedAsync()).Single(entry => entry is { Action: "changes.submit", Phase: AuditPhase.Closed });
        (await world.Changes.ListAsync(new ChangeQuery(), Token)).ShouldHaveSingleItem().TraceId.ShouldBe(submitted.TraceId);
    }

    [Fact]
    public async Task A_query_is_closed_with_the_records_that_it_gave()
    {
        string[] ids = [world.AddContact(), world.AddContact()];

        await world.Gateway.QueryAsync(EngineWorld.Pipeline, new QueryRequest(EngineWorld.Demo, RecordType.Contact, ["email"]), Token);

        (await world.AuditedAsync())[^1].Records.ShouldBe(ids);
    }

    [Fact]
    public async Task A_denial_reaches_no_CRM_and_is_recorded()
    {
        var stranger = EngineWorld.Pipeline with { Actor = new Actor("stranger") };
        world.Grants[0].Actors = ["qualify"];

        var denied = await world.Gateway.QueryAsync(stranger, new QueryRequest(EngineWorld.Demo, RecordType.Contact, ["email"]), Token);

        denied.Refused().DeniedBy.ShouldBe(DeniedBy.Agent);
        var entries = await world.AuditedAsync();
        entries.Count.ShouldBe(2);
        entries[1].Outcome.ShouldBe($"Denied: {denied.Refused().Message}");
        entries[1].Caller.ShouldBe(stranger);
        Enum.GetValues<CrmOperation>().Sum(world.Crm.CallsOf).ShouldBe(0);
    }

    [Fact]
    public async Task A_purpose_that_is_not_opened_is_denied_by_purpose()
    {
        var other = EngineWorld.Pipeline with { Purpose = Purpose.Assistance };

        var denied = await world.Gateway.DescribeAsync(other, EngineWorld.Demo, RecordType.Contact, Token);

        denied.Refused().DeniedBy.ShouldBe(DeniedBy.Purpose);
        (await world.AuditedAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_user_without_a_credential_of_their_own_is_denied_by_the_CRM_s_side()
    {
        var bob = EngineWorld.Ada with { Subject = new Subject(SubjectKind.User, "bob@acme.test") };
        var grant = EngineWorld.AdaGrant("*");
        grant.Subject = "bob@acme.test";
        world.Grants.Add(grant);

        var denied = await world.Gateway.DescribeAsync(bob, EngineWorld.Demo, RecordType.Contact, Token);

        denied.Refused().DeniedBy.ShouldBe(DeniedBy.CrmUser);
        (await world.AuditedAsync())[^1].Outcome.ShouldBe($"Denied: {denied.Refused().Message}");
    }

    [Fact]
    public async Task A_write_to_a_connection_that_nobody_opened_is_denied_and_recorded()
    {
        world.Writes = ConnectionWrites.Closed;
        var change = await world.ScoreAsync(world.AddContact(), 80);

        var denied = await world.Gateway.SubmitAsync(EngineWorld.Pipeline, EngineWorld.Demo, RecordType.Contact, [change], Token);

        denied.Refused().DeniedBy.ShouldBe(DeniedBy.Policy);
        world.Crm.Writes.ShouldBeEmpty();
        (await world.AuditedAsync())[^1].Outcome.ShouldNotBeNull().ShouldStartWith("Denied: ");
    }

    [Fact]
    public async Task A_request_on_an_unknown_connection_is_recorded_too()
    {
        var refused = await world.Gateway.DescribeAsync(EngineWorld.Pipeline, new ConnectionName("nowhere"), RecordType.Contact, Token);

        refused.Refused().Kind.ShouldBe(FailureKind.NotFound);
        var entries = await world.AuditedAsync();
        entries.Select(entry => entry.Phase).ShouldBe([AuditPhase.Opened, AuditPhase.Closed]);
        entries.ShouldAllBe(entry => entry.Connection.Value == "nowhere");
    }

    [Fact]
    public async Task A_submit_is_closed_with_how_its_changes_fared()
    {
        string[] ids = [world.AddContact(("lead_status", "NEW")), world.AddContact(), world.AddContact(("lead_status", "NEW"))];
        var denied = world.Change(await world.ReadAsync(ids[1]), "deny", Set("phone", "+49 30 1234567"));
        var waits = world.Change(await world.ReadAsync(ids[2]), "raise", Set("lead_status", "OPEN"));

        await world.SubmitAsync(await world.ScoreAsync(ids[0], 80), denied, waits);

        (await world.AuditedAsync())[^1].Outcome.ShouldBe("ok: 1 Verified, 1 Waiting, 1 Denied");
    }

    [Fact]
    public async Task No_outcome_holds_a_value_of_a_record()
    {
        const string Secret = "canary-value-81aa";
        var id = world.AddContact(("job_title", Secret), ("lead_status", "NEW"));
        var record = await world.ReadAsync(id, "job_title", "lead_status", "ai_score");
        var query = new QueryRequest(EngineWorld.Demo, RecordType.Contact, ["email"], $"job title is {Secret} and nonsense is {Secret}");

        await world.Gateway.QueryAsync(EngineWorld.Pipeline, query, Token);
        await world.Gateway.QueryAsync(EngineWorld.Pipeline, query with { Where = $"lead status is {Secret}" }, Token);
        await world.Gateway.QueryAsync(EngineWorld.Pipeline, query with { Where = $"created is {Secret}" }, Token);
        await world.Gateway.QueryAsync(EngineWorld.Pipeline, query with { Where = $"job title {Secret}" }, Token);
        await world.SubmitAsync(
            world.Change(record, "a", Set("ai_score", Secret)),
            world.Change(record, "b", Set("lead_status", Secret)),
            world.Change(record, "c", Set("job_title", Secret)));

        (await world.AuditedAsync()).ShouldAllBe(entry => !(entry.Outcome ?? "").Contains(Secret));
    }

    [Fact]
    public async Task The_chain_holds_over_everything_that_was_asked()
    {
        var id = world.AddContact();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => world.ReadAsync(id), Token)));

        (await AuditVerification.WalkAsync(world.Audit, Token)).ShouldBe(new AuditVerification(40, FirstBroken: null));
    }

    [Fact]
    public async Task A_death_between_opening_and_closing_leaves_a_trace_without_an_outcome()
    {
        var change = await world.ScoreAsync(world.AddContact(), 80);
        world.Connector.OnWrite = (_, _) => throw new IOException("The process dies here.");

        await Should.ThrowAsync<IOException>(() => world.SubmitAsync(change));

        var opened = (await world.AuditedAsync())[^1];
        opened.Phase.ShouldBe(AuditPhase.Opened);
        opened.Action.ShouldBe("changes.submit");
        (await world.Audit.FindUnclosedAsync(10, Token)).ShouldBe([opened.TraceId]);
    }

    [Fact]
    public async Task Links_need_both_types_to_be_readable()
    {
        world.Grants.Add(EngineWorld.AdaGrant("*"));
        var request = new AssociationRequest(EngineWorld.Demo, RecordType.Contact, RecordType.Company, [world.AddContact()]);

        var there = await world.Gateway.AssociatedAsync(EngineWorld.Ada, request, Token);
        var back = await world.Gateway.AssociatedAsync(
            EngineWorld.Ada, request with { From = RecordType.Company, To = RecordType.Contact }, Token);

        there.Refused().DeniedBy.ShouldBe(DeniedBy.Policy);
        back.Refused().DeniedBy.ShouldBe(DeniedBy.Policy);
        (await world.Gateway.AssociatedAsync(EngineWorld.Pipeline, request, Token)).Found().ShouldBeEmpty();
        world.Crm.CallsOf(CrmOperation.ReadAssociations).ShouldBe(1);
    }

    private static FieldChange Set(string name, string text) => new(name, new FieldValue.Text(text));
}
