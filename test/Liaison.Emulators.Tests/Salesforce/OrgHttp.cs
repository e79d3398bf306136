using System.Text.Json;
using System.Text.Json.Nodes;
using Liaison.Emulators.Salesforce.Composite;
using Liaison.Emulators.Salesforce.Soql.Answers;
using Liaison.Emulators.Salesforce.Soql.Searching;
using Liaison.Emulators.Tests.Salesforce.Soql;
using Microsoft.AspNetCore.Http;

namespace Liaison.Emulators.Tests.Salesforce;

/// <summary>The query, search and composite resources alone behind real HTTP, over an org in memory.</summary>
internal sealed class OrgHttp(SoqlOrg org, OrgRoutes routes)
{
    private readonly QueryResource _queries = new(new SoqlCursors());
    private readonly SearchResource _searches = new(TimeSpan.Zero);

    public async Task HandleAsync(HttpContext context, string version, string[] path)
    {
        var request = context.Request;
        var call = new QueryCall(org, "005", $"/services/data/{version}", QueryCall.BatchSizeOf(request.Headers["Sforce-Query-Options"]));
        var body = request.ContentLength > 0 ? await JsonNode.ParseAsync(request.Body, cancellationToken: context.RequestAborted) : null;
        var text = request.Query["q"].ToString();
        Action<Utf8JsonWriter> answer = null!;
        var fault = path switch
        {
            ["query" or "queryAll"] => _queries.Query(call, text, path[0] == "queryAll", out answer),
            ["query" or "queryAll", var locator] => _queries.More(call, locator, out answer),
            ["search"] => _searches.Find(call, text, out answer),
            _ => null,
        };
        if (fault is null && answer is not null)
        {
            await SendAsync(context, 200, answer);
            return;
        }

        var reply = fault is null
            ? CompositeResource.Answer(request.Method, path, body, routes, org, version) is { } set ? (set.Status, set.Body) : Single(routes.Send(new SubRequest(request.Method, request.Path.Value + request.QueryString.Value, CompositeItem.Nothing, body)))
            : (400, SetReply.Errors(fault.ErrorCode, fault.Message));
        await SendAsync(context, reply.Item1, json => reply.Item2?.WriteTo(json));
    }

    private static (int Status, JsonNode Body) Single(SubReply reply) => (reply.Status, reply.Body!);

    private static async Task SendAsync(HttpContext context, int status, Action<Utf8JsonWriter> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json;charset=UTF-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, new JsonWriterOptions { SkipValidation = true });
        body(json);
        await json.FlushAsync(context.RequestAborted);
    }
}
