using System.Globalization;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Soql.Binding;

/// <summary>Values as FORMAT() shows them in the locale en_US.</summary>
internal static class DisplayText
{
    public static string? Of(object? value, SoqlType type, SoqlLocale locale) => value switch
    {
        null => null,
        decimal number => number.ToString(type == SoqlType.Currency ? "#,##0.00" : type == SoqlType.Percent ? "#,##0.###'%'" : "#,##0.###", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("M/d/yyyy", CultureInfo.InvariantCulture),
        DateTimeOffset moment => TimeZoneInfo.ConvertTime(moment, locale.Zone).ToString("M/d/yyyy, h:mm tt", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("h:mm tt", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => value.ToString(),
    };
}
