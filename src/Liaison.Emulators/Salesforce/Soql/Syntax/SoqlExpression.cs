namespace Liaison.Emulators.Salesforce.Soql.Syntax;

/// <summary>What a statement selects, filters, groups or orders by; the family is closed.</summary>
internal abstract record SoqlExpression
{
    private SoqlExpression()
    {
    }

    internal sealed record Field(SoqlPath Path) : SoqlExpression;

    internal sealed record Call(SoqlFunction Function, SyntaxList<SoqlExpression> Arguments, SourceMark Mark) : SoqlExpression;

    /// <summary>DISTANCE between a location field and a point.</summary>
    internal sealed record Distance(SoqlPath Location, decimal Latitude, decimal Longitude, bool Miles) : SoqlExpression;
}

/// <summary>The functions of SOQL, in the order of the grammar.</summary>
internal enum SoqlFunction
{
    Count,
    CountDistinct,
    Sum,
    Avg,
    Min,
    Max,
    ToLabel,
    ConvertCurrency,
    Format,
    ConvertTimezone,
    Grouping,
    CalendarYear,
    CalendarMonth,
    CalendarQuarter,
    DayOnly,
    DayInMonth,
    DayInWeek,
    DayInYear,
    HourInDay,
    WeekInMonth,
    WeekInYear,
    FiscalYear,
    FiscalMonth,
    FiscalQuarter,
}

/// <summary>How functions are spelled, and which of them add rows up.</summary>
internal static class SoqlFunctions
{
    private static readonly Dictionary<string, SoqlFunction> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["COUNT"] = SoqlFunction.Count,
        ["COUNT_DISTINCT"] = SoqlFunction.CountDistinct,
        ["SUM"] = SoqlFunction.Sum,
        ["AVG"] = SoqlFunction.Avg,
        ["MIN"] = SoqlFunction.Min,
        ["MAX"] = SoqlFunction.Max,
        ["toLabel"] = SoqlFunction.ToLabel,
        ["convertCurrency"] = SoqlFunction.ConvertCurrency,
        ["FORMAT"] = SoqlFunction.Format,
        ["convertTimezone"] = SoqlFunction.ConvertTimezone,
        ["GROUPING"] = SoqlFunction.Grouping,
        ["CALENDAR_YEAR"] = SoqlFunction.CalendarYear,
        ["CALENDAR_MONTH"] = SoqlFunction.CalendarMonth,
        ["CALENDAR_QUARTER"] = SoqlFunction.CalendarQuarter,
        ["DAY_ONLY"] = SoqlFunction.DayOnly,
        ["DAY_IN_MONTH"] = SoqlFunction.DayInMonth,
        ["DAY_IN_WEEK"] = SoqlFunction.DayInWeek,
        ["DAY_IN_YEAR"] = SoqlFunction.DayInYear,
        ["HOUR_IN_DAY"] = SoqlFunction.HourInDay,
        ["WEEK_IN_MONTH"] = SoqlFunction.WeekInMonth,
        ["WEEK_IN_YEAR"] = SoqlFunction.WeekInYear,
        ["FISCAL_YEAR"] = SoqlFunction.FiscalYear,
        ["FISCAL_MONTH"] = SoqlFunction.FiscalMonth,
        ["FISCAL_QUARTER"] = SoqlFunction.FiscalQuarter,
    };

    private static readonly Dictionary<SoqlFunction, string> Names = ByName.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static bool TryFind(string name, out SoqlFunction function) => ByName.TryGetValue(name, out function);

    public static string NameOf(SoqlFunction function) => Names[function];

    public static bool IsAggregate(this SoqlFunction function) => function <= SoqlFunction.Max;

    public static bool IsDatePart(this SoqlFunction function) => function >= SoqlFunction.CalendarYear;
}
