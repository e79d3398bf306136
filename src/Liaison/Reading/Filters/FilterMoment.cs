namespace Liaison.Reading.Filters;

/// <summary>A time as a filter names it: a point, or a whole day of the caller's zone.</summary>
/// <param name="Start">The point, or the day's first moment.</param>
/// <param name="End">The first moment after the day; <see langword="null"/> for a point.</param>
/// <param name="Day">The day, or that of the point, in the caller's zone.</param>
internal readonly record struct FilterMoment(DateTimeOffset Start, DateTimeOffset? End, DateOnly Day);

/// <summary>The filter's clock: now, and where midnight is.</summary>
internal sealed class FilterClock(DateTimeOffset now, TimeZoneInfo zone)
{
    public FilterMoment Now => Point(now);

    public DateOnly Today => DayOf(now);

    public FilterMoment Point(DateTimeOffset instant) => new(instant.ToUniversalTime(), null, DayOf(instant));

    /// <summary>Gives a moment that lies a span from now; what lies outside the calendar ends at its edge.</summary>
    public FilterMoment FromNow(TimeSpan span)
    {
        var ticks = Math.Clamp((decimal)now.UtcTicks + span.Ticks, 0, DateTime.MaxValue.Ticks);
        return Point(new DateTimeOffset((long)ticks, TimeSpan.Zero));
    }

    public FilterMoment Whole(DateOnly day) => new(
        StartOf(day), day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : StartOf(day.AddDays(1)), day);

    /// <summary>Reads a time of the zone's own clock.</summary>
    public DateTimeOffset FromLocal(DateTime local)
    {
        // The hour that a spring leaves out is taken as the first that there is, the one that autumn repeats as its first.
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(Math.Clamp(local.Ticks - offset.Ticks, 0, DateTime.MaxValue.Ticks), TimeSpan.Zero);
    }

    private DateTimeOffset StartOf(DateOnly day) => FromLocal(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified));

    private DateOnly DayOf(DateTimeOffset instant)
    {
        var ticks = Math.Clamp(instant.UtcTicks + zone.GetUtcOffset(instant).Ticks, 0, DateTime.MaxValue.Ticks);
        return DateOnly.FromDateTime(new DateTime(ticks, DateTimeKind.Unspecified));
    }
}
