using System.Globalization;
using Liaison.Audit;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Pipelines;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Work;
using Liaison.Writeback;

namespace Liaison.Tests.Pipelines;

public sealed class QualificationRunTests : IAsyncDisposable
{
    private readonly EngineWorld world = new();
    private readonly List<string> contacts = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Every_contact_is_written_once_and_every_company_read_once()
    {
        Seed();

        var run = await ContinueAsync(await StartAsync());

        run.State.ShouldBe(RunState.Finished);
        var counts = await world.Work.CountAsync(run.Id, Token);
        counts.In.ShouldBe(300);
        counts.Done.ShouldBe(300);
        world.Crm.Writes.CountBy(write => write.Id).ShouldAllBe(count => count.Value == 1);
        world.Crm.Writes.Select(write => write.Id).Order().ShouldBe(contacts.Order());
        var companies = world.Connector.Reads.Where(read => read.Type == RecordType.Company).SelectMany(read => read.Ids).ToList();
        companies.Count.ShouldBe(30);
        companies.Distinct().Count().ShouldBe(30);
    }

    [Fact]
    public async Task High_scorers_wait_for_a_person_and_who_was_moved_on_is_left_alone()
    {
        Seed();
        world.Qualify.Where = "email has any value";
        world.Crm.Change(RecordType.Contact, contacts[0], "lead_status", "QUALIFIED");
        world.Qualify.Raise = new RaiseOptions { To = "OPEN" };

        var run = await ContinueAsync(await StartAsync());

        var waiting = await world.Changes.ListAsync(new ChangeQuery(ChangeState.Waiting, Limit: 1_000), Token);
        waiting.Select(row => row.Record.Id).Order().ShouldBe(contacts.Where((_, number) => number % 3 == 0).Skip(1).Order());
        world.Crm.ValueOf(RecordType.Contact, contacts[0], "lead_status").ShouldBe("QUALIFIED");
        world.Crm.ValueOf(RecordType.Contact, contacts[3], "lead_status").ShouldBe("NEW");
        (await world.Get<ReportRun>().ExecuteAsync(run, Token)).Waiting.ShouldBe(waiting.Count);
    }

    [Fact]
    public async Task A_second_run_over_unchanged_scores_skips_every_contact_and_writes_nothing()
    {
        Seed();
        await ContinueAsync(await StartAsync());
        world.Time.Advance(TimeSpan.FromHours(1));

        var second = await ContinueAsync(await StartAsync());

        (await world.Work.CountAsync(second.Id, Token)).Skipped.ShouldBe(300);
        world.Crm.Writes.Count.ShouldBe(300);
    }

    [Fact]
    public async Task An_unchanged_score_with_a_new_proposal_is_done_and_not_skipped()
    {
        Seed(3);
        world.Qualify.Raise = new RaiseOptions { To = "OPEN" };
        await ContinueAsync(await StartAsync());

        var second = await ContinueAsync(await StartAsync());

        var counts = await world.Work.CountAsync(second.Id, Token);
        counts.Done.ShouldBe(1);
        counts.Skipped.ShouldBe(2);
    }

    [Fact]
    public async Task A_contact_that_is_deleted_between_selection_and_resume_is_gone()
    {
        Seed(20);
        var run = await ParkAsync(FailureKind.QuotaExhausted);
        world.Crm.Remove(RecordType.Contact, contacts[4]);

        run = await ContinueAsync(run);

        run.State.ShouldBe(RunState.Finished);
        var counts = await world.Work.CountAsync(run.Id, Token);
        counts.Gone.ShouldBe(1);
        counts.Done.ShouldBe(19);
    }

