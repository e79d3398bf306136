using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Tests.Gateway;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>Many updates travel as one job of the CRM, and whatever happens on the way each is written once and told once (R106).</summary>
public sealed class JobWritesTests : IAsyncDisposable
{
    private readonly JobWorld jobs = new();

    private EngineWorld World => jobs.Engine;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => jobs.DisposeAsync();

    [Fact]
    public async Task Many_changes_are_one_job_and_each_has_its_own_receipt()
    {
        var changes = await jobs.ScoresAsync(7);

        var outcomes = await jobs.SubmitAsync(changes);

        outcomes.ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified && outcome.Receipt.Sent);
        (World.Crm.WriteJobs, World.Connector.Batches.Count).ShouldBe((1, 0));
        await jobs.EachIsWrittenOnceAsync(7);
    }

    [Fact]
    public async Task Fewer_changes_than_pay_for_a_job_go_by_calls()
    {
        await jobs.SubmitAsync(await jobs.ScoresAsync(JobWorld.From - 1));

        (World.Crm.WriteJobs, World.Connector.Batches.Count).ShouldBe((0, 1));
    }

    [Fact]
    public async Task More_changes_than_one_job_carries_are_several()
    {
        var outcomes = await jobs.SubmitAsync(await jobs.ScoresAsync(20));

        outcomes.ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified);
        World.Crm.WriteJobs.ShouldBe(3);
        await jobs.EachIsWrittenOnceAsync(20);
    }

    [Fact]
    public async Task A_job_that_writes_is_known_to_the_store_before_it_is_started()
    {
        var changes = await jobs.ScoresAsync(6);
        IReadOnlyList<ChangeSetRow> rows = [];
        World.Connector.OnJob = async step =>
            rows = step == WatchedJobs.Start ? await World.Changes.ListAsync(new ChangeQuery(ChangeState.Applying), Token) : rows;

        await jobs.SubmitAsync(changes);

        rows.Count.ShouldBe(6);
        rows.ShouldAllBe(row => row.Job == "job-1");
    }

    [Fact]
    public async Task A_row_that_fails_fails_alone()
    {
        var changes = await jobs.ScoresAsync(6);
        World.Crm.FailRow(JobWorld.IdOf(changes[2]), new Failure(FailureKind.Invalid, "A rule refuses it."));

        var outcomes = await jobs.SubmitAsync(changes);

        outcomes[2].Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);
        outcomes.Where((_, index) => index != 2).ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified);
        World.Connector.Batches.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_that_met_a_lock_is_written_by_a_call_of_its_own()
    {
        var changes = await jobs.ScoresAsync(6);
        World.Crm.FailRow(JobWorld.IdOf(changes[4]), new Failure(FailureKind.Unavailable, "Somebody else changes the record."));

        var outcomes = await jobs.SubmitAsync(changes);

        outcomes.ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified);
        World.Connector.Batches.ShouldHaveSingleItem().ShouldHaveSingleItem().Id.ShouldBe(JobWorld.IdOf(changes[4]));
        await jobs.EachIsWrittenOnceAsync(6);
    }

    [Fact]
    public async Task Rows_that_a_job_did_not_come_to_are_written_by_calls()
    {
        var changes = await jobs.ScoresAsync(7);
        World.Crm.RowsBeforeJobsStop = 3;

        var outcomes = await jobs.SubmitAsync(changes);

        outcomes.ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified);
        World.Crm.WriteJobs.ShouldBe(1);
        World.Connector.Batches.ShouldHaveSingleItem().Count.ShouldBe(4);
        await jobs.EachIsWrittenOnceAsync(7);
    }

    [Fact]
    public async Task A_job_that_fails_as_a_whole_is_told_by_the_reason_that_a_call_gives()
    {
        var changes = await jobs.ScoresAsync(6, playbook: "call");
        await World.Gateway.DescribeAsync(EngineWorld.Pipeline, EngineWorld.Demo, RecordType.Contact, Token);
        World.RemoveField("ai_playbook");

        var outcomes = await jobs.SubmitAsync(changes);

        outcomes.ShouldAllBe(outcome => outcome.Failure!.Kind == FailureKind.Drifted);
        World.Crm.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_job_cannot_carry_goes_by_a_call_beside_it()
    {
        var changes = await jobs.ScoresAsync(6);
        var odd = await World.ReadAsync(World.AddContact());
        changes.Add(World.Change(odd, "odd", new FieldChange("ai_rationale", new FieldValue.Text("#N/A"))));

        var outcomes = await jobs.SubmitAsync(changes);

        outcomes.ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified);
        World.Connector.Batches.ShouldHaveSingleItem().ShouldHaveSingleItem().Id.ShouldBe(odd.Ref.Id);
        World.Crm.ValueOf(RecordType.Contact, odd.Ref.Id, "ai_rationale").ShouldBe("#N/A");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_lost_answer_makes_no_second_job_that_writes(int call)
    {
        // The first hands the rows over, the second starts; after either nobody has heard whether it was taken.
        var changes = await jobs.ScoresAsync(6);
        World.Crm.FailOn(new Liaison.Testing.Connectors.InMemoryFault(CrmOperation.WriteJob, call, EngineWorld.Lost, AfterCommit: true));

        var outcomes = await jobs.SubmitAsync(changes);

        outcomes.ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified);
        await jobs.EachIsWrittenOnceAsync(6);
    }

    [Fact]
    public async Task A_start_that_never_arrived_is_made_again()
    {
        var changes = await jobs.ScoresAsync(6);
        World.Crm.FailOn(new Liaison.Testing.Connectors.InMemoryFault(CrmOperation.WriteJob, 2, EngineWorld.Lost));

        var outcomes = await jobs.SubmitAsync(changes);

        outcomes.ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified);
        World.Crm.WriteJobs.ShouldBe(1);
        await jobs.EachIsWrittenOnceAsync(6);
    }

    [Fact]
    public async Task A_look_that_fails_leaves_the_intents_open_and_the_next_attempt_goes_on_with_the_job()
    {
        var changes = await jobs.ScoresAsync(6);
        World.Crm.FailOn(new Liaison.Testing.Connectors.InMemoryFault(CrmOperation.ReadJob, 1, new Failure(FailureKind.Unavailable, "Down.")));

        var first = await jobs.SubmitAsync(changes);
        var second = await jobs.SubmitAsync(changes);

        first.ShouldAllBe(outcome => outcome.Failure!.Kind == FailureKind.Ambiguous);
        second.ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified);
        World.Crm.WriteJobs.ShouldBe(1);
        await jobs.EachIsWrittenOnceAsync(6);
    }

    [Fact]
    public async Task A_stopped_agent_starts_no_job()
    {
        var changes = await jobs.ScoresAsync(6);
        await World.Safeguards.StopAsync(new Liaison.Policy.StoppedAgent("qualify", "ada", "Enough.", World.Time.GetUtcNow()), Token);
        World.Time.Advance(TimeSpan.FromSeconds(1));

        var submitted = await World.Gateway.SubmitAsync(EngineWorld.Pipeline, EngineWorld.Demo, RecordType.Contact, changes, Token);

        submitted.TryGet(out var outcomes, out var failure);
        (failure?.Kind ?? outcomes!.Select(outcome => outcome.Failure!.Kind).Distinct().Single()).ShouldBe(FailureKind.Denied);
        World.Crm.WriteJobs.ShouldBe(0);
    }

    [Fact]
    public async Task What_a_job_wrote_and_something_changed_at_once_is_applied_and_not_verified()
    {
        var changes = await jobs.ScoresAsync(6);
        World.Connector.OnJob = step =>
        {
            if (step == WatchedJobs.Query)
            {
                World.Crm.Change(RecordType.Contact, JobWorld.IdOf(changes[3]), "ai_score", "1");
            }

            return Task.CompletedTask;
        };

        var outcomes = await jobs.SubmitAsync(changes);

        outcomes[3].Receipt.ShouldNotBeNull().State.ShouldBe(ChangeState.Applied);
        outcomes.Where((_, index) => index != 3).ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified);
    }
}
