using System.Diagnostics;
using System.Globalization;
using System.Text;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Soql;

/// <summary>Prints typed values as literals: there are no parameters over REST, so nothing else may print one (contracts/salesforce.md 6.3).</summary>
internal static class SoqlLiteral
{
    /// <summary>Prints a value.</summary>
    /// <returns><see langword="null"/> for a value that a statement cannot compare.</returns>
    internal static string? Of(FieldValue value) => value switch
    {
        FieldValue.Text text => text.Value.Length > 0 ? Quoted(text.Value) : null,
        FieldValue.RichText text => text.Html.Length > 0 ? Quoted(text.Html) : null,
        FieldValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        FieldValue.Money money => money.Amount.ToString(CultureInfo.InvariantCulture),
        FieldValue.Flag flag => flag.Value ? "true" : "false",
        FieldValue.Date date => date.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FieldValue.Instant instant => Instant(instant.Value),
        FieldValue.TimeOfDay time => time.Value.ToString("HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        FieldValue.Option option => Quoted(option.Value),
        FieldValue.OptionList list => Quoted(string.Join(';', list.Options.Select(option => option.Value))),
        FieldValue.Reference reference => SalesforceId.Normalize(reference.Id) is { } id ? Quoted(id) : null,
        FieldValue.Unreadable => null,
        _ => value.IsEmpty ? "null" : throw new UnreachableException(),
    };

    /// <summary>Prints a time; Salesforce takes whole seconds, in which it keeps its own.</summary>
    internal static string Instant(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Prints a text as a literal.</summary>
    /// <returns><see langword="null"/> for one that is longer than Salesforce takes.</returns>
    internal static string? Quoted(string text) => Within($"'{Escaped(text, pattern: false)}'");

    /// <summary>Prints a text as a pattern that is met wherever the text stands; its own wildcards are letters.</summary>
    internal static string? Containing(string text) => Within($"'%{Escaped(text, pattern: true)}%'");

    private static string? Within(string literal) => literal.Length <= SalesforceLimits.LiteralLength ? literal : null;

    private static string Escaped(string text, bool pattern)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '\\' => escaped.Append(@"\\"),
                '\'' => escaped.Append(@"\'"),
                '"' => escaped.Append("\\\""),
                '\n' => escaped.Append(@"\n"),
                '\r' => escaped.Append(@"\r"),
                '\t' => escaped.Append(@"\t"),
                '\b' => escaped.Append(@"\b"),
                '\f' => escaped.Append(@"\f"),
                '%' or '_' when pattern => escaped.Append('\\').Append(letter),
                _ => escaped.Append(letter),
            };
        }

        return escaped.ToString();
    }
}
