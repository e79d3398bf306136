using System.Globalization;
using Liaison.Emulators.HubSpot.Catalog;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.World;

namespace Liaison.Emulators.HubSpot.Loading;

/// <summary>Makes an account out of a world.</summary>
internal static class WorldLoader
{
    public static Account Load(CrmWorld world, HubSpotEmulatorOptions options)
    {
        var account = new Account(options);
        ObjectTypes.AddTo(account, world.Now);
        Pipelines.AddTo(account, world.Now);
        if (options.AiFields)
        {
            AiFields.AddTo(account, Instants.ToMilliseconds(world.Now));
        }

        LoadedProperties.AddTo(account, options.Properties, Instants.ToMilliseconds(world.Now));
        foreach (var (currency, rate) in new[] { ("USD", 0.92m), ("GBP", 1.17m), ("CHF", 1.04m), ("SEK", 0.087m), ("PLN", 0.23m), ("EUR", 1m) })
        {
            if (currency != options.Currency)
            {
                account.ExchangeRates[currency] = new ExchangeRate(currency, rate, Instants.ToMilliseconds(world.Now.AddYears(-4)));
            }
        }

        account.Rules.Set(account.Companies, "numberofemployees", new ValidationRule("MIN_NUMBER", ["0"], false));
        LoadPeople(account, world);
        LoadUserRecords(account, world.Now);
        RecordLoader.Companies(account, world);
        RecordLoader.Contacts(account, world);
        RecordLoader.Deals(account, world);
        ActivityLoader.Load(account, world);
        RecordLoader.Subscriptions(account, world);
        return account;
    }

    private static void LoadPeople(Account account, CrmWorld world)
    {
        account.Teams.AddRange(world.Teams.Select(team => new CrmTeam(HubSpotIds.Team(team.Key), team.Name)));
        foreach (var owner in world.Owners)
        {
            var team = owner.TeamKey is { } key ? account.Teams.Find(known => known.Id == HubSpotIds.Team(key)) : null;
            account.Add(new CrmUser(
                HubSpotIds.User(owner.Key), HubSpotIds.Owner(owner.Key), owner.Email, owner.FirstName, owner.LastName, owner.Role, team, owner.Active, world.Now.AddYears(-3)));
        }
    }

    /// <summary>Gives every user a record of its own, as the CRM shows them (type 0-115).</summary>
    private static void LoadUserRecords(Account account, DateTimeOffset now)
    {
        account.TryGetType("users", out var type);
        foreach (var user in account.Users)
        {
            var draft = new Draft(type!, HubSpotIds.FirstUserRecord + user.UserId, user.CreatedAt, now.AddDays(-1));
            draft.Set("hs_email", user.Email);
            draft.Set("hs_given_name", user.FirstName);
            draft.Set("hs_family_name", user.LastName);
            draft.Set("hs_internal_user_id", user.UserId.ToString(CultureInfo.InvariantCulture));
            draft.Set("hs_main_team", user.Team?.Id.ToString(CultureInfo.InvariantCulture));
            draft.Set("hs_deactivated", user.Active ? "false" : "true");
            draft.Set("hs_availability_status", "available");
            draft.Keep();
        }
    }

    public static string? Owner(int? key) => key is { } known ? HubSpotIds.Owner(known).ToString(CultureInfo.InvariantCulture) : null;
}
