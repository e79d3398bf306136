using System.Buffers;

namespace Liaison.Emulators.Salesforce.Soql.Parsing;

/// <summary>How a sum in a named currency is written: three letters and a number in one word.</summary>
internal static class MoneyText
{
    private static readonly SearchValues<char> Amount = SearchValues.Create("0123456789.");

    public static bool IsMatch(ReadOnlySpan<char> word) =>
        word.Length > 3 && !word[..3].ContainsAnyExceptInRange('A', 'Z') && char.IsAsciiDigit(word[3]) && !word[3..].ContainsAnyExcept(Amount);
}
