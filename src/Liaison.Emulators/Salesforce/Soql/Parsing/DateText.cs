using System.Globalization;
using System.Text.RegularExpressions;

namespace Liaison.Emulators.Salesforce.Soql.Parsing;

/// <summary>How dates and moments are written: unquoted, moments with their zone (contract section 6.3).</summary>
internal static partial class DateText
{
    private static readonly string[] Moments = ["yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz"];
    private static readonly string[] Times = ["HH:mm:ssZ", "HH:mm:ss.FFFFFFFZ"];

    public static int Length(ReadOnlySpan<char> rest) => Count(DatePattern(), rest);

    public static int TimeLength(ReadOnlySpan<char> rest) => Count(TimePattern(), rest);

    public static int TimeOfDayLength(ReadOnlySpan<char> rest) => Count(TimeOfDayPattern(), rest);

    /// <summary>Reads a day; <see langword="null"/> where the calendar has none such.</summary>
    public static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1700 and <= 4000 ? date : null;

    public static DateTimeOffset? Moment(string text)
    {
        var spelled = text.EndsWith('Z') || text[^3] == ':' ? text : text.Insert(text.Length - 2, ":");
        return DateTimeOffset.TryParseExact(spelled, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && moment.Year is >= 1700 and <= 4000
            ? moment
            : null;
    }

    public static TimeOnly? TimeOfDay(string text) =>
        TimeOnly.TryParseExact(text.TrimEnd('Z'), [.. Times.Select(form => form.TrimEnd('Z'))], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static int Count(Regex pattern, ReadOnlySpan<char> rest)
    {
        foreach (var match in pattern.EnumerateMatches(rest))
        {
            return match.Length;
        }

        return 0;
    }

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}")]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"\AT[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?(Z|[+-][0-9]{2}:?[0-9]{2})")]
    private static partial Regex TimePattern();

    [GeneratedRegex(@"\A[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?Z")]
    private static partial Regex TimeOfDayPattern();
}
