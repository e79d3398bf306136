using System.Text.Json;

namespace Liaison.Emulators.Hosting;

/// <summary>Tolerant reading of request bodies: what is missing or of another kind is simply not there.</summary>
internal static class JsonReading
{
    public static string? TextOf(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member.AsText() : null;

    public static bool FlagOf(this JsonElement element, string name, bool otherwise) =>
        element.TextOf(name) is { } text ? text == "true" : otherwise;

    public static int NumberOf(this JsonElement element, string name, int otherwise) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number
        && member.TryGetInt32(out var number) ? number : otherwise;

    public static JsonElement MemberOf(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    public static IEnumerable<JsonElement> ItemsOf(this JsonElement element, string name)
    {
        var member = element.MemberOf(name);
        return member.ValueKind == JsonValueKind.Array ? member.EnumerateArray() : [];
    }

    public static IReadOnlyList<string> TextsOf(this JsonElement element, string name) =>
        [.. element.ItemsOf(name).Select(AsText).OfType<string>()];

    /// <summary>Reads strings as they are, numbers and truths as their JSON text, null as null.</summary>
    public static string? AsText(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };
}
