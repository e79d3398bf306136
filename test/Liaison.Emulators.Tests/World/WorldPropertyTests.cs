using FsCheck;
using FsCheck.Fluent;
using Liaison.Emulators.World;

namespace Liaison.Emulators.Tests.World;

public sealed class WorldPropertyTests
{
    private static readonly Gen<WorldOptions> s_options =
        from seed in Gen.Choose(int.MinValue, int.MaxValue)
        from contacts in Gen.Choose(0, 120)
        from companies in Gen.Choose(0, 30)
        from fresh in Gen.Choose(0, contacts)
        from tenths in Gen.Choose(0, 20)
        select new WorldOptions
        {
            Now = Worlds.Now,
            Seed = seed,
            Contacts = contacts,
            Companies = companies,
            NewLeads = fresh,
            ActivitiesPerContact = tenths / 10d,
        };

    [Fact]
    public void Whatever_the_seed_and_size_the_counts_are_those_asked_for() => ForAll(options =>
    {
        var world = WorldGenerator.Generate(options);

        world.People.Count.ShouldBe(options.Contacts);
        world.Companies.Count.ShouldBe(options.Companies);
        world.Activities.Count.ShouldBe((int)(options.Contacts * options.ActivitiesPerContact));
        world.People.Count(person => world.Now - person.CreatedAt <= TimeSpan.FromDays(1)).ShouldBe(options.NewLeads!.Value);
    });

    [Fact]
    public void Whatever_the_seed_and_size_references_resolve() =>
        ForAll(options => Sound.References(WorldGenerator.Generate(options)));

    [Fact]
    public void Whatever_the_seed_and_size_addresses_are_unique() => ForAll(options =>
        WorldGenerator.Generate(options).People
            .Where(person => person.Email is not null)
            .Select(person => person.Email!.Trim().ToLowerInvariant())
            .ShouldBeUnique());

    [Fact]
    public void Whatever_the_seed_and_size_a_second_run_is_equal() => ForAll(options =>
        Worlds.Fingerprint(WorldGenerator.Generate(options)).ShouldBe(Worlds.Fingerprint(WorldGenerator.Generate(options))));

    private static void ForAll(Action<WorldOptions> holds) =>
        Prop.ForAll(s_options.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
}
