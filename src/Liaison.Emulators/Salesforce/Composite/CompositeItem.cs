using System.Text.Json.Nodes;

namespace Liaison.Emulators.Salesforce.Composite;

/// <summary>One sub-request of a composite as it was written.</summary>
internal sealed record CompositeItem(string ReferenceId, string Method, string Url, IReadOnlyDictionary<string, string> Headers, JsonNode? Body)
{
    private static readonly string[] NotInside = ["Accept", "Authorization", "Content-Type"];

    /// <summary>Gets the answers that must be there before this one can be asked.</summary>
    public IReadOnlyList<string> Needs { get; } = [.. ReferencePath.Names(Url).Concat(ReferencePath.Names(Body?.ToJsonString() ?? "")).Distinct()];

    /// <summary>Gets the path without its query, from the version on.</summary>
    public string Resource => Url.Split('?')[0];

    /// <summary>Gets whether it is one of the five queries or collections that a composite may have.</summary>
    public bool IsQueryOrCollection
    {
        get
        {
            var parts = Resource.Split('/', StringSplitOptions.RemoveEmptyEntries);
            return parts is [_, _, _, "query" or "queryAll", ..] or [_, _, _, "composite", "sobjects", ..];
        }
    }

    /// <summary>Reads a list of sub-requests; the refusal where one does not hold.</summary>
    public static SetReply? Read(JsonNode? list, string version, List<CompositeItem> items)
    {
        if (list is not JsonArray written)
        {
            return SetReply.Refuse("JSON_PARSER_ERROR", "A composite needs an array compositeRequest.");
        }

        foreach (var node in written)
        {
            if (node is not JsonObject item || Text(item, "method") is not { } method || Text(item, "url") is not { } url || Text(item, "referenceId") is not { } name)
            {
                return SetReply.Refuse("JSON_PARSER_ERROR", "A sub-request needs method, url and referenceId.");
            }

            if (name.Length == 0 || !name.All(symbol => char.IsAsciiLetterOrDigit(symbol) || symbol == '_'))
            {
                return SetReply.Refuse("INVALID_INPUT", $"The referenceId '{name}' may have letters, digits and underscores only.");
            }

            if (items.Exists(other => other.ReferenceId == name))
            {
                return SetReply.Refuse("INVALID_INPUT", $"The referenceId '{name}' is used more than once.");
            }

            if (!url.StartsWith($"/services/data/{version}/", StringComparison.OrdinalIgnoreCase))
            {
                return SetReply.Refuse("INVALID_INPUT", $"The url of '{name}' must start with /services/data/{version}/.");
            }

            var headers = (item["httpHeaders"] as JsonObject ?? []).ToDictionary(header => header.Key, header => header.Value?.ToString() ?? "", StringComparer.OrdinalIgnoreCase);
            if (Array.Find(NotInside, headers.ContainsKey) is { } header)
            {
                return SetReply.Refuse("INVALID_INPUT", $"The header {header} is not allowed in the sub-request '{name}'.");
            }

            items.Add(new CompositeItem(name, method.ToUpperInvariant(), url, headers, item["body"]?.DeepClone()));
        }

        return null;
    }

    /// <summary>Fills in the values that it refers to; the answer that stands for it where one is missing.</summary>
    public SubReply? Resolve(IReadOnlyDictionary<string, SubReply> answers, out SubRequest request)
    {
        request = null!;
        var body = Body;
        if (!ReferencePath.TryResolve(Url, answers, escape: true, out var url, out var missing) || !TryFill(ref body, answers, out missing))
        {
            return new SubReply(400, Nothing, SetReply.Errors("PROCESSING_HALTED", $"Invalid reference specified. No value for {missing} found in {missing.Split('.', '[')[0]}"));
        }

        request = new SubRequest(Method, url, Headers, body);
        return null;
    }

    public static IReadOnlyDictionary<string, string> Nothing { get; } = new Dictionary<string, string>();

    private static string? Text(JsonObject item, string name) => item[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static bool TryFill(ref JsonNode? node, IReadOnlyDictionary<string, SubReply> answers, out string missing)
    {
        missing = "";
        switch (node)
        {
            case JsonObject item:
                var filled = new JsonObject();
                foreach (var (name, member) in item)
                {
                    var value = member;
                    if (!TryFill(ref value, answers, out missing))
                    {
                        return false;
                    }

                    filled[name] = value;
                }

                node = filled;
                return true;
            case JsonArray list:
                var copy = new JsonArray();
                foreach (var entry in list)
                {
                    var value = entry;
                    if (!TryFill(ref value, answers, out missing))
                    {
                        return false;
                    }

                    copy.Add(value);
                }

                node = copy;
                return true;
            case JsonValue value when value.TryGetValue<string>(out var text):
                var holds = ReferencePath.TryResolve(text, answers, escape: false, out var resolved, out missing);
                node = JsonValue.Create(resolved);
                return holds;
            default:
                node = node?.DeepClone();
                return true;
        }
    }
}
