using System.Collections.Frozen;
using System.Text.Json;

namespace Liaison.Storage;

/// <summary>The names under which an enumeration is stored: kebab case, so that a table reads without a legend.</summary>
internal static class StoredName<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> Names = Enum.GetValues<TEnum>()
        .ToFrozenDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, TEnum> Values = Names
        .ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static string Of(TEnum value) => Names[value];

    public static TEnum Parse(string name) => Values[name];
}
