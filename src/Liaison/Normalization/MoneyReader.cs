using Liaison.Model;

namespace Liaison.Normalization;

/// <summary>Reads sums of money: the amount stands in one field and its currency, if anywhere, in another.</summary>
internal static class MoneyReader
{
    public static FieldValue Read(FieldDefinition definition, NativeValue raw, NativeRecord native, RecordSchema schema)
    {
        if (ValueReader.IsEmpty(raw))
        {
            return FieldValue.Empty;
        }

        if (!ValueReader.TryNumber(raw, out var amount))
        {
            return new FieldValue.Unreadable(raw.Raw!, "The text is not a number within 28 digits.");
        }

        var named = definition.CurrencyField is { } field && native.Values.TryGetValue(field, out var currency)
            ? currency.Raw.AsSpan().Trim()
            : [];
        if (named.IsEmpty)
        {
            return new FieldValue.Money(amount, schema.DefaultCurrency, CurrencyAssumed: true);
        }

        return IsCode(named)
            ? new FieldValue.Money(amount, Upper(definition, native, named))
            : new FieldValue.Unreadable(raw.Raw!, "The record's currency is not a three-letter code.");
    }

    private static bool IsCode(ReadOnlySpan<char> text) =>
        text.Length == 3 && char.IsAsciiLetter(text[0]) && char.IsAsciiLetter(text[1]) && char.IsAsciiLetter(text[2]);

    private static string Upper(FieldDefinition definition, NativeRecord native, ReadOnlySpan<char> code)
    {
        // The usual case allocates nothing: the CRM's own string is the code already.
        var own = native.Values[definition.CurrencyField!].Raw!;
        return own.Length == 3 && char.IsAsciiLetterUpper(own[0]) && char.IsAsciiLetterUpper(own[1]) && char.IsAsciiLetterUpper(own[2])
            ? own
            : code.ToString().ToUpperInvariant();
    }
}
