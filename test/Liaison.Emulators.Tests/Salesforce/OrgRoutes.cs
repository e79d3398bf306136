using System.Text.Json.Nodes;
using Liaison.Emulators.Salesforce.Composite;
using Liaison.Emulators.Salesforce.Soql.Binding;
using Liaison.Emulators.Salesforce.Soql.Execution;
using Liaison.Emulators.Salesforce.Soql.Schema;
using Liaison.Emulators.Tests.Salesforce.Soql;

namespace Liaison.Emulators.Tests.Salesforce;

/// <summary>The least that sets need of an org's routes: rows, collections and queries over the org in memory.</summary>
internal sealed class OrgRoutes(SoqlOrg org) : ISubRequests
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    /// <summary>Gets what was sent, in order.</summary>
    public List<string> Sent { get; } = [];

    public SubReply Send(SubRequest request)
    {
        Sent.Add($"{request.Method} {Uri.UnescapeDataString(request.Url)}");
        var (path, query) = (request.Url.Split('?')[0], request.Url.Contains('?', StringComparison.Ordinal) ? request.Url.Split('?', 2)[1] : "");
        return (request.Method, path.Split('/', StringSplitOptions.RemoveEmptyEntries)[3..]) switch
        {
            ("POST", ["sobjects", var type]) => Single(Write(org[type], null, request.Body!.AsObject()), 201),
            ("PATCH", ["sobjects", var type, var id]) => Single(Write(org[type], id, request.Body!.AsObject()), 204),
            ("GET", ["sobjects", var type, var id]) => Read(org[type], id),
            ("GET", ["query"]) => Query(Uri.UnescapeDataString(query[2..])),
            ("POST" or "PATCH", ["composite", "sobjects"]) => Many(request, null),
            ("PATCH", ["composite", "sobjects", _, var key]) => Many(request, key),
            ("DELETE", ["composite", "sobjects"]) => new SubReply(200, NoHeaders, new JsonArray([.. query.Split('&')[0][4..].Split(',').Select(Delete)])),
            _ => new SubReply(404, NoHeaders, SetReply.Errors("NOT_FOUND", "The requested resource does not exist")),
        };
    }

    public bool Atomically(Func<bool> work)
    {
        var undo = org.Tables.Select(table => table.Remember()).ToList();
        if (work())
        {
            return true;
        }

        undo.ForEach(back => back());
        return false;
    }

    private static SubReply Read(SoqlTable table, string id) => table.Row(id, withDeleted: false) is { } row
        ? new SubReply(200, NoHeaders, new JsonObject([KeyValuePair.Create<string, JsonNode?>("Id", id), .. table.Fields.Where(field => field.Type == SoqlType.String).Select(field => KeyValuePair.Create<string, JsonNode?>(field.Name, row.Read(field)?.ToString()))]))
        : new SubReply(404, NoHeaders, SetReply.Errors("NOT_FOUND", "The requested resource does not exist"));

    private SubReply Query(string text) => SoqlEngine.Run(text, org, withDeleted: false, out var result) is { } fault
        ? new SubReply(400, NoHeaders, SetReply.Errors(fault.ErrorCode, fault.Message))
        : new SubReply(200, NoHeaders, SoqlAnswers.Page(result, 0, 2_000, new Emulators.Salesforce.Soql.Answers.SoqlCursors()));

    private SubReply Many(SubRequest request, string? key)
    {
        var results = new JsonArray();
        foreach (var record in request.Body!["records"]!.AsArray().Select(node => node!.AsObject()))
        {
            record.First().Key.ShouldBe("attributes");
            var table = org[record["attributes"]!["type"]!.ToString()];
            var field = key is null ? null : table.Field(key)!;
            var found = field is null ? record["Id"]?.ToString() : table.Rows(false).FirstOrDefault(row => Equals(row.Read(field)?.ToString(), record[field.Name]?.ToString()))?.Id;
            var result = Write(table, found, record);
            if (field is not null)
            {
                result["created"] = found is null;
            }

            results.Add(result);
        }

        return new SubReply(200, NoHeaders, results);
    }

    private static SubReply Single(JsonObject result, int status)
    {
        if (result["success"]!.GetValue<bool>())
        {
            return new SubReply(status, status == 201 ? new Dictionary<string, string> { ["Location"] = $"/x/{result["id"]}" } : NoHeaders, status == 204 ? null : result);
        }

        var error = result["errors"]![0]!;
        return new SubReply(400, NoHeaders, new JsonArray(new JsonObject { ["message"] = error["message"]!.ToString(), ["errorCode"] = error["statusCode"]!.ToString(), ["fields"] = error["fields"]!.DeepClone() }));
    }

    /// <summary>Writes a record; one rule there is: no name may be "bad".</summary>
    private static JsonObject Write(SoqlTable table, string? id, JsonObject record)
    {
        if (record.Any(pair => pair.Value?.ToString() == "bad"))
        {
            return Failed("REQUIRED_FIELD_MISSING", "Required fields are missing: [LastName]", "LastName");
        }

        if (id is not null && table.Row(id, false) is null)
        {
            return Failed("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
        }

        id ??= table.Insert();
        foreach (var (name, value) in record.Where(pair => table.Field(pair.Key) is { Type: not SoqlType.Id }))
        {
            table.Set(id, table.Field(name)!.Name, value?.ToString());
        }

        return new JsonObject { ["id"] = id, ["success"] = true, ["errors"] = new JsonArray() };
    }

    private JsonObject Delete(string id) => SoqlIds.Normalize(id) is { } known && org.Tables.Any(table => table.Remove(known))
        ? new JsonObject { ["id"] = known, ["success"] = true, ["errors"] = new JsonArray() }
        : Failed("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");

    private static JsonObject Failed(string code, string message, params string[] fields) => new()
    {
        ["success"] = false,
        ["errors"] = new JsonArray(new JsonObject { ["statusCode"] = code, ["message"] = message, ["fields"] = new JsonArray([.. fields.Select(field => JsonValue.Create(field))]) }),
    };
}
