using Liaison.Alerts;
using Liaison.Failures;
using Liaison.Identity;
using Microsoft.Extensions.Logging;

namespace Liaison.Policy;

/// <summary>Stops agents: asked for every request and before every batch of writes, in every process (R210).</summary>
/// <remarks>Safe for concurrent use. What the store says is believed for a quarter of a second, so that a stop acts well within one.</remarks>
public sealed partial class KillSwitch(ISafeguardStore store, IAlertSink alerts, TimeProvider time, ILogger<KillSwitch> logger)
{
    /// <summary>The name that means every agent.</summary>
    public const string Everyone = "*";

    private static readonly TimeSpan Believed = TimeSpan.FromMilliseconds(250);

    private volatile Reading? last;

    /// <summary>Asks whether a caller's agent may go on.</summary>
    /// <returns><see cref="FailureKind.Denied"/> by <see cref="DeniedBy.Agent"/> where it is stopped.</returns>
    public async Task<Result<Done>> AskAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var reading = last;
        if (reading is null || time.GetElapsedTime(reading.At) > Believed)
        {
            last = reading = new Reading(time.GetTimestamp(), await store.ListStoppedAsync(cancellationToken));
        }

        return reading.Stopped.FirstOrDefault(stop => stop.Actor == Everyone || stop.Actor == caller.Actor.Id) is { } stopped
            ? new Failure(
                FailureKind.Denied,
                stopped.Actor == Everyone
                    ? $"Every agent was stopped by {stopped.By}: {stopped.Reason} liaison agent release lets them go on."
                    : $"The agent \"{stopped.Actor}\" was stopped by {stopped.By}: {stopped.Reason} liaison agent release {stopped.Actor} lets it go on.")
            {
                DeniedBy = DeniedBy.Agent,
            }
            : Done.Value;
    }

    /// <summary>Stops an agent, and raises an alert.</summary>
    /// <param name="actor">The agent's name, or <see cref="Everyone"/>.</param>
    /// <param name="by">Who stops it: a subject's id, or the engine's own name.</param>
    /// <param name="reason">Why, in one sentence with its full stop.</param>
    internal async Task StopAsync(string actor, string by, string reason, CancellationToken cancellationToken)
    {
        await store.StopAsync(new StoppedAgent(actor, by, reason, time.GetUtcNow()), cancellationToken);
        last = null;
        await alerts.RaiseAsync(
            new Alert(
                AlertKind.AgentStopped,
                Connection: null,
                actor,
                $"{(actor == Everyone ? "Every agent" : $"The agent \"{actor}\"")} was stopped by {by}: {reason} liaison agent release {actor} lets it go on."),
            cancellationToken);
    }

    /// <summary>Lets an agent go on.</summary>
    internal async Task<bool> ReleaseAsync(string actor, string by, CancellationToken cancellationToken)
    {
        var released = await store.ReleaseAsync(actor, cancellationToken);
        last = null;
        if (released)
        {
            LogReleased(logger, actor, by);
        }

        return released;
    }

    [LoggerMessage(1202, LogLevel.Warning, "Agent {Actor} was let go on by {By}")]
    private static partial void LogReleased(ILogger logger, string actor, string by);

    private sealed record Reading(long At, IReadOnlyList<StoppedAgent> Stopped);
}
