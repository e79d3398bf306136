using Liaison.Failures;
using Liaison.Pipelines;
using Liaison.Work;
using Spectre.Console;

namespace Liaison.Cli.Commands;

/// <summary>Carries runs on and follows them, with a bar where a person looks on.</summary>
internal static class RunProgress
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    public static Task<Result<Run>> ContinueAsync(Invocation invocation, Run run, CancellationToken cancellationToken)
    {
        var pipeline = invocation.Installation.Qualify;
        return invocation.Printer.ForPeople
            ? BarAsync(invocation.Printer.Console, run, progressed => pipeline.ContinueAsync(run, progressed, cancellationToken))
            : pipeline.ContinueAsync(run, progressed: null, cancellationToken);
    }

    public static async Task<int> WatchAsync(Invocation invocation, Run run, CancellationToken cancellationToken)
    {
        var work = invocation.Installation.Work;
        if (await invocation.Installation.Forecast.ReadAsync(run, cancellationToken) is { } forecast)
        {
            invocation.Printer.Say(forecast.Told);
        }

        using var timer = new PeriodicTimer(Glance, invocation.Installation.Time);
        await BarAsync(invocation.Printer.Console, run, async progressed =>
        {
            do
            {
                progressed(await work.CountAsync(run.Id, cancellationToken));
            }
            while (await work.FindRunAsync(run.Id, cancellationToken) is { State: RunState.Running }
                && await timer.WaitForNextTickAsync(cancellationToken));
            return run;
        });

        var ended = await work.FindRunAsync(run.Id, cancellationToken) ?? run;
        return await RunText.ReportAsync(invocation, ended, cancellationToken);
    }

    /// <summary>Shows a bar while something progresses.</summary>
    public static Task<Result<Run>> BarAsync(IAnsiConsole console, Run run, Func<Action<RunCounts>, Task<Result<Run>>> work)
    {
        var expected = RunParameters.FromJson(run.Parameters).Plan?.Records ?? 0;
        return console.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask($"{run.Pipeline} on {run.Connection.Value}", maxValue: Math.Max(1, expected));
                return work(counts =>
                {
                    bar.MaxValue = Math.Max(Math.Max(1, expected), counts.In);
                    bar.Value = counts.In - counts.Open;
                });
            });
    }
}
