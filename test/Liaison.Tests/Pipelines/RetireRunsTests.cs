using Liaison.Audit;
using Liaison.Connectors;
using Liaison.Gateway;
using Liaison.Pipelines;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Work;
using Liaison.Writeback;

namespace Liaison.Tests.Pipelines;

/// <summary>What stays of a run when its items have been kept long enough.</summary>
public sealed class RetireRunsTests : IAsyncDisposable
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(30);

    private readonly LeadWorld leads = new(count: 20, refused: 7) { Refusal = null };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private EngineWorld World => leads.Engine;

    private RetireRuns Retire => World.Get<RetireRuns>();

    public ValueTask DisposeAsync() => leads.DisposeAsync();

    [Fact]
    public async Task Items_go_after_their_time_and_counts_and_report_are_as_before()
    {
        var run = await leads.RunAsync();
        var before = await ReportAsync(run);
        (await Retire.SweepAsync(Keep, Token)).ShouldBe(new DroppedItems(0, 0));
        World.Time.Advance(Keep);

        (await Retire.SweepAsync(Keep, Token)).ShouldBe(new DroppedItems(1, 20));

        (await World.Work.ListItemsAsync(run.Id, null, Token).CountAsync(Token)).ShouldBe(0);
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
        var run = await leads.RunAsync();
        await World.Calls.AppendAsync(
            new CallEntry(
                EngineWorld.Demo, run.Id, CrmOperation.Write, "contacts.batch-update", "POST", "/contacts", 200, null, null, RecordCount: 20, Attempt: 1,
                TimeSpan.Zero, TimeSpan.Zero, World.Time.GetUtcNow()),
            Token);
        var calls = (await ReportAsync(run)).Calls;
        await Retire.SweepAsync(Keep, Token);
        World.Time.Advance(Keep / 2);
        await World.Calls.PurgeAsync(World.Time.GetUtcNow(), rowsKept: 0, Token);
        World.Time.Advance(Keep / 2);

        await Retire.SweepAsync(Keep, Token);

        calls.Calls.ShouldBe(1);
        (await ReportAsync(run)).Calls.ByOperation.ShouldBe(calls.ByOperation);
    }

    [Fact]
    public async Task A_run_that_was_dropped_can_still_be_undone()
    {
        var run = await leads.RunAsync();
        World.Time.Advance(Keep);
        await Retire.SweepAsync(Keep, Token);

        (await World.Changes.CountAsync(run.Id, Token)).GetValueOrDefault(ChangeState.Verified).ShouldBe(20);
    }

    [Fact]
    public async Task What_was_dropped_is_told_in_the_audit_by_its_counts()
    {
        await leads.RunAsync();
        World.Time.Advance(Keep);

        await Retire.SweepAsync(Keep, Token);

        (await World.AuditedAsync()).Single(entry => entry is { Action: "runs.drop-items", Phase: AuditPhase.Closed })
            .Outcome.ShouldNotBeNull().ShouldContain("20 items of 1 runs dropped");
    }

    [Fact]
    public async Task A_letter_that_a_dropped_run_has_overtaken_is_closed_before_that_can_no_longer_be_seen()
    {
        leads.Refusal = LeadWorld.Wrong;
        var older = await leads.RunAsync();
        leads.Refusal = null;
        World.Time.Advance(TimeSpan.FromMinutes(5));
        var newer = await leads.RunAsync();
        World.Time.Advance(Keep);

        await Retire.SweepAsync(Keep, Token);

        var letter = (await World.Get<DeadLetterGateway>().ShowAsync(LeadWorld.Olga, $"{older.Id}/8", Token)).Found();
        letter.State.ShouldBe(DeadLetterState.Superseded);
        letter.Note.ShouldNotBeNull().ShouldContain(newer.Id);
        (await World.Work.CountAsync(older.Id, Token)).ShouldSatisfyAllConditions(counts => counts.Skipped.ShouldBe(1), counts => counts.In.ShouldBe(20));
    }

    [Fact]
    public async Task A_letter_that_waits_is_replayed_though_the_rest_of_its_run_was_dropped()
    {
        leads.Refusal = LeadWorld.Wrong;
        var run = await leads.RunAsync();
        leads.Refusal = null;
        World.Time.Advance(Keep);
        (await Retire.SweepAsync(Keep, Token)).ShouldBe(new DroppedItems(1, 19));

        var replayed = (await World.Get<ReplayDeadLetters>().ReplayAsync(LeadWorld.Olga, $"{run.Id}/8", Token)).Found().ShouldHaveSingleItem();

        replayed.State.ShouldBe(DeadLetterState.Replayed);
        World.WritesOf(leads.Refused).ShouldBe(1);
        (await World.Work.CountAsync(run.Id, Token)).Done.ShouldBe(20);
    }

    [Fact]
    public async Task Another_node_that_is_at_it_already_is_left_to_it()
    {
        await leads.RunAsync();
        World.Time.Advance(Keep);
        await using var other = await World.Work.TryHoldAsync("retention of runs", Token);

        (await Retire.SweepAsync(Keep, Token)).ShouldBe(new DroppedItems(0, 0));
    }

    private async Task<RunReport> ReportAsync(Run run) =>
        await World.Get<ReportRun>().ExecuteAsync((await World.Work.FindRunAsync(run.Id, Token))!, Token);
}
