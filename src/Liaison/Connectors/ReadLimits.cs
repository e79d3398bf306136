using System.Collections.Concurrent;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Policy;

namespace Liaison.Connectors;

/// <summary>Asks the CRM what is left of its limits, so that what is planned is held against what others have spent too (R95).</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class ReadLimits(SessionOpener sessions, Throttles throttles, TimeProvider time)
{
    // The question is a call itself, and what it tells moves slowly (contracts/salesforce.md 9).
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ConnectionName, long> asked = new();

    /// <summary>Takes in what the CRM says; one that has no such question, or keeps the answer from this credential, changes nothing.</summary>
    internal async Task<Result<Done>> ExecuteAsync(Permit permit, CancellationToken cancellationToken)
    {
        var name = permit.Connection.Name;
        if (asked.TryGetValue(name, out var at) && time.GetElapsedTime(at) < Fresh)
        {
            return Done.Value;
        }

        if (!(await sessions.OpenAsync(permit, cancellationToken)).TryGet(out var opened, out var failure)
            || !throttles.Of(name).TryGet(out var throttle, out failure))
        {
            return failure;
        }

        if (!(await opened.Session.ReadLimitsAsync(cancellationToken)).TryGet(out var standings, out failure))
        {
            // What every answer's headers tell is there all the same.
            return failure.Kind == FailureKind.Forbidden ? Done.Value : failure;
        }

        asked[name] = time.GetTimestamp();
        await throttle.CorrectAsync(
            [.. standings.Select(standing => new LimitReading(standing.Kind) { Permits = standing.Permits, Remaining = standing.Remaining })], cancellationToken);
        return Done.Value;
    }
}
