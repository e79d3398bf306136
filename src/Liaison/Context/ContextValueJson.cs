using System.Diagnostics;
using System.Text.Json;
using Liaison.Model;
using Liaison.Normalization;

namespace Liaison.Context;

/// <summary>Writes a typed value: numbers as numbers, choices with their label, money with its currency.</summary>
public static class ContextValueJson
{
    /// <summary>Writes the properties of an object that is open: <c>value</c>, and <c>untrusted</c> and <c>unreadable</c> where they apply.</summary>
    public static void Write(Utf8JsonWriter json, FieldValue value)
    {
        ArgumentNullException.ThrowIfNull(json);
        switch (value)
        {
            case { IsEmpty: true }:
                json.WriteNull("value");
                break;
            case FieldValue.Text text:
                json.WriteString("value", text.Value);
                json.WriteBoolean("untrusted", true);
                break;
            case FieldValue.RichText rich:
                json.WriteString("value", HtmlText.ToPlain(rich.Html));
                json.WriteBoolean("untrusted", true);
                break;
            case FieldValue.Number number:
                json.WriteNumber("value", Shortest(number.Value));
                break;
            case FieldValue.Flag flag:
                json.WriteBoolean("value", flag.Value);
                break;
            case FieldValue.Date date:
                json.WriteString("value", TemporalText.Print(date.Value));
                break;
            case FieldValue.Instant instant:
                json.WriteString("value", TemporalText.Print(instant.Value));
                break;
            case FieldValue.TimeOfDay time:
                json.WriteString("value", TemporalText.Print(time.Value));
                break;
            case FieldValue.Option option:
                json.WritePropertyName("value");
                WriteOption(json, option);
                break;
            case FieldValue.OptionList list:
                json.WriteStartArray("value");
                foreach (var choice in list.Options)
                {
                    WriteOption(json, choice);
                }

                json.WriteEndArray();
                break;
            case FieldValue.Money money:
                json.WriteStartObject("value");
                json.WriteNumber("amount", Shortest(money.Amount));
                json.WriteString("currency", money.Currency);
                json.WriteBoolean("currencyAssumed", money.CurrencyAssumed);
                json.WriteEndObject();
                break;
            case FieldValue.Reference reference:
                json.WriteStartObject("value");
                json.WriteString("type", reference.Type.Name);
                json.WriteString("id", reference.Id);
                json.WriteEndObject();
                break;
            case FieldValue.Unreadable unreadable:
                json.WriteString("value", unreadable.Raw);
                json.WriteString("unreadable", unreadable.Reason);
                json.WriteBoolean("untrusted", true);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void WriteOption(Utf8JsonWriter json, FieldValue.Option option)
    {
        json.WriteStartObject();
        json.WriteString("value", option.Value);
        json.WriteString("label", option.Label);
        if (!option.Known)
        {
            json.WriteBoolean("known", false);
        }

        json.WriteEndObject();
    }

    /// <summary>Drops zeros at the end: one CRM sends 5000.00 and another 5000 of the same sum.</summary>
    private static decimal Shortest(decimal number) => number / 1.0000000000000000000000000000m;
}