    [Theory]
    [InlineData(FailureKind.QuotaExhausted)]
    [InlineData(FailureKind.Forbidden)]
    [InlineData(FailureKind.Unauthenticated)]
    public async Task What_concerns_the_whole_run_parks_it_with_its_items_and_it_goes_on_later(FailureKind kind)
    {
        Seed(20);

        var run = await ParkAsync(kind);

        run.State.ShouldBe(RunState.Parked);
        run.Reason.ShouldBe("It stops here.");
        (await world.Work.CountAsync(run.Id, Token)).Parked.ShouldBe(20);
        world.Crm.Writes.ShouldBeEmpty();

        run = await ContinueAsync(run);

        run.State.ShouldBe(RunState.Finished);
        (await world.Work.CountAsync(run.Id, Token)).Done.ShouldBe(20);
        world.Crm.Writes.Count.ShouldBe(20);
    }

    [Fact]
    public async Task A_resume_that_cannot_read_its_items_parks_them_again()
    {
        Seed(20);
        var run = await ParkAsync(FailureKind.QuotaExhausted);
        world.Crm.FailNext(CrmOperation.Read, new Failure(FailureKind.QuotaExhausted, "Still spent."));

        run = await ContinueAsync(run);

        run.Reason.ShouldBe("Still spent.");
        (await world.Work.CountAsync(run.Id, Token)).Parked.ShouldBe(20);
    }

    [Fact]
    public async Task One_invalid_item_is_dead_and_the_run_finishes()
    {
        Seed(20);
        world.Connector.OnWrite = (writes, send) => writes.Any(write => write.Id == contacts[7])
            ? Task.FromResult<Result<IReadOnlyList<WriteOutcome>>>(new Failure(FailureKind.Invalid, "A value is wrong."))
            : send();

        var run = await ContinueAsync(await StartAsync());

        run.State.ShouldBe(RunState.Finished);
        var counts = await world.Work.CountAsync(run.Id, Token);
        counts.Dead.ShouldBe(1);
        counts.Done.ShouldBe(19);
        var dead = await world.Work.ListItemsAsync(run.Id, ItemState.Dead, Token).SingleAsync(Token);
        dead.Record.Id.ShouldBe(contacts[7]);
        dead.Failure.ShouldBe("A value is wrong.");
    }

    [Fact]
    public async Task A_pause_from_outside_stops_the_selection_and_a_continue_finishes()
    {
        Seed();
        var run = await StartAsync();
        var queries = 0;
        world.Connector.OnQuery = async () =>
        {
            if (Interlocked.Increment(ref queries) == 2)
            {
                await world.Work.SetStateAsync(run.Id, RunState.Paused, "lunch", Token);
            }
        };

        var paused = await ContinueAsync(run);

        paused.State.ShouldBe(RunState.Paused);
        (await world.Work.CountAsync(run.Id, Token)).In.ShouldBeLessThan(300);

        (await ContinueAsync(paused)).State.ShouldBe(RunState.Finished);
        world.Crm.Writes.CountBy(write => write.Id).ShouldAllBe(count => count.Value == 1);
        world.Crm.Writes.Count.ShouldBe(300);
    }

    [Fact]
    public async Task A_run_that_has_ended_does_not_go_on_by_an_old_copy_of_it()
    {
        Seed(20);
        var planned = await StartAsync();
        await ContinueAsync(planned);

        var refused = await world.Qualification.ContinueAsync(planned, cancellationToken: Token);

        refused.Refused().Kind.ShouldBe(FailureKind.Conflict);
        (await world.Work.FindRunAsync(planned.Id, Token))!.State.ShouldBe(RunState.Finished);
    }

    [Fact]
    public async Task A_defect_in_every_worker_ends_the_run_rather_than_hang_it()
    {
        Seed();
        for (var number = 300; number < 1_000; number++)
        {
            world.AddContact(("lead_status", "NEW"));
        }

        world.Qualify.ChunkSize = 100;
        var run = await StartAsync();

        await Should.ThrowAsync<InvalidOperationException>(() => world.Qualification
            .ContinueAsync(run, _ => throw new InvalidOperationException("A defect."), Token)
            .WaitAsync(TimeSpan.FromSeconds(20), Token));

        world.Time.Pending.ShouldBeEmpty();
        (await ContinueAsync((await world.Work.FindRunAsync(run.Id, Token))!)).State.ShouldBe(RunState.Finished);
        world.Crm.Writes.CountBy(write => write.Id).ShouldAllBe(count => count.Value == 1);
    }

