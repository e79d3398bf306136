using System.Globalization;

namespace Liaison.Emulators.World;

/// <summary>Fills a market's sentences with the people, products and months that they speak of.</summary>
internal sealed class Phrases(Dice dice, Lexicon lexicon)
{
    public string Say(string key, Profile person)
    {
        var text = dice.Pick(person.Market.Phrases[key]);

        return text.Contains('{', StringComparison.Ordinal) ? Fill(text, person) : text;
    }

    /// <summary>Different sentences, as many as asked for and there are.</summary>
    public IReadOnlyList<string> SaySome(string key, Profile person, int count)
    {
        var all = person.Market.Phrases[key];
        var first = dice.Below(all.Count);

        return [.. Enumerable.Range(first, Math.Min(count, all.Count)).Select(index => Fill(all[index % all.Count], person))];
    }

    /// <summary>A greeting in the person's language to whoever receives the message.</summary>
    public string Greet(Profile person, WrittenName given, WrittenName surname) =>
        Say("hello", person with { Given = given, Surname = surname });

    public static string Day(Market market, DateTimeOffset at) => at.ToString(market.DatePattern, CultureInfo.InvariantCulture);

    private string Fill(string text, Profile person) => text
        .Replace("{first}", person.Given.Own, StringComparison.Ordinal)
        .Replace("{last}", person.Surname.Own, StringComparison.Ordinal)
        .Replace("{company}", person.Employer?.PlainName ?? person.City.Name, StringComparison.Ordinal)
        .Replace("{product}", dice.Pick(lexicon.Shared["product"]), StringComparison.Ordinal)
        .Replace("{month}", dice.Pick(person.Market.Phrases["month"]), StringComparison.Ordinal)
        .Replace("{year}", dice.Between(2015, 2025).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{n}", dice.Between(3, 120).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
