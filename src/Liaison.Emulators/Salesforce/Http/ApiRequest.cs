using System.Text.Json;

namespace Liaison.Emulators.Salesforce.Http;

/// <summary>A request to the data API, come by HTTP or as a part of a composite one.</summary>
/// <param name="Version">The version as the path has it: "66.0".</param>
/// <param name="Path">The decoded segments after the version.</param>
/// <param name="Query">The parameters of the query string, by name in any case.</param>
/// <param name="Headers">The headers, by name in any case.</param>
/// <param name="Body">The JSON body; undefined where there was none.</param>
internal sealed record ApiRequest(
    string Method,
    string Version,
    string[] Path,
    IReadOnlyDictionary<string, string> Query,
    IReadOnlyDictionary<string, string> Headers,
    JsonElement Body)
{
    /// <summary>Gets scheme and host as the client spelled them, for absolute links.</summary>
    public required string Origin { get; init; }

    /// <summary>Gets what is wrong with the body; <see langword="null"/> for a good one.</summary>
    public string? BodyFault { get; init; }

    /// <summary>Gets the body as it comes, for uploads that are no JSON.</summary>
    public Stream Upload { get; init; } = Stream.Null;

    /// <summary>Gets the part of the path up to the version: /services/data/v66.0.</summary>
    public string Root => $"/services/data/v{Version}";

    /// <summary>Gets the query string as it came.</summary>
    public string RawQuery { get; init; } = "";

    /// <summary>Gives all values of a parameter that may come more than once.</summary>
    public IReadOnlyList<string> ValuesOf(string name) =>
        [.. VersionedPath.Pairs(RawQuery).Where(pair => string.Equals(pair.Name, name, StringComparison.OrdinalIgnoreCase)).Select(pair => pair.Value)];

    /// <summary>Reads a request that stands inside another one.</summary>
    /// <param name="url">The path with its query, beginning with /services/data/.</param>
    /// <returns><see langword="null"/> where the address is not one of the data API.</returns>
    public static ApiRequest? Read(string method, string url, IReadOnlyDictionary<string, string> headers, JsonElement body, string origin)
    {
        var (path, query) = url.Split('?', 2) is [var before, var after] ? (before, after) : (url, "");
        return VersionedPath.Parse(path) is not { } parsed ? null
            : new ApiRequest(method, parsed.Version, parsed.Segments, VersionedPath.ParseQuery(query), headers, body) { Origin = origin, RawQuery = query };
    }
}

/// <summary>Addresses of the data API.</summary>
internal readonly record struct VersionedPath(string Version, string[] Segments)
{
    /// <summary>Reads /services/data/v66.0/…; <see langword="null"/> for anything else.</summary>
    public static VersionedPath? Parse(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts is ["services", "data", ['v', .. var version], .. var rest] && version.Contains('.', StringComparison.Ordinal)
            ? new VersionedPath(version, [.. rest.Select(Uri.UnescapeDataString)])
            : null;
    }

    public static IReadOnlyDictionary<string, string> ParseQuery(string query)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in Pairs(query))
        {
            values[name] = value;
        }

        return values;
    }

    public static IEnumerable<(string Name, string Value)> Pairs(string query)
    {
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var left, var right] ? (left, right) : (pair, "");
            yield return (Decode(name), Decode(value));
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
