using Liaison.Connectors;
using Liaison.Identity;
using Liaison.Work;
using Liaison.Writeback;

namespace Liaison.Pipelines;

/// <summary>What came of a run, in figures that the stores hold; nothing is counted in memory only.</summary>
/// <param name="Scores">How many records scored in each band of ten: 0–9, 10–19, …, 90–100.</param>
/// <param name="Playbooks">How many records each playbook was recommended for.</param>
/// <param name="ElapsedSeconds">From the first CRM call to the last.</param>
/// <param name="LeastSeconds">The shortest time that the permitted rates allow for the calls that were made.</param>
public sealed record RunReport(
    Run Run,
    RunCounts Counts,
    IReadOnlyList<long> Scores,
    IReadOnlyDictionary<string, long> Playbooks,
    IReadOnlyDictionary<ChangeState, long> Changes,
    CallSummary Calls,
    double ElapsedSeconds,
    double LeastSeconds)
{
    /// <summary>Gets how many change sets wait for a person.</summary>
    public long Waiting => Changes.GetValueOrDefault(ChangeState.Waiting);

    /// <summary>Gets how many changes were shown and not sent: those at dry-run, and those that production was not promoted to.</summary>
    public long Shown => Changes.GetValueOrDefault(ChangeState.Validated);

    /// <summary>Gets the calls a second that were held.</summary>
    public double CallsPerSecond => ElapsedSeconds > 0 ? Calls.Calls / ElapsedSeconds : 0;
}

/// <summary>Makes the report of a run.</summary>
public sealed class ReportRun(
    IWorkStore work, IChangeSetStore changes, ICallLog calls, ConnectionRegistry connections, ConnectorRegistry connectors)
{
    private const int Bands = 10;

    /// <summary>Makes the report: of what the stores hold, and for what they hold no more of what was noted after the run's end.</summary>
    public async Task<RunReport> ExecuteAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var noted = run.Report is { } json ? NotedReport.FromJson(json) : null;
        var results = noted is { ItemsMayBeGone: true } ? noted.Results : await ReadResultsAsync(run, cancellationToken);
        var summary = await SummarizeAsync(run, noted, cancellationToken);
        return new RunReport(
            run,
            await work.CountAsync(run.Id, cancellationToken),
            results.Scores,
            results.Playbooks,
            await changes.CountAsync(run.Id, cancellationToken),
            summary,
            summary is { First: { } first, Last: { } last } ? (last - first).TotalSeconds : 0,
            LeastTime(run, summary));
    }

    /// <summary>Makes what is noted of a report, since items and calls are not kept for ever.</summary>
    /// <param name="last">Whether it is made before the items are dropped.</param>
    internal async Task<NotedReport> NoteAsync(Run run, bool last, CancellationToken cancellationToken)
    {
        var noted = run.Report is { } json ? NotedReport.FromJson(json) : null;
        return new NotedReport(await ReadResultsAsync(run, cancellationToken), await SummarizeAsync(run, noted, cancellationToken), last);
    }

    private async Task<RunResults> ReadResultsAsync(Run run, CancellationToken cancellationToken)
    {
        var scores = new long[Bands];
        var playbooks = new SortedDictionary<string, long>(StringComparer.Ordinal);
        await foreach (var item in work.ListItemsAsync(run.Id, state: null, cancellationToken))
        {
            if (item.Result is { } json)
            {
                var result = QualifyResult.FromJson(json);
                scores[Math.Min(result.Score / Bands, Bands - 1)]++;
                var playbook = result.Playbook ?? "none";
                playbooks[playbook] = playbooks.GetValueOrDefault(playbook) + 1;
            }
        }

        return new RunResults(scores, playbooks);
    }

    // The log of calls has a retention of its own, and it may have begun with the run's.
    private async Task<CallSummary> SummarizeAsync(Run run, NotedReport? noted, CancellationToken cancellationToken)
    {
        var summary = await calls.SummarizeAsync(run.Id, cancellationToken);
        return noted is not null && noted.Calls.Calls > summary.Calls ? noted.Calls : summary;
    }

    private double LeastTime(Run run, CallSummary summary) =>
        connections.Find(run.Connection).TryGet(out var connection, out _)
        && connectors.Find(connection.Profile.Crm).TryGet(out var connector, out _)
            ? CallPlan.Of(
                summary.ByOperation,
                connector.Descriptor.Operations,
                connector.Descriptor.LimitsOf(connection.Profile),
                connection.Options.Share).LeastTime.TotalSeconds
            : 0;
}
