using Liaison.Policy;
using Liaison.Safety.Tests.Installed;
using Liaison.Writeback;

namespace Liaison.Safety.Tests.Undoing;

/// <summary>A whole run is undone: what nobody touched stands byte by byte as before, and everything else is told (R234).</summary>
public sealed class UndoRunTests(ITestOutputHelper output)
{
    private const int Deleted = 10;
    private const int MostDeaths = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_nobody_touched_is_restored_and_everything_else_is_told()
    {
        await using var run = await ScoredRun.StartAsync();
        var ids = run.Before.Keys.ToList();
        var edited = await run.EditAsync(ids.Take(ScoredRun.Edited));
        var deleted = ids.Skip(ScoredRun.Edited).Take(Deleted).ToList();
        await Parallel.ForEachAsync(deleted, Token, async (id, _) => await run.Crm.ArchiveAsync("contacts", id));
        var scoredAgain = ids[^1];
        await run.ScoreAgainAsync(scoredAgain);
        var standing = await run.SnapshotAsync();
        await run.Crm.ClearLedgerAsync();

        await using var engine = await run.OpenAsync();
        var outcomes = (await engine.Changes.UndoRunAsync(run.Operator, ScoredRun.Run, "A bad model.", cancellationToken: Token)).Found();
        var writes = await run.Crm.WritesAsync("contacts");
        var again = (await engine.Changes.UndoRunAsync(run.Operator, ScoredRun.Run, "Once more.", cancellationToken: Token)).Found();

        var restored = outcomes.Where(outcome => outcome.Restored).Select(outcome => outcome.Record.Id).ToHashSet();
        output.WriteLine(
            $"{outcomes.Count} changes: {restored.Count} restored, {outcomes.Count(outcome => outcome.Fields.Count > 0)} told with their fields, "
            + $"{outcomes.Count(outcome => outcome is { Restored: false, Fields: [] })} gone; the second undo restored {again.Count(outcome => outcome.Restored)}.");
        restored.ShouldBe(ids.Except(edited.Keys).Except(deleted).Except([scoredAgain]), ignoreOrder: true);
        outcomes.Select(outcome => outcome.Record.Id).ShouldBe(ids, ignoreOrder: true);
        foreach (var outcome in outcomes.Where(outcome => edited.ContainsKey(outcome.Record.Id)))
        {
            outcome.Fields.ShouldBe([edited[outcome.Record.Id]]);
        }

        outcomes.Single(outcome => outcome.Record.Id == scoredAgain).Fields.ShouldBe(["ai_score", "ai_rationale"], ignoreOrder: true);
        var after = await run.SnapshotAsync();
        after.Keys.ShouldBe(ids.Except(deleted), ignoreOrder: true);
        after.Where(record => record.Value != (restored.Contains(record.Key) ? run.Before : standing)[record.Key]).ShouldBeEmpty();
        writes.Select(line => (line.Id, line.Writes)).ShouldBe(restored.Select(id => (id, 1)), ignoreOrder: true);
        again.ShouldAllBe(outcome => !outcome.Restored);
        (await run.Crm.WritesAsync("contacts")).Sum(line => line.Writes).ShouldBe(restored.Count);
    }

    [Fact]
    public async Task An_undo_whose_process_dies_at_every_step_ends_in_the_same()
    {
        await using var run = await ScoredRun.StartAsync();
        var edited = await run.EditAsync(run.Before.Keys.Take(ScoredRun.Edited));
        var standing = await run.SnapshotAsync();
        await run.Crm.ClearLedgerAsync();

        var deaths = 0;
        IReadOnlyList<UndoOutcome>? last = null;
        for (; last is null; deaths++)
        {
            deaths.ShouldBeLessThan(MostDeaths);
            last = await UndoAsync(run, livesFor: deaths % 7);
        }

        var after = await run.SnapshotAsync();
        output.WriteLine($"{deaths - 1} deaths; {after.Count(record => record.Value == run.Before[record.Key])} contacts as before; the last process told of {last.Count(outcome => !outcome.Restored)}.");
        deaths.ShouldBeGreaterThan(4, "no process died in the middle");
        after.Where(record => record.Value != (edited.ContainsKey(record.Key) ? standing : run.Before)[record.Key]).ShouldBeEmpty();
        last.Where(outcome => !outcome.Restored).Select(outcome => outcome.Record.Id).ShouldBe(edited.Keys, ignoreOrder: true);
        (await run.Crm.WritesAsync("contacts")).ShouldAllBe(line => line.Writes == 1);
        await using var engine = await run.OpenAsync();
        var states = await engine.Store.CountAsync(ScoredRun.Run, Token);
        states.ShouldBe(
            new Dictionary<ChangeState, long> { [ChangeState.Undone] = ScoredRun.Contacts - ScoredRun.Edited, [ChangeState.Verified] = ScoredRun.Edited },
            ignoreOrder: true);
    }

    [Fact]
    public async Task The_run_of_an_agent_that_was_stopped_can_be_undone()
    {
        await using var run = await ScoredRun.StartAsync();
        await using var engine = await run.OpenAsync();
        (await engine.Agents.StopAsync(run.Operator, KillSwitch.Everyone, "A bad model.", Token)).Found();

        var outcomes = (await engine.Changes.UndoRunAsync(run.Operator, ScoredRun.Run, "A bad model.", cancellationToken: Token)).Found();

        outcomes.ShouldAllBe(outcome => outcome.Restored);
        (await run.SnapshotAsync()).ShouldBe(run.Before, ignoreOrder: true);
    }

    private static async Task<IReadOnlyList<UndoOutcome>?> UndoAsync(ScoredRun run, int livesFor)
    {
        await using var engine = await run.OpenAsync(store => DyingStore.Around(store, livesFor));
        try
        {
            return (await engine.Changes.UndoRunAsync(run.Operator, ScoredRun.Run, "A bad model.", cancellationToken: Token)).Found();
        }
        catch (ProcessDiedException)
        {
            return null;
        }
    }
}
