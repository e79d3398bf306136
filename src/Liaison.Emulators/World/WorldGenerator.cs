namespace Liaison.Emulators.World;

/// <summary>Makes a company's CRM as years of sales work leave it, from nothing but a seed.</summary>
/// <remarks>
/// All names, places and sentences are lists of this project; no person or company in it exists. Company mail and sites
/// lie in reserved domains (<c>.example</c>, <c>.test</c>). Thread-safe: each call has its own source of chance.
/// </remarks>
public static class WorldGenerator
{
    /// <summary>Makes the world that the options name; the same options give the same world.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or there are more new leads than contacts.</exception>
    public static CrmWorld Generate(WorldOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Verify();

        var lexicon = new Lexicon();
        var employers = new CompanyMaker(lexicon, options).MakeAll();
        var profiles = new PersonMaker(lexicon, options, employers).MakeAll();
        var deals = new DealMaker(lexicon, options, employers, profiles).MakeAll();
        var activities = new ActivityMaker(lexicon, options, profiles, deals).MakeAll();

        return new CrmWorld(
            options.Seed,
            options.Now,
            Seats.Teams,
            Seats.Owners,
            [.. employers.Select(employer => employer.Entry)],
            LastSeen.Stamp(profiles, activities, options.Now),
            deals,
            activities);
    }
}
