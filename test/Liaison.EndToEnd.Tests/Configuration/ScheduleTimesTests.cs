using Liaison.Cli.Configuration;

namespace Liaison.EndToEnd.Tests.Configuration;

/// <summary>The times of a schedule by the clock of its zone, on the days on which that clock is moved.</summary>
public sealed class ScheduleTimesTests
{
    [Theory]
    [InlineData("0 0 2 * * ?", "2026-07-01T12:00:00Z", "2026-07-02T00:00:00Z", "2026-07-03T00:00:00Z")]
    [InlineData("0 0 2 * * ?", "2026-12-01T12:00:00Z", "2026-12-02T01:00:00Z", "2026-12-03T01:00:00Z")]
    [InlineData("0 30 2 * * ?", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("0 30 2 * * ?", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    public void A_time_of_day_is_that_of_the_zone_and_comes_once_a_day(string cron, string after, string first, string second)
    {
        var schedule = new ScheduleOptions { Connection = "crm", Cron = cron, TimeZone = "Europe/Berlin" };

        var one = schedule.Next(DateTimeOffset.Parse(after, null)).ShouldNotBeNull();
        var other = schedule.Next(one).ShouldNotBeNull();

        (one, other).ShouldBe((DateTimeOffset.Parse(first, null), DateTimeOffset.Parse(second, null)));
    }
}
