using System.Text.RegularExpressions;

namespace Liaison.Emulators.World;

/// <summary>All lists that a world is put together from.</summary>
internal sealed class Lexicon
{
    // Shares of the markets in percent: an account that sells in English first and in Europe next.
    private static readonly (string Language, int Weight)[] s_shares =
    [
        ("en", 36), ("de", 17), ("fr", 9), ("es", 8), ("it", 6), ("nl", 6),
        ("pl", 5), ("sv", 4), ("pt", 4), ("ja", 3), ("tr", 2),
    ];

    private readonly int[] _weights = [.. s_shares.Select(share => share.Weight)];

    public IReadOnlyList<Market> Markets { get; } = [.. s_shares.Select(share => Market.Read(share.Language))];

    public PartsFile Shared { get; } = PartsFile.Read("shared");

    public IReadOnlyList<string> HostileNames { get; } = Unescaped("given");

    public IReadOnlyList<string> HostileNotes { get; } = Unescaped("note");

    public Market English => Markets[0];

    public Market PickMarket(Dice dice) => Markets[dice.Weighted(_weights)];

    private static string[] Unescaped(string key) =>
        [.. PartsFile.Read("hostile")[key].Select(Regex.Unescape)];
}
