using Liaison.Model;
using Liaison.Pipelines;
using Quartz;

namespace Liaison.Cli.Configuration;

/// <summary>A pipeline that is started again and again.</summary>
internal sealed class ScheduleOptions
{
    /// <summary>Gets or sets the pipeline.</summary>
    /// <value>The default is <c>qualify</c>.</value>
    public string Pipeline { get; set; } = QualificationPipeline.Name;

    /// <summary>Gets or sets the connection to work on.</summary>
    public string Connection { get; set; } = "";

    /// <summary>Gets or sets which contacts, in the filter language.</summary>
    /// <value>The default is the pipeline's own condition.</value>
    public string? Where { get; set; }

    /// <summary>Gets or sets the times, as a cron expression of six or seven parts that begins with the seconds.</summary>
    public string Cron { get; set; } = "";

    /// <summary>Gets or sets the time zone of the times, by its IANA name.</summary>
    /// <value>The default is <c>UTC</c>.</value>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Gets or sets what becomes of a time at which no node was there.</summary>
    /// <value>The default is <see cref="MisfirePolicy.RunOnce"/>.</value>
    public MisfirePolicy Misfire { get; set; }

    /// <summary>Finds every fault.</summary>
    /// <param name="connections">The connections that there are.</param>
    public IEnumerable<string> Faults(string at, IReadOnlyCollection<string> connections)
    {
        if (Pipeline != QualificationPipeline.Name)
        {
            yield return $"{at}.pipeline: there is no pipeline \"{Pipeline}\"; there is {QualificationPipeline.Name}.";
        }

        if (!connections.Contains(Connection, StringComparer.Ordinal))
        {
            yield return connections.Count == 0
                ? $"{at}.connection: there is no connection \"{Connection}\"; liaison connect add makes one."
                : $"{at}.connection: there is no connection \"{Connection}\"; there are {string.Join(", ", connections.Order(StringComparer.Ordinal))}.";
        }

        if (!CronExpression.TryParse(Cron, out var times))
        {
            yield return $"{at}.cron: \"{Cron}\" is no cron expression; expected seconds, minutes, hours, day of month, month, day of week, as in \"0 0 2 * * ?\" for two in the morning.";
        }
        else if (times.GetNextValidTimeAfter(TimeProvider.System.GetUtcNow()) is null)
        {
            yield return $"{at}.cron: \"{Cron}\" names no time that is still to come.";
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            yield return $"{at}.timeZone: there is no time zone \"{TimeZone}\" on this machine; expected an IANA name, as in Europe/Berlin.";
        }
    }

    /// <summary>Gives the schedule that the options, which have no fault, stand for.</summary>
    public Schedule ToSchedule(string name) => new(name, Pipeline, new ConnectionName(Connection), Where, Cron, TimeZone, Misfire);

    /// <summary>Gives the first time behind an instant; <see langword="null"/> when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) =>
        new CronExpression(Cron, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).GetNextValidTimeAfter(after);
}
