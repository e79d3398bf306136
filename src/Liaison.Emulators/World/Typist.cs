namespace Liaison.Emulators.World;

/// <summary>Spoils text as hands and imports do.</summary>
internal static class Typist
{
    /// <summary>One slip of the finger: two letters swapped, one lost, doubled, or hit beside.</summary>
    public static string Slip(Dice dice, string text)
    {
        if (text.Length < 3)
        {
            return text;
        }

        var at = dice.Between(1, text.Length - 2);

        return dice.Below(4) switch
        {
            0 => $"{text[..at]}{text[at + 1]}{text[at]}{text[(at + 2)..]}",
            1 => text.Remove(at, 1),
            2 => text.Insert(at, text[at].ToString()),
            _ => $"{text[..at]}{Beside(dice, text[at])}{text[(at + 1)..]}",
        };
    }

    public static string Recase(Dice dice, string text, double capitals, double small)
    {
        var chance = dice.Unit();

        return chance < capitals ? text.ToUpperInvariant() : chance < capitals + small ? text.ToLowerInvariant() : text;
    }

    public static string Pad(Dice dice, string text, double share)
    {
        if (!dice.Chance(share))
        {
            return text;
        }

        return dice.Below(5) switch
        {
            0 => " " + text,
            1 or 2 => text + " ",
            3 => text.Replace(" ", "  ", StringComparison.Ordinal) + " ",
            _ => text + "\u00A0",
        };
    }

    private static char Beside(Dice dice, char letter)
    {
        const string Rows = "qwertyuiopasdfghjklzxcvbnmq";
        var at = Rows.IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal);

        return at < 0 ? letter : Rows[at + (dice.Chance(0.5) || at == 0 ? 1 : -1)];
    }
}
