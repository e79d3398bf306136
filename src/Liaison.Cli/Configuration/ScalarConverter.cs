using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Liaison.Cli.Configuration;

/// <summary>Reads numbers, flags and choices; what is none is told where it stands, with what was expected.</summary>
/// <remarks>The library's own sentences name .NET types and leave the choices out.</remarks>
internal sealed class ScalarConverter : IYamlTypeConverter
{
    /// <inheritdoc/>
    public bool Accepts(Type type) =>
        Bare(type) is var bare && (bare.IsEnum || bare == typeof(int) || bare == typeof(double) || bare == typeof(decimal) || bare == typeof(bool));

    /// <inheritdoc/>
    public object? ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
    {
        var bare = Bare(type);
        if (!parser.TryConsume<Scalar>(out var scalar))
        {
            var found = parser.Current!;
            throw new YamlException(found.Start, found.End, $"There is a list or a section here; expected {Expected(bare)}");
        }

        if (bare != type && scalar.Value is "" or "~" or "null")
        {
            return null;
        }

        return Parse(bare, scalar.Value)
            ?? throw new YamlException(scalar.Start, scalar.End, $"\"{scalar.Value}\" is not possible here; expected {Expected(bare)}");
    }

    /// <inheritdoc/>
    public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) =>
        throw new NotSupportedException("Configuration is only read.");

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static object? Parse(Type type, string text)
    {
        if (type.IsEnum)
        {
            // By name only: a number would be taken for a choice that nobody wrote.
            var name = Array.Find(Enum.GetNames(type), name => name.Equals(text.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
            return name is null ? null : Enum.Parse(type, name);
        }

        if (type == typeof(bool))
        {
            return text.ToUpperInvariant() switch
            {
                "TRUE" or "YES" or "ON" or "Y" => true,
                "FALSE" or "NO" or "OFF" or "N" => false,
                _ => null,
            };
        }

        if (type == typeof(int))
        {
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (type == typeof(decimal))
        {
            return decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var exact) ? exact : null;
        }

        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static string Expected(Type type)
    {
        if (type.IsEnum)
        {
            return $"one of {string.Join(", ", Enum.GetNames(type).Select(HyphenatedNamingConvention.Instance.Apply))}";
        }

        return type == typeof(bool) ? "true or false" : type == typeof(int) ? "a whole number, as in 600" : "a number, as in 0.8";
    }
}
