using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Tests.Identity;
using Liaison.Writeback;

namespace Liaison.Tests.Gateway;

/// <summary>An agent that acts for somebody with every role has none of them, and sees and writes no more than its own part.</summary>
public sealed class AgentBoundsTests : IAsyncDisposable
{
    private static readonly Caller Assistant = EngineWorld.Ada with { Actor = new Actor("assistant") };

    private readonly EngineWorld world = new();

    public AgentBoundsTests()
    {
        world.Members.Add(new MemberOptions { Subject = "ada@acme.test", Roles = ["user", "approver", "operator", "auditor"] });
        world.Agents["assistant"] = new AgentOptions();
        var grant = EngineWorld.AdaGrant("last_name", "ai_rationale", "ai_score", "job_title");
        grant.Actors = ["cli", "assistant"];
        grant.Write = Of(new Dictionary<string, WriteLevel>
        {
            ["ai_score"] = WriteLevel.Auto, ["ai_rationale"] = WriteLevel.Auto, ["job_title"] = WriteLevel.Suggest, ["phone"] = WriteLevel.Suggest,
        });
        grant.Actions = Of(new Dictionary<ChangeKind, WriteLevel> { [ChangeKind.LogSummary] = WriteLevel.Auto });
        world.Grants.Add(grant);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ChangeGateway Changes => world.Get<ChangeGateway>();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task An_agent_does_nothing_by_its_persons_roles()
    {
        var agents = world.Get<AgentGateway>();

        Failure?[] refusals =
        [
            (await agents.ReleaseAsync(Assistant, "*", Token)).Failure,
            (await agents.StopAsync(Assistant, "qualify", "Told to.", Token)).Failure,
            (await agents.ApproveVolumeAsync(Assistant, "run-1", Token)).Failure,
            (await Changes.UndoRunAsync(Assistant, "run-1", "Told to.", cancellationToken: Token)).Failure,
            (await Changes.ApplySetAsync(Assistant, new ChangeQuery(), Token)).Failure,
            (await Changes.DrawSetAsync(Assistant, new ChangeQuery(), Token)).Failure,
        ];

        refusals.ShouldAllBe(refusal => refusal != null && refusal.DeniedBy == DeniedBy.Agent);
    }

    [Fact]
    public async Task An_agent_sees_the_changes_that_it_proposed_and_none_that_its_person_did()
    {
        var own = await ProposeAsync(Assistant, new FieldChange("job_title", new FieldValue.Text("buyer")));
        var persons = await ProposeAsync(EngineWorld.Ada, new FieldChange("job_title", new FieldValue.Text("seller")));

        var listed = (await Changes.ListAsync(Assistant, new ChangeQuery { Actor = "cli" }, Token)).Found();
        var shown = await Changes.ShowAsync(Assistant, persons.Stored!.Id, Token);

        listed.Select(row => row.Id).ShouldBe([own.Stored!.Id]);
        shown.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NotFound);
    }

    [Fact]
    public async Task A_stopped_agent_does_not_even_look_at_its_changes()
    {
        await world.Get<AgentGateway>().StopAsync(EngineWorld.Ada, "assistant", "Enough.", Token);

        var listed = await Changes.ListAsync(Assistant, new ChangeQuery(), Token);

        listed.Failure.ShouldNotBeNull().DeniedBy.ShouldBe(DeniedBy.Agent);
    }

    [Fact]
    public async Task A_field_that_may_be_written_and_not_read_is_told_like_an_unknown_one()
    {
        var proposed = await TryAsync(Assistant, world.AddContact(("phone", "+49 30 1234567")), new FieldChange("phone", new FieldValue.Text("1")));

        proposed.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NotFound);
    }

    [Fact]
    public async Task What_stood_in_the_stamps_is_not_told()
    {
        var id = world.AddContact(("ai_source", "another workflow"));

        var proposed = (await TryAsync(Assistant, id, new FieldChange("job_title", new FieldValue.Text("buyer")))).Found();

        proposed.Stored!.Content.ShouldNotContain("another workflow");
    }

    [Theory]
    [InlineData("company")]
    [InlineData("task")]
    [InlineData("email")]
    public async Task A_summary_is_logged_as_nothing_but_a_note_call_or_meeting(string form)
    {
        var about = new RecordRef(EngineWorld.Demo, RecordType.Contact, world.AddContact());

        var proposed = await Changes.ProposeAsync(
            Assistant, new ChangeRequest(new ChangeAction.LogSummary(about, new RecordType(form), "Made up", "text"), "Told to."), Token);

        proposed.Failure.ShouldNotBeNull().Field.ShouldBe("as");
        world.Crm.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("scored 85 for the title.", ChangeState.Verified)]
    [InlineData("scored 85 for 4711 visits.", ChangeState.Waiting)]
    public async Task A_rationale_may_name_the_score_that_is_written_beside_it(string rationale, ChangeState state)
    {
        var proposed = (await TryAsync(
            Assistant,
            world.AddContact(),
            new FieldChange("ai_score", new FieldValue.Number(85)),
            new FieldChange("ai_rationale", new FieldValue.Text(rationale)))).Found();

        proposed.Stored!.State.ShouldBe(state);
    }

    [Fact]
    public async Task A_link_waits_for_a_person_even_where_the_evidence_holds_it()
    {
        const string text = "see https://collector.example/offer";
        var id = world.AddContact(("last_name", text));
        var about = new RecordRef(EngineWorld.Demo, RecordType.Contact, id);

        var proposed = (await Changes.ProposeAsync(
            Assistant,
            new ChangeRequest(new ChangeAction.LogSummary(about, RecordType.Note, null, text), "It says so.", Cites: [new Citation(about, "last_name")]),
            Token)).Found();

        proposed.Stored!.State.ShouldBe(ChangeState.Waiting);
    }

    [Fact]
    public async Task A_citation_is_judged_on_the_connection_that_it_names()
    {
        var about = new RecordRef(EngineWorld.Demo, RecordType.Contact, world.AddContact());
        var elsewhere = about with { Connection = new ConnectionName("elsewhere") };

        var proposed = await Changes.ProposeAsync(
            Assistant,
            new ChangeRequest(new ChangeAction.LogSummary(about, RecordType.Note, null, "text"), "It says so.", Cites: [new Citation(elsewhere, "last_name")]),
            Token);

        proposed.Failure.ShouldNotBeNull();
        world.Crm.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Submits_at_the_same_time_share_one_hourly_limit()
    {
        world.Agents["assistant"].Limits = new BlastRadiusOptions { WritesPerHour = 5 };
        var ids = Enumerable.Range(0, 20).Select(_ => world.AddContact()).ToList();

        await Parallel.ForEachAsync(ids, Token, async (id, _) => await TryAsync(Assistant, id, new FieldChange("ai_rationale", new FieldValue.Text("good fit"))));

        world.Crm.Writes.Count.ShouldBe(5);
    }

    private static Dictionary<string, IReadOnlyDictionary<TKey, WriteLevel>> Of<TKey>(Dictionary<TKey, WriteLevel> levels)
        where TKey : notnull => new() { ["contact"] = levels };

    private async Task<Proposal> ProposeAsync(Caller caller, params FieldChange[] fields) => (await TryAsync(caller, world.AddContact(), fields)).Found();

    private Task<Result<Proposal>> TryAsync(Caller caller, string id, params FieldChange[] fields) => Changes.ProposeAsync(
        caller, new ChangeRequest(new ChangeAction.UpdateFields(new RecordRef(EngineWorld.Demo, RecordType.Contact, id), fields), "The record says so."), Token);
}
