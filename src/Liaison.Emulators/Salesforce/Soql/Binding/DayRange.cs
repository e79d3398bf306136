using Liaison.Emulators.Salesforce.Soql.Schema;
using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Binding;

/// <summary>The days that a relative date stands for: from one until before the other.</summary>
internal readonly record struct DayRange(DateOnly From, DateOnly Until)
{
    /// <summary>Places a relative date around the running user's today.</summary>
    public static DayRange Of(SoqlLiteral.Relative date, SoqlLocale locale)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(locale.Now, locale.Zone).DateTime);
        var current = StartOf(date.Unit, today, locale);
        DateOnly Unit(long away) => Add(date.Unit, current, away);

        return date.Kind switch
        {
            RelativeKind.Last => new DayRange(Unit(-1), current),
            RelativeKind.This => new DayRange(current, Unit(1)),
            RelativeKind.Next => new DayRange(Unit(1), Unit(2)),

            // LAST_N_DAYS includes today; the other LAST_N exclude the current unit (contract section 6.4).
            RelativeKind.LastN when date.Unit == DateUnit.Day => new DayRange(Unit(-date.Count), Unit(1)),
            RelativeKind.LastN => new DayRange(Unit(-date.Count), current),
            RelativeKind.NextN => new DayRange(Unit(1), Unit(date.Count + 1L)),
            RelativeKind.Ago => new DayRange(Unit(-date.Count), Unit(1L - date.Count)),
        };
    }

    /// <summary>Gives the moment at which a day begins for the running user.</summary>
    public static DateTimeOffset Midnight(DateOnly day, SoqlLocale locale)
    {
        var wall = day.ToDateTime(TimeOnly.MinValue);

        // Where the clock jumps over midnight, the day begins when it lands.
        while (locale.Zone.IsInvalidTime(wall))
        {
            wall = wall.AddMinutes(30);
        }

        return new DateTimeOffset(wall, locale.Zone.GetUtcOffset(wall));
    }

    private static DateOnly StartOf(DateUnit unit, DateOnly day, SoqlLocale locale) => unit switch
    {
        DateUnit.Day => day,
        DateUnit.Week => day.AddDays(-(int)day.DayOfWeek),
        DateUnit.Month => new DateOnly(day.Year, day.Month, 1),
        DateUnit.Quarter => new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1),
        DateUnit.Year => new DateOnly(day.Year, 1, 1),
        DateUnit.FiscalQuarter => Fiscal.YearStart(day, locale).AddMonths((Fiscal.Quarter(day, locale) - 1) * 3),
        DateUnit.FiscalYear => Fiscal.YearStart(day, locale),
    };

    private static DateOnly Add(DateUnit unit, DateOnly day, long count) => unit switch
    {
        DateUnit.Day => Days(day, count),
        DateUnit.Week => Days(day, 7 * count),
        DateUnit.Month => Months(day, count),
        DateUnit.Quarter or DateUnit.FiscalQuarter => Months(day, 3 * count),
        DateUnit.Year or DateUnit.FiscalYear => Months(day, 12 * count),
    };

    /// <summary>Stays on the calendar, however large the count that a statement names.</summary>
    private static DateOnly Days(DateOnly day, long count) =>
        DateOnly.FromDayNumber((int)Math.Clamp(day.DayNumber + count, DateOnly.MinValue.DayNumber + 1, DateOnly.MaxValue.DayNumber - 1));

    private static DateOnly Months(DateOnly day, long count)
    {
        var months = Math.Clamp((day.Year * 12L) + day.Month - 1 + count, 13, (9998L * 12) + 11);
        return new DateOnly((int)(months / 12), (int)(months % 12) + 1, day.Day);
    }
}
