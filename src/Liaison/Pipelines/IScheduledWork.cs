using Liaison.Failures;

namespace Liaison.Pipelines;

/// <summary>What is done when a schedule's time comes; whoever keeps the times calls it.</summary>
/// <remarks>
/// A time may be handed out a second time, after the node that had it died: the work looks whether it is done already. A failure that
/// passes by itself is given back, and the same time handed out again a minute later.
/// </remarks>
public interface IScheduledWork
{
    /// <summary>Starts what a schedule starts.</summary>
    /// <returns>What became of it; a <see cref="Failure"/> only where another try can help.</returns>
    Task<Result<ScheduledOutcome>> StartAsync(Schedule schedule, ScheduledTime time, CancellationToken cancellationToken);

    /// <summary>Tells of a time at which nobody was there, and which the schedule lets go.</summary>
    Task LetGoAsync(Schedule schedule, DateTimeOffset due, CancellationToken cancellationToken);
}
