using System.Globalization;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Writing;

namespace Liaison.Emulators.HubSpot.Catalog;

/// <summary>How the CRM works out the values that nobody may write.</summary>
internal sealed class ComputedValues(Account account, string typeName)
{
    /// <summary>Gives the rule of a property; <see langword="null"/> where its value is stored.</summary>
    public Func<CrmRecord, string?>? Of(string property) => property switch
    {
        "hs_object_id" => record => record.Id.ToString(CultureInfo.InvariantCulture),
        "createdate" or "hs_createdate" => record => Instants.Format(record.CreatedAt),
        "lastmodifieddate" or "hs_lastmodifieddate" => record => Instants.Format(record.UpdatedAt),
        "hs_all_owner_ids" => record => Owner(record)?.OwnerId.ToString(CultureInfo.InvariantCulture),
        "hs_user_ids_of_all_owners" => record => Owner(record)?.UserId.ToString(CultureInfo.InvariantCulture),
        "hubspot_team_id" or "hs_all_team_ids" => record => Owner(record)?.Team?.Id.ToString(CultureInfo.InvariantCulture),

        // Lists may begin with a semicolon (contract section 5.1).
        "hs_all_accessible_team_ids" => record => Owner(record)?.Team is { } team ? $";{team.Id}" : null,
        "associatedcompanyid" or "hs_primary_associated_company" => record => PrimaryCompany(record),
        "hs_email_domain" => record => Text(record, "email") is { } email && email.Contains('@', StringComparison.Ordinal) ? email[(email.IndexOf('@', StringComparison.Ordinal) + 1)..] : null,
        "hs_full_name_or_email" => record => FullName(record),
        "hs_searchable_calculated_phone_number" => record => Digits(Text(record, "phone")),
        "hs_searchable_calculated_mobile_number" => record => Digits(Text(record, "mobilephone")),
        "hs_deal_stage_probability" => Probability,
        "hs_is_closed" => record => Stage(record) is { } stage ? stage.IsClosed ? "true" : "false" : null,
        "hs_is_closed_won" => record => Stage(record) is { } stage ? stage.IsClosed && stage.Metadata.GetValueOrDefault("probability") == "1.0" ? "true" : "false" : null,
        "amount_in_home_currency" => HomeAmount,
        _ => null,
    };

    public static Func<CrmRecord, DateTimeOffset>? MomentOf(string property) => property switch
    {
        "createdate" or "hs_createdate" => record => record.CreatedAt,
        "lastmodifieddate" or "hs_lastmodifieddate" => record => record.UpdatedAt,
        _ => null,
    };

    private ObjectType Type => account.TryGetType(typeName, out var type) ? type : throw new InvalidOperationException(typeName);

    private string? Text(CrmRecord record, string property) => Type.Value(property, record);

    private CrmUser? Owner(CrmRecord record) => account.OwnerOf(Type, record);

    private string? PrimaryCompany(CrmRecord record)
    {
        foreach (var link in account.Links.Of(Type, record.Id, account.Companies))
        {
            if (link.Kinds.Any(kind => kind is { Category: AssociationKind.HubSpotDefined, TypeId: 1 or 5 or 26 }))
            {
                return link.To.ToString(CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    private string? FullName(CrmRecord record)
    {
        var name = $"{Text(record, "firstname")} {Text(record, "lastname")}".Trim();
        return name.Length > 0 ? name : Text(record, "email");
    }

    private static string? Digits(string? phone) =>
        phone is null ? null : string.Concat(phone.Where(char.IsAsciiDigit)) is { Length: > 0 } digits ? digits : null;

    private PipelineStage? Stage(CrmRecord record) =>
        StageRules.PropertiesOf(Type) is { } names ? StageRules.StageOf(account, Type, Text(record, names.Pipeline), Text(record, names.Stage)) : null;

    /// <remarks>The exact expansion of the nearest binary fraction: up to 58 digits, more than any decimal type holds (contract section 5.1).</remarks>
    private string? Probability(CrmRecord record) => Stage(record)?.Metadata.GetValueOrDefault("probability") switch
    {
        null => null,
        "0.2" => "0.200000000000000011102230246251565404236316680908203125",
        "0.4" => "0.40000000000000002220446049250313080847263336181640625",
        "0.6" => "0.59999999999999997779553950749686919152736663818359375",
        "0.8" => "0.8000000000000000444089209850062616169452667236328125",
        "0.9" => "0.90000000000000002220446049250313080847263336181640625",
        "1.0" => "1",
        "0.0" => "0",
        var other => other,
    };

    private string? HomeAmount(CrmRecord record)
    {
        if (!decimal.TryParse(Text(record, "amount"), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount))
        {
            return null;
        }

        var currency = Text(record, "deal_currency_code") ?? account.Currency;
        var rate = currency == account.Currency ? 1m : account.ExchangeRates.GetValueOrDefault(currency)?.Worth ?? 1m;
        return (amount * rate).ToString(CultureInfo.InvariantCulture);
    }
}
