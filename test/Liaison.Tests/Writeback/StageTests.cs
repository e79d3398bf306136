using System.Collections.Frozen;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Tests.Gateway;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>A stage is one of the pipeline that the record is in, or is to come into (R36).</summary>
public sealed class StageTests : IAsyncDisposable
{
    private readonly GovernedWorld world = new();

    public StageTests() => world.Engine.Grants.Add(new GrantOptions
    {
        Subject = "ada@acme.test",
        Actors = ["assistant", "cli"],
        Purposes = ["assistance"],
        Connections = ["demo"],
        Read = new Dictionary<string, IReadOnlyList<string>> { ["deal"] = ["*"] },
        Write = new Dictionary<string, IReadOnlyDictionary<string, WriteLevel>>
        {
            ["deal"] = new Dictionary<string, WriteLevel> { ["stage"] = WriteLevel.Suggest, ["pipeline"] = WriteLevel.Suggest, ["name"] = WriteLevel.Suggest },
        },
        Actions = new Dictionary<string, IReadOnlyDictionary<ChangeKind, WriteLevel>>
        {
            ["deal"] = new Dictionary<ChangeKind, WriteLevel> { [ChangeKind.MoveStage] = WriteLevel.Suggest, [ChangeKind.CreateRecord] = WriteLevel.Suggest },
        },
    });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("default", "won", "Open", "open")]
    [InlineData("renewals", "renewed", "open", "due")]
    [InlineData("renewals", "due", "renewed", "renewed")]
    public async Task A_label_means_the_stage_of_the_records_own_pipeline(string pipeline, string from, string asked, string written)
    {
        var content = await ProposedAsync(Move(Deal(pipeline, from), asked));

        content.Fields.Where(delta => delta.Field is FieldNames.Stage or FieldNames.Pipeline).ShouldHaveSingleItem().After.Raw.ShouldBe(written);
    }

    [Fact]
    public async Task Another_pipeline_is_written_beside_its_stage()
    {
        var content = await ProposedAsync(Move(Deal("default", "open"), "Renewed", "Renewals"));

        content.Fields.Where(delta => delta.Field is FieldNames.Stage or FieldNames.Pipeline).ToDictionary(delta => delta.Field, delta => delta.After.Raw).ShouldBe(
            new Dictionary<string, string?> { [FieldNames.Pipeline] = "renewals", [FieldNames.Stage] = "renewed" }, ignoreOrder: true);
    }

    [Fact]
    public async Task An_approver_sees_where_it_goes_from_and_to_and_how_likely_that_is()
    {
        var content = await ProposedAsync(Move(Deal("default", "open"), "Won"));

        content.Warnings.ShouldContain("From stage Open (1 of 3, 20 %) to stage Won (2 of 3, 100 %) of Sales, which closes the record.");
    }

    [Theory]
    [InlineData("default", "open", "renewed", null, "stage")]
    [InlineData("default", "open", "won", "renewals", "stage")]
    [InlineData("default", "open", "won", "no-such", "pipeline")]
    [InlineData("", "", "won", null, "pipeline")]
    public async Task A_stage_of_no_or_another_pipeline_is_refused_by_name(string pipeline, string from, string asked, string? into, string field)
    {
        var refused = await RefusedAsync(Move(Deal(pipeline, from), asked, into));

        refused.Kind.ShouldBe(FailureKind.Invalid);
        refused.Field.ShouldBe(field);
        world.Engine.Crm.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_names_the_stages_that_there_are() =>
        (await RefusedAsync(Move(Deal("renewals", "due"), "won"))).Message.ShouldBe("The pipeline Renewals has no such stage; it has Open, Renewed, Locked.");

    [Fact]
    public async Task A_locked_stage_is_the_CRMs_refusal()
    {
        var refused = await RefusedAsync(Move(Deal("renewals", "due"), "Locked"));

        (refused.Kind, refused.DeniedBy).ShouldBe((FailureKind.Denied, DeniedBy.CrmUser));
    }

    [Fact]
    public async Task An_update_by_fields_keeps_the_same_rules()
    {
        var deal = Deal("renewals", "renewed");

        var content = await ProposedAsync(Update(deal, ("mem_stage", "open"), ("name", "Renewal")));

        content.Fields.Single(delta => delta.Field == FieldNames.Stage).After.Raw.ShouldBe("due");
        (await RefusedAsync(Update(deal, ("stage", "lost")))).Field.ShouldBe("stage");
        (await RefusedAsync(Update(deal, ("pipeline", "default")))).Field.ShouldBe("stage");
    }

    [Fact]
    public async Task A_record_is_made_with_both()
    {
        var content = await ProposedAsync(new ChangeAction.CreateRecord(EngineWorld.Demo, RecordType.Deal, Fields(("name", "New"), ("pipeline", "Renewals"), ("stage", "Open")), []));

        content.Fields.Where(delta => delta.Field is FieldNames.Stage or FieldNames.Pipeline).Select(delta => delta.After.Raw).ShouldBe(["renewals", "due"]);
        (await RefusedAsync(new ChangeAction.CreateRecord(EngineWorld.Demo, RecordType.Deal, Fields(("name", "New"), ("stage", "Open")), []))).Field.ShouldBe("pipeline");
    }

    [Fact]
    public async Task Without_a_pipeline_field_a_stage_is_held_against_the_types_one_pipeline()
    {
        var schema = world.Engine.Crm.SchemaOf(RecordType.Deal).ShouldNotBeNull();
        world.Engine.Crm.AddType(schema with { Fields = schema.Fields.Where(field => field.Key != FieldNames.Pipeline).ToFrozenDictionary() });
        var deal = new RecordRef(EngineWorld.Demo, RecordType.Deal, world.Engine.Crm.Add(RecordType.Deal, (FieldNames.Name, "Deal"), (FieldNames.Stage, "open")));

        var content = await ProposedAsync(Move(deal, "Won"));
        var made = await ProposedAsync(new ChangeAction.CreateRecord(EngineWorld.Demo, RecordType.Deal, Fields(("name", "New"), ("stage", "Open")), []));

        content.Fields.Single(delta => delta.Field == FieldNames.Stage).After.Raw.ShouldBe("won");
        content.Warnings.ShouldContain("From stage Open (1 of 3, 20 %) to stage Won (2 of 3, 100 %) of Sales, which closes the record.");
        made.Fields.Single(delta => delta.Field == FieldNames.Stage).After.Raw.ShouldBe("open");
        (await RefusedAsync(Move(deal, "renewed"))).Message.ShouldBe("The pipeline Sales has no such stage; it has Open, Won, Lost.");
        (await RefusedAsync(Move(deal, "Won", "renewals"))).Field.ShouldBe(FieldNames.Pipeline);
    }

    [Fact]
    public async Task Who_may_not_know_of_the_stage_is_told_nothing_of_it()
    {
        world.Engine.Grants[^1].None = new Dictionary<string, IReadOnlyList<string>> { ["deal"] = ["stage"] };
        var deal = Deal("renewals", "due");

        var refused = await RefusedAsync(Update(deal, ("stage", "won")));
        var unknown = await RefusedAsync(Update(deal, ("no_such_field", "won")));
        var moved = await ProposedAsync(Move(deal, "Renewed"));

        refused.Message.Replace("stage", "no_such_field", StringComparison.Ordinal).ShouldBe(unknown.Message);
        moved.Warnings.ShouldNotContain(warning => warning.Contains("From stage", StringComparison.Ordinal));
    }

    private static ChangeAction.MoveStage Move(RecordRef deal, string stage, string? pipeline = null) => new(deal, stage, pipeline);

    private static ChangeAction.UpdateFields Update(RecordRef deal, params (string Field, string Value)[] fields) => new(deal, Fields(fields));

    private static FieldChange[] Fields(params (string Field, string Value)[] fields) =>
        [.. fields.Select(field => new FieldChange(field.Field, new FieldValue.Text(field.Value)))];

    private RecordRef Deal(string pipeline, string stage) => new(
        EngineWorld.Demo, RecordType.Deal, world.Engine.Crm.Add(RecordType.Deal, (FieldNames.Name, "Deal"), (FieldNames.Pipeline, pipeline), (FieldNames.Stage, stage)));

    private async Task<ChangeContent> ProposedAsync(ChangeAction action) =>
        ChangeContent.FromJson((await world.ProposeAsync(new ChangeRequest(action, "Because it is so."))).Content);

    private async Task<Failure> RefusedAsync(ChangeAction action) =>
        (await world.Engine.ChangeGateway.ProposeAsync(GovernedWorld.Assistant, new ChangeRequest(action, "Because it is so."), Token)).Failure.ShouldNotBeNull();
}
