using Liaison.Model;
using Microsoft.AspNetCore.Routing;

namespace Liaison.Server.Tests.Rest;

/// <summary>Every route against every role and against nobody (R239).</summary>
public sealed class RoleMatrixTests : IAsyncDisposable
{
    private const string Records = "/api/v1/connections/{connection}/records/{type}";

    // In the order of Who. "no-role" has proven themselves and is no member; only users have a grant on records here.
    private static readonly string[] Who = ["nobody", "no-role", "user", "operator", "approver", "auditor", "admin"];

    private static readonly Dictionary<string, int[]> Matrix = new()
    {
        ["GET /healthz"] = [200, 200, 200, 200, 200, 200, 200],
        ["GET /openapi/{documentName}.json"] = [200, 200, 200, 200, 200, 200, 200],
        ["GET /api/v1/connections"] = [401, 200, 200, 200, 200, 200, 200],
        ["GET /api/v1/connections/{connection}/schemas/{type}"] = [401, 403, 200, 403, 403, 403, 403],
        ["GET /api/v1/connections/{connection}/schemas/{type}/pipelines"] = [401, 403, 200, 403, 403, 403, 403],
        [$"POST {Records}/query"] = [401, 403, 200, 403, 403, 403, 403],
        [$"POST {Records}/count"] = [401, 403, 200, 403, 403, 403, 403],
        [$"GET {Records}/{{id}}"] = [401, 403, 200, 403, 403, 403, 403],
        [$"POST {Records}/associations/{{to}}"] = [401, 403, 200, 403, 403, 403, 403],
        ["POST /api/v1/changes"] = [401, 403, 201, 403, 403, 403, 403],
        ["GET /api/v1/changes"] = [401, 403, 200, 200, 200, 200, 200],
        ["GET /api/v1/changes/{id}"] = [401, 403, 200, 200, 200, 200, 404],
        ["POST /api/v1/changes/{id}/approve"] = [401, 403, 403, 403, 200, 403, 403],
        ["POST /api/v1/changes/{id}/reject"] = [401, 403, 403, 403, 200, 403, 403],
        ["POST /api/v1/changes/{id}/apply"] = [401, 403, 409, 409, 409, 403, 404],
        ["POST /api/v1/changes/{id}/undo"] = [401, 403, 403, 200, 200, 403, 403],
        ["POST /api/v1/changes/sets/draw"] = [401, 403, 403, 403, 404, 403, 403],
        ["POST /api/v1/changes/sets/approve"] = [401, 403, 403, 403, 409, 403, 403],
        ["POST /api/v1/changes/sets/apply"] = [401, 403, 403, 200, 200, 403, 403],
        ["POST /api/v1/runs/{id}/undo"] = [401, 403, 403, 200, 200, 403, 403],
        ["POST /api/v1/runs/{id}/approve-volume"] = [401, 403, 403, 403, 200, 403, 403],
        ["GET /api/v1/agents/stopped"] = [401, 403, 403, 200, 200, 200, 200],
        ["GET /api/v1/agents/report"] = [401, 403, 403, 200, 200, 200, 200],
        ["POST /api/v1/agents/{agent}/stop"] = [401, 403, 403, 200, 200, 403, 200],
        ["POST /api/v1/agents/{agent}/release"] = [401, 403, 403, 404, 403, 403, 404],
        ["GET /api/v1/connections/{connection}/promotions"] = [401, 403, 403, 400, 400, 400, 400],
        ["POST /api/v1/connections/{connection}/promotions"] = [401, 403, 403, 403, 403, 403, 400],
        ["POST /api/v1/connections/{connection}/promotions/override"] = [401, 403, 403, 403, 403, 403, 400],
        ["POST /api/v1/connections/{connection}/promotions/withdraw"] = [401, 403, 403, 403, 403, 403, 400],
        ["GET /api/v1/dead-letters"] = [401, 403, 403, 200, 403, 200, 200],
        ["GET /api/v1/dead-letters/{run}/{place}"] = [401, 403, 403, 404, 403, 404, 404],
        ["POST /api/v1/dead-letters/replay"] = [401, 403, 403, 200, 403, 403, 403],
        ["POST /api/v1/dead-letters/plan"] = [401, 403, 403, 200, 403, 403, 403],
        ["POST /api/v1/dead-letters/discard"] = [401, 403, 403, 200, 403, 403, 403],
        ["GET /livez"] = [200, 200, 200, 200, 200, 200, 200],
        ["GET /readyz"] = [200, 200, 200, 200, 200, 200, 200],
        ["GET /api/v1/connection-states"] = [401, 403, 403, 200, 403, 200, 200],
        ["GET /api/v1/alerts"] = [401, 403, 403, 200, 403, 200, 200],
        ["GET /api/v1/calls"] = [401, 403, 403, 200, 403, 200, 200],
        ["GET /api/v1/audit"] = [401, 403, 403, 403, 403, 200, 403],
        ["GET /api/v1/audit/verification"] = [401, 403, 403, 403, 403, 200, 403],
        ["GET /api/v1/keys"] = [401, 200, 200, 200, 200, 200, 200],
        ["POST /api/v1/keys"] = [401, 403, 403, 403, 403, 403, 201],
        ["DELETE /api/v1/keys/{id}"] = [401, 403, 403, 403, 403, 403, 200],
    };

