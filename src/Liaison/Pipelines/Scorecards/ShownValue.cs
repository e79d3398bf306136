using System.Globalization;
using Liaison.Model;
using Liaison.Normalization;

namespace Liaison.Pipelines.Scorecards;

/// <summary>A value in a rationale: a number plainly, words neutralised between quotation marks, an address not at all.</summary>
internal static class ShownValue
{
    public static string Of(FieldValue value) => value switch
    {
        FieldValue.Text text => Quote(text.Value),
        FieldValue.Option option => Quote(option.Label),
        FieldValue.Number number => " " + Print(number.Value),
        FieldValue.Money money => $" {Print(money.Amount)} {QuotedText.Neutralise(money.Currency, 3)}",
        FieldValue.Date date => " " + TemporalText.Print(date.Value),
        FieldValue.Instant instant => " " + TemporalText.Print(DateOnly.FromDateTime(instant.Value.UtcDateTime)),
        _ => "",
    };

    public static string Print(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Quote(string text)
    {
        if (text.Contains('@'))
        {
            return "";
        }

        var plain = QuotedText.Neutralise(text);
        return plain.Length == 0 ? "" : $" \"{plain}\"";
    }
}
