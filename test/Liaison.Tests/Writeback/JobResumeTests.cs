using Liaison.Model;
using Liaison.Tests.Gateway;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>Jobs that a killed process has left are gone on with, and no row is written by two.</summary>
public sealed class JobResumeTests : IAsyncDisposable
{
    private readonly JobWorld jobs = new();

    private EngineWorld World => jobs.Engine;

    public ValueTask DisposeAsync() => jobs.DisposeAsync();

    [Theory]
    [InlineData(WatchedJobs.Start)]
    [InlineData(WatchedJobs.Look)]
    [InlineData(WatchedJobs.Outcomes)]
    public async Task Whoever_comes_after_a_killed_process_goes_on_with_its_job(string step)
    {
        var changes = await jobs.ScoresAsync(6);
        await jobs.DieAsync(step, changes);

        var outcomes = await jobs.SubmitAsync(changes);

        outcomes.ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified);
        (World.Crm.WriteJobs, World.Connector.Batches.Count).ShouldBe((1, 0));
        await jobs.EachIsWrittenOnceAsync(6);
    }

    [Fact]
    public async Task A_process_that_dies_before_its_job_is_known_leaves_nothing_that_writes()
    {
        var changes = await jobs.ScoresAsync(6);
        await jobs.DieAsync(WatchedJobs.Prepare, changes);

        var outcomes = await jobs.SubmitAsync(changes);

        outcomes.ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified);
        await jobs.EachIsWrittenOnceAsync(6);
    }

    [Fact]
    public async Task A_job_that_the_crm_has_forgotten_is_settled_by_looking_at_its_records()
    {
        var changes = await jobs.ScoresAsync(6);
        await jobs.DieAsync(WatchedJobs.Outcomes, changes);
        World.Crm.ForgetJobs();

        var outcomes = await jobs.SubmitAsync(changes);

        outcomes.ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified);
        World.Connector.Batches.ShouldBeEmpty();
        await jobs.EachIsWrittenOnceAsync(6);
    }

    [Fact]
    public async Task A_job_that_waits_is_given_up_where_a_newer_result_stands_in_one_of_its_records()
    {
        var changes = await jobs.ScoresAsync(6);
        await jobs.DieAsync(WatchedJobs.Start, changes);
        World.Crm.Change(RecordType.Contact, JobWorld.IdOf(changes[0]), "ai_score", "33");
        World.Crm.Change(RecordType.Contact, JobWorld.IdOf(changes[0]), "ai_updated", "2026-03-02T10:00:00Z");

        var outcomes = await jobs.SubmitAsync(changes);

        outcomes[0].Receipt.ShouldNotBeNull().State.ShouldBe(ChangeState.Conflicted);
        outcomes.Skip(1).ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified);
        World.Crm.ValueOf(RecordType.Contact, JobWorld.IdOf(changes[0]), "ai_score").ShouldBe("33");
        World.WritesOf(JobWorld.IdOf(changes[0])).ShouldBe(0);
    }
}
