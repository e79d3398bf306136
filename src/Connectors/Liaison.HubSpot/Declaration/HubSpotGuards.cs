using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Liaison.Model;

namespace Liaison.HubSpot.Declaration;

/// <summary>What AI leaves alone by default: HubSpot's own properties by name, an account's own where the name plainly says so.</summary>
/// <remarks>Names are matched by whole words, parted by <c>_</c>: <c>utm_source</c> is attribution, <c>resource_plan</c> is not.</remarks>
internal static partial class HubSpotGuards
{
    private static readonly FrozenDictionary<string, FieldGuard> Native = new[]
    {
        Of(FieldGuard.Origin, "source_type", "hs_lead_source", "hs_manual_campaign_ids", "first_conversion_event_name", "recent_conversion_event_name"),
        Of(
            FieldGuard.Owner,
            "hubspot_owner_assigneddate", "hubspot_team_id", "hs_all_owner_ids", "hs_all_team_ids", "hs_all_accessible_team_ids",
            "hs_all_assigned_business_unit_ids", "hs_owning_teams", "hs_shared_team_ids", "hs_shared_user_ids", "hs_user_ids_of_all_owners"),
        Of(FieldGuard.Consent, "hs_marketable_status", "hs_marketable_reason_id", "hs_marketable_reason_type", "hs_emailconfirmationstatus"),
        Of(FieldGuard.Legal, "hs_legal_basis", "hs_processing_contact_data_legal_basis"),
        Of(
            FieldGuard.Financial,
            "annualrevenue", "deal_currency_code", "amount_in_home_currency", "hs_acv", "hs_arr", "hs_mrr", "hs_tcv", "hs_closed_amount",
            "hs_forecast_amount", "hs_projected_amount"),
    }.SelectMany(names => names).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Tells why AI does not write a property.</summary>
    /// <param name="namesUser">Whether the property holds an owner or user.</param>
    internal static FieldGuard Of(string name, string native, FieldType type, bool namesUser) =>
        FieldGuards.OfCanonical(name) ?? (Native.TryGetValue(native, out var guard) ? guard
            : OriginWords().IsMatch(native) ? FieldGuard.Origin
            : FieldGuards.OfWords(native, type, namesUser));

    private static IEnumerable<KeyValuePair<string, FieldGuard>> Of(FieldGuard guard, params string[] names) =>
        names.Select(name => KeyValuePair.Create(name, guard));

    [GeneratedRegex("^hs_(analytics_(source|first)|latest_source|object_source)(_|$)|^source$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OriginWords();
}
