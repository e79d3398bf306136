namespace Liaison.Emulators.World;

/// <summary>Writes a company's plain name as it may stand in a CRM: with or without legal form, punctuation and case to taste.</summary>
internal static class CompanyName
{
    public static string AsTyped(Dice dice, string plain, Country country)
    {
        var name = dice.Chance(MessRates.LegalForm) ? WithForm(dice, plain, country) : plain;
        name = dice.Chance(0.05) ? name.Replace(" & ", dice.Chance(0.5) ? " and " : " + ", StringComparison.Ordinal) : name;
        name = Typist.Recase(dice, name, MessRates.CompanyCapitals, MessRates.CompanySmall);

        return Typist.Pad(dice, name, MessRates.CompanyPadded);
    }

    private static string WithForm(Dice dice, string plain, Country country)
    {
        var form = dice.Pick(country.LegalForms);

        if (form.Contains('社', StringComparison.Ordinal))
        {
            return dice.Chance(0.6) ? form + plain : plain + form;
        }

        var separator = form[0] == ',' ? "" : dice.Chance(0.04) ? ", " : " ";
        var name = plain + separator + form;

        return dice.Chance(MessRates.LegalFormTwice) ? $"{name} {dice.Pick(country.LegalForms).TrimStart(',', ' ')}" : name;
    }
}
