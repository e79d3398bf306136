using System.Text.Json;

namespace Liaison.Wire;

/// <summary>Reads parts of a CRM's JSON that may be missing, null or of another kind than documented; nothing here throws for it.</summary>
public static class TolerantJson
{
    extension(JsonElement element)
    {
        /// <summary>Gets a member; the undefined element where there is none.</summary>
        public JsonElement Member(string name) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

        /// <summary>Gets a member as text; numbers give their digits, since ids come in both forms.</summary>
        public string? Text(string name) => AsText(element.Member(name));

        /// <summary>Gets the objects of an array member.</summary>
        public IEnumerable<JsonElement> Items(string name) =>
            element.Member(name) is { ValueKind: JsonValueKind.Array } array
                ? array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
                : [];

        /// <summary>Gets the texts of an array member, or the one text of a member that is no array.</summary>
        public IEnumerable<string> Texts(string name) => element.Member(name) switch
        {
            { ValueKind: JsonValueKind.Array } array => array.EnumerateArray().Select(AsText).OfType<string>(),
            var single => AsText(single) is { } text ? [text] : [],
        };
    }

    private static string? AsText(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetRawText(),
        _ => null,
    };
}
