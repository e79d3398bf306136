using System.Globalization;
using System.Text.Json.Nodes;

namespace Liaison.Emulators.Salesforce.Composite;

/// <summary>The resources that take several calls in one: composite, batch, graph (contract section 7).</summary>
/// <param name="version">The version of the outer call: v66.0.</param>
internal sealed class CompositeSets(ISubRequests routes, string version)
{
    private const int MostSubRequests = 25;
    private const int MostQueries = 5;
    private const int MostGraphs = 75;
    private const int MostNodes = 500;
    private const int MostKinds = 15;
    private const int Deepest = 15;
    private const int MostFailedGraphs = 14;

    /// <summary>The version from which sub-requests are collated unless told otherwise.</summary>
    private const decimal CollatesFrom = 49;

    /// <summary>POST /composite.</summary>
    public SetReply Composite(JsonNode? body)
    {
        var items = new List<CompositeItem>();
        if (CompositeItem.Read(body?["compositeRequest"], version, items) is { } refused)
        {
            return refused;
        }

        if (items.Count is 0 or > MostSubRequests)
        {
            return SetReply.Refuse("LIMIT_EXCEEDED", $"A composite takes 1 to {MostSubRequests} sub-requests; this one has {items.Count}.");
        }

        if (items.Count(item => item.IsQueryOrCollection) > MostQueries)
        {
            return SetReply.Refuse("LIMIT_EXCEEDED", $"A composite takes up to {MostQueries} sub-requests that are queries or collections.");
        }

        var run = new CompositeRun(routes, items);
        var collate = Flag(body, "collateSubrequests", otherwise: decimal.Parse(version.AsSpan(1), CultureInfo.InvariantCulture) >= CollatesFrom);
        if (Flag(body, "allOrNone", otherwise: false))
        {
            run.RunAtomically(collate);
        }
        else
        {
            run.Run(collate);
        }

        return new SetReply(200, new JsonObject { ["compositeResponse"] = run.Answers() });
    }

    /// <summary>POST /composite/batch: independent calls, in order, each counted.</summary>
    public SetReply Batch(JsonNode? body)
    {
        if (body?["batchRequests"] is not JsonArray { Count: > 0 and <= MostSubRequests } requests)
        {
            return SetReply.Refuse("LIMIT_EXCEEDED", $"A batch takes 1 to {MostSubRequests} sub-requests in an array batchRequests.");
        }

        var halt = Flag(body, "haltOnError", otherwise: false);
        var results = new JsonArray();
        var hasErrors = false;
        foreach (var request in requests)
        {
            if (hasErrors && halt)
            {
                results.Add(Result(412, SetReply.Errors("BATCH_PROCESSING_HALTED", "Batch processing halted per request")));
                continue;
            }

            var answer = Send(request);
            hasErrors |= answer.IsError;
            results.Add(Result(answer.Status, answer.Body?.DeepClone()));
        }

        return new SetReply(200, new JsonObject { ["hasErrors"] = hasErrors, ["results"] = results }, requests.Count);
    }

    /// <summary>POST /composite/graph: graphs that each hold or fail as a whole.</summary>
    public SetReply Graph(JsonNode? body)
    {
        if (body?["graphs"] is not JsonArray { Count: > 0 and <= MostGraphs } written)
        {
            return SetReply.Refuse("LIMIT_EXCEEDED", $"A graph call takes 1 to {MostGraphs} graphs.");
        }

        var graphs = new List<(string Id, List<CompositeItem> Items)>();
        foreach (var graph in written)
        {
            var items = new List<CompositeItem>();
            if (CompositeItem.Read(graph?["compositeRequest"], version, items) is { } refused)
            {
                return refused;
            }

            if (Depth(items) > Deepest || Kinds(items) > MostKinds)
            {
                return SetReply.Refuse("LIMIT_EXCEEDED", $"A graph is up to {Deepest} deep and has up to {MostKinds} kinds of node.");
            }

            graphs.Add((graph?["graphId"]?.ToString() ?? "", items));
        }

        if (graphs.Sum(graph => graph.Items.Count) > MostNodes)
        {
            return SetReply.Refuse("LIMIT_EXCEEDED", $"A graph call takes up to {MostNodes} nodes.");
        }

        var failed = 0;
        var answers = new JsonArray();
        foreach (var (id, items) in graphs)
        {
            var run = new CompositeRun(routes, items);
            var isSuccessful = failed < MostFailedGraphs ? run.RunAtomically(collate: false) : run.Halt();
            failed += isSuccessful ? 0 : 1;
            answers.Add(new JsonObject
            {
                ["graphId"] = id,
                ["graphResponse"] = new JsonObject { ["compositeResponse"] = run.Answers() },
                ["isSuccessful"] = isSuccessful,
            });
        }

        return new SetReply(200, new JsonObject { ["graphs"] = answers });
    }

    private SubReply Send(JsonNode? request)
    {
        var method = request?["method"]?.ToString() ?? "";
        var url = request?["url"]?.ToString() ?? "";

        // A batch names its resources from the version on (recorded): v57.0/limits.
        var path = url.StartsWith("/services/data/", StringComparison.Ordinal) ? url : $"/services/data/{url.TrimStart('/')}";
        return routes.Send(new SubRequest(method.ToUpperInvariant(), path, CompositeItem.Nothing, request?["richInput"]?.DeepClone()));
    }

    private static JsonObject Result(int status, JsonNode? result) => new() { ["statusCode"] = status, ["result"] = result };

    private static bool Flag(JsonNode? body, string name, bool otherwise) =>
        body?[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : otherwise;

    private static int Kinds(IEnumerable<CompositeItem> items) => items.Select(item => string.Join('/', item.Resource.Split('/').Take(6))).Distinct().Count();

    /// <summary>Measures the longest way from a node to one that it refers to, over all between.</summary>
    private static int Depth(IEnumerable<CompositeItem> items)
    {
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            depths[item.ReferenceId] = 1 + item.Needs.Select(need => depths.GetValueOrDefault(need)).DefaultIfEmpty().Max();
        }

        return depths.Values.DefaultIfEmpty().Max();
    }
}
