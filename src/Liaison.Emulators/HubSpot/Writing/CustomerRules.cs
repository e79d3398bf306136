using System.Globalization;
using System.Text.RegularExpressions;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Writing;

/// <summary>The rules that an account's administrator laid on values; enforced on writes from 2026-09 (contract section 1).</summary>
internal static class CustomerRules
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(200);

    public static ValueFault? Judge(Account account, ObjectType type, PropertyDefinition property, string value)
    {
        if (value.Length == 0)
        {
            return null;
        }

        var broken = account.Rules.For(type, property.Name).FirstOrDefault(rule => !Holds(rule, value));
        return broken is null ? null : new ValueFault(
            property.Name, "VALIDATION_RULE_FAILED", $"The value of {property.Name} breaks the rule {broken.Type}({string.Join(", ", broken.Arguments)}) of this account.");
    }

    private static bool Holds(ValidationRule rule, string value) => rule.Type switch
    {
        "MIN_LENGTH" => value.Length >= Number(rule),
        "MAX_LENGTH" => value.Length <= Number(rule),
        "MIN_NUMBER" => Number(value) >= Number(rule),
        "MAX_NUMBER" => Number(value) <= Number(rule),
        "ALPHANUMERIC" => value.All(char.IsLetterOrDigit),
        "WHITESPACE" => !value.Any(char.IsWhiteSpace),
        "REGEX" => Regex.IsMatch(value, rule.Arguments is [var pattern, ..] ? pattern : "", RegexOptions.CultureInvariant, LongestMatch),
        "START_DATE" or "START_DATETIME" => Instants.TryParse(value, out var at) && Instants.TryParse(rule.Arguments[0], out var from) && at >= from,
        "END_DATE" or "END_DATETIME" => Instants.TryParse(value, out var at) && Instants.TryParse(rule.Arguments[0], out var to) && at <= to,
        "EMAIL_ALLOWED_DOMAINS" => rule.Arguments.Contains(value[(value.IndexOf('@', StringComparison.Ordinal) + 1)..], StringComparer.OrdinalIgnoreCase),
        "EMAIL_BLOCKED_DOMAINS" => !rule.Arguments.Contains(value[(value.IndexOf('@', StringComparison.Ordinal) + 1)..], StringComparer.OrdinalIgnoreCase),

        // The other kinds shape what the CRM's own forms accept; their arguments are not published.
        _ => true,
    };

    private static double Number(ValidationRule rule) => Number(rule.Arguments is [var bound, ..] ? bound : "0");

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
