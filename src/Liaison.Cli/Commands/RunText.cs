using System.Globalization;
using Liaison.Cli.Output;
using Liaison.Pipelines;
using Liaison.Work;
using Spectre.Console;

namespace Liaison.Cli.Commands;

/// <summary>Runs, plans and reports as people read them.</summary>
internal static class RunText
{
    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static async Task<RunView> ViewAsync(IWorkStore work, Run run, CancellationToken cancellationToken)
    {
        var parameters = RunParameters.FromJson(run.Parameters);
        return new RunView(
            run.Id, run.Pipeline, run.Connection.Value, run.State, run.Reason, run.CreatedAt, run.FinishedAt, parameters.Where,
            await work.CountAsync(run.Id, cancellationToken), parameters.Plan)
        {
            Workers = await work.ListWorkersAsync(run.Id, cancellationToken),
            Leader = run.Leader,
        };
    }

    public static void WritePlan(IAnsiConsole console, Run run, RunPlan plan)
    {
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Plan of {run.Id}: {RunParameters.FromJson(run.Parameters).Where}"));
        console.Write(Printer.TableOf(
            ["records", "calls in batches", "record by record", "of the daily allowance", "left today", "least time"],
            [[
                Number(plan.Records), Number(plan.TotalCalls), Number(plan.UnbatchedCalls),
                plan.DailyShare is { } share ? share.ToString("P2", CultureInfo.InvariantCulture) : "none published",
                plan.LeftToday is { } left ? Number(left) : "no daily limit",
                Seconds(plan.LeastSeconds),
            ]]));
    }

    public static void WriteRun(IAnsiConsole console, RunView view)
    {
        console.WriteLine($"{view.Id}: {view.Pipeline} on {view.Connection}, {view.State}{(view.Reason is { } reason ? $" ({reason})" : "")}");
        console.WriteLine($"where: {TerminalText.Safe(view.Where)}");
        WriteCounts(console, view.Counts);
        foreach (var worker in view.Workers)
        {
            console.WriteLine($"worker: {worker}{(worker == view.Leader ? ", which leads" : "")}");
        }

        if (view.Plan is { } plan)
        {
            console.WriteLine($"planned: {Number(plan.TotalCalls)} calls, at least {Seconds(plan.LeastSeconds)}");
        }

        if (view.Forecast is { } forecast)
        {
            console.WriteLine($"budget: {forecast.Told}");
        }
    }

    public static async Task<int> ReportAsync(Invocation invocation, Run run, CancellationToken cancellationToken)
    {
        var report = await invocation.Installation.Report.ExecuteAsync(run, cancellationToken);
        return invocation.Printer.Show(report, CliJson.Default.RunReport, console => WriteReport(console, report));
    }

    public static void WriteReport(IAnsiConsole console, RunReport report)
    {
        console.WriteLine($"Run {report.Run.Id}: {report.Run.State}{(report.Run.Reason is { } reason ? $" ({reason})" : "")}");
        WriteCounts(console, report.Counts);
        WriteScores(console, report);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Calls: {Number(report.Calls.Calls)} ({string.Join(", ", report.Calls.ByOperation.Where(entry => entry.Value > 0).Select(entry => $"{entry.Key} {entry.Value}"))}), throttled {report.Calls.Throttled}, failed {report.Calls.Failed}"));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Time: {Seconds(report.ElapsedSeconds)} for the calls, {report.CallsPerSecond:0.0} calls a second; the permitted rates allow {Seconds(report.LeastSeconds)} at the least{Ratio(report)}"));
        if (report.Waiting > 0)
        {
            console.WriteLine($"Proposals: {Number(report.Waiting)} wait for approval; liaison change list --run {report.Run.Id} --state waiting shows them");
        }

        if (report.Shown > 0)
        {
            console.WriteLine($"Shown only: {Number(report.Shown)} changes were not sent, at dry-run or not promoted; liaison change list --run {report.Run.Id} --state validated shows them");
        }
    }

    private static void WriteCounts(IAnsiConsole console, RunCounts counts) => console.Write(Printer.TableOf(
        ["in", "done", "skipped", "gone", "parked", "dead", "open"],
        [[
            Number(counts.In), Number(counts.Done), Number(counts.Skipped), Number(counts.Gone), Number(counts.Parked),
            Number(counts.Dead), Number(counts.Open),
        ]]));

    private static void WriteScores(IAnsiConsole console, RunReport report)
    {
        var most = Math.Max(1, report.Scores.Max());
        foreach (var (count, band) in report.Scores.Select((count, band) => (count, band)))
        {
            var bar = new string('█', (int)(count * 40 / most));
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {band * 10,3}–{(band == 9 ? 100 : (band * 10) + 9),-3} {bar} {Number(count)}"));
        }

        console.WriteLine($"Playbooks: {string.Join(", ", report.Playbooks.Select(entry => $"{entry.Key} {Number(entry.Value)}"))}");
    }

    private static string Ratio(RunReport report) => report.LeastSeconds > 0
        ? string.Create(CultureInfo.InvariantCulture, $" (× {report.ElapsedSeconds / report.LeastSeconds:0.00})")
        : "";

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");
}
