using System.Globalization;

namespace Liaison.Emulators.World;

/// <summary>Makes companies as reps typed them and forms imported them.</summary>
internal sealed class CompanyMaker(Lexicon lexicon, WorldOptions options)
{
    private const int MailPatterns = 6;
    private static readonly TimeSpan s_history = TimeSpan.FromDays(6 * 365);

    private readonly Dice _dice = new(options.Seed, "companies");
    private readonly PhoneTypist _phones = new(new Dice(options.Seed, "company phones"));
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _domains = new(StringComparer.Ordinal);

    public List<Employer> MakeAll()
    {
        var employers = new List<Employer>(options.Companies);

        for (var key = 1; key <= options.Companies; key++)
        {
            var second = employers.Count > 0 && _dice.Chance(MessRates.CompanyTwice);
            employers.Add(second ? EnterAgain(key, _dice.Pick(employers)) : Make(key));
        }

        return employers;
    }

    private Employer Make(int key)
    {
        var market = lexicon.PickMarket(_dice);
        var city = _dice.Pick(market.Cities);
        var trade = _dice.Pick(market.Trades);
        var name = Name(market, trade);
        var size = (int)Math.Max(1, _dice.Spread(45, 1.3));
        var domain = Domain(name.Latin, trade, city);
        var created = _dice.Instant(options.Now - s_history, options.Now);

        var entry = new WorldCompany(
            key, CompanyName.AsTyped(_dice, name.Own, city.Country), DomainAsTyped(domain), Industry(trade), Headcount(size), Revenue(size),
            Missing(MessRates.NoCity, city.Name), Missing(MessRates.NoState, city.State), AsTyped(city.Country),
            Missing(MessRates.NoPhone, _phones.Landline(city)), About(market, name.Own, trade, city),
            city.TimeZone, Seats.Draw(_dice, MessRates.Unowned), created, _dice.Instant(created, options.Now), DuplicateOf: null);

        return new Employer(entry, market, city, name.Own, trade, domain, _dice.Below(MailPatterns), size);
    }

    private Employer EnterAgain(int key, Employer known)
    {
        var created = _dice.Instant(known.Entry.CreatedAt, options.Now);
        var name = CompanyName.AsTyped(_dice, known.PlainName, known.City.Country);

        var entry = known.Entry with
        {
            Key = key,
            Name = _dice.Chance(0.3) ? Typist.Slip(_dice, name) : name,
            Domain = _dice.Below(3) switch { 0 => null, 1 => known.Domain, _ => "www." + known.Domain },
            Industry = Missing(0.5, known.Entry.Industry),
            EmployeeCount = Headcount(known.Size),
            AnnualRevenue = Revenue(known.Size),
            City = Missing(0.4, known.City.Name),
            Country = AsTyped(known.City.Country),
            Phone = known.Entry.Phone is { } phone && _dice.Chance(0.6) ? _phones.Retype(phone, known.City.Country) : null,
            Description = null,
            OwnerKey = Seats.Draw(_dice, MessRates.Unowned),
            CreatedAt = created,
            UpdatedAt = _dice.Instant(created, options.Now),
            DuplicateOf = known.Entry.DuplicateOf ?? known.Entry.Key,
        };

        return known with { Entry = entry };
    }

    private WrittenName Name(Market market, Trade trade)
    {
        while (true)
        {
            var stem = _dice.Pick(market.CompanyStems);
            var other = _dice.Pick(market.CompanyStems);
            var paired = _dice.Chance(0.25) && other != stem;
            var kanji = stem.Own != stem.Latin && _dice.Chance(0.4);
            var plain = kanji ? stem.Own + (paired ? other.Own : "") : paired ? $"{stem.Latin} & {other.Latin}" : $"{stem.Latin} {trade.Word}";

            // Small lists and large worlds meet again: the family name of a founder tells them apart.
            var founded = _names.Contains(plain) ? $"{_dice.Pick(market.Surnames).Latin} {plain}" : plain;

            if (_names.Add(founded))
            {
                return new WrittenName(kanji ? $"{stem.Latin} {(paired ? other.Latin : trade.Word)}" : founded, founded);
            }
        }
    }

    private string Domain(string latin, Trade trade, City city)
    {
        var stem = Latin.Fold(latin.Replace(" &", "", StringComparison.Ordinal));
        var label = _dice.Chance(0.5) ? stem.Replace("-", "", StringComparison.Ordinal) : stem;
        var top = _dice.Pick(lexicon.Shared["tld"]);

        return new[] { $"{label}.{top}", $"{label}-{Latin.Fold(city.Name)}.{top}", $"{label}-{Latin.Fold(trade.Word)}.{top}" }
            .FirstOrDefault(name => name[0] is not ('-' or '.') && _domains.Add(name))
            ?? Numbered(label, top);
    }

    private string Numbered(string label, string top)
    {
        var number = 2;

        while (!_domains.Add($"{label}{number}.{top}"))
        {
            number++;
        }

        return $"{label}{number}.{top}";
    }

    private string? DomainAsTyped(string domain)
    {
        if (_dice.Chance(MessRates.NoDomain))
        {
            return null;
        }

        return _dice.Chance(MessRates.DomainWithWww)
            ? "www." + domain
            : _dice.Chance(MessRates.DomainCapitals) ? domain.ToUpperInvariant() : domain;
    }

    private string? Industry(Trade trade) =>
        Missing(MessRates.NoIndustry, _dice.Chance(MessRates.WrongIndustry) ? _dice.Pick(lexicon.Shared["industry"]) : trade.Industry);

    private int? Headcount(int size) =>
        _dice.Chance(MessRates.NoEmployeeCount) ? null
        : _dice.Chance(MessRates.AbsurdFigure) ? _dice.Pick([0, 1, 99_999, 2_147_483_647])
        : size < 20 ? size : _dice.Chance(0.5) ? size / 10 * 10 : size;

    private decimal? Revenue(int size) =>
        _dice.Chance(MessRates.NoRevenue) ? null
        : _dice.Chance(MessRates.AbsurdFigure) ? _dice.Pick([0m, 1m, -50_000m, 123_456_789_012m])
        : Math.Floor((decimal)_dice.Spread(size * 130_000d, 0.4) / 1_000m) * 1_000m;

    private string? About(Market market, string plain, Trade trade, City city)
    {
        if (_dice.Chance(MessRates.NoDescription))
        {
            return null;
        }

        return _dice.Chance(MessRates.NoteHostile)
            ? _dice.Pick(lexicon.HostileNotes)
            : _dice.Pick(market.Phrases["about"])
                .Replace("{company}", plain, StringComparison.Ordinal)
                .Replace("{city}", city.Name, StringComparison.Ordinal)
                .Replace("{trade}", trade.Word, StringComparison.Ordinal)
                .Replace("{year}", _dice.Between(1921, 2022).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{n}", _dice.Between(2, 40).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private string? AsTyped(Country country) => CountryName.AsTyped(_dice, country);

    private string? Missing(double share, string? value) => _dice.Chance(share) ? null : value;
}
