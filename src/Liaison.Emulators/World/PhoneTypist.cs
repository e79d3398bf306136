using System.Text;

namespace Liaison.Emulators.World;

/// <summary>Draws phone numbers and types them in the many shapes that people and spreadsheets give them.</summary>
internal sealed class PhoneTypist(Dice dice)
{
    // Sites: seven digits without area code nearly throughout, one in scientific notation, one pair in one cell.
    // NPSP: "(999) 999-9999" and the impossible "9-(999)999-9999". The rest as seen in sign-up forms.
    private static readonly int[] s_shapes = [28, 12, 6, 24, 8, 6, 5, 4, 1, 2, 2, 2];

    /// <summary>A landline of the city.</summary>
    public string Landline(City city) => Shape(city.Country, city.AreaCode, Digits(city.NumberPattern));

    /// <summary>A mobile number; countries that do not tell them apart give one with the city's area code.</summary>
    public string Mobile(City city)
    {
        var pattern = city.Country.MobilePattern;

        if (!pattern.Contains('#', StringComparison.Ordinal))
        {
            return Landline(city);
        }

        var number = Digits(pattern);
        var gap = number.IndexOf(' ', StringComparison.Ordinal);

        return Shape(city.Country, number[..gap], number[(gap + 1)..]);
    }

    /// <summary>The same digits as somebody else would type them.</summary>
    public string Retype(string phone, Country country)
    {
        var digits = OnlyDigits(phone);

        // What is no number ("n/a") is typed again as it stands.
        return digits.Length == 0 ? phone : dice.Below(3) switch
        {
            0 => digits,
            1 => digits.StartsWith(country.DialCode, StringComparison.Ordinal) ? "+" + digits : digits,
            _ => phone.Replace(" ", dice.Chance(0.5) ? "-" : "", StringComparison.Ordinal),
        };
    }

    private string Shape(Country country, string area, string local)
    {
        var (dial, trunk) = (country.DialCode, country.TrunkPrefix);

        return dice.Weighted(s_shapes) switch
        {
            0 => $"+{dial} {area} {local}",
            1 => $"+{dial}{area.TrimStart('0')}{OnlyDigits(local)}",
            2 => $"00{dial} {area} {local}",
            3 => dial == "1" ? $"({area}) {local[..3]}-{local[3..]}" : $"{trunk}{area} {local}",
            4 => dial == "1" ? $"{area}.{local[..3]}.{local[3..]}" : $"{trunk}{area}/{local.Replace(' ', '-')}",
            5 => dial == "1" ? $"1-({area}){local[..3]}-{local[3..]}" : $"+{dial} (0){area} {local}",
            6 => $"{trunk}{area} {local}{Extension()}",
            7 => OnlyDigits(local),
            8 => Scientific($"{dial}{area.TrimStart('0')}{OnlyDigits(local)}"),
            9 => dice.Chance(0.5) ? $"{trunk}{area}-CALL-{OnlyDigits(local)[..3]}" : $"{trunk}{area} {local} (ask for reception)",
            10 => $"{trunk}{area} {local} / {dice.Between(10, 99)}",
            _ => dice.Pick(["0", "000000", "123456789", "n/a", "-", "tbd", "see email"]),
        };
    }

    private string Extension() => dice.Below(4) switch
    {
        0 => $" ext. {dice.Between(10, 999)}",
        1 => $" x{dice.Between(10, 999)}",
        2 => $"-{dice.Between(10, 99)}",
        _ => $" #{dice.Between(1, 99)}",
    };

    private string Digits(string pattern)
    {
        var number = new StringBuilder(pattern.Length);

        foreach (var mark in pattern)
        {
            number.Append(mark == '#' ? (char)('0' + dice.Below(10)) : mark);
        }

        return number.ToString();
    }

    private static string Scientific(string digits) => $"{digits[0]}.{digits[1..6]}E+{digits.Length - 1}";

    private static string OnlyDigits(string text) => string.Concat(text.Where(char.IsAsciiDigit));
}
