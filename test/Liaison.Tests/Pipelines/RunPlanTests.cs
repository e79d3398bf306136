using Liaison.Connectors;
using Liaison.Pipelines;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Tests.Writeback;
using Liaison.Work;

namespace Liaison.Tests.Pipelines;

/// <summary>What a run by jobs costs is told before it starts, and is what it then takes (R99, R106).</summary>
public sealed class RunPlanTests : IAsyncDisposable
{
    private readonly JobWorld jobs = new();

    private EngineWorld World => jobs.Engine;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => jobs.DisposeAsync();

    [Theory]
    [InlineData(JobWorld.From)]
    [InlineData(JobWorld.Rows)]
    [InlineData(JobWorld.Rows * 3)]
    public async Task A_plan_by_jobs_tells_the_calls_that_the_run_then_makes(int contacts)
    {
        AddContacts(contacts);

        var (run, plan) = await PlanAsync();
        var ended = await CarryAsync(run);

        ended.State.ShouldBe(RunState.Finished);
        plan.Records.ShouldBe(contacts);
        plan.Calls[CrmOperation.Query].ShouldBe(World.Crm.CallsOf(CrmOperation.Query));
        plan.Calls[CrmOperation.WriteJob].ShouldBe(World.Crm.CallsOf(CrmOperation.WriteJob));
        plan.Calls[CrmOperation.ReadJob].ShouldBe(World.Crm.CallsOf(CrmOperation.ReadJob));
        plan.Calls[CrmOperation.Write].ShouldBe(World.Crm.CallsOf(CrmOperation.Write));
        (plan.Calls[CrmOperation.ReadAssociations], World.Crm.CallsOf(CrmOperation.ReadAssociations)).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData(null, JobWorld.From - 1, false)]
    [InlineData(null, JobWorld.From, true)]
    [InlineData(JobWorld.From + 2, JobWorld.From + 1, false)]
    [InlineData(JobWorld.From + 2, JobWorld.From + 2, true)]
    [InlineData(JobWorld.Rows * 2, JobWorld.Rows * 2, true)]
    [InlineData(0, JobWorld.Rows * 3, false)]
    public async Task Whether_a_run_goes_by_jobs_is_planned_by_the_connections_word_and_done_so(int? from, int contacts, bool byJobs)
    {
        World.JobsFrom = from;
        AddContacts(contacts);

        var (run, plan) = await PlanAsync();
        await CarryAsync(run);

        plan.Calls.ContainsKey(CrmOperation.WriteJob).ShouldBe(byJobs);
        (plan.Calls[CrmOperation.Write] > 0).ShouldBe(!byJobs);
        (World.Crm.WriteJobs > 0).ShouldBe(byJobs);
        (World.Crm.CallsOf(CrmOperation.Write) > 0).ShouldBe(!byJobs);
        World.Crm.Writes.CountBy(write => write.Id).ShouldAllBe(written => written.Value == 1);
        World.Crm.Writes.Count.ShouldBe(contacts);
    }

    private void AddContacts(int count)
    {
        // Chunks are told apart by the moments of their stamps: each step of a job takes a second.
        World.Connector.OnJob = _ =>
        {
            World.Time.Advance(TimeSpan.FromSeconds(1));
            return Task.CompletedTask;
        };
        for (var number = 0; number < count; number++)
        {
            World.AddContact(("lead_status", "NEW"), ("job_title", "VP Sales"));
        }
    }

    private async Task<(Run Run, RunPlan Plan)> PlanAsync()
    {
        var run = (await World.Qualification.StartAsync(EngineWorld.Demo, where: null, Token)).Found();
        return (run, RunParameters.FromJson(run.Parameters).Plan!);
    }

    private async Task<Run> CarryAsync(Run run) => (await World.Qualification.ContinueAsync(run, progressed: null, Token)).Found();
}
