using System.Globalization;
using Liaison.Failures;

namespace Liaison.Reading.Filters;

/// <summary>Spans of time: <c>24 hours</c>, <c>24h</c>, <c>week</c>, and with a sign <c>-7d</c>.</summary>
internal static class FilterDuration
{
    private const int MaxCount = 1_000_000;

    /// <summary>Reads the span of <c>in the last ...</c>.</summary>
    public static Result<TimeSpan> Read(FilterOperand operand) =>
        operand.Text.Length > 0 && operand.Text[0] is not ('-' or '+') && TryRead(operand.Text) is { } span
            ? span
            : FilterFault.At(operand.Column, "expected a number of minutes, hours, days or weeks, as in: in the last 24 hours");

    /// <summary>Reads a signed span such as <c>-24h</c>; <see langword="null"/> for anything else.</summary>
    public static TimeSpan? TrySigned(FilterOperand operand) => operand switch
    {
        { Quoted: false, Text: ['-', .. var past] } when char.IsAsciiDigit(past.FirstOrDefault()) => -TryRead(past),
        { Quoted: false, Text: ['+', .. var ahead] } when char.IsAsciiDigit(ahead.FirstOrDefault()) => TryRead(ahead),
        _ => null,
    };

    private static TimeSpan? TryRead(string text)
    {
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        var count = 1;
        if (digits > 0 && (!int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out count) || count > MaxCount))
        {
            return null;
        }

        return text[digits..].Trim().ToLowerInvariant() switch
        {
            "m" or "min" or "mins" or "minute" or "minutes" => TimeSpan.FromMinutes(count),
            "h" or "hr" or "hrs" or "hour" or "hours" => TimeSpan.FromHours(count),
            "d" or "day" or "days" => TimeSpan.FromDays(count),
            "w" or "wk" or "week" or "weeks" => TimeSpan.FromDays(7.0 * count),
            _ => null,
        };
    }
}
