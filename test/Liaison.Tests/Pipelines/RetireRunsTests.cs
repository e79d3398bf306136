using Liaison.Audit;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Pipelines;
using Liaison.Policy;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Work;
using Liaison.Writeback;

namespace Liaison.Tests.Pipelines;

/// <summary>What stays of a run when its items have been kept long enough.</summary>
public sealed class RetireRunsTests : IAsyncDisposable
{
    private static readonly Caller Olga = new(new Subject(SubjectKind.User, "olga@acme.test"), new Actor("cli"), Purpose.Administration);
    private static readonly TimeSpan Keep = TimeSpan.FromDays(30);

    private readonly EngineWorld world = new();
    private readonly List<string> contacts = [];
    private bool refusing;

    public RetireRunsTests()
    {
        world.Members.Add(new MemberOptions { Subject = "olga@acme.test", Roles = ["operator"] });
        for (var number = 0; number < 20; number++)
        {
            contacts.Add(world.AddContact(("lead_status", "NEW"), ("job_title", "VP Sales")));
        }

        world.Connector.OnWrite = (writes, send) => refusing && writes.Any(write => write.Id == contacts[7])
            ? Task.FromResult<Result<IReadOnlyList<WriteOutcome>>>(new Failure(FailureKind.Invalid, "A value is wrong."))
            : send();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RetireRuns Retire => world.Get<RetireRuns>();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Items_go_after_their_time_and_counts_and_report_are_as_before()
    {
        var run = await RunAsync();
        var before = await ReportAsync(run);
        (await Retire.SweepAsync(Keep, Token)).ShouldBe(new DroppedItems(0, 0));
        world.Time.Advance(Keep);

        (await Retire.SweepAsync(Keep, Token)).ShouldBe(new DroppedItems(1, 20));

        (await world.Work.ListItemsAsync(run.Id, null, Token).CountAsync(Token)).ShouldBe(0);
        var after = await ReportAsync(run);
        before.Counts.Done.ShouldBe(20);
        after.Counts.ShouldBe(before.Counts);
        after.Scores.ShouldBe(before.Scores);
        after.Playbooks.ShouldBe(before.Playbooks);
        after.Changes.ShouldBe(before.Changes);
        before.Scores.Sum().ShouldBe(20);
    }

    [Fact]
    public async Task The_report_keeps_its_calls_though_their_log_lets_them_go_earlier()
    {
        var run = await RunAsync();
        await world.Calls.AppendAsync(
            new CallEntry(
                EngineWorld.Demo, run.Id, CrmOperation.Write, "contacts.batch-update", "POST", "/contacts", 200, null, null, RecordCount: 20, Attempt: 1,
                TimeSpan.Zero, TimeSpan.Zero, world.Time.GetUtcNow()),
            Token);
        var calls = (await ReportAsync(run)).Calls;
        await Retire.SweepAsync(Keep, Token);
        world.Time.Advance(Keep / 2);
        await world.Calls.PurgeAsync(world.Time.GetUtcNow(), rowsKept: 0, Token);
        world.Time.Advance(Keep / 2);

        await Retire.SweepAsync(Keep, Token);

        calls.Calls.ShouldBe(1);
        (await ReportAsync(run)).Calls.ByOperation.ShouldBe(calls.ByOperation);
    }

    [Fact]
    public async Task A_run_that_was_dropped_can_still_be_undone()
    {
        var run = await RunAsync();
        world.Time.Advance(Keep);
        await Retire.SweepAsync(Keep, Token);

        (await world.Changes.CountAsync(run.Id, Token)).GetValueOrDefault(ChangeState.Verified).ShouldBe(20);
    }

    [Fact]
    public async Task What_was_dropped_is_told_in_the_audit_by_its_counts()
    {
        await RunAsync();
        world.Time.Advance(Keep);

        await Retire.SweepAsync(Keep, Token);

        (await world.AuditedAsync()).Single(entry => entry is { Action: "runs.drop-items", Phase: AuditPhase.Closed })
            .Outcome.ShouldNotBeNull().ShouldContain("20 items of 1 runs dropped");
    }

    [Fact]
    public async Task A_letter_that_a_dropped_run_has_overtaken_is_closed_before_that_can_no_longer_be_seen()
    {
        refusing = true;
        var older = await RunAsync();
        refusing = false;
        world.Time.Advance(TimeSpan.FromMinutes(5));
        var newer = await RunAsync();
        world.Time.Advance(Keep);

        await Retire.SweepAsync(Keep, Token);

        var letter = (await world.Get<DeadLetterGateway>().ShowAsync(Olga, $"{older.Id}/8", Token)).Found();
        letter.State.ShouldBe(DeadLetterState.Superseded);
        letter.Note.ShouldNotBeNull().ShouldContain(newer.Id);
        (await world.Work.CountAsync(older.Id, Token)).ShouldSatisfyAllConditions(counts => counts.Skipped.ShouldBe(1), counts => counts.In.ShouldBe(20));
    }

    [Fact]
    public async Task A_letter_that_waits_is_replayed_though_the_rest_of_its_run_was_dropped()
    {
        refusing = true;
        var run = await RunAsync();
        refusing = false;
        world.Time.Advance(Keep);
        (await Retire.SweepAsync(Keep, Token)).ShouldBe(new DroppedItems(1, 19));

        var replayed = (await world.Get<ReplayDeadLetters>().ReplayAsync(Olga, $"{run.Id}/8", Token)).Found().ShouldHaveSingleItem();

        replayed.State.ShouldBe(DeadLetterState.Replayed);
        world.WritesOf(contacts[7]).ShouldBe(1);
        (await world.Work.CountAsync(run.Id, Token)).Done.ShouldBe(20);
    }

    [Fact]
    public async Task Another_node_that_is_at_it_already_is_left_to_it()
    {
        await RunAsync();
        world.Time.Advance(Keep);
        await using var other = await world.Work.TryHoldAsync("retention of runs", Token);

        (await Retire.SweepAsync(Keep, Token)).ShouldBe(new DroppedItems(0, 0));
    }

    private async Task<Run> RunAsync()
    {
        var run = (await world.Qualification.StartAsync(EngineWorld.Demo, null, Token)).Found();
        return (await world.Qualification.ContinueAsync(run, cancellationToken: Token)).Found();
    }

    private async Task<RunReport> ReportAsync(Run run) =>
        await world.Get<ReportRun>().ExecuteAsync((await world.Work.FindRunAsync(run.Id, Token))!, Token);
}
