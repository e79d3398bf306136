using System.Text.RegularExpressions;

namespace Liaison.Emulators.World;

/// <summary>All lists that a world is put together from.</summary>
internal sealed class Lexicon
{
    // Shares of the markets in percent: an account that sells in English first and in Europe next.
    private static readonly string[] s_languages = ["en", "de", "fr", "es", "it", "nl", "pl", "sv", "pt", "ja", "tr"];
    private static readonly int[] s_weights = [36, 17, 9, 8, 6, 6, 5, 4, 4, 3, 2];

    public IReadOnlyList<Market> Markets { get; } = [.. s_languages.Select(Market.Read)];

    public PartsFile Shared { get; } = PartsFile.Read("shared");

    public IReadOnlyList<string> HostileNames { get; } = Unescaped("given");

    public IReadOnlyList<string> HostileNotes { get; } = Unescaped("note");

    public Market English => Markets[0];

    public Market PickMarket(Dice dice) => Markets[dice.Weighted(s_weights)];

    private static string[] Unescaped(string key) =>
        [.. PartsFile.Read("hostile")[key].Select(Regex.Unescape)];
}
