using System.Globalization;
using System.Text.Json;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Writeback;

namespace Liaison.Gateway.Documents;

/// <summary>Reads the values of a document; which of them fit a field is judged later, against the schema.</summary>
internal static class DocumentValues
{
    public static Result<IReadOnlyList<FieldChange>> Read(IReadOnlyDictionary<string, JsonElement> values, bool append)
    {
        var changes = new List<FieldChange>(values.Count);
        foreach (var (name, json) in values)
        {
            if (ValueOf(json) is not { } value || (append && value is not FieldValue.Text))
            {
                return new Failure(
                    FailureKind.Invalid,
                    append ? $"Only text can be added to \"{name}\"." : $"The value of \"{name}\" is no text, number, true, false, list of texts or null.")
                {
                    Field = name,
                };
            }

            changes.Add(new FieldChange(name, value, append));
        }

        return changes;
    }

    private static FieldValue? ValueOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new FieldValue.Text(json.GetString()!),
        JsonValueKind.Number => decimal.TryParse(json.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? new FieldValue.Number(number)
            : new FieldValue.Text(json.GetRawText()),
        JsonValueKind.True => new FieldValue.Flag(true),
        JsonValueKind.False => new FieldValue.Flag(false),
        JsonValueKind.Null => FieldValue.Empty,
        JsonValueKind.Array when json.EnumerateArray().All(part => part.ValueKind == JsonValueKind.String) =>
            new FieldValue.OptionList([.. json.EnumerateArray().Select(part => new FieldValue.Option(part.GetString()!, part.GetString()!))]),
        _ => null,
    };
}
