using System.Globalization;

namespace Liaison.Emulators.Salesforce.Soql.Parsing;

/// <summary>How numbers are written.</summary>
internal static class NumberText
{
    /// <summary>Reads a number; <see langword="null"/> where the token is none, or one past what a field can hold.</summary>
    public static decimal? Read(Token token) =>
        token.Kind == TokenKind.Number && decimal.TryParse(token.Raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Reads a count: digits alone.</summary>
    public static int? Count(Token token) =>
        token.Kind == TokenKind.Number && int.TryParse(token.Raw, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}
