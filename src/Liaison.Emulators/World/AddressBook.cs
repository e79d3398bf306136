namespace Liaison.Emulators.World;

/// <summary>Gives e-mail addresses, each once, as a CRM that refuses a second person with the same address would hold them.</summary>
internal sealed class AddressBook(Dice dice)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Made by the employer's own pattern, which all its people share.</summary>
    public string Work(string given, string surname, string domain, int pattern)
    {
        var local = pattern switch
        {
            0 => $"{given}.{surname}",
            1 => $"{given[..1]}.{surname}",
            2 => $"{given[..1]}{surname}",
            3 => given,
            4 => $"{surname}.{given}",
            _ => $"{given}_{surname}",
        };

        return Spoil(Claim(dice.Chance(MessRates.EmailPlus) ? $"{local}+{Tag()}" : local, domain));
    }

    public string Free(string given, string surname, string domain)
    {
        var local = dice.Below(5) switch
        {
            0 => $"{given}.{surname}",
            1 => $"{given}{surname}{dice.Between(1, 99)}",
            2 => $"{given[..1]}{surname}{dice.Between(1955, 2004)}",
            3 => $"{surname}_{given}",
            _ => $"{given}{dice.Between(10, 9999)}",
        };

        return Spoil(Claim(dice.Chance(MessRates.EmailPlus) ? $"{local}+{Tag()}" : local, domain));
    }

    private string Tag() => dice.Below(4) switch { 0 => "news", 1 => "crm", 2 => "demo", _ => "web" };

    private string Claim(string local, string domain)
    {
        local = local.Replace("-.", ".", StringComparison.Ordinal);
        var address = $"{local}@{domain}";

        for (var number = 2; !_taken.Add(address); number++)
        {
            address = $"{local}{number}@{domain}";
        }

        return address;
    }

    private string Spoil(string address)
    {
        if (dice.Chance(MessRates.EmailInvalid))
        {
            var broken = Break(address);

            return _taken.Add(Key(broken)) ? broken : address;
        }

        if (dice.Chance(MessRates.EmailCapitals))
        {
            address = dice.Chance(0.3) ? address.ToUpperInvariant() : char.ToUpperInvariant(address[0]) + address[1..];
        }

        return dice.Chance(MessRates.EmailPadded) ? dice.Chance(0.5) ? address + " " : " " + address : address;
    }

    private string Break(string address) => dice.Below(8) switch
    {
        0 => address.Replace("@", " at ", StringComparison.Ordinal),
        1 => address.Replace("@", "(at)", StringComparison.Ordinal),
        2 => address.Replace("@", "@@", StringComparison.Ordinal),
        3 => address.Replace("@", "", StringComparison.Ordinal),
        4 => address[..(address.IndexOf('@', StringComparison.Ordinal) + 1)],
        5 => address[..address.LastIndexOf('.')] + "," + address[(address.LastIndexOf('.') + 1)..],
        6 => address[..address.LastIndexOf('.')],
        _ => address + ".",
    };

    private static string Key(string address) => address.Trim().ToLowerInvariant();
}
