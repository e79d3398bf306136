using System.Text.Json.Nodes;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Composite;

/// <summary>POST /composite/tree/{type}: parents with their children, all or nothing (contract section 7).</summary>
internal sealed class RecordTrees(ISubRequests routes, ISoqlSchema schema, string version)
{
    private const int MostRecords = 200;
    private const int MostTypes = 5;
    private const int Deepest = 5;

    private readonly HashSet<string> _types = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Id)> _created = [];
    private readonly List<(string Name, JsonArray Errors)> _failed = [];
    private string? _shape;
    private int _count;

    public SetReply Create(string type, JsonNode? body)
    {
        if (body?["records"] is not JsonArray roots)
        {
            return SetReply.Refuse("JSON_PARSER_ERROR", "A tree needs an array records.");
        }

        var holds = routes.Atomically(() =>
        {
            Walk(roots, type, reference: null, parentId: null, depth: 1);
            return _failed.Count == 0 && _shape is null;
        });
        if (_shape is { } wrong)
        {
            return SetReply.Refuse("INVALID_INPUT", wrong);
        }

        var results = holds
            ? _created.Select(record => new JsonObject { ["referenceId"] = record.Name, ["id"] = record.Id })
            : _failed.Select(record => new JsonObject { ["referenceId"] = record.Name, ["errors"] = record.Errors });
        return new SetReply(holds ? 201 : 400, new JsonObject { ["hasErrors"] = !holds, ["results"] = new JsonArray([.. results]) });
    }

    private void Walk(JsonArray records, string type, SoqlField? reference, string? parentId, int depth)
    {
        foreach (var node in records)
        {
            _count++;
            if (node is not JsonObject record || record["attributes"] is not JsonObject attributes || attributes["type"]?.ToString() is not { } given || attributes["referenceId"]?.ToString() is not { } name)
            {
                _shape = "Each record of a tree needs attributes with its type and a referenceId.";
                return;
            }

            _types.Add(given);
            if (Misshapen(type, given, name, depth) is { } wrong)
            {
                _shape = wrong;
                return;
            }

            Insert(record, given, name, reference, parentId, depth);
            if (_shape is not null)
            {
                return;
            }
        }
    }

    private void Insert(JsonObject record, string type, string name, SoqlField? reference, string? parentId, int depth)
    {
        var fields = new JsonObject();
        var children = new List<(SoqlChild Child, JsonArray Records)>();
        foreach (var (key, value) in record.Where(pair => pair.Key != "attributes"))
        {
            if (value is JsonObject nested && nested["records"] is JsonArray inner)
            {
                if (schema.Find(type)?.Child(key) is not { } child)
                {
                    _failed.Add((name, Errors("INVALID_FIELD", $"No such relationship '{key}' on sobject of type {type}")));
                    return;
                }

                children.Add((child, inner));
            }
            else
            {
                fields[key] = value?.DeepClone();
            }
        }

        if (reference is not null)
        {
            fields[reference.Name] = parentId;
        }

        var answer = routes.Send(new SubRequest("POST", $"/services/data/{version}/sobjects/{Uri.EscapeDataString(type)}", CompositeItem.Nothing, fields));
        if (answer.IsError || answer.Body?["id"]?.ToString() is not { } id)
        {
            _failed.Add((name, Converted(answer.Body)));
            return;
        }

        _created.Add((name, id));
        foreach (var (child, inner) in children)
        {
            Walk(inner, child.Object.Name, child.Field, id, depth + 1);
        }
    }

    private string? Misshapen(string expected, string given, string name, int depth) =>
        !string.Equals(expected, given, StringComparison.OrdinalIgnoreCase) ? $"A record of type {given} stands where {expected} was expected."
        : _count > MostRecords ? $"A tree has up to {MostRecords} records."
        : _types.Count > MostTypes ? $"A tree has records of up to {MostTypes} types."
        : depth > Deepest ? $"A tree is up to {Deepest} levels deep."
        : !_names.Add(name) ? $"The referenceId '{name}' is used more than once."
        : null;

    /// <summary>Brings the errors of a single call to the form that sets use: statusCode in place of errorCode (recorded).</summary>
    private static JsonArray Converted(JsonNode? errors) =>
    [
        .. (errors as JsonArray ?? []).Select(error => new JsonObject
        {
            ["statusCode"] = error?["errorCode"]?.ToString() ?? "UNKNOWN_EXCEPTION",
            ["message"] = error?["message"]?.ToString(),
            ["fields"] = error?["fields"]?.DeepClone() ?? new JsonArray(),
        }),
    ];

    private static JsonArray Errors(string statusCode, string message) =>
        [new JsonObject { ["statusCode"] = statusCode, ["message"] = message, ["fields"] = new JsonArray() }];
}
