using System.Diagnostics;
using Liaison.Emulators.Salesforce.Soql.Schema;
using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Binding;

/// <summary>The date functions; moments are taken apart in UTC unless convertTimezone() moved them (SOQL reference, "Date Functions").</summary>
internal static class DateParts
{
    public static BoundValue Bind(SoqlFunction function, BoundValue of, SoqlLocale locale, string shown)
    {
        var type = function == SoqlFunction.DayOnly ? SoqlType.Date : SoqlType.Int;
        return new BoundValue(row => of.Read(row) is { } value ? Part(function, value, locale) : null, type, shown);
    }

    private static object Part(SoqlFunction function, object value, SoqlLocale locale)
    {
        var moment = value as DateTimeOffset?;
        var day = moment is { } exact ? DateOnly.FromDateTime(exact.UtcDateTime) : (DateOnly)value;
        return function switch
        {
            SoqlFunction.DayOnly => day,
            SoqlFunction.CalendarYear => (decimal)day.Year,
            SoqlFunction.CalendarMonth => (decimal)day.Month,
            SoqlFunction.CalendarQuarter => (decimal)(((day.Month - 1) / 3) + 1),
            SoqlFunction.DayInMonth => (decimal)day.Day,
            SoqlFunction.DayInWeek => (decimal)((int)day.DayOfWeek + 1),
            SoqlFunction.DayInYear => (decimal)day.DayOfYear,
            SoqlFunction.HourInDay => (decimal)(moment?.UtcDateTime.Hour ?? 0),
            SoqlFunction.WeekInMonth => (decimal)(((day.Day - 1) / 7) + 1),
            SoqlFunction.WeekInYear => (decimal)(((day.DayOfYear - 1) / 7) + 1),
            SoqlFunction.FiscalYear => (decimal)Fiscal.Year(day, locale),
            SoqlFunction.FiscalMonth => (decimal)Fiscal.Month(day, locale),
            SoqlFunction.FiscalQuarter => (decimal)Fiscal.Quarter(day, locale),
            _ => throw new UnreachableException(),
        };
    }
}
