using System.Text.Json.Nodes;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Composite;

/// <summary>The resources under /composite that take several calls or records in one; /composite/sobjects is the host's own.</summary>
internal static class CompositeResource
{
    private static readonly string[] Resources = ["tree", "batch", "sobjects", "graph"];

    /// <summary>Answers a call; <see langword="null"/> where the path is none of these.</summary>
    /// <param name="path">The segments behind the version, unescaped: composite, tree, Account.</param>
    /// <param name="version">The version of the call: v66.0.</param>
    public static SetReply? Answer(string method, string[] path, JsonNode? body, ISubRequests routes, ISoqlSchema schema, string version) => (method, path) switch
    {
        ("POST", ["composite"]) => new CompositeSets(routes, version).Composite(body),
        ("POST", ["composite", "batch"]) => new CompositeSets(routes, version).Batch(body),
        ("POST", ["composite", "graph"]) => new CompositeSets(routes, version).Graph(body),
        ("POST", ["composite", "tree", var type]) => new RecordTrees(routes, schema, version).Create(type, body),
        ("GET", ["composite"]) => new SetReply(200, Listing(version)),
        _ => null,
    };

    private static JsonObject Listing(string version) =>
        new(Resources.Select(name => KeyValuePair.Create<string, JsonNode?>(name, $"/services/data/{version}/composite/{name}")));
}
