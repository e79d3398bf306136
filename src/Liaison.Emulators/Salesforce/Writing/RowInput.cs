using System.Text.Json;

namespace Liaison.Emulators.Salesforce.Writing;

/// <summary>What a request gives for one record: values by field, in the order given.</summary>
/// <param name="Values">
/// Each value is <see langword="null"/> (clears), text, a number, a truth, or another <see cref="RowInput"/> that names a parent by an external id.
/// </param>
/// <param name="IsText">Whether all values came as text, as in CSV, and are read by the field's type.</param>
internal sealed record RowInput(IReadOnlyList<KeyValuePair<string, object?>> Values, bool IsText = false)
{
    /// <summary>Gets the object that the record's attributes name.</summary>
    public string? Type { get; init; }

    /// <summary>Gets how many of the values stood before the attributes; <see langword="null"/> where there were none.</summary>
    public int? BeforeAttributes { get; init; }

    /// <summary>Gets the id that the record names, spelled in any case.</summary>
    public string? Id => Values.FirstOrDefault(value => string.Equals(value.Key, "Id", StringComparison.OrdinalIgnoreCase)).Value as string;

    /// <summary>Tells whether attributes stood before every field, as collections ask (contract section 7).</summary>
    /// <remarks>What names the record is no field here: jsforce 3 writes the id, or the key of an upsert, in front of the attributes, and orgs take it.</remarks>
    /// <param name="key">The field that names the record.</param>
    public bool HasAttributesFirst(string key) =>
        BeforeAttributes is { } before && Values.Take(before).All(value => string.Equals(value.Key, key, StringComparison.OrdinalIgnoreCase));

    /// <summary>Leaves a member out.</summary>
    public RowInput Without(string name) =>
        this with { Values = [.. Values.Where(value => !string.Equals(value.Key, name, StringComparison.OrdinalIgnoreCase))] };

    /// <summary>Reads a JSON object; its attributes are not among the values.</summary>
    public static RowInput Read(JsonElement json)
    {
        var values = new List<KeyValuePair<string, object?>>();
        var (type, before) = ((string?)null, (int?)null);
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in json.EnumerateObject())
            {
                if (member.NameEquals("attributes"))
                {
                    type = member.Value.ValueKind == JsonValueKind.Object && member.Value.TryGetProperty("type", out var named) ? named.GetString() : null;
                    before = values.Count;
                }
                else
                {
                    values.Add(KeyValuePair.Create(member.Name, Value(member.Value)));
                }
            }
        }

        return new RowInput(values) { Type = type, BeforeAttributes = before };
    }

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? number : value.GetRawText(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Object => Read(value),
        _ => null,
    };
}
