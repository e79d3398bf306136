using System.Collections.ObjectModel;

namespace Liaison.Emulators.World;

/// <summary>Makes people in the order of their creation, so that a higher key is a later entry as in real CRMs.</summary>
internal sealed class PersonMaker(Lexicon lexicon, WorldOptions options, IReadOnlyList<Employer> employers)
{
    private readonly Dice _dice = new(options.Seed, "people");
    private readonly AddressBook _addresses = new(new Dice(options.Seed, "addresses"));
    private readonly PhoneTypist _phones = new(new Dice(options.Seed, "person phones"));
    private readonly LeadHistory _history = new(new Dice(options.Seed, "leads"), options);
    private readonly EmployerDraw _draw = new(employers);
    private readonly HashSet<(int? Company, string Name)> _known = [];

    public List<Profile> MakeAll()
    {
        var people = new List<Profile>(options.Contacts);
        var again = new PersonTwice(_dice, _addresses, _phones);
        var created = _history.CreationTimes();

        for (var key = 1; key <= options.Contacts; key++)
        {
            var second = people.Count > 0 && _dice.Chance(MessRates.PersonTwice);
            var profile = second ? again.Enter(key, _dice.Pick(people)) : Make(key);
            people.Add(profile with { Entry = _history.Apply(profile.Entry, created[key - 1]) });
        }

        return people;
    }

    private Profile Make(int key)
    {
        var employer = _dice.Chance(MessRates.NoCompany) ? null : _draw.Pick(_dice);
        var market = employer is null || _dice.Chance(MessRates.ForeignColleague) ? lexicon.PickMarket(_dice) : employer.Market;
        var city = employer is not null && market == employer.Market && _dice.Chance(0.8) ? employer.City : _dice.Pick(market.Cities);
        var name = Name(market, employer);
        var own = _dice.Chance(MessRates.NamesInOwnScript);

        var entry = new WorldPerson(
            key, FirstName(own ? name.Given.Own : name.Given.Latin), LastName(own ? name.Surname.Own : name.Surname.Latin), Email(name, employer, market),
            Missing(MessRates.NoPhone, _phones.Landline(city)), Missing(MessRates.NoMobile, _phones.Mobile(city)), Title(market),
            City(city), Missing(MessRates.NoState, city.State), CountryName.AsTyped(_dice, city.Country), Language(market),
            LeadStatus: null, LifecycleStage: null, Source: null, OptedOut: _dice.Chance(MessRates.OptedOut),
            PageViews: null, Visits: null, EmailsOpened: null, LastActivityAt: null,
            employer?.Entry.Key, employer?.Entry.OwnerKey, default, default, DuplicateOf: null, ReadOnlyDictionary<string, string?>.Empty);

        return new Profile(entry, market, city, name.Given, name.Surname, employer);
    }

    private FullName Name(Market market, Employer? employer)
    {
        // Two of the same name in one company would be a second entry that nobody labelled.
        for (var attempt = 0; ; attempt++)
        {
            var given = _dice.Pick(market.GivenNames);
            var surname = _dice.Pick(market.Surnames);

            if (attempt > 3)
            {
                var other = _dice.Pick(market.Surnames);
                surname = new WrittenName($"{surname.Latin}-{other.Latin}", $"{surname.Own}-{other.Own}");
            }

            var company = employer?.Entry.DuplicateOf ?? employer?.Entry.Key;

            if (attempt > 50 || _known.Add((company, $"{given.Latin} {surname.Latin}")))
            {
                return new FullName(given, surname);
            }
        }
    }

    private string? FirstName(string name)
    {
        if (_dice.Chance(MessRates.NoFirstName))
        {
            return null;
        }

        return _dice.Chance(MessRates.NameHostile) ? _dice.Pick(lexicon.HostileNames) : AsTyped(name);
    }

    private string? LastName(string name)
    {
        if (_dice.Chance(MessRates.NoLastName))
        {
            return null;
        }

        return _dice.Chance(MessRates.Placeholder) ? _dice.Pick(lexicon.Shared["placeholder"]) : AsTyped(name);
    }

    private string AsTyped(string name) =>
        Typist.Pad(_dice, Typist.Recase(_dice, name, MessRates.NameCapitals, MessRates.NameSmall), MessRates.NamePadded);

    private string? Email(FullName name, Employer? employer, Market market)
    {
        if (_dice.Chance(MessRates.NoEmail))
        {
            return null;
        }

        var (first, last) = (Latin.Fold(name.Given.Latin), Latin.Fold(name.Surname.Latin));

        return employer is null || _dice.Chance(MessRates.FreeMail)
            ? _addresses.Free(first, last, _dice.Pick(_dice.Chance(0.5) ? market.FreeMail : lexicon.Shared["free-mail"]))
            : _addresses.Work(first, last, employer.Domain, employer.MailPattern);
    }

    private string? Title(Market market)
    {
        if (_dice.Chance(MessRates.NoTitle))
        {
            return null;
        }

        if (_dice.Chance(MessRates.Placeholder))
        {
            return _dice.Pick(lexicon.Shared["placeholder"]);
        }

        var language = _dice.Chance(MessRates.EnglishTitle) ? lexicon.English : market;

        return Typist.Recase(_dice, _dice.Pick(language.TitlesBySeniority[_dice.Weighted(12, 18, 30, 40)]), 0.04, 0.05);
    }

    private string? City(City city) =>
        _dice.Chance(MessRates.NoCity) ? null
        : _dice.Chance(MessRates.Placeholder) ? _dice.Pick(lexicon.Shared["placeholder"])
        : Typist.Recase(_dice, city.Name, 0.03, 0.04);

    private string? Language(Market market) =>
        _dice.Chance(MessRates.NoLanguage) ? null
        : _dice.Chance(0.9) ? market.Language : $"{market.Language}-{market.Countries[0].Code.ToLowerInvariant()}";

    private string? Missing(double share, string? value) => _dice.Chance(share) ? null : value;

    private readonly record struct FullName(WrittenName Given, WrittenName Surname);
}
