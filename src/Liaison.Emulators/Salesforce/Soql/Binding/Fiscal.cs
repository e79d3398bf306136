using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Soql.Binding;

/// <summary>The fiscal calendar of an org: months counted from where its year begins.</summary>
/// <remarks>A fiscal year is named after the calendar year in which it ends, as a new org has it.</remarks>
internal static class Fiscal
{
    /// <summary>Gives the first day of the fiscal year around a day.</summary>
    public static DateOnly YearStart(DateOnly day, SoqlLocale locale)
    {
        var start = new DateOnly(day.Year, locale.FiscalStartMonth, 1);
        return start > day ? start.AddYears(-1) : start;
    }

    public static int Year(DateOnly day, SoqlLocale locale) =>
        YearStart(day, locale).Year + (locale.FiscalStartMonth > 1 ? 1 : 0);

    public static int Month(DateOnly day, SoqlLocale locale) => ((day.Month - locale.FiscalStartMonth + 12) % 12) + 1;

    public static int Quarter(DateOnly day, SoqlLocale locale) => ((Month(day, locale) - 1) / 3) + 1;
}
