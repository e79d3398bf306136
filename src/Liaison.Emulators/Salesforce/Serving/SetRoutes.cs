using System.Text.Json.Nodes;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Bulk;
using Liaison.Emulators.Salesforce.Composite;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Limits;
using Liaison.Emulators.Salesforce.Model;

namespace Liaison.Emulators.Salesforce.Serving;

/// <summary>Several calls in one, and jobs over many rows (contract sections 7 and 8).</summary>
internal sealed class SetRoutes(Dispatcher dispatcher, BulkJobs jobs, ApiUsage usage, EmulatorClock clock)
{
    private readonly BulkResource _bulk = new(jobs);

    public IEnumerable<Route> All =>
    [
        new("GET", "composite", Composite),
        new("POST", "composite", Composite),
        new("POST", "composite/batch", Composite),
        new("POST", "composite/graph", Composite),
        new("POST", "composite/tree/{type}", Composite),
        Job("POST", "jobs/{kind}"),
        Job("GET", "jobs/{kind}"),
        Job("GET", "jobs/{kind}/{id}"),
        Job("PATCH", "jobs/{kind}/{id}"),
        Job("DELETE", "jobs/{kind}/{id}"),
        Job("PUT", "jobs/{kind}/{id}/{file}"),
        Job("GET", "jobs/{kind}/{id}/{file}"),
    ];

    private Reply Composite(Call call)
    {
        var body = call.Body.ValueKind == System.Text.Json.JsonValueKind.Object ? JsonObject.Create(call.Body) : null;
        var routes = new SubRequests(dispatcher, call.Schema, clock, call.Request.Origin, call.Undo);
        if (CompositeResource.Answer(call.Request.Method, call.Request.Path, body, routes, call.Schema, $"v{call.Request.Version}") is not { } answer)
        {
            return Reply.NotFound();
        }

        // The call itself was counted at the door; a batch costs one for each of its parts.
        _ = usage.TryCount(answer.Calls - 1);
        return new Reply(answer.Status, json => answer.Body.WriteTo(json));
    }

    private Route Job(string method, string template) => new(method, template, _ => Reply.NotFound()) { HandleUpload = JobAsync };

    private async Task<Reply> JobAsync(Call call, CancellationToken cancellationToken)
    {
        var caller = new BulkCaller(
            call.User.Id,
            new SubRequests(dispatcher, call.Schema, clock, call.Request.Origin, shared: null),
            () => call.Schema,
            MayHardDelete: call.User.Profile.Standing == ProfileKind.Administrator);
        var answer = await _bulk.AnswerAsync(
            new BulkCall(call.Request.Method, call.Request.Path, call.Query, call.Body, call.Request.Upload, caller, $"v{call.Request.Version}", call.Now), cancellationToken);
        return new Reply(answer.Status, answer.Body) { Headers = answer.Headers, Content = answer.Content, ContentType = answer.Content is null ? Reply.Json : "text/csv" };
    }
}
