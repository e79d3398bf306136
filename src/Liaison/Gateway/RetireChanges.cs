using Liaison.Audit;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Work;
using Liaison.Writeback;
using Microsoft.Extensions.Logging;

namespace Liaison.Gateway;

/// <summary>Lets the values of change sets go when they have been kept long enough after their last move (R236); what was done, by whom and when stays.</summary>
/// <remarks>What waits, is on its way or has no known outcome keeps its values. Of several nodes one does it at a time.</remarks>
public sealed partial class RetireChanges(IChangeSetStore store, IWorkStore work, Gate gate, TimeProvider time, ILogger<RetireChanges> logger)
{
    // Some hundreds at a time stand in line with everybody's writes and hold nobody up.
    private const int MostAtOnce = 500;
    private const int MostInOneGo = 100_000;

    private static readonly RecordType ChangeSets = new("change-set");

    /// <summary>Drops what is due, and records it where there was anything.</summary>
    /// <param name="keep">How long values stay after the last move of their change set.</param>
    /// <returns>How many change sets lost their values; past a hundred thousand the rest is the next sweep's.</returns>
    public async Task<int> SweepAsync(TimeSpan keep, CancellationToken cancellationToken)
    {
        await using var turn = await work.TryHoldAsync("retention of change sets", cancellationToken);
        if (turn is null)
        {
            return 0;
        }

        var before = time.GetUtcNow() - keep;
        var dropped = 0;
        int now;
        do
        {
            now = await store.DropValuesAsync(before, MostAtOnce, cancellationToken);
            dropped += now;
        }
        while (now == MostAtOnce && dropped < MostInOneGo);

        if (dropped > 0)
        {
            await gate.RecordAsync(
                new GateRequest(DeadLetterGateway.Engine, AdministrationGateway.Installation, ChangeSets, "changes.drop-values"),
                () => Task.FromResult<Result<int>>(dropped),
                cancellationToken,
                count => new AuditClosing { Summary = FormattableString.Invariant($"values of {count} change sets dropped, {keep.TotalDays} days after their last move") });
            LogDropped(logger, dropped, keep.TotalDays);
        }

        return dropped;
    }

    [LoggerMessage(1031, LogLevel.Information, "Dropped the values of {Changes} change sets that had not moved for {Days} days; they can no longer be undone")]
    private static partial void LogDropped(ILogger logger, int changes, double days);
}
