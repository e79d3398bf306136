using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Liaison.Model;

namespace Liaison.Salesforce.Declaration;

/// <summary>What AI leaves alone by default: Salesforce's own fields by name, an organisation's own where the name plainly says so.</summary>
/// <remarks>Names are matched by whole words, parted by <c>_</c> or a capital: <c>LeadSource</c> is attribution, <c>Resource_Plan__c</c> is not.</remarks>
internal static partial class SalesforceGuards
{
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
    internal static FieldGuard Of(string name, string native, FieldType type, bool namesUser) =>
        FieldGuards.OfCanonical(name) ?? (Native.TryGetValue(native, out var guard) ? guard
            : FieldGuards.OfWords(BetweenWords().Replace(native, "_"), type, namesUser));

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex BetweenWords();
}
