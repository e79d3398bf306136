namespace Liaison.Emulators.World;

/// <summary>Enters a person a second time, with the slips and other addresses by which second entries come about.</summary>
internal sealed class PersonTwice(Dice dice, AddressBook addresses, PhoneTypist phones)
{
    public Profile Enter(int key, Profile known)
    {
        var surname = Surname(known);
        var (first, last) = (Given(known), (string?)surname.Own);
        var entry = known.Entry;

        if (dice.Chance(MessRates.TwiceSwapped))
        {
            (first, last) = (last, first);
        }

        var linked = dice.Chance(0.8) ? entry.CompanyKey : null;

        return known with
        {
            Entry = entry with
            {
                Key = key,
                FirstName = first,
                LastName = last,
                Email = Email(known, surname),
                Phone = entry.Phone is { } phone && dice.Chance(0.7) ? phones.Retype(phone, known.City.Country) : null,
                MobilePhone = dice.Chance(MessRates.NoMobile) ? null : entry.MobilePhone ?? phones.Mobile(known.City),
                JobTitle = dice.Chance(0.5) ? entry.JobTitle : null,
                City = entry.City is { } city && dice.Chance(MessRates.TwiceCityTypo) ? Typist.Slip(dice, city) : entry.City,
                State = dice.Chance(0.5) ? entry.State : null,
                Country = CountryName.AsTyped(dice, known.City.Country),
                OptedOut = dice.Chance(MessRates.OptedOut),
                CompanyKey = linked,
                DuplicateOf = entry.DuplicateOf ?? entry.Key,
            },
        };
    }

    private string? Given(Profile known)
    {
        var name = dice.Chance(0.5) ? known.Given.Own : known.Given.Latin;
        var chance = dice.Unit();

        return chance < MessRates.TwiceGivenLost ? null
            : chance < MessRates.TwiceGivenLost + MessRates.TwiceGivenTypo ? Typist.Slip(dice, name)
            : chance < MessRates.TwiceGivenLost + MessRates.TwiceGivenTypo + MessRates.TwiceGivenShort ? Short(name)
            : Typist.Recase(dice, name, MessRates.NameCapitals, MessRates.NameSmall);
    }

    private WrittenName Surname(Profile known)
    {
        var name = known.Surname;
        var chance = dice.Unit();

        if (chance < MessRates.TwiceSurnameTypo)
        {
            return name with { Own = Typist.Slip(dice, name.Own) };
        }

        // Married, or the double name that only one of the two forms had.
        if (chance < MessRates.TwiceSurnameTypo + MessRates.TwiceSurnameOther)
        {
            var other = dice.Pick(known.Market.Surnames);
            return new WrittenName($"{name.Latin}-{other.Latin}", $"{name.Own}-{other.Own}");
        }

        return name with { Own = dice.Chance(0.1) ? name.Latin : name.Own };
    }

    private string Short(string name) =>
        dice.Chance(0.6) || name.Length < 5 ? $"{name[0]}." : name[..Math.Min(name.Length, dice.Between(3, 4))];

    private string? Email(Profile known, WrittenName surname)
    {
        var (first, last) = (Latin.Fold(known.Given.Latin), Latin.Fold(surname.Latin));

        return dice.Below(20) switch
        {
            < 7 => null,
            < 14 => addresses.Free(first, last, dice.Pick(known.Market.FreeMail)),
            _ => known.Employer is { } employer
                ? addresses.Work(first, last, employer.Domain, (employer.MailPattern + 1) % 5)
                : null,
        };
    }
}
