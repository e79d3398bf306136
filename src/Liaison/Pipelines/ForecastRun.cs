using System.Globalization;
using Liaison.Connectors;
using Liaison.Identity;
using Liaison.Work;

namespace Liaison.Pipelines;

/// <summary>Whether the day holds what a run still has to call.</summary>
/// <param name="CallsAhead">How many calls of the plan are not made yet.</param>
/// <param name="LeftForRuns">How many calls of the day are left for runs.</param>
/// <param name="ResetsAt">When the allowance begins anew.</param>
/// <param name="ExhaustedAt">When the allowance will be spent at the run's pace so far; left out where it holds, or nothing is known of a pace.</param>
/// <param name="Told">The same in a sentence.</param>
public sealed record RunForecast(long CallsAhead, long LeftForRuns, DateTimeOffset ResetsAt, DateTimeOffset? ExhaustedAt, string Told);

/// <summary>Foretells whether a run that has not ended will meet the end of the day's allowance.</summary>
public sealed class ForecastRun(ICallLog calls, Budgets budgets, ConnectionRegistry connections, ConnectorRegistry connectors, TimeProvider time)
{
    /// <summary>Foretells; costs no call to the CRM.</summary>
    /// <returns><see langword="null"/> for a run that has ended, was not planned, or whose CRM publishes no daily limit.</returns>
    public async Task<RunForecast?> ReadAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.State is RunState.Finished or RunState.Cancelled
            || RunParameters.FromJson(run.Parameters).Plan is not { DailyAllowance: not null } plan
            || !(await budgets.ReadAsync(run.Connection, cancellationToken)).TryGet(out var states, out _)
            || states.FirstOrDefault(budget => budget.Kind == LimitKind.Daily) is not { ResetsAt: { } reset } day)
        {
            return null;
        }

        var made = await calls.SummarizeAsync(run.Id, cancellationToken);
        var ahead = plan.Calls.Where(planned => SpendsTheDay(run, planned.Key)).Sum(planned => Math.Max(0, planned.Value - made.ByOperation.GetValueOrDefault(planned.Key)));
        var spent = ahead > day.LeftForRuns ? ExhaustedAt(made, day.LeftForRuns) : null;
        return new RunForecast(ahead, day.LeftForRuns, reset, spent, Told(ahead, day.LeftForRuns, reset, spent));
    }

    private bool SpendsTheDay(Run run, CrmOperation operation) =>
        connections.Find(run.Connection).TryGet(out var connection, out _)
        && connectors.Find(connection.Profile.Crm).TryGet(out var connector, out _)
        && connector.Descriptor.Operations[operation].Spends.Contains(LimitKind.Daily);

    private DateTimeOffset? ExhaustedAt(CallSummary made, long left) =>
        made is { Calls: > 1, First: { } first, Last: { } last } && last > first
            ? time.GetUtcNow() + ((last - first) / (made.Calls - 1) * left)
            : null;

    private static string Told(long ahead, long left, DateTimeOffset reset, DateTimeOffset? spent)
    {
        var enough = ahead <= left;
        var end = spent is { } at ? FormattableString.Invariant($", which at this pace are spent at {at:yyyy-MM-dd HH:mm} UTC") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ahead:#,0} calls are ahead and {left:#,0} of the day's are left for runs{end}; {(enough ? "that is enough" : $"the run will park until {reset:yyyy-MM-dd HH:mm} UTC")}.");
    }
}
