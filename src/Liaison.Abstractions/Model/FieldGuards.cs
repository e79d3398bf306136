using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Liaison.Model;

/// <summary>What AI leaves alone by default in every CRM: fields by their canonical name, a customer's own where the name plainly says so.</summary>
/// <remarks>A connector asks first for the fields that its CRM publishes, which need not follow any rule of names.</remarks>
public static partial class FieldGuards
{
    private static readonly FrozenDictionary<string, FieldGuard> Canonical = new Dictionary<string, FieldGuard>
    {
        [FieldNames.Source] = FieldGuard.Origin,
        [FieldNames.Owner] = FieldGuard.Owner,
        [FieldNames.OptedOut] = FieldGuard.Consent,
        [FieldNames.Amount] = FieldGuard.Financial,
        [FieldNames.AnnualRevenue] = FieldGuard.Financial,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Tells why AI does not write a field by its canonical name.</summary>
    /// <returns><see langword="null"/> where the canonical name decides nothing.</returns>
    public static FieldGuard? OfCanonical(string name) => Canonical.TryGetValue(name, out var guard) ? guard : null;

    /// <summary>Tells why AI does not write a field by the words of its native name.</summary>
    /// <param name="words">The native name with its words parted by <c>_</c>: <c>utm_source</c> is attribution, <c>resource_plan</c> is not.</param>
    /// <param name="namesUser">Whether the field holds an owner or user.</param>
    public static FieldGuard OfWords(string words, FieldType type, bool namesUser) => words switch
    {
        _ when ConsentWords().IsMatch(words) => FieldGuard.Consent,
        _ when LegalWords().IsMatch(words) => FieldGuard.Legal,
        _ when OriginWords().IsMatch(words) => FieldGuard.Origin,
        _ when namesUser || OwnerWords().IsMatch(words) => FieldGuard.Owner,
        _ when type == FieldType.Money || FinancialWords().IsMatch(words) => FieldGuard.Financial,
        _ => FieldGuard.None,
    };

    [GeneratedRegex("(^|_)(consent(ed|s)?|opt_?(in|out)|opted_?(in|out)|(un)?subscribed?|email_subscription|subscription_status|do_?not_?(call|contact|email|mail)|double_opt|marketing_permission)(_|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ConsentWords();

    [GeneratedRegex("(^|_)(gdpr|dsgvo|ccpa|(legal|lawful)_(basis|ground|hold)|privacy_policy|data_retention)(_|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LegalWords();

    [GeneratedRegex("(^|_)(utm|gclid|fbclid|(first|last)_touch|attribution|referrer|(lead|account|original|latest|traffic|contact|deal)_?source)(_|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OriginWords();

    // The last part is the mark of a customer's own field in Salesforce.
    [GeneratedRegex("(^|_)(owner|owner_id|team_id|territory_id)(__c)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OwnerWords();

    [GeneratedRegex("(^|_)(currency(_iso)?(_code)?|revenue|iban|bank_account|credit_limit|payment_terms|invoice_(amount|total))(_|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FinancialWords();
}
