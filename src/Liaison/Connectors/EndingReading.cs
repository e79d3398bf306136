using System.Globalization;
using System.Net.Http.Headers;

namespace Liaison.Connectors;

/// <summary>What one answer says of its endpoint's end: the headers <c>Deprecation</c> (RFC 9745) and <c>Sunset</c> (RFC 8594), and <c>Warning</c> where it is of that.</summary>
/// <remarks>Salesforce tells by a <c>Warning</c> alone (contracts/salesforce.md 2). Its text is prose and gives no day that could be relied upon.</remarks>
/// <param name="DeprecatedAt">From when on the endpoint is deprecated, also ahead; <see langword="null"/> where no day is told.</param>
/// <param name="EndsAt">When it is expected to answer no more; <see langword="null"/> where no day is told.</param>
internal sealed record EndingReading(DateTimeOffset? DeprecatedAt, DateTimeOffset? EndsAt)
{
    private static readonly string[] EndingWords = ["deprecat", "retire", "removed", "no longer supported", "sunset"];

    /// <summary>Reads the headers; <see langword="null"/> where none says anything.</summary>
    public static EndingReading? Read(HttpResponseHeaders? headers)
    {
        if (headers is null)
        {
            return null;
        }

        var deprecation = Text(headers, "Deprecation");
        var sunset = Date(Text(headers, "Sunset"));
        return sunset is null && deprecation is null or "false" && !IsWarned(headers) ? null : new EndingReading(Moment(deprecation), sunset);
    }

    // Caches and proxies warn of much else by this header, each by a code of its own; 299 is a warning that lasts.
    private static bool IsWarned(HttpResponseHeaders headers) =>
        headers.TryGetValues("Warning", out var values)
        && values.Any(value => value.TrimStart().StartsWith("299", StringComparison.Ordinal) && EndingWords.Any(word => value.Contains(word, StringComparison.OrdinalIgnoreCase)));

    // The RFC has a date as @seconds; the drafts before it, which are still sent, had an HTTP date or the word true.
    private static DateTimeOffset? Moment(string? text) =>
        text is ['@', .. var digits] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : Date(text);

    private static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null;

    private static string? Text(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault()?.Trim().ToLowerInvariant() : null;
}
