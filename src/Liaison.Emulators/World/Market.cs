namespace Liaison.Emulators.World;

/// <summary>A language with the countries that speak it: what people and companies there are called and how they write.</summary>
internal sealed record Market(
    string Language,
    string DatePattern,
    IReadOnlyList<Country> Countries,
    IReadOnlyList<City> Cities,
    IReadOnlyList<WrittenName> GivenNames,
    IReadOnlyList<WrittenName> Surnames,
    IReadOnlyList<WrittenName> CompanyStems,
    IReadOnlyList<Trade> Trades,
    IReadOnlyList<string> FreeMail,
    IReadOnlyList<IReadOnlyList<string>> TitlesBySeniority,
    PartsFile Phrases)
{
    public static Market Read(string language)
    {
        var parts = PartsFile.Read($"market-{language}");
        var forms = parts["form"].Select(line => line.Split(';', 2)).ToLookup(part => part[0], part => part[1]);
        var countries = parts["country"].Select(line => Country.Parse(line, forms)).ToList();

        return new Market(
            parts["language"][0],
            parts["date"][0],
            countries,
            [.. parts["city"].Select(line => City.Parse(line, countries))],
            [.. parts["given"].Select(WrittenName.Parse)],
            [.. parts["surname"].Select(WrittenName.Parse)],
            [.. parts["stem"].Select(WrittenName.Parse)],
            [.. parts["trade"].Select(Trade.Parse)],
            parts["free-mail"],
            [parts["title-c"], parts["title-h"], parts["title-m"], parts["title-s"]],
            parts);
    }
}

/// <summary>A name in Latin letters, from which addresses are made, and as its bearer writes it.</summary>
internal readonly record struct WrittenName(string Latin, string Own)
{
    public static WrittenName Parse(string text) =>
        text.Split('=', 2) is [var latin, var own] ? new(latin, own) : new(text, text);
}

/// <summary>A line of business with its word in company names and its industry value.</summary>
internal readonly record struct Trade(string Word, string Industry)
{
    public static Trade Parse(string text) => new(text.Split(':')[0], text.Split(':')[1]);
}

/// <summary>A country with what typing its numbers, sums and name takes.</summary>
/// <param name="Spellings">The English name first, then what else people type, mistakes included.</param>
internal sealed record Country(
    string Code,
    string DialCode,
    string TrunkPrefix,
    string Currency,
    string MobilePattern,
    IReadOnlyList<string> Spellings,
    IReadOnlyList<string> LegalForms)
{
    public static Country Parse(string line, ILookup<string, string> forms)
    {
        var part = line.Split(';');

        return new(part[0], part[1], part[2], part[3], part[4], part[5..], [.. forms[part[0]]]);
    }
}

/// <summary>A city with the local shape of its numbers; "#" stands for a digit.</summary>
internal sealed record City(string Name, string? State, Country Country, string TimeZone, string AreaCode, string NumberPattern)
{
    public static City Parse(string line, IEnumerable<Country> countries)
    {
        var part = line.Split(';');
        var country = countries.First(each => each.Code == part[2]);

        return new(part[0], part[1].Length == 0 ? null : part[1], country, part[3], part[4], part[5]);
    }
}