    // What a key for another connection alone comes to: lists of that one, and nothing else. The rest of the matrix is refused to it.
    private static readonly Dictionary<string, int> Unreached = new()
    {
        ["GET /healthz"] = 200,
        ["GET /openapi/{documentName}.json"] = 200,
        ["GET /livez"] = 200,
        ["GET /readyz"] = 200,
        ["GET /api/v1/connections"] = 200,
        ["GET /api/v1/changes"] = 200,
        ["POST /api/v1/changes/sets/draw"] = 404,
        ["POST /api/v1/changes/sets/approve"] = 409,
        ["POST /api/v1/changes/sets/apply"] = 200,
        ["GET /api/v1/dead-letters"] = 200,
        ["POST /api/v1/dead-letters/replay"] = 200,
        ["POST /api/v1/dead-letters/plan"] = 200,
        ["POST /api/v1/dead-letters/discard"] = 200,
        ["GET /api/v1/connection-states"] = 200,
        ["GET /api/v1/alerts"] = 200,
        ["GET /api/v1/calls"] = 200,
        ["GET /api/v1/keys"] = 200,
    };

    private readonly DoorWorld world = new();

    public static TheoryData<string> Routes => [.. Matrix.Keys];

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Every_route_has_a_row()
    {
        await world.StartAsync();

        world.Server.Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(
                method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}"))
            .ShouldBe(Matrix.Keys, ignoreOrder: true);
    }

    [Fact]
    public void Every_role_has_a_column() => Who[2..].ShouldBe(DoorWorld.Roles);

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Each_gets_what_their_role_opens(string route)
    {
        await world.StartAsync();
        var found = new List<int>();
        foreach (var who in Who)
        {
            var credential = who switch
            {
                "nobody" => null,
                "no-role" => await world.KeyAsync("nobody@acme.test"),
                _ => await world.KeyAsync(DoorWorld.MemberOf(who)),
            };
            found.Add((await AskAsync(route, credential)).Status);
        }

        found.ShouldBe(Matrix[route]);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_key_for_another_connection_opens_nothing_of_this_one_whatever_roles_its_holder_has(string route)
    {
        await world.StartAsync();
        var whole = await world.KeyAsync(DoorWorld.Everything);
        var limited = await world.KeyAsync(DoorWorld.Everything, connections: [DoorWorld.Other]);

        var answer = await AskAsync(route, limited);

        answer.Status.ShouldBe(Unreached.GetValueOrDefault(route, 403), answer.Body);
        answer.Body.ShouldNotContain("demo/");
        answer.Body.ShouldNotContain("\"demo\"");
        (await AskAsync(route, whole)).Status.ShouldNotBe(403);
    }

    [Fact]
    public async Task A_key_for_some_connections_lists_its_holders_keys_alone_also_where_they_are_an_administrator()
    {
        await world.StartAsync();
        await world.IssueAsync("bob@acme.test");
        var (whole, limited) = (await world.KeyAsync(DoorWorld.Everything), await world.KeyAsync(DoorWorld.Everything, connections: [DoorWorld.Other]));

        (await world.GetAsync("/api/v1/keys", limited, "administration")).ShouldBe(200).Body.ShouldNotContain("bob@acme.test");
        (await world.GetAsync("/api/v1/keys", whole, "administration")).ShouldBe(200).Body.ShouldContain("bob@acme.test");
    }

    private async Task<Answer> AskAsync(string route, string? credential)
    {
        var contact = world.Crm.Add(RecordType.Contact, ("email", $"{Guid.CreateVersion7()}@acme.test"));
        var key = (await world.IssueAsync("bob@acme.test")).Key.Id;
        var proposal = $$"""{"kind":"update-fields","record":"demo/contact/{{contact}}","fields":{"lead_status":"OPEN"},"reason":"Because."}""";
        var change = !route.Contains("/changes/{id}", StringComparison.Ordinal) ? ""
            : (await world.PostAsync("/api/v1/changes", await world.KeyAsync(DoorWorld.MemberOf("user")), proposal)).Json.GetProperty("change").GetProperty("id").GetString();
        var (method, pattern) = (route.Split(' ')[0], route.Split(' ')[1]);
        var path = pattern
            .Replace("{documentName}", "v1", StringComparison.Ordinal)
            .Replace("{connection}", "demo", StringComparison.Ordinal)
            .Replace("{type}", "contact", StringComparison.Ordinal)
            .Replace("{to}", "company", StringComparison.Ordinal)
            .Replace("keys/{id}", $"keys/{key}", StringComparison.Ordinal)
            .Replace("changes/{id}", $"changes/{change}", StringComparison.Ordinal)
            .Replace("runs/{id}", "runs/run-1", StringComparison.Ordinal)
            .Replace("{agent}", "qualify", StringComparison.Ordinal)
            .Replace("{run}/{place}", "run-1/1", StringComparison.Ordinal)
            .Replace("{id}", contact, StringComparison.Ordinal);
        var body = pattern.Split('/')[^1] switch
        {
            _ when method != "POST" => null,
            "{to}" => $$"""{"ids":["{{contact}}"]}""",
            "keys" => """{"name":"n","subject":"bob@acme.test","actor":"console"}""",
            "changes" => proposal,
            "undo" or "stop" => """{"reason":"Because."}""",
            "promotions" => """{"from":"demo"}""",
            "override" or "withdraw" => """{"writes":["contact.ai_score"],"reason":"Because."}""",
            "replay" or "plan" => """{"all":true}""",
            "discard" => """{"all":true,"reason":"Because."}""",
            "draw" => """{"agent":"console"}""",
            "apply" when pattern.Contains("/sets/", StringComparison.Ordinal) => """{"agent":"console"}""",
            "apply" or "release" or "approve-volume" => null,
            "approve" when pattern.Contains("/sets/", StringComparison.Ordinal) => """{"agent":"console","token":"another"}""",
            _ => "{}",
        };
        var purpose = pattern.Contains("/keys", StringComparison.Ordinal) ? "administration" : null;
        return await world.SendAsync(new HttpMethod(method), path, credential, body, purpose);
    }
}
