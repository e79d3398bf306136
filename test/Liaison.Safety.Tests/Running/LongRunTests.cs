using System.Globalization;
using Liaison.Pipelines.Scorecards;
using Liaison.Policy;
using Liaison.Safety.Tests.Installed;
using Liaison.Writeback;

namespace Liaison.Safety.Tests.Running;

/// <summary>What an engine holds in memory while a run goes on; bench/memory.sh looks at a whole process and a million contacts.</summary>
/// <remarks>Alone in the process: what other tests hold meanwhile would be counted too.</remarks>
[CollectionDefinition(nameof(LongRunTests), DisableParallelization = true)]
[Collection(nameof(LongRunTests))]
public sealed class LongRunTests(ITestOutputHelper output)
{
    private const int Short = 1_200;
    private const int Long = 4 * Short;

    // More than an engine can have in hand at a time, so that it has as much in hand at the end of the long run as of the short one.
    private const int Behind = 1_200;

    // Two looks at the same thing differ by up to half of it. A contact as it is read takes some kilobytes: those of the long run that
    // nobody lets go of would be four times this.
    private const long Bound = 4 * 1024 * 1024;

    [Fact]
    public async Task Four_times_the_contacts_are_held_by_no_more_memory()
    {
        // What is loaded and made once in a process belongs to neither.
        await HeldAsync(Short);
        var afterShort = await HeldAsync(Short);
        var afterLong = await HeldAsync(Long);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"held after {Short:N0} contacts {afterShort:N0} bytes, after {Long:N0} {afterLong:N0}"));
        (afterLong - afterShort).ShouldBeLessThan(Bound);
    }

    /// <summary>Gives how many bytes an engine lets go of when its run, stopped after so many contacts, and it itself are thrown away.</summary>
    /// <remarks>The account is there before and after, so that what it holds counts for nothing.</remarks>
    private static async Task<long> HeldAsync(int contacts)
    {
        await using var crm = await EmulatedCrm.StartAsync(Long + Behind);
        var folder = Directory.CreateTempSubdirectory("liaison-long-run-").FullName;
        var ear = new Ear();
        var before = await RunAsync(crm, folder, ear, contacts);
        ear.Lines.Clear();
        var held = before - GC.GetTotalMemory(forceFullCollection: true);
        Directory.Delete(folder, recursive: true);
        return held;
    }

    private static async Task<long> RunAsync(EmulatedCrm crm, string folder, Ear ear, int contacts)
    {
        var written = 0;
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // What a CRM has taken is stored though the run was called off: only this lets go of it.
        var goesOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var engine = await Engine.OpenAsync(
            crm, folder, Policy, ear, store => new WatchedStore(store, (moves, _) =>
            {
                if (Interlocked.Add(ref written, moves.Count(move => move.To == ChangeState.Verified)) < contacts)
                {
                    return Task.CompletedTask;
                }

                reached.TrySetResult();
                return goesOn.Task;
            }), scorecards: Card());
        var run = (await engine.Qualify.StartAsync(Engine.Connection, "email has any value or email has no value", stop.Token)).Found();
        var running = engine.Qualify.ContinueAsync(run, cancellationToken: stop.Token);
        await Task.WhenAny(running, reached.Task);
        running.IsCompleted.ShouldBeFalse();
        ear.Lines.Clear();
        var held = GC.GetTotalMemory(forceFullCollection: true);
        await stop.CancelAsync();
        goesOn.SetResult();
        await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return held;
    }

    private static PolicyOptions Policy => new() { Grants = [Scoring.Grant(["ai_score", "ai_rationale", "ai_playbook"])] };

    private static Scorecard Card()
    {
        var options = new ScorecardOptions
        {
            Name = "b2b-default",
            Criteria = [new CriterionOptions { Name = "title", Field = "person.job_title", Points = 50, Match = [new MatchOptions { ContainsAnyOf = ["chief"] }] }],
        };
        Scorecard.Create(options).TryGet(out var card, out var failure).ShouldBeTrue(failure?.Message);
        return card!;
    }
}
