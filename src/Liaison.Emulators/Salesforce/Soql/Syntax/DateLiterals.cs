namespace Liaison.Emulators.Salesforce.Soql.Syntax;

/// <summary>How relative dates are spelled.</summary>
internal static class DateLiterals
{
    private static readonly Dictionary<string, (RelativeKind Kind, DateUnit Unit, int Count)> Fixed = new(StringComparer.OrdinalIgnoreCase)
    {
        ["YESTERDAY"] = (RelativeKind.Last, DateUnit.Day, 1),
        ["TODAY"] = (RelativeKind.This, DateUnit.Day, 1),
        ["TOMORROW"] = (RelativeKind.Next, DateUnit.Day, 1),
        ["LAST_90_DAYS"] = (RelativeKind.LastN, DateUnit.Day, 90),
        ["NEXT_90_DAYS"] = (RelativeKind.NextN, DateUnit.Day, 90),
    };

    private static readonly Dictionary<string, (RelativeKind Kind, DateUnit Unit)> Counted = new(StringComparer.OrdinalIgnoreCase);

    static DateLiterals()
    {
        foreach (var unit in Enum.GetValues<DateUnit>())
        {
            var name = NameOf(unit);
            Counted[$"LAST_N_{name}S"] = (RelativeKind.LastN, unit);
            Counted[$"NEXT_N_{name}S"] = (RelativeKind.NextN, unit);
            Counted[$"N_{name}S_AGO"] = (RelativeKind.Ago, unit);
            if (unit != DateUnit.Day)
            {
                Fixed[$"LAST_{name}"] = (RelativeKind.Last, unit, 1);
                Fixed[$"THIS_{name}"] = (RelativeKind.This, unit, 1);
                Fixed[$"NEXT_{name}"] = (RelativeKind.Next, unit, 1);
            }
        }
    }

    public static bool TryFixed(string word, out (RelativeKind Kind, DateUnit Unit, int Count) found) => Fixed.TryGetValue(word, out found);

    /// <summary>Finds those that a colon and a number follow.</summary>
    public static bool TryCounted(string word, out (RelativeKind Kind, DateUnit Unit) found) => Counted.TryGetValue(word, out found);

    public static string Print(SoqlLiteral.Relative date) => (date.Kind, date.Unit) switch
    {
        (RelativeKind.Last, DateUnit.Day) => "YESTERDAY",
        (RelativeKind.This, DateUnit.Day) => "TODAY",
        (RelativeKind.Next, DateUnit.Day) => "TOMORROW",
        (RelativeKind.Last, _) => $"LAST_{NameOf(date.Unit)}",
        (RelativeKind.This, _) => $"THIS_{NameOf(date.Unit)}",
        (RelativeKind.Next, _) => $"NEXT_{NameOf(date.Unit)}",
        (RelativeKind.LastN, _) => $"LAST_N_{NameOf(date.Unit)}S:{date.Count}",
        (RelativeKind.NextN, _) => $"NEXT_N_{NameOf(date.Unit)}S:{date.Count}",
        (RelativeKind.Ago, _) => $"N_{NameOf(date.Unit)}S_AGO:{date.Count}",
    };

    private static string NameOf(DateUnit unit) => unit switch
    {
        DateUnit.Day => "DAY",
        DateUnit.Week => "WEEK",
        DateUnit.Month => "MONTH",
        DateUnit.Quarter => "QUARTER",
        DateUnit.Year => "YEAR",
        DateUnit.FiscalQuarter => "FISCAL_QUARTER",
        DateUnit.FiscalYear => "FISCAL_YEAR",
    };
}
