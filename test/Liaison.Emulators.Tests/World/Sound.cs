using Liaison.Emulators.World;

namespace Liaison.Emulators.Tests.World;

/// <summary>What holds in every world, whatever its seed and size.</summary>
internal static class Sound
{
    public static void References(CrmWorld world)
    {
        var people = world.People.ToDictionary(person => person.Key);
        var companies = world.Companies.ToDictionary(company => company.Key);
        var owners = world.Owners.Select(owner => owner.Key).ToHashSet();
        var deals = world.Deals.Select(deal => deal.Key).ToHashSet();

        world.People.ShouldAllBe(person => person.CompanyKey == null || companies.ContainsKey(person.CompanyKey.Value));
        world.People.ShouldAllBe(person => person.OwnerKey == null || owners.Contains(person.OwnerKey.Value));
        world.People.ShouldAllBe(person => person.DuplicateOf == null || people[person.DuplicateOf.Value].DuplicateOf == null);
        world.Companies.ShouldAllBe(company => company.DuplicateOf == null || companies[company.DuplicateOf.Value].DuplicateOf == null);
        world.Companies.ShouldAllBe(company => company.OwnerKey == null || owners.Contains(company.OwnerKey.Value));
        world.Deals.ShouldAllBe(deal => deal.CompanyKey == null || companies.ContainsKey(deal.CompanyKey.Value));
        world.Deals.ShouldAllBe(deal => deal.PersonKeys.All(people.ContainsKey) && deal.PersonKeys.Distinct().Count() == deal.PersonKeys.Count);
        world.Activities.ShouldAllBe(activity => activity.PersonKeys.All(people.ContainsKey));
        world.Activities.ShouldAllBe(activity => activity.CompanyKey == null || companies.ContainsKey(activity.CompanyKey.Value));
        world.Activities.ShouldAllBe(activity => activity.DealKey == null || deals.Contains(activity.DealKey.Value));
        world.Activities.ShouldAllBe(activity => activity.OwnerKey == null || owners.Contains(activity.OwnerKey.Value));
        world.Owners.ShouldAllBe(owner => owner.TeamKey == null || world.Teams.Any(team => team.Key == owner.TeamKey));
    }
}
