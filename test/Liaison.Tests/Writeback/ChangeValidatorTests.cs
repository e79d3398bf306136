using Liaison.Failures;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Tests.Gateway;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

public sealed class ChangeValidatorTests : IAsyncDisposable
{
    private readonly EngineWorld world = new();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("shoe_size", FailureKind.NotFound)]
    [InlineData("phone", FailureKind.Denied)]
    [InlineData("ai_source", FailureKind.Invalid)]
    [InlineData("ai_updated", FailureKind.Invalid)]
    [InlineData("mem_ai_source", FailureKind.Invalid)]
    [InlineData("mem_ai_updated", FailureKind.Invalid)]
    public async Task A_field_that_is_not_to_be_written_is_refused(string field, FailureKind kind)
    {
        Open(("ai_source", WriteLevel.Auto), ("ai_updated", WriteLevel.Auto));

        var outcome = await SubmitAsync(new FieldChange(field, new FieldValue.Text("x")));

        outcome.Failure.ShouldNotBeNull().Kind.ShouldBe(kind);
        outcome.Failure.Field.ShouldBe(field);
        world.Crm.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_field_that_may_be_neither_read_nor_written_is_told_like_an_unknown_one()
    {
        world.Grants[0].Read = new Dictionary<string, IReadOnlyList<string>> { ["contact"] = ["ai_score", "ai_rationale", "ai_playbook", "lead_status"] };

        var forbidden = await SubmitAsync(new FieldChange("phone", new FieldValue.Text("x")));
        var unknown = await SubmitAsync(new FieldChange("shoe_size", new FieldValue.Text("x")));

        forbidden.Failure!.Message.Replace("phone", "shoe_size", StringComparison.Ordinal).ShouldBe(unknown.Failure!.Message);
        forbidden.Failure.Kind.ShouldBe(unknown.Failure.Kind);
    }

    [Fact]
    public async Task A_field_that_is_read_only_in_the_CRM_is_refused()
    {
        world.Alter("ai_playbook", field => field with { Writable = false });

        var outcome = await SubmitAsync(new FieldChange("ai_playbook", new FieldValue.Text("x")));

        outcome.Failure!.Kind.ShouldBe(FailureKind.Invalid);
        outcome.Failure.Message.ShouldContain("read-only");
    }

    [Theory]
    [InlineData("ai_score", -1)]
    [InlineData("ai_score", 101)]
    [InlineData("ai_score", 50.5)]
    [InlineData("mem_ai_score", 101)]
    public async Task A_score_out_of_range_is_refused_by_either_name(string name, double score)
    {
        var outcome = await SubmitAsync(
            new FieldChange(name, new FieldValue.Number((decimal)score)), new FieldChange("ai_rationale", new FieldValue.Text("Because.")));

        outcome.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);
        world.Crm.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ai_score")]
    [InlineData("mem_ai_score")]
    public async Task A_score_without_a_rationale_is_refused(string name)
    {
        var outcome = await SubmitAsync(new FieldChange(name, new FieldValue.Number(50)));

        outcome.Failure.ShouldNotBeNull().Field.ShouldBe("ai_rationale");
    }

    [Theory]
    [InlineData(4_000, false)]
    [InlineData(4_001, true)]
    public async Task A_rationale_has_a_longest_length(int length, bool refused)
    {
        var outcome = await SubmitAsync(new FieldChange("ai_rationale", new FieldValue.Text(new string('x', length))));

        (outcome.Failure is not null).ShouldBe(refused);
    }

    [Theory]
    [InlineData("ai_rationale", "ai_rationale")]
    [InlineData("ai_rationale", "mem_ai_rationale")]
    public async Task A_field_that_is_given_twice_is_refused(string one, string other)
    {
        var outcome = await SubmitAsync(new FieldChange(one, new FieldValue.Text("a")), new FieldChange(other, new FieldValue.Text("b")));

        outcome.Failure.ShouldNotBeNull().Message.ShouldContain("twice");
    }

    [Fact]
    public async Task A_choice_is_taken_by_its_label()
    {
        world.Alter("lead_status", field => field with { Options = [new("NEW", "New"), new("OPEN", "In work")] });

        var outcome = await SubmitAsync(new FieldChange("lead_status", new FieldValue.Text("in work")));
        var refused = await SubmitAsync(new FieldChange("lead_status", new FieldValue.Text("elsewhere")));

        var row = await world.Changes.FindAsync(outcome.Receipt!.ChangeId, TestContext.Current.CancellationToken);
        ChangeContent.FromJson(row!.Content).Fields[0].After.Raw.ShouldBe("OPEN");
        refused.Failure!.Kind.ShouldBe(FailureKind.Invalid);
    }

    [Fact]
    public async Task Source_and_time_are_written_beside_every_change()
    {
        var id = world.AddContact();

        await world.SubmitAsync(await world.ScoreAsync(id, 80));

        world.Crm.Writes.ShouldHaveSingleItem().Values.ShouldBe(
            new Dictionary<string, string>
            {
                ["mem_ai_score"] = "80",
                ["mem_ai_rationale"] = "Because of 80.",
                ["mem_ai_source"] = "qualify/run-1",
                ["mem_ai_updated"] = world.Crm.ValueOf(RecordType.Contact, id, "ai_updated")!,
            },
            ignoreOrder: true);
        world.Crm.ValueOf(RecordType.Contact, id, "ai_updated").ShouldNotBeNull().ShouldStartWith("2026-03-02T09:00:00");
    }

    [Fact]
    public async Task What_the_record_holds_already_is_not_sent()
    {
        var id = world.AddContact(("ai_score", "80"), ("ai_rationale", "Because of 80."));

        var outcome = (await world.SubmitAsync(await world.ScoreAsync(id, 80))).ShouldHaveSingleItem();

        outcome.Unchanged.ShouldBeTrue();
        outcome.Receipt.ShouldBeNull();
        world.Connector.Batches.ShouldBeEmpty();
        (await world.Changes.ListAsync(new ChangeQuery(), TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_field_that_was_not_read_is_cleared_all_the_same()
    {
        var id = world.AddContact(("ai_playbook", "call"));
        var unread = await world.ReadAsync(id, "ai_score");

        var outcome = (await world.SubmitAsync(world.Change(unread, "clear", new FieldChange("ai_playbook", FieldValue.Empty)))).ShouldHaveSingleItem();

        outcome.Unchanged.ShouldBeFalse();
        world.Crm.ValueOf(RecordType.Contact, id, "ai_playbook").ShouldBeNull();
    }

    [Fact]
    public async Task A_change_that_another_record_was_read_for_is_refused()
    {
        var change = await world.ScoreAsync(world.AddContact(), 80);
        var other = await world.ReadAsync(world.AddContact());

        var outcome = (await world.SubmitAsync(change with { AsRead = other })).ShouldHaveSingleItem();

        outcome.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);
        world.Crm.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Fields_of_AI_at_auto_are_applied_and_others_wait_even_at_auto()
    {
        Open(("lead_status", WriteLevel.Auto));
        var id = world.AddContact(("lead_status", "NEW"));
        var raise = world.Change(await world.ReadAsync(id), "raise", new FieldChange("lead_status", new FieldValue.Text("OPEN")));

        var outcomes = await world.SubmitAsync(await world.ScoreAsync(id, 80), raise);

        outcomes.Select(outcome => outcome.Receipt!.State).ShouldBe([ChangeState.Verified, ChangeState.Waiting]);
        world.Crm.ValueOf(RecordType.Contact, id, "lead_status").ShouldBe("NEW");
    }

    [Fact]
    public async Task A_dry_run_is_validated_and_not_sent()
    {
        Open(("ai_rationale", WriteLevel.DryRun));
        var id = world.AddContact();

        var outcome = (await world.SubmitAsync(await world.ScoreAsync(id, 80))).ShouldHaveSingleItem();

        outcome.Receipt.ShouldNotBeNull().State.ShouldBe(ChangeState.Validated);
        world.Connector.Batches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_a_field_of_AI_is_missing_the_refusal_names_the_command_that_makes_it()
    {
        world.RemoveField("ai_source");

        var outcome = await SubmitAsync(new FieldChange("ai_rationale", new FieldValue.Text("x")));

        outcome.Failure!.Kind.ShouldBe(FailureKind.Drifted);
        outcome.Failure.Message.ShouldContain("liaison fields plan demo");
    }

    private void Open(params (string Field, WriteLevel Level)[] levels)
    {
        var write = new Dictionary<string, WriteLevel>(world.Grants[0].Write["contact"]);
        foreach (var (field, level) in levels)
        {
            write[field] = level;
        }

        world.Grants[0].Write = new Dictionary<string, IReadOnlyDictionary<string, WriteLevel>> { ["contact"] = write };
    }

    private async Task<ChangeOutcome> SubmitAsync(params FieldChange[] fields)
    {
        var record = await world.ReadAsync(world.AddContact(("lead_status", "NEW")));
        return (await world.SubmitAsync(world.Change(record, $"key/{record.Ref.Id}", fields))).ShouldHaveSingleItem();
    }
}
