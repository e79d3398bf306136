using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Liaison.Model;

namespace Liaison.Salesforce.Declaration;

/// <summary>What AI leaves alone by default: Salesforce's own fields by name, an organisation's own where the name plainly says so.</summary>
/// <remarks>Names are matched by whole words, parted by <c>_</c> or a capital: <c>LeadSource</c> is attribution, <c>Resource_Plan__c</c> is not.</remarks>
internal static partial class SalesforceGuards
{
    private static readonly FrozenDictionary<string, FieldGuard> Canonical = new Dictionary<string, FieldGuard>
    {
        [FieldNames.Source] = FieldGuard.Origin,
        [FieldNames.Owner] = FieldGuard.Owner,
        [FieldNames.OptedOut] = FieldGuard.Consent,
        [FieldNames.Amount] = FieldGuard.Financial,
        [FieldNames.AnnualRevenue] = FieldGuard.Financial,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, FieldGuard> Native = new Dictionary<string, FieldGuard>
    {
        ["CampaignId"] = FieldGuard.Origin,
        ["Jigsaw"] = FieldGuard.Origin,
        ["DoNotCall"] = FieldGuard.Consent,
        ["HasOptedOutOfFax"] = FieldGuard.Consent,
        ["IndividualId"] = FieldGuard.Consent,
        ["ExpectedRevenue"] = FieldGuard.Financial,
        ["Pricebook2Id"] = FieldGuard.Financial,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Tells why AI does not write a field.</summary>
    /// <param name="namesUser">Whether the field holds a user.</param>
    internal static FieldGuard Of(string name, string native, FieldType type, bool namesUser)
    {
        if (Canonical.TryGetValue(name, out var guard) || Native.TryGetValue(native, out guard))
        {
            return guard;
        }

        var words = BetweenWords().Replace(native, "_");
        return words switch
        {
            _ when ConsentWords().IsMatch(words) => FieldGuard.Consent,
            _ when LegalWords().IsMatch(words) => FieldGuard.Legal,
            _ when OriginWords().IsMatch(words) => FieldGuard.Origin,
            _ when namesUser || OwnerWords().IsMatch(words) => FieldGuard.Owner,
            _ when type == FieldType.Money || FinancialWords().IsMatch(words) => FieldGuard.Financial,
            _ => FieldGuard.None,
        };
    }

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex BetweenWords();

    [GeneratedRegex("(^|_)(consent(ed|s)?|opt_?(in|out)|opted_?(in|out)|(un)?subscribed?|email_subscription|subscription_status|do_?not_?(call|contact|email|mail)|double_opt|marketing_permission)(_|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ConsentWords();

    [GeneratedRegex("(^|_)(gdpr|dsgvo|ccpa|(legal|lawful)_(basis|ground|hold)|privacy_policy|data_retention)(_|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LegalWords();

    [GeneratedRegex("(^|_)(utm|gclid|fbclid|(first|last)_touch|attribution|referrer|(lead|account|original|latest|traffic|contact|deal)_?source)(_|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OriginWords();

    [GeneratedRegex("(^|_)(owner|owner_id|team_id|territory_id)(__c)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OwnerWords();

    [GeneratedRegex("(^|_)(currency(_iso)?(_code)?|revenue|iban|bank_account|credit_limit|payment_terms|invoice_(amount|total))(_|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FinancialWords();
}