    [Fact]
    public async Task A_plan_tells_the_calls_that_the_run_then_makes()
    {
        Seed();

        var run = await StartAsync();
        var plan = RunParameters.FromJson(run.Parameters).Plan!;
        await ContinueAsync(run);

        plan.Records.ShouldBe(300);
        plan.UnbatchedCalls.ShouldBe(1_200);
        plan.DailyAllowance.ShouldBeNull();
        plan.Calls[CrmOperation.Query].ShouldBe(world.Crm.CallsOf(CrmOperation.Query));
        plan.Calls[CrmOperation.ReadAssociations].ShouldBe(world.Crm.CallsOf(CrmOperation.ReadAssociations));
        plan.Calls[CrmOperation.Write].ShouldBe(world.Crm.CallsOf(CrmOperation.Write));
        plan.Calls[CrmOperation.Read].ShouldBeGreaterThanOrEqualTo(world.Crm.CallsOf(CrmOperation.Read));
    }

    [Fact]
    public async Task The_last_two_chunks_worth_is_worked_on_page_by_page_as_the_plan_says()
    {
        Seed(850);
        world.Qualify.ChunkSize = 200;

        var run = await StartAsync();
        await ContinueAsync(run);

        var submits = (await world.AuditedAsync()).Where(entry => entry is { Action: "changes.submit", Phase: AuditPhase.Opened, Records.Count: > 0 });
        submits.Select(entry => entry.Records.Count).ShouldBe([200, 200, 100, 100, 100, 100, 50], ignoreOrder: true);
        var plan = RunParameters.FromJson(run.Parameters).Plan!;
        plan.Calls[CrmOperation.ReadAssociations].ShouldBe(world.Crm.CallsOf(CrmOperation.ReadAssociations));
        plan.Calls[CrmOperation.Write].ShouldBe(world.Crm.CallsOf(CrmOperation.Write));
    }

    [Fact]
    public async Task A_report_counts_scores_in_bands_of_ten_and_a_hundred_in_the_last()
    {
        Seed();

        var run = await ContinueAsync(await StartAsync());
        var report = await world.Get<ReportRun>().ExecuteAsync(run, Token);

        report.Scores.Count.ShouldBe(10);
        report.Scores.Sum().ShouldBe(300);
        report.Scores[9].ShouldBe(world.Crm.Writes.Count(write => int.Parse(write.Values["mem_ai_score"], CultureInfo.InvariantCulture) >= 90));
        world.Crm.Writes.ShouldContain(write => write.Values["mem_ai_score"] == "100");
        report.Changes[ChangeState.Verified].ShouldBe(300);
        report.Playbooks["none"].ShouldBe(300);
    }

    private void Seed(int count = 300)
    {
        var companies = Enumerable.Range(0, 30)
            .Select(number => world.Crm.Add(RecordType.Company, ("name", $"Company {number}"), ("employees", "500")))
            .ToList();
        for (var number = 0; number < count; number++)
        {
            contacts.Add(world.AddContact(("lead_status", "NEW"), ("job_title", number % 3 == 0 ? "VP Sales" : "Clerk")));
            world.Crm.Link(RecordType.Contact, contacts[^1], RecordType.Company, companies[number % 30], primary: true);
        }
    }

    private async Task<Run> StartAsync() => (await world.Qualification.StartAsync(EngineWorld.Demo, null, Token)).Found();

    private async Task<Run> ContinueAsync(Run run) => (await world.Qualification.ContinueAsync(run, cancellationToken: Token)).Found();

    private async Task<Run> ParkAsync(FailureKind kind)
    {
        var run = await StartAsync();
        world.Crm.FailNext(CrmOperation.Write, new Failure(kind, "It stops here."));
        return await ContinueAsync(run);
    }
}
