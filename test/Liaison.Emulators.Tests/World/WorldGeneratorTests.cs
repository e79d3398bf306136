using Liaison.Emulators.World;

namespace Liaison.Emulators.Tests.World;

public sealed class WorldGeneratorTests
{
    [Fact]
    public void The_same_options_give_the_same_bytes()
    {
        var options = new WorldOptions { Now = Worlds.Now, Seed = 11, Contacts = 500, Companies = 80, NewLeads = 200 };

        var first = Worlds.Fingerprint(WorldGenerator.Generate(options));
        var second = Worlds.Fingerprint(WorldGenerator.Generate(options));

        second.ShouldBe(first);
    }

    [Fact]
    public void The_same_options_give_the_same_bytes_on_every_machine()
    {
        var options = new WorldOptions { Now = Worlds.Now, Contacts = 300, Companies = 60, NewLeads = 100 };

        // A list or rate that is changed on purpose changes this, and with it every example that shows generated values.
        Worlds.Fingerprint(WorldGenerator.Generate(options)).ShouldBe("1e5230849938625a13a25a691aed70d604eec66d64a55f5b9e61be23a8419424");
    }

    [Fact]
    public void Another_seed_gives_another_world()
    {
        var options = new WorldOptions { Now = Worlds.Now, Contacts = 50, Companies = 10 };

        var first = Worlds.Fingerprint(WorldGenerator.Generate(options));
        var second = Worlds.Fingerprint(WorldGenerator.Generate(options with { Seed = 2 }));

        second.ShouldNotBe(first);
    }

    [Fact]
    public void The_default_world_has_exactly_ten_thousand_new_leads_of_the_last_day()
    {
        var world = Worlds.Default;

        world.People.Count.ShouldBe(10_000);
        world.Companies.Count.ShouldBe(1_000);
        world.People.Count(person => IsFresh(person, world.Now) && person.LeadStatus == "NEW").ShouldBe(10_000);
    }

    [Fact]
    public void Asked_for_fewer_new_leads_the_others_are_older_and_of_every_status()
    {
        var world = Worlds.Grown;
        var older = world.People.Where(person => !IsFresh(person, world.Now)).ToList();

        older.Count.ShouldBe(8_000);
        older.Select(person => person.LeadStatus).Distinct().Count().ShouldBe(9);
        world.People.Where(person => IsFresh(person, world.Now)).ShouldAllBe(person => person.LeadStatus == "NEW");
    }

    [Fact]
    public void Nobody_is_created_or_changed_in_the_future()
    {
        foreach (var world in new[] { Worlds.Default, Worlds.Grown })
        {
            world.People.ShouldAllBe(person => person.CreatedAt <= person.UpdatedAt && person.UpdatedAt <= world.Now);
            world.Companies.ShouldAllBe(company => company.CreatedAt <= company.UpdatedAt && company.UpdatedAt <= world.Now);
            world.Deals.ShouldAllBe(deal => deal.CreatedAt <= deal.UpdatedAt && deal.UpdatedAt <= world.Now);
            world.People.ShouldAllBe(person => person.LastActivityAt == null || person.LastActivityAt <= world.Now);
        }
    }

    [Fact]
    public void Addresses_are_unique_as_a_CRM_compares_them()
    {
        var addresses = Worlds.Default.People
            .Where(person => person.Email is not null)
            .Select(person => person.Email!.Trim().ToLowerInvariant())
            .ToList();

        addresses.Distinct().Count().ShouldBe(addresses.Count);
    }

    [Fact]
    public void Every_reference_resolves_and_a_second_entry_points_at_an_original() => Sound.References(Worlds.Grown);

    [Fact]
    public void Company_mail_and_sites_lie_in_reserved_domains()
    {
        var domains = Worlds.Default.Companies.Where(company => company.Domain is not null).Select(company => company.Domain!.ToLowerInvariant());

        domains.ShouldAllBe(domain => domain.EndsWith(".example", StringComparison.Ordinal) || domain.EndsWith(".test", StringComparison.Ordinal));
    }

    [Fact]
    public void The_owners_are_a_manager_reps_of_two_teams_one_without_rights_and_one_who_left()
    {
        var owners = Worlds.Default.Owners;

        owners.ShouldContain(owner => owner.Role == WorldRole.Manager);
        owners.ShouldContain(owner => owner.Role == WorldRole.None && owner.TeamKey == null);
        owners.ShouldContain(owner => !owner.Active);
        owners.Where(owner => owner.Role == WorldRole.Rep && owner.Active).Select(owner => owner.TeamKey).Distinct().Count().ShouldBeGreaterThan(1);
        owners.Select(owner => owner.TimeZone).Distinct().Count().ShouldBe(2);
        Worlds.Default.Teams.Select(team => team.Name).ShouldBe(["North", "South", "Renewals"]);
    }

    [Fact]
    public void An_empty_world_is_a_world() =>
        WorldGenerator.Generate(new WorldOptions { Now = Worlds.Now, Contacts = 0, Companies = 0 }).People.ShouldBeEmpty();

    [Fact]
    public void More_new_leads_than_contacts_are_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(
            () => WorldGenerator.Generate(new WorldOptions { Now = Worlds.Now, Contacts = 1, NewLeads = 2 }));

    private static bool IsFresh(WorldPerson person, DateTimeOffset now) => now - person.CreatedAt <= TimeSpan.FromDays(1);
}
