using System.Diagnostics;
using System.Globalization;
using Liaison.Model;

namespace Liaison.Normalization;

/// <summary>A value as people read it: labels, plain numbers, ISO dates.</summary>
public static class ValueText
{
    /// <summary>Gives the text; empty for a field that is empty or was not read.</summary>
    public static string Of(FieldValue? value) => value switch
    {
        null or { IsEmpty: true } => "",
        FieldValue.Text text => text.Value,
        FieldValue.RichText rich => rich.Html,
        FieldValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        FieldValue.Flag flag => flag.Value ? "true" : "false",
        FieldValue.Date date => date.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FieldValue.Instant instant => instant.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture),
        FieldValue.TimeOfDay time => time.Value.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        FieldValue.Option option => option.Label,
        FieldValue.OptionList list => string.Join(", ", list.Options.Select(option => option.Label)),
        FieldValue.Money money => string.Create(CultureInfo.InvariantCulture, $"{money.Amount} {money.Currency}"),
        FieldValue.Reference reference => reference.Id,
        FieldValue.Unreadable unreadable => unreadable.Raw,
        _ => throw new UnreachableException(),
    };
}
