using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Liaison.Emulators.Salesforce.Composite;

/// <summary>References to earlier answers: @{contact.id}, @{found.records[0].Id}.</summary>
/// <remarks>They are case-sensitive: a created record has an id, a read one an Id (contract section 7).</remarks>
internal static partial class ReferencePath
{
    /// <summary>Lists the names that a text refers to.</summary>
    public static IEnumerable<string> Names(string text) => Reference().Matches(text).Select(match => match.Groups["name"].Value);

    /// <summary>Puts the values into a text; false, with the reference named, where an answer has no such value.</summary>
    public static bool TryResolve(string text, IReadOnlyDictionary<string, SubReply> answers, bool escape, out string resolved, out string missing)
    {
        var wrong = "";
        resolved = Reference().Replace(text, match =>
        {
            if (answers.TryGetValue(match.Groups["name"].Value, out var answer) && Walk(answer.Body, match.Groups["path"].Value) is { } value)
            {
                return escape ? Uri.EscapeDataString(value) : value;
            }

            wrong = wrong.Length > 0 ? wrong : match.Groups["name"].Value + match.Groups["path"].Value;
            return "";
        });
        missing = wrong;
        return wrong.Length == 0;
    }

    private static string? Walk(JsonNode? from, string path)
    {
        foreach (var step in Step().Matches(path).Select(match => match.Value.TrimStart('.')))
        {
            from = from switch
            {
                JsonObject item when !step.StartsWith('[') => item[step],
                JsonArray list when step.StartsWith('[') && int.TryParse(step[1..^1], out var index) && index < list.Count => list[index],
                _ => null,
            };
        }

        return from is JsonValue value ? value.ToString() : null;
    }

    [GeneratedRegex(@"@\{(?<name>[A-Za-z0-9_]+)(?<path>(\.[A-Za-z0-9_]+|\[[0-9]{1,6}\])*)\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\.[A-Za-z0-9_]+|\[[0-9]+\]")]
    private static partial Regex Step();
}
