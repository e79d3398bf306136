using System.Globalization;
using Liaison.Model;

namespace Liaison.Pipelines;

/// <summary>What becomes of a time at which nobody was there to start the run.</summary>
public enum MisfirePolicy
{
    /// <summary>One run is started as soon as somebody is there, however many times were missed.</summary>
    RunOnce,

    /// <summary>The time is let go; the next one counts.</summary>
    Skip,
}

/// <summary>A pipeline that is started again and again.</summary>
/// <param name="Where">Which contacts; <see langword="null"/> takes the pipeline's own condition.</param>
/// <param name="Cron">The times, as a cron expression of six or seven parts that begins with the seconds.</param>
/// <param name="TimeZone">Whose clock, by the IANA name.</param>
public sealed record Schedule(
    string Name, string Pipeline, ConnectionName Connection, string? Where, string Cron, string TimeZone, MisfirePolicy Misfire);

/// <summary>A time of a schedule that has come.</summary>
/// <param name="Now">When it is dealt with; behind <paramref name="Due"/> by more than a minute where nobody was there.</param>
public sealed record ScheduledTime(DateTimeOffset Due, DateTimeOffset Now)
{
    // Up to here it is in time: a restart takes some seconds, and so does another node until it knows that one has died.
    internal static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>Gets the sentence about a time at which nobody was there; <see langword="null"/> where it is met.</summary>
    public string? Late => Now - Due > Tolerance ? Missed(Due) : null;

    /// <summary>Gives the sentence about a time at which nobody was there.</summary>
    public static string Missed(DateTimeOffset due) =>
        $"Its time was {due.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}, and nobody was there.";
}

/// <summary>What became of a schedule's time.</summary>
/// <param name="RunId">The run that was started; <see langword="null"/> where none was.</param>
/// <param name="Note">What happened where it was not simply started, in one sentence.</param>
public sealed record ScheduledOutcome(string? RunId, string? Note);

/// <summary>The schedules that are in force; they are replaced as a whole while nodes serve (R218).</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class SchedulesInForce(IReadOnlyList<Schedule> first)
{
    private volatile IReadOnlyList<Schedule> schedules = first;

    /// <summary>Gets the schedules as they stand now.</summary>
    public IReadOnlyList<Schedule> Schedules => schedules;

    /// <summary>Puts others in force.</summary>
    /// <param name="newer">Schedules whose every fault has been looked for.</param>
    public void Replace(IReadOnlyList<Schedule> newer)
    {
        ArgumentNullException.ThrowIfNull(newer);
        schedules = newer;
    }
}
