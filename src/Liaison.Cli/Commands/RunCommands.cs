using System.CommandLine;
using Liaison.Cli.Output;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Pipelines;
using Liaison.Work;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison run</c>: start runs of pipelines, look at them, carry them on.</summary>
internal static class RunCommands
{
    private static readonly Argument<string> Pipeline = new("pipeline") { Description = "The pipeline, as in qualify." };

    private static readonly Argument<string> RunId = new("run") { Description = "The run's id, or an unambiguous beginning of it." };

    private static readonly Option<string> Connection = new("--connection") { Description = "The connection to work on.", Required = true };

    private static readonly Option<string?> Where = new("--where")
    {
        Description = "Which contacts, as in 'lead status is New, created in the last 24 hours'; the default stands in liaison.yaml.",
    };

    private static readonly Option<bool> Schedules = new("--schedules") { Description = "List the schedules, their next times, and what became of their last." };

    private static readonly Option<bool> Detach = new("--detach") { Description = "Leave the run to the serving nodes instead of working along." };

    private static readonly Option<bool> PlanOnly = new("--plan-only") { Description = "Show what the run would cost and stop." };

    private static readonly Option<bool> OverBudget = new("--over-budget")
    {
        Description = "Start also what the day's allowance does not hold; the run parks when it is spent. That you chose so is recorded.",
    };

    private static readonly Option<bool> ApproveVolume = new("--approve-volume") { Description = "Let the run change more records than its agent's limits allow; takes an approver, by --as." };

    private static readonly Option<string?> Reason = new("--reason") { Description = "Why, in a sentence; stored with every change that is undone." };

    public static Command Create() => Verb.Group(
        "run",
        "Start runs of pipelines, look at them, carry them on.",
        Verb.Of("start", "Plan a run, show its cost, and carry it out.", [Pipeline, Connection, Where, PlanOnly, Detach, OverBudget], StartAsync),
        Verb.Of("list", "List the newest runs, or what is scheduled.", [Schedules], ListAsync),
        Verb.Of("show", "Show where a run stands.", [RunId], ShowAsync),
        Verb.Of("watch", "Follow a run until it ends or stops.", [RunId], WatchAsync),
        Verb.Of("pause", "Stop a run after what it has in hand.", [RunId], PauseAsync),
        Verb.Of("resume", "Carry on a run that was paused, parked or killed.", [RunId, ApproveVolume, GlobalOptions.As], ResumeAsync),
        Verb.Of("undo", "Put back what a run changed, where nobody has changed it since.", [RunId, Reason, GlobalOptions.As], UndoAsync),
        Verb.Of("cancel", "End a run; what was not done stays undone.", [RunId], CancelAsync),
        Verb.Of("report", "Show what came of a run.", [RunId], ReportAsync));

    private static async Task<int> StartAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var name = invocation.Parsed.GetRequiredValue(Pipeline);
        if (name != QualificationPipeline.Name)
        {
            return invocation.Printer.Fail(new Failure(FailureKind.Invalid, $"There is no pipeline \"{name}\"; there is {QualificationPipeline.Name}."));
        }

        var connection = new ConnectionName(invocation.Parsed.GetRequiredValue(Connection));
        var qualify = invocation.Installation.Qualify;
        if (!invocation.Parsed.GetValue(PlanOnly) && !(await qualify.MayStartAsync(connection, cancellationToken)).TryGet(out _, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        var day = invocation.Parsed.GetValue(PlanOnly) ? DayBudget.Ignored
            : invocation.Parsed.GetValue(OverBudget) ? DayBudget.OverriddenBy(Callers.Operator(invocation, Purpose.Administration))
            : DayBudget.Held;
        var started = await qualify.StartAsync(connection, invocation.Parsed.GetValue(Where), day, cancellationToken);
        if (!started.TryGet(out var run, out failure))
        {
            return invocation.Printer.Fail(failure);
        }

        if (invocation.Parsed.GetValue(PlanOnly))
        {
            await invocation.Installation.Work.SetStateAsync(run.Id, RunState.Cancelled, "planned only", cancellationToken);
            return await ShowAsync(invocation, run, cancellationToken);
        }

        if (invocation.Printer.ForPeople && RunParameters.FromJson(run.Parameters).Plan is { } plan)
        {
            RunText.WritePlan(invocation.Printer.Console, run, plan);
        }

        if (invocation.Parsed.GetValue(Detach))
        {
            return (await qualify.LeaveToNodesAsync(run, cancellationToken)).TryGet(out _, out failure)
                ? await ShowAsync(invocation, run, cancellationToken)
                : invocation.Printer.Fail(failure);
        }

        return await ContinueAsync(invocation, run, cancellationToken);
    }

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Parsed.GetValue(Schedules))
        {
            return await ScheduleText.ListAsync(invocation, cancellationToken);
        }

        var views = new List<RunView>();
        foreach (var run in await invocation.Installation.Work.ListRunsAsync(50, cancellationToken))
        {
            views.Add(await RunText.ViewAsync(invocation.Installation.Work, run, cancellationToken));
        }

