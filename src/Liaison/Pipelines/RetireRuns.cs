using Liaison.Audit;
using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Model;
using Liaison.Work;
using Microsoft.Extensions.Logging;

namespace Liaison.Pipelines;

/// <summary>Notes what came of runs once they have ended, and lets their items go when they have been kept long enough.</summary>
/// <remarks>
/// A run's row, its counts and its report stay. Change sets, with what an undo needs, and the audit are no business of it; a letter
/// keeps its item. Of several nodes one does it at a time.
/// </remarks>
public sealed partial class RetireRuns(
    IEndedRunStore ended, IWorkStore work, ReportRun report, DeadLetterGateway letters, Gate gate, ILogger<RetireRuns> logger)
{
    private static readonly RecordType Item = new("work-item");

    /// <summary>Does what is due.</summary>
    /// <param name="keep">How long items stay after the end of their run.</param>
    /// <returns>What was dropped.</returns>
    public async Task<DroppedItems> SweepAsync(TimeSpan keep, CancellationToken cancellationToken)
    {
        await using var turn = await work.TryHoldAsync("retention of runs", cancellationToken);
        if (turn is null)
        {
            return new DroppedItems(0, 0);
        }

        // Soon after the end, while all calls are still in their log.
        foreach (var run in (await ended.ListAsync(TimeSpan.Zero, cancellationToken)).Where(run => run.Report is null))
        {
            await NoteAsync(run, last: false, cancellationToken);
        }

        var due = await ended.ListAsync(keep, cancellationToken);
        foreach (var pipeline in due.Select(run => run.Pipeline).Distinct(StringComparer.Ordinal))
        {
            await letters.SupersedeAsync(pipeline, cancellationToken);
        }

        foreach (var run in due)
        {
            await NoteAsync(run, last: true, cancellationToken);
        }

        var dropped = await ended.DropAsync(cancellationToken);
        if (dropped.Items > 0)
        {
            await gate.RecordAsync(
                new GateRequest(DeadLetterGateway.Engine, AdministrationGateway.Installation, Item, "runs.drop-items"),
                () => Task.FromResult<Result<DroppedItems>>(dropped),
                cancellationToken,
                told => new AuditClosing { Summary = FormattableString.Invariant($"{told.Items} items of {told.Runs} runs dropped, {keep.TotalDays} days after their end") });
            LogDropped(logger, dropped.Items, dropped.Runs, keep.TotalDays);
        }

        return dropped;
    }

    private async Task NoteAsync(Run run, bool last, CancellationToken cancellationToken) =>
        await ended.NoteAsync(run.Id, (await report.NoteAsync(run, last, cancellationToken)).ToJson(), last, cancellationToken);

    [LoggerMessage(3431, LogLevel.Information, "Dropped {Items} items of {Runs} runs that ended more than {Days} days ago; the runs' counts and reports stay")]
    private static partial void LogDropped(ILogger logger, long items, int runs, double days);
}
