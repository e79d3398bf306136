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

    /// <summary>Makes a request inside this one, as composite resources do.</summary>
    /// <param name="url">The path with its query, beginning with /services/data/.</param>
    /// <returns><see langword="null"/> where the address is not one of the data API.</returns>
    public ApiRequest? Within(string method, string url, IReadOnlyDictionary<string, string>? headers, JsonElement body)
    {
        var (path, query) = url.Split('?', 2) is [var before, var after] ? (before, after) : (url, "");
        return VersionedPath.Parse(path) is not { } parsed ? null
            : new ApiRequest(method, parsed.Version, parsed.Segments, VersionedPath.ParseQuery(query), headers ?? Query.Take(0).ToDictionary(), body) { Origin = Origin };
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
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var left, var right] ? (left, right) : (pair, "");
            values[Decode(name)] = Decode(value);
        }

        return values;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
