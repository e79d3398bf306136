using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Bulk;
using Liaison.Emulators.Tests.HubSpot;
using Liaison.Emulators.Tests.Salesforce.Soql;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Liaison.Emulators.Tests.Salesforce.Bulk;

/// <summary>The resources for sets behind real HTTP, over an org in memory.</summary>
internal sealed class BulkServer : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly HttpClient _http;

    private BulkServer(LoopbackServer server, SoqlOrg org, OrgRoutes routes, BulkJobs jobs, ManualTime time)
    {
        (_server, Org, Routes, Jobs, Time) = (server, org, routes, jobs, time);
        _http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = server.BaseAddress };
    }

    public Uri Address => _server.BaseAddress;

    public SoqlOrg Org { get; }

    public OrgRoutes Routes { get; }

    public BulkJobs Jobs { get; }

    public ManualTime Time { get; }

    /// <param name="clock">What moves the jobs; by default the time that stands still.</param>
    public static async Task<BulkServer> StartAsync(bool mayHardDelete = false, TimeProvider? clock = null)
    {
        var (org, jobs, time) = (SoqlOrg.Sample(), new BulkJobs(), new ManualTime());
        var routes = new OrgRoutes(org);
        var bulk = new BulkResource(jobs);
        var http = new OrgHttp(org, routes);
        var server = await LoopbackServer.StartAsync(
            0,
            context =>
            {
                var path = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
                var caller = new BulkCaller(context.Request.Headers.Authorization.ToString(), routes, () => org, mayHardDelete);
                return path[3] != "jobs" ? http.HandleAsync(context, path[2], path[3..]) : AnswerAsync(context, bulk, caller, path, (clock ?? time).GetUtcNow());
            },
            TestContext.Current.CancellationToken);
        return new BulkServer(server, org, routes, jobs, time);
    }

    public async Task<BulkAnswer> Send(string method, string path, object? body = null, string user = "ada", string version = "v66.0")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/services/data/{version}/{path}");
        request.Headers.TryAddWithoutValidation("Authorization", user);
        request.Content = body switch
        {
            null => null,
            Stream stream => new StreamContent(stream),
            string csv => new StringContent(csv, Encoding.UTF8, "text/csv"),
            _ => new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new BulkAnswer(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Headers.ToDictionary(header => header.Key, header => header.Value.First(), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Makes a job, uploads, closes it and lets it run.</summary>
    public async Task<string> Ingest(string csv, string operation = "insert", string? key = null, string lineEnding = "LF", string delimiter = "COMMA", int seconds = 10)
    {
        var job = await Send("POST", "jobs/ingest", new { @object = "Contact", operation, externalIdFieldName = key, contentType = "CSV", lineEnding, columnDelimiter = delimiter });
        job.Status.ShouldBe(HttpStatusCode.OK, job.Text);
        var id = job.Json["id"]!.ToString();
        (await Send("PUT", $"jobs/ingest/{id}/batches", csv)).Status.ShouldBe(HttpStatusCode.Created);
        (await Send("PATCH", $"jobs/ingest/{id}", new { state = "UploadComplete" })).Json["state"]!.ToString().ShouldBe("UploadComplete");
        Time.Advance(TimeSpan.FromSeconds(seconds));
        return id;
    }

    public async Task<string[]> Lines(string id, string file) => (await Send("GET", $"jobs/ingest/{id}/{file}")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async Task<string> Shown(string id, string kind = "ingest")
    {
        var job = (await Send("GET", $"jobs/{kind}/{id}")).Json;
        return string.Create(CultureInfo.InvariantCulture, $"{job["state"]} {job["numberRecordsProcessed"]} {job["numberRecordsFailed"]}");
    }

    private static async Task AnswerAsync(HttpContext context, BulkResource bulk, BulkCaller caller, string[] path, DateTimeOffset now)
    {
        var request = context.Request;
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        using var body = request.ContentType?.Contains("json", StringComparison.Ordinal) == true ? await JsonDocument.ParseAsync(request.Body, cancellationToken: context.RequestAborted) : null;
        var call = new BulkCall(
            request.Method, path[3..], name => request.Query.TryGetValue(name, out var value) ? value[0] : null, body?.RootElement ?? default, request.Body, caller, path[2], now);
        var reply = await bulk.AnswerAsync(call, context.RequestAborted);
        context.Response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (reply.Content is { } content)
        {
            await content(context.Response.Body, context.RequestAborted);
        }
        else if (reply.Body is { } write)
        {
            await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
            write(json);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        Jobs.Dispose();
    }
}

/// <summary>An answer as read.</summary>
internal sealed record BulkAnswer(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;
}
