namespace Liaison.Emulators.World;

/// <summary>Writes a country as people do: the English name, a code, their own spelling, a slip, or nothing.</summary>
internal static class CountryName
{
    public static string? AsTyped(Dice dice, Country country)
    {
        if (dice.Chance(MessRates.NoCountry))
        {
            return null;
        }

        return dice.Chance(MessRates.EnglishCountry) ? country.Spellings[0] : dice.Pick(country.Spellings);
    }
}
