namespace Liaison.Emulators.World;

/// <summary>Makes deals in all stages, with the sums and dates that reps forget to keep.</summary>
internal sealed class DealMaker(Lexicon lexicon, WorldOptions options, IReadOnlyList<Employer> employers, IReadOnlyList<Profile> people)
{
    private static readonly string[] s_stages =
    [
        "appointmentscheduled", "qualifiedtobuy", "presentationscheduled", "decisionmakerboughtin", "contractsent",
        "closedwon", "closedlost",
    ];

    private readonly Dice _dice = new(options.Seed, "deals");

    public List<WorldDeal> MakeAll()
    {
        var known = people.ToLookup(person => person.Entry.CompanyKey, person => person.Entry.Key);
        var deals = new List<WorldDeal>();

        foreach (var employer in employers.Where(_ => _dice.Chance(MessRates.CompaniesWithDeals)))
        {
            for (var left = 1 + _dice.Weighted(70, 20, 10); left > 0; left--)
            {
                deals.Add(Make(deals.Count + 1, employer, [.. known[employer.Entry.Key]]));
            }
        }

        return deals;
    }

    private WorldDeal Make(int key, Employer employer, IReadOnlyList<int> known)
    {
        // The first deals walk through all stages, so that a small world has each.
        var stage = key <= s_stages.Length ? s_stages[key - 1] : s_stages[_dice.Weighted(22, 16, 12, 9, 8, 18, 15)];
        var created = _dice.Instant(Later(employer.Entry.CreatedAt, options.Now.AddDays(-500)), options.Now);

        return new WorldDeal(
            key, Name(employer, created), stage, Amount(employer), _dice.Chance(MessRates.NoCurrency) ? null : employer.City.Country.Currency,
            CloseDate(stage, created), employer.Entry.Key, Contacts(known),
            _dice.Chance(0.7) && employer.Entry.OwnerKey is { } owner ? owner : Seats.Draw(_dice, MessRates.Unowned),
            created, _dice.Instant(created, options.Now));
    }

    private string Name(Employer employer, DateTimeOffset created)
    {
        var product = _dice.Pick(lexicon.Shared["product"]);

        return _dice.Below(5) switch
        {
            0 => product,
            1 => $"{employer.PlainName} {created.Year}",
            2 => $"{employer.Entry.Name.Trim()} / {product}",
            _ => $"{employer.PlainName} - {product}",
        };
    }

    private decimal? Amount(Employer employer) =>
        _dice.Chance(MessRates.NoAmount) ? null
        : _dice.Chance(MessRates.AbsurdFigure) ? _dice.Pick([0m, 1m, 0.01m, 999_999_999m])
        : Math.Round((decimal)_dice.Spread(2_000 + (employer.Size * 90), 0.7), _dice.Chance(0.15) ? 2 : 0);

    private DateOnly? CloseDate(string stage, DateTimeOffset created)
    {
        if (_dice.Chance(MessRates.NoCloseDate))
        {
            return null;
        }

        var at = stage is "closedwon" or "closedlost"
            ? _dice.Instant(created, options.Now)
            : _dice.Chance(MessRates.OverdueOpenDeal)
                ? options.Now.AddDays(-_dice.Between(1, 300))
                : options.Now.AddDays(_dice.Between(1, 180));

        return DateOnly.FromDateTime(at.UtcDateTime);
    }

    private IReadOnlyList<int> Contacts(IReadOnlyList<int> known)
    {
        if (known.Count == 0)
        {
            return [];
        }

        var first = _dice.Below(known.Count);
        var wanted = Math.Min(known.Count, 1 + _dice.Weighted(50, 30, 20));

        return [.. Enumerable.Range(first, wanted).Select(index => known[index % known.Count])];
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
