using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>The facts of HubSpot's published descriptions, which lie beside the repository; never inside it.</summary>
internal sealed class ContractFacts(JsonNode facts)
{
    private const string Folder = "../shared/contracts/hubspot";

    public static ContractFacts Load() => new(LoadFile("contract-facts.json"));

    public static JsonNode LoadFile(string name)
    {
        var path = Repository.Find($"{Folder}/{name}");
        if (!File.Exists(path))
        {
            Repository.SkipOrFail($"{Folder}/{name} is not there");
        }

        return JsonNode.Parse(File.ReadAllText(path))!;
    }

    /// <summary>Lists the operations of a file as "METHOD /path".</summary>
    public IEnumerable<string> Operations(string file) => facts["files"]![file]!["operations"]!.AsArray().Select(operation => (string)operation!["op"]!);

    /// <summary>Gets the names of the files.</summary>
    public IEnumerable<string> Files => facts["files"]!.AsObject().Select(file => file.Key);

    /// <summary>Lists the operations of a file with their bodies and answers.</summary>
    public IEnumerable<PublishedOperation> Details(string file) => facts["files"]![file]!["operations"]!.AsArray().Select(operation => PublishedOperation.Of(operation!));

    /// <summary>Lists where a value departs from a schema of a file.</summary>
    public IEnumerable<string> Departures(string file, string schema, JsonNode? value, string at = "$")
    {
        if (facts["files"]![file]!["schemas"]![schema] is JsonValue alias)
        {
            return Check(file, (string)alias!, value, at);
        }

        if (value is not JsonObject item)
        {
            return [$"{at}: no object for {schema}"];
        }

        var faults = new List<string>();
        foreach (var (field, type) in facts["files"]![file]!["schemas"]![schema]!.AsObject())
        {
            var (name, required) = (field.TrimEnd('!'), field.EndsWith('!'));
            if (!item.TryGetPropertyValue(name, out var member))
            {
                if (required)
                {
                    faults.Add($"{at}.{name}: missing");
                }
            }
            else
            {
                faults.AddRange(Check(file, (string)type!, member, $"{at}.{name}"));
            }
        }

        return faults;
    }

    /// <summary>Lists where a value departs from a type as the facts write it.</summary>
    public IEnumerable<string> Check(string file, string type, JsonNode? value, string at)
    {
        if (Inner(type, "oneOf") is { } cases)
        {
            // The facts name the cases and not how they are told apart: one must fit.
            var departures = cases.Split('|').Select(one => Check(file, one, value, at).ToList()).ToList();
            return departures.Exists(one => one.Count == 0) ? [] : departures.MinBy(one => one.Count)!;
        }

        if (type.StartsWith('#'))
        {
            return Departures(file, type[1..], value, at);
        }

        if (Inner(type, "array") is { } items)
        {
            return value is JsonArray list ? list.SelectMany((entry, index) => Check(file, items, entry, $"{at}[{index}]")) : [$"{at}: no array"];
        }

        if (Inner(type, "map") is { } values)
        {
            // Unset values are null although the description says string (contract section 5.1).
            return value is JsonObject map ? map.Where(entry => entry.Value is not null).SelectMany(entry => Check(file, values, entry.Value, $"{at}.{entry.Key}")) : [$"{at}: no object"];
        }

        return Fits(type, value) ? [] : [$"{at}: {value?.ToJsonString() ?? "null"} is no {type}"];
    }

    private static bool Fits(string type, JsonNode? value) => type switch
    {
        "any" or "object" => true,
        "boolean" => value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        "string:date-time" => value is not null && DateTimeOffset.TryParse((string?)value, out _),
        "string:uuid" => value is not null && Guid.TryParse((string?)value, out _),
        _ when type.StartsWith("enum(", StringComparison.Ordinal) => type[5..^1].Split('|').Contains((string?)value),
        _ when type.StartsWith("integer", StringComparison.Ordinal) => value is not null && Regex.IsMatch(value.ToJsonString(), "^-?[0-9]+$"),
        _ when type.StartsWith("number", StringComparison.Ordinal) => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        _ => value is null || value.GetValueKind() == System.Text.Json.JsonValueKind.String,
    };

    private static string? Inner(string type, string shape) =>
        type.StartsWith(shape, StringComparison.Ordinal) && type.Length > shape.Length && type[shape.Length] is '<' or '(' ? type[(shape.Length + 1)..^1] : null;
}
