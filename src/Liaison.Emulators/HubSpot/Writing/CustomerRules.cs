using System.Globalization;
using System.Text.RegularExpressions;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Writing;

/// <summary>The rules that an account's administrator laid on values; enforced on writes from 2026-09 (contract section 1).</summary>
internal static partial class CustomerRules
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
        "SPECIAL_CHARACTERS" => value.All(letter => char.IsLetterOrDigit(letter) || char.IsWhiteSpace(letter)),
        "DECIMAL" => value.Length - value.IndexOf('.', StringComparison.Ordinal) - 1 <= Number(rule) || !value.Contains('.', StringComparison.Ordinal),
        "DAYS_OF_WEEK" => Instants.TryParse(value, out var day) && rule.Arguments.Contains(day.UtcDateTime.DayOfWeek.ToString(), StringComparer.OrdinalIgnoreCase),
        "EMAIL" => EmailPattern().IsMatch(value),
        "DOMAIN" => DomainPattern().IsMatch(value),
        "PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE" => PhonePattern().IsMatch(value),
        "URL" => HostOf(value) is not null,
        "URL_ALLOWED_DOMAINS" => HostOf(value) is { } host && rule.Arguments.Any(domain => IsWithin(host, domain)),
        "URL_BLOCKED_DOMAINS" => HostOf(value) is not { } host || !rule.Arguments.Any(domain => IsWithin(host, domain)),
        "EMAIL_ALLOWED_DOMAINS" => rule.Arguments.Contains(value[(value.IndexOf('@', StringComparison.Ordinal) + 1)..], StringComparer.OrdinalIgnoreCase),
        "EMAIL_BLOCKED_DOMAINS" => !rule.Arguments.Contains(value[(value.IndexOf('@', StringComparison.Ordinal) + 1)..], StringComparer.OrdinalIgnoreCase),

        // What the arguments of FORMAT and of the durations mean is not published: such rules are kept and told.
        _ => true,
    };

    private static string? HostOf(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address!.Host : null;

    private static bool IsWithin(string host, string domain) =>
        string.Equals(host, domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);

    private static double Number(ValidationRule rule) => Number(rule.Arguments is [var bound, ..] ? bound : "0");

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    [GeneratedRegex(@"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$", RegexOptions.CultureInvariant)]
    private static partial Regex EmailPattern();

    [GeneratedRegex(@"^([\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,}$", RegexOptions.CultureInvariant)]
    private static partial Regex DomainPattern();

    [GeneratedRegex(@"^\+[1-9][0-9 ().\-/]{5,}$", RegexOptions.CultureInvariant)]
    private static partial Regex PhonePattern();
}
