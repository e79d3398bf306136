using System.Globalization;

namespace Liaison.Salesforce.Wire;

/// <summary>Salesforce's times, whose offset has no colon: <c>2026-05-01T07:25:37.000+0000</c> (contracts/salesforce.md 4).</summary>
internal static class SalesforceTime
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ss.fffzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    internal static DateTimeOffset? Parse(string? text)
    {
        // The parser wants the colon that Salesforce leaves out.
        var colon = text is { Length: > 5 } && text[^5] is '+' or '-' ? text.Insert(text.Length - 2, ":") : text;
        return DateTimeOffset.TryParseExact(
            colon, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }
}