        return invocation.Printer.Show<IReadOnlyList<RunView>>(views, CliJson.Default.IReadOnlyListRunView, console => console.Write(Printer.TableOf(
            ["run", "pipeline", "connection", "state", "in", "done", "created", "reason"],
            views.Select(view => new[]
            {
                view.Id, view.Pipeline, view.Connection, view.State.ToString(), RunText.Number(view.Counts.In),
                RunText.Number(view.Counts.Done), RunText.Moment(view.CreatedAt), view.Reason ?? "",
            }))));
    }

    private static Task<int> ShowAsync(Invocation invocation, CancellationToken cancellationToken) =>
        WithRunAsync(invocation, run => ShowAsync(invocation, run, cancellationToken), cancellationToken);

    private static async Task<int> ShowAsync(Invocation invocation, Run run, CancellationToken cancellationToken)
    {
        var current = await invocation.Installation.Work.FindRunAsync(run.Id, cancellationToken) ?? run;
        var view = await RunText.ViewAsync(invocation.Installation.Work, current, cancellationToken) with
        {
            Forecast = await invocation.Installation.Forecast.ReadAsync(current, cancellationToken),
        };
        return invocation.Printer.Show(view, CliJson.Default.RunView, console => RunText.WriteRun(console, view));
    }

    private static Task<int> WatchAsync(Invocation invocation, CancellationToken cancellationToken) =>
        WithRunAsync(invocation, run => RunProgress.WatchAsync(invocation, run, cancellationToken), cancellationToken);

    private static Task<int> PauseAsync(Invocation invocation, CancellationToken cancellationToken) =>
        MoveAsync(invocation, RunState.Paused, "paused by a person", cancellationToken);

    private static Task<int> CancelAsync(Invocation invocation, CancellationToken cancellationToken) =>
        MoveAsync(invocation, RunState.Cancelled, "cancelled by a person", cancellationToken);

    private static Task<int> ResumeAsync(Invocation invocation, CancellationToken cancellationToken) =>
        WithRunAsync(
            invocation,
            async run =>
            {
                if (invocation.Parsed.GetValue(ApproveVolume)
                    && !(await invocation.Installation.AgentGateway.ApproveVolumeAsync(Callers.Of(invocation, Purpose.Administration), run.Id, cancellationToken)).TryGet(out _, out var failure))
                {
                    return invocation.Printer.Fail(failure);
                }

                return await ContinueAsync(invocation, run, cancellationToken);
            },
            cancellationToken);

    // A run is undone by its id alone: what it changed is told by the change sets, also where the run itself is no longer kept.
    private static async Task<int> UndoAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var run = await invocation.Installation.Work.FindRunAsync(invocation.Parsed.GetRequiredValue(RunId), cancellationToken);
        var undone = await invocation.Installation.ChangeGateway.UndoRunAsync(
            Callers.Of(invocation, Purpose.Administration),
            run?.Id ?? invocation.Parsed.GetRequiredValue(RunId),
            invocation.Parsed.GetValue(Reason) ?? "undone at the command line",
            cancellationToken: cancellationToken);
        return undone.TryGet(out var outcomes, out var failure) ? ChangeSets.Tell(invocation, outcomes) : invocation.Printer.Fail(failure);
    }

    private static Task<int> ReportAsync(Invocation invocation, CancellationToken cancellationToken) =>
        WithRunAsync(invocation, run => RunText.ReportAsync(invocation, run, cancellationToken), cancellationToken);

    private static async Task<int> ContinueAsync(Invocation invocation, Run run, CancellationToken cancellationToken)
    {
        await invocation.Installation.ExpireAsync(cancellationToken);
        await using var delivering = invocation.Installation.DeliverAlerts();
        await using var measuring = invocation.Installation.Measure();
        var continued = await RunProgress.ContinueAsync(invocation, run, cancellationToken);
        await invocation.Installation.Measuring.LookAsync(cancellationToken);
        if (!continued.TryGet(out var ended, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        await RunText.ReportAsync(invocation, ended, cancellationToken);
        return ended.State == RunState.Finished ? ExitCode.Done : ExitCode.Failed;
    }

    private static Task<int> MoveAsync(Invocation invocation, RunState state, string reason, CancellationToken cancellationToken) =>
        WithRunAsync(
            invocation,
            async run =>
            {
                if (run.State is RunState.Finished or RunState.Cancelled)
                {
                    return invocation.Printer.Fail(new Failure(FailureKind.Conflict, $"Run {run.Id} is {run.State} already."));
                }

                // It may end or stop by itself just now; what was seen is what is judged.
                return await invocation.Installation.Work.TryMoveAsync(run.Id, run.State, state, reason, cancellationToken)
                    ? await ShowAsync(invocation, run, cancellationToken)
                    : invocation.Printer.Fail(new Failure(FailureKind.Conflict, $"Run {run.Id} is no longer {run.State}; liaison run show {run.Id} tells how it stands."));
            },
            cancellationToken);

    private static async Task<int> WithRunAsync(Invocation invocation, Func<Run, Task<int>> use, CancellationToken cancellationToken)
    {
        var id = invocation.Parsed.GetRequiredValue(RunId);
        return await invocation.Installation.Work.FindRunAsync(id, cancellationToken) is { } run
            ? await use(run)
            : invocation.Printer.Fail(new Failure(FailureKind.NotFound, $"There is no run \"{id}\", or more than one begins so; liaison run list shows them."));
    }
}
