using System.Text.Json;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Soql.Answers;

/// <summary>Values as the REST resources write them (contract section 4).</summary>
internal static class ValueJson
{
    public static void Write(Utf8JsonWriter json, object? value, SoqlType type)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case decimal number when type == SoqlType.Int:
                json.WriteNumberValue(decimal.Truncate(number));
                break;
            case decimal number:
                json.WriteRawValue(JavaNumber.Of(number), skipInputValidation: true);
                break;
            case SoqlCompound compound:
                json.WriteStartObject();
                foreach (var (name, part) in compound.Parts)
                {
                    json.WritePropertyName(name);
                    Write(json, part, SoqlType.Double);
                }

                json.WriteEndObject();
                break;
            default:
                json.WriteStringValue(Text(value));
                break;
        }
    }

    private static string? Text(object value) => value switch
    {
        DateOnly date => Moments.Format(date),
        DateTimeOffset moment => Moments.Format(moment),
        TimeOnly time => Moments.Format(time),
        _ => value.ToString(),
    };
}
