using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Rows;

/// <summary>Writes values as the platform spells them (contract section 4).</summary>
internal static class ValueJson
{
    public static void Write(Utf8JsonWriter json, SoqlType type, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case decimal number:
                json.WriteRawValue(Number(type, number), skipInputValidation: true);
                break;
            case DateTimeOffset moment:
                json.WriteStringValue(Moments.Format(moment));
                break;
            case DateOnly day:
                json.WriteStringValue(Moments.Format(day));
                break;
            case TimeOnly time:
                json.WriteStringValue(Moments.Format(time));
                break;
            case SoqlCompound compound:
                json.WriteStartObject();
                foreach (var (name, part) in compound.Parts)
                {
                    json.WritePropertyName(name);
                    Write(json, SoqlType.Double, part);
                }

                json.WriteEndObject();
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }

    /// <summary>Spells a number: integers plain, others with a point, and from ten million on with an exponent.</summary>
    private static string Number(SoqlType type, decimal number)
    {
        if (type == SoqlType.Int)
        {
            return decimal.Truncate(number).ToString(CultureInfo.InvariantCulture);
        }

        if (Math.Abs(number) < 10_000_000)
        {
            return number.ToString("0.0#################", CultureInfo.InvariantCulture);
        }

        var exponent = decimal.Truncate(Math.Abs(number)).ToString(CultureInfo.InvariantCulture).Length - 1;
        var mantissa = number;
        for (var power = 0; power < exponent; power++)
        {
            mantissa /= 10;
        }

        return $"{mantissa.ToString("0.0###########################", CultureInfo.InvariantCulture)}E{exponent}";
    }
}
